/// The files that a configuration was made of, and what each looked like when it was read.
struct FilesRead {
    private enum Look: Equatable {
        /// It was changed just now, and may be once more without another stamp.
        case fresh
        case absent
        case stamped(FileStamp)

        init(_ stamp: FileStamp?) {
            self = stamp.map { $0.isFresh ? .fresh : .stamped($0) } ?? .absent
        }
    }

    private var looks: [(path: String, look: Look)] = []

    /// Whether one of them is another than when it was read, or may be.
    var areOutdated: Bool {
        looks.contains { $0.look == .fresh || $0.look != Look(FileStamp($0.path)) }
    }

    /// - Throws: what the kernel says, or that it is no file of a sensible size.
    mutating func read(_ path: String) throws(WebError) -> [UInt8] {
        // Before it is read: what changes meanwhile is seen the next time.
        looks.append((path, Look(FileStamp(path))))
        return try FileBytes.read(path)
    }
}
