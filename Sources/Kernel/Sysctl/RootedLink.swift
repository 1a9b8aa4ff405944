/// Follows symbolic links beneath a root, so that a captured tree's absolute links stay inside it.
enum RootedLink {
    /// As many as the kernel follows: include/linux/namei.h MAXSYMLINKS.
    private static let mostLinks = 40

    /// The path without links, whether anything is there or not; nil where they go in circles.
    ///
    /// - Parameter directory: has no links in it.
    /// - Parameter followsLast: false where a link at the very end is what is asked for.
    static func resolve(
        _ name: String, from directory: String = "", followsLast: Bool = true, under root: Root
    ) -> String? {
        var pending = Array(name.split(separator: "/").reversed())
        var path = directory
        var links = 0
        while let part = pending.popLast() {
            if part == "." { continue }
            if part == ".." {
                path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
                continue
            }
            guard followsLast || !pending.isEmpty,
                let target = try? root.directTarget(of: "\(path)/\(part)")
            else {
                path += "/\(part)"
                continue
            }
            links += 1
            if links > mostLinks { return nil }
            if target.utf8.first == 0x2F { path = "" }
            pending.append(contentsOf: target.split(separator: "/").reversed())
        }
        return path
    }
}
