import Glibc
import Synchronization

/// Both ends of a pipe that no other test's program inherits.
///
/// Tests run side by side: an end left open in another program would hide the end of this one's input.
struct Pipe {
    let reading: Int32
    let writing: Int32

    /// Held from the making of a descriptor until it is marked, and while a program starts.
    static let starting = Mutex(())

    init() throws {
        var ends: [Int32] = [-1, -1]
        let failed = Self.starting.withLock { _ in
            guard pipe(&ends) == 0 else { return true }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return false
        }
        guard !failed else { throw Program.Failure("no pipe: \(String(cString: strerror(errno)))") }
        reading = ends[0]
        writing = ends[1]
    }
}
