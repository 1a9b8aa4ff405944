import HostState
import Kernel
import Lab

/// How the names of a trace are looked up: as this host does, or from the root on.
struct TraceNames {
    let resolve: Tracer.Resolve

    /// - Parameters:
    ///   - hints: a file that names the servers of the root; nil for those of the public one.
    ///   - port: of the name servers; nil for the one that they are configured with.
    init(isIterative: Bool, hints: String?, port: UInt16?) throws {
        guard isIterative else {
            var options = NameResolver.Options()
            options.port = port
            let resolver = NameResolver(options)
            resolve = { name, _ in resolver.resolve(name) }
            return
        }
        var walk = IterativeResolver()
        if let port { walk.port = port }
        if let hints {
            do throws(KernelError) { walk.hints = try RootHints.read(hints) } catch {
                guard error.code == KernelError.badMessage else {
                    throw CommandFailure.reading(error)
                }
                throw CommandFailure(status: .badData, message: error.description)
            }
        }
        resolve = { [walk] name, seconds in
            var walk = walk
            walk.mostSeconds = seconds
            return walk.resolve(name)
        }
    }
}
