/// `/proc/net` of the namespace that the calling thread is in.
///
/// `/proc/net` is a link to `/proc/self/net`, and `self` is the process: its first thread. A thread that entered another
/// namespace sees that namespace under `thread-self` alone (Linux 3.17; `fs/proc/proc_net.c:get_proc_task_net`).
enum NetDirectory {
    /// The bytes of a file below `/proc/net`, named as such.
    static func bytes(
        _ path: String, root: Root, expecting size: Int = 16384
    ) throws(KernelError) -> [UInt8] {
        try firstPresent(path, root: root) { (place) throws(KernelError) in
            try root.bytes(place, expecting: size)
        }
    }

    static func open(_ path: String, root: Root) throws(KernelError) -> FileDescriptor {
        try firstPresent(path, root: root) { (place) throws(KernelError) in
            try root.openRegular(place)
        }
    }

    private static func firstPresent<Result: ~Copyable>(
        _ path: String, root: Root, _ body: (String) throws(KernelError) -> Result
    ) throws(KernelError) -> Result {
        let places = places(of: path, root: root)
        for place in places.dropLast() {
            do throws(KernelError) {
                return try body(place)
            } catch {
                guard error.isAbsent else { throw error }
            }
        }
        return try body(places.last ?? path)
    }

    /// In a captured tree `/proc/net` may be a directory, or a link that was followed at `/proc/self`.
    private static func places(of path: String, root: Root) -> [String] {
        let name = path.dropFirst("/proc/".count)
        return root.isHost
            ? ["/proc/thread-self/\(name)"]
            : [path, "/proc/self/\(name)", "/proc/thread-self/\(name)"]
    }
}
