import HostState
import Kernel

/// `/etc/sysctl.d/60-tcptune.conf` on the disk: read whole and replaced whole.
enum DropInFile {
    static let directory = "/etc/sysctl.d"
    static let name = "60-tcptune.conf"
    static let path = directory + "/" + name

    /// How long it can be, in bytes: a list of all ports is below 400 KiB.
    static let largestBytes = 1 << 20

    /// The file as it is; nil where there is none.
    static func read() throws(TuningError) -> FileImage? {
        try TuningError.journal { () throws(KernelError) in
            guard let directory = try StateDirectory.open(Self.directory, .everybody),
                let bytes = try directory.read(name, limit: largestBytes),
                let mode = try directory.mode(of: name)
            else { return nil }
            return FileImage(bytes: bytes, mode: mode)
        }
    }

    /// Puts a file in its place, or takes it away; when it returns, that is on the disk.
    static func put(_ file: FileImage?) throws(TuningError) {
        try TuningError.journal { () throws(KernelError) in
            if let file {
                try StateDirectory.make(directory, .everybody)
                    .replace(name, with: file.bytes, mode: file.mode)
            } else if let directory = try StateDirectory.open(directory, .everybody) {
                try directory.remove(name)
            }
        }
    }

    /// Removes what a replacement that was broken off left behind.
    static func dropDraft() throws(TuningError) {
        try TuningError.journal { () throws(KernelError) in
            try StateDirectory.open(directory, .everybody)?.dropDraft(of: name)
        }
    }

    /// How a record names a file: its hash, or that there is none.
    static func digest(of file: FileImage?) -> String {
        file.map { SHA256.hex(of: $0.bytes) } ?? "absent"
    }
}

extension DropInFile {
    /// The file with a transaction's settings in it, those that it held before beside them.
    static func merged(
        _ file: FileImage?, with record: TransactionRecord
    ) throws(TuningError) -> FileImage? {
        let lines = record.persistence?.settings.map { "\($0.key) = \($0.value)\n" } ?? []
        return FileImage(bytes: Array(lines.joined().utf8), mode: 0o644)
    }
}
