/// The file that tells programs without rights what `tcptune apply` changed.
///
/// Whoever decides something reads the journal. What is under `/run` goes with the boot, as the values do.
package enum AppliedFile {
    package static let directory = "/run/tcptune"
    static let name = "status.json"
    package static let path = directory + "/" + name
    /// Bytes; some thousand transactions.
    package static let largestBytes = 1 << 20

    /// What it holds; nil where it is not there.
    ///
    /// - Throws: EPERM where anybody but root or the caller can have written it.
    package static func read() throws(KernelError) -> [UInt8]? {
        guard let directory = try StateDirectory.open(directory, .everybody) else { return nil }
        return try directory.read(name, limit: largestBytes)
    }

    /// Replaces it, for everybody to read; one that says the same stays.
    package static func publish(_ bytes: [UInt8]) throws(KernelError) {
        let directory = try StateDirectory.make(directory, .everybody)
        if let there = try? directory.read(name, limit: largestBytes), there == bytes,
            let mode = try? directory.mode(of: name), mode == 0o644
        {
            return
        }
        try directory.replace(name, with: bytes, mode: 0o644)
    }
}
