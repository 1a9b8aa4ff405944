/// Looks for a network namespace by its inode, wherever something may keep it: threads, mounts, open descriptors.
///
/// A namespace can live by a bind mount alone (`/run/docker/netns`), in whatever mount namespace, or by an open file of nsfs;
/// neither `/run/netns` nor `/proc/*/ns/net` shows that.
package struct NamespaceSearch: Sendable {
    /// Files that lead to it, those of processes first.
    package private(set) var paths: [String] = []
    /// False where something could not be read, so that it may be there all the same.
    package private(set) var isComplete = true

    private let link: String

    /// - Parameter processes: the PID namespace (`ProcessNamespace.name`) in which it was named; nil where that is not known. In
    ///   another one whoever keeps it may not be seen, but from the one that the kernel booted with all are.
    package init(inode: UInt64, namedAmong processes: String?) {
        link = "net:[\(inode)]"
        guard let pids = try? ProcessList.read(root: .host), pids.first == 1 else {
            isComplete = false
            return
        }
        let isSame = processes != nil && processes == ProcessNamespace.name
        isComplete = isSame || ProcessNamespace.isInitial(root: .host) == true
        for pid in pids {
            // A security module may protect process 1 even from root; it lives in the initial namespaces
            // (see InitialNamespace), which other processes show.
            if pid == 1, !isReadable(pid) { continue }
            look(atTasksOf: pid)
            look(atMountsOf: pid)
            look(atDescriptorsOf: pid)
        }
    }

    private func isReadable(_ pid: Int32) -> Bool {
        do throws(KernelError) {
            _ = try NamespaceLink.read("\(pid)", root: .host)
            return true
        } catch { return !error.isDenied }
    }

    private mutating func look(atTasksOf pid: Int32) {
        for task in names(in: "/proc/\(pid)/task") {
            addIfLink("/proc/\(pid)/task/\(task)/ns/net")
        }
    }

    private mutating func look(atDescriptorsOf pid: Int32) {
        for file in names(in: "/proc/\(pid)/fd") { addIfLink("/proc/\(pid)/fd/\(file)") }
    }

    /// A line of mountinfo: number, parent, device, root, mount point …; the root of such a mount is `net:[…]`.
    private mutating func look(atMountsOf pid: Int32) {
        let path = "/proc/\(pid)/mountinfo"
        do throws(KernelError) {
            for line in try Root.host.text(path, expecting: 16384).split(separator: "\n") {
                let words = line.split(separator: " ", maxSplits: 5)
                guard words.count == 6, words[3] == link else { continue }
                add("/proc/\(pid)/root\(Self.unescaped(words[4]))")
            }
        } catch {
            note(error)
        }
    }

    private mutating func addIfLink(_ path: String) {
        do throws(KernelError) {
            if try Root.host.target(of: path) == link { add(path) }
        } catch {
            note(error)
        }
    }

    private mutating func add(_ path: String) {
        if !paths.contains(path) { paths.append(path) }
    }

    private mutating func names(in directory: String) -> [String] {
        do throws(KernelError) { return try Root.host.names(in: directory) } catch {
            note(error)
            return []
        }
    }

    /// What has ended meanwhile keeps nothing.
    private mutating func note(_ error: KernelError) {
        if error.isDenied { isComplete = false }
    }

    /// Blanks and the like stand as `\040` (`fs/proc_namespace.c:show_mountinfo`).
    private static func unescaped(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), rest.count >= 3,
                let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
            {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
