/// The machine and its kernel.
package struct Host: Sendable, Hashable, Codable {
    package var name: String
    /// `uname -r`: `6.1.0-18-amd64`.
    package var kernel: String
    /// `uname -m`.
    package var machine: String
    package var bootID: String?
    /// Processors online.
    package var processors: Int?
    /// `/proc/meminfo`, names as there, in bytes.
    package var memory: [String: Int64]
    package var files: FileTable?
    /// `/proc/pressure/{cpu,memory,io}`: the `some avg10` share, 0…100, by resource; empty where not present.
    package var pressure: [String: Double]
    /// Bytes of a page; nil where it is not known, as for a captured tree.
    package var pageSize: Int?

    package init(
        name: String, kernel: String, machine: String, bootID: String? = nil,
        processors: Int? = nil, memory: [String: Int64] = [:], files: FileTable? = nil,
        pressure: [String: Double] = [:], pageSize: Int? = 4096
    ) {
        self.name = name
        self.kernel = kernel
        self.machine = machine
        self.bootID = bootID
        self.processors = processors
        self.memory = memory
        self.files = files
        self.pressure = pressure
        self.pageSize = pageSize
    }
}

/// `/proc/sys/fs/file-nr`: open files of the whole system.
package struct FileTable: Sendable, Hashable, Codable {
    package var allocated: Int64
    package var maximum: Int64

    package init(allocated: Int64, maximum: Int64) {
        self.allocated = allocated
        self.maximum = maximum
    }
}
