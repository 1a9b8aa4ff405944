import Kernel
package import Model

/// Walks from the root servers down to the authority of a name, as a recursive server does it with an empty cache.
package struct IterativeResolver: Sendable {
    package var hints: RootHints
    /// Of every server on the way.
    package var port: UInt16
    package var family: AddressFamily
    /// For how long a server is waited for, in seconds.
    package var patience = 2.0
    /// How often the servers of a zone are gone through.
    package var rounds = 2
    /// After so many it is given up: names can be made to lead on without end.
    package var mostQuestions = 100
    /// After so long it is given up, in seconds.
    package var mostSeconds = 60.0

    package init(
        hints: RootHints = .builtin, port: UInt16 = 53, family: AddressFamily = .any
    ) {
        self.hints = hints
        self.port = port
        self.family = family
    }

    /// Never throws: what went wrong is part of what is to be shown (`failure`).
    ///
    /// The host's own files and domains have no part in it: the name is taken for a whole one.
    package func resolve(_ host: String) -> NameResolution {
        let start = MonotonicClock.now
        var resolution = NameResolution(name: host)
        if resolution.takeLiteral(family) { return resolution }
        switch HostName.parse(host) {
        case .failure(let refusal): resolution.failure = refusal.failure
        case .success(let name):
            var walk = IterativeWalk(self)
            let outcome = walk.find(DNSName(name.ascii))
            resolution.queries = walk.log.queries
            resolution.notes = walk.log.notes
            resolution.take(outcome, asked: name.ascii)
        }
        resolution.seconds = MonotonicClock.now - start
        return resolution
    }
}
