/// The machine and its kernel.
public struct Host: Sendable, Hashable, Codable {
    public var name: String
    /// `uname -r`: `6.1.0-18-amd64`.
    public var kernel: String
    /// `uname -m`.
    public var machine: String
    public var bootID: String?
    /// Processors online.
    public var processors: Int?
    /// `/proc/meminfo`, names as there, in bytes.
    public var memory: [String: Int64]
    public var files: FileTable?
    /// `/proc/pressure/{cpu,memory,io}`: the `some avg10` share, 0…100, by resource; empty where not present.
    public var pressure: [String: Double]
    /// Bytes of a page; nil where it is not known, as for a captured tree.
    public var pageSize: Int?

    public init(
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
public struct FileTable: Sendable, Hashable, Codable {
    public var allocated: Int64
    public var maximum: Int64

    public init(allocated: Int64, maximum: Int64) {
        self.allocated = allocated
        self.maximum = maximum
    }
}
