import CNetlink
import Glibc

/// The names in `/run/netns`, where ip-netns(8) keeps namespaces mounted.
package enum NamedNamespaces {
    /// `/var/run` is a link to `/run` on most hosts, and a directory of its own on some.
    package static let directories = ["/run/netns", directoryOfIP]
    /// Where ip(8) itself looks (`include/namespace.h:NETNS_RUN_DIR`).
    static let directoryOfIP = "/var/run/netns"

    struct Entry {
        var name: String
        var path: String
        var inode: UInt64
    }

    /// Sorted by name; a name whose mount has gone is an empty file, not a namespace, and is left out.
    static func read(root: Root) -> [Entry] {
        guard root.isHost, let device = device(of: NamespaceLink.path("self")) else { return [] }
        var entries: [Entry] = []
        for directory in directories {
            for name in ((try? root.names(in: directory)) ?? []).sorted() {
                let path = directory + "/" + name
                var status = stat()
                guard unsafe stat(path, &status) == 0, status.st_dev == device,
                    !entries.contains(where: { $0.name == name })
                else { continue }
                entries.append(Entry(name: name, path: path, inode: UInt64(status.st_ino)))
            }
        }
        return entries.sorted { $0.name < $1.name }
    }

    /// That of nsfs, on which all namespaces have their inodes.
    private static func device(of path: String) -> dev_t? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_dev : nil
    }
}
