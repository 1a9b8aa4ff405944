import FoundationEssentials
import Glibc

/// Network namespaces by their inodes, and the processes that are in them or hold them by a descriptor.
enum NamespacesInUse {
    /// Those of one process.
    static func of(_ process: pid_t) -> Set<String> { Set(ways(of: process).keys) }

    /// Those of all processes but this one.
    static var ofOthers: Set<String> {
        let names = (try? Temporary.names(in: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { $0 != getpid() }
            .reduce(into: []) { $0.formUnion(of($1)) }
    }

    /// A file by which each of them is entered.
    static func ways(of process: pid_t) -> [String: String] {
        var ways: [String: String] = [:]
        for folder in ["fd", "task"] {
            let path = "/proc/\(process)/\(folder)"
            for name in (try? Temporary.names(in: path)) ?? [] {
                let link = folder == "task" ? "\(path)/\(name)/ns/net" : "\(path)/\(name)"
                let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link)
                if let target, target.hasPrefix("net:") { ways[target] = link }
            }
        }
        return ways
    }

    /// Descriptors of them, to be closed by the caller: as long as one is open no other namespace gets its inode.
    static func held(of process: pid_t) -> [Int32] {
        ways(of: process).values.compactMap {
            let descriptor = open($0, O_RDONLY | O_CLOEXEC)
            return descriptor >= 0 ? descriptor : nil
        }
    }
}
