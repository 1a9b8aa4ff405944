/// Network namespaces that a mount keeps: `/run/docker/netns/5f2a…`, whether a process lives in them or not.
///
/// Source: the mounts of nsfs in `/proc/PID/mountinfo` (`fs/nsfs.c`). https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html
enum MountedNamespaces {
    struct Entry: Equatable {
        var inode: UInt64
        /// Where it is mounted, as that process sees it.
        var path: String
    }

    /// Those that the caller and one process of each other mount namespace see, by paths that work from here.
    static func read(of pids: [Int32], root: Root) -> [Entry] {
        guard root.isHost else { return [] }
        var entries = entries(of: "self", beneath: "", root: root)
        var seen: Set<String> = []
        if let own = try? root.target(of: "/proc/self/ns/mnt") { seen.insert(own) }
        for pid in pids {
            guard let space = try? root.target(of: "/proc/\(pid)/ns/mnt"),
                seen.insert(space).inserted
            else { continue }
            for entry in self.entries(of: "\(pid)", beneath: "/proc/\(pid)/root", root: root)
            where !entries.contains(where: { $0.inode == entry.inode }) {
                entries.append(entry)
            }
        }
        return entries
    }

    private static func entries(of process: String, beneath top: String, root: Root) -> [Entry] {
        guard let bytes = try? root.bytes("/proc/\(process)/mountinfo", expecting: 16384) else {
            return []
        }
        return parse(bytes).compactMap { entry in
            let path = top + entry.path
            // What is mounted over it hides it.
            guard root.inode(of: path) == entry.inode else { return nil }
            return Entry(inode: entry.inode, path: path)
        }
    }

    /// `36 35 0:4 net:[4026532281] /run/docker/netns/x rw shared:9 - nsfs nsfs rw`.
    static func parse(_ bytes: [UInt8]) -> [Entry] {
        bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let words = line.split(separator: UInt8(ascii: " "))
            guard words.count > 5, let dash = words.firstIndex(of: [UInt8(ascii: "-")]),
                dash + 1 < words.endIndex, words[dash + 1].elementsEqual("nsfs".utf8),
                let inode = NamespaceLink.inode(String(decoding: words[3], as: UTF8.self))
            else { return nil }
            return Entry(
                inode: inode, path: String(decoding: unescaped(words[4]), as: UTF8.self))
        }
    }

    /// Blanks, tabs, newlines and backslashes stand as `\040` (`fs/seq_file.c:mangle_path`).
    private static func unescaped(_ word: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = word
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            guard byte == UInt8(ascii: "\\"), digits.count == 3,
                let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            else {
                bytes.append(byte)
                continue
            }
            bytes.append(code)
            rest.removeFirst(3)
        }
        return bytes
    }
}
