import Testbed

/// What TLS of one trace leaves to the next: the host's trusted certificates as they were read, and sessions to be resumed.
package final class TLSMemory {
    /// Nil until TLS is wanted.
    private var made: Result<TLSContext, TLSLibrary.Absence>?
    /// By host and port.
    private var sessions: [String: TLSSession] = [:]

    package init() {}

    /// Reads them once, which takes some milliseconds.
    func context() -> Result<TLSContext, TLSLibrary.Absence> {
        if let made { return made }
        let context = TLSLibrary.found.flatMap { library in
            TLSContext(library).map { .success($0) }
                ?? .failure(TLSLibrary.Absence(description: "\(library.version) ran out of memory"))
        }
        made = context
        return context
    }

    subscript(_ place: String) -> TLSSession? {
        get { sessions[place] }
        set { sessions[place] = newValue }
    }
}
