import Kernel
import Lab
import Model
import Resolver

/// How the names of a trace are looked up: as this host does, or from the root on.
struct TraceNames {
    let resolve: Tracer.Resolve

    /// - Parameters:
    ///   - hints: a file that names the servers of the root; nil for those of the public one.
    ///   - port: of the name servers; nil for the one that they are configured with.
    ///   - family: whose addresses are asked for.
    init(isIterative: Bool, hints: String?, port: UInt16?, family: AddressFamily) throws {
        guard isIterative else {
            var options = NameResolver.Options()
            options.port = port
            options.family = family
            resolve = { [options] name, seconds in
                var options = options
                options.mostSeconds = seconds
                return NameResolver(options).resolve(name)
            }
            return
        }
        var walk = IterativeResolver()
        walk.family = family
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
