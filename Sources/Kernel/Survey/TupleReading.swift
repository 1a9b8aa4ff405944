package import Model

/// The sockets to one destination port, with the listeners and settings that say how many of them there can be.
package enum TupleReading {
    /// Reads them in the namespace of the calling thread; the kernel leaves the sockets to other ports out.
    package static func snapshot(
        port: UInt16, keys: [String]
    ) throws(KernelError) -> Snapshot {
        var options = SurveyOptions()
        options.keys = { keys }
        options.destinationPort = port
        return try NamespaceReading(
            namespace: Namespace(inode: 0, name: ""), options: options
        ).read().snapshot
    }
}
