import HostState
import Kernel
import Lab

/// How the names of a trace are looked up: as this host does, or from the root on.
struct TraceNames {
    let resolve: Tracer.Resolve

    init(isIterative: Bool, hints: String?, port: UInt16) throws {
        guard isIterative else {
            var options = NameResolver.Options()
            if port != 53 { options.port = port }
            let resolver = NameResolver(options)
            resolve = { name, _ in resolver.resolve(name) }
            return
        }
        let resolver = IterativeResolver()
        resolve = { name, _ in resolver.resolve(name) }
    }
}
