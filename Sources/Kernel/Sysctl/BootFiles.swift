import Glibc
package import Model

/// The files that set sysctls at boot, and the order in which each of the two programs reads them.
///
/// Both programs take one file of each base name, from the first directory that has it, and sort by base name.
/// procps reads `/etc/sysctl.conf` after all of them; systemd-sysctl never reads it by that name.
package struct BootFiles: Sendable {
    /// One file that was found, or a name that stands for none: a mask, or what could not be read.
    struct File: Sendable {
        /// Where the text is, links resolved: what a person would edit.
        var path: String
        var bytes: [UInt8]
    }

    /// Every file that has text, each once.
    private(set) var files: [File] = []
    /// Indices into `files`, in the order in which systemd-sysctl reads them.
    private(set) var systemdOrder: [Int] = []
    /// Indices into `files`, in the order in which `sysctl --system` reads them.
    private(set) var procpsOrder: [Int] = []
    /// Indices of files that a file of the same name hides from both.
    private(set) var masked: [Int] = []
    /// Directories and files that are there and could not be read.
    package private(set) var unseen: [Unseen] = []

    /// First has precedence.
    ///
    /// systemd-sysctl looks into the last one where it was built for a split /usr (Debian).
    static let directories = [
        "/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d",
        "/lib/sysctl.d",
    ]
    static let mainFile = "/etc/sysctl.conf"

    private let root: Root
    private let replacement: BootFileReplacement?
    /// By resolved path; nil for what has no text.
    private var known: [String: Int?] = [:]

    /// Reads what is there; nothing missing is an error.
    ///
    /// - Parameter replacement: a file that is taken to be other than it is.
    package init(root: Root, replacing replacement: BootFileReplacement? = nil) {
        self.root = root
        self.replacement = replacement
        var chosen: [(name: String, file: Int?)] = []
        var listings: [(directory: String, names: [String])] = []
        var taken: Set<String> = []
        for (directory, names) in listed() {
            listings.append((directory, names))
            for name in names {
                let file = load(name, in: directory)
                if taken.insert(name).inserted {
                    chosen.append((name, file))
                } else if let file {
                    masked.append(file)
                }
            }
        }
        chosen.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        // systemd's directory walk passes over hidden files (measured: `.x.conf` is not read).
        systemdOrder = chosen.filter { $0.name.utf8.first != 0x2E }.compactMap(\.file)
        for (name, file) in chosen {
            procpsOrder += expanded(name, in: listings) ?? [file].compactMap(\.self)
        }
        if let main = load(Self.mainFile, in: "") { procpsOrder.append(main) }
        var isRead = Array(repeating: false, count: files.count)
        for file in systemdOrder + procpsOrder { isRead[file] = true }
        masked.removeAll { isRead[$0] }
    }

    /// The files that a program reads, in its order; one that is linked twice is there twice.
    func order(of program: BootSetting.Rule) -> [Int] {
        switch program {
        case .systemd: systemdOrder
        case .procps: procpsOrder
        }
    }

    /// The program whose rule decides on this host.
    package static func rule(of root: Root) -> BootSetting.Rule {
        // sd_booted(3).
        if root.exists("/run/systemd/system") { return .systemd }
        if root.isHost || root.exists("/run") { return .procps }
        let programs = ["/usr/lib/systemd/systemd-sysctl", "/lib/systemd/systemd-sysctl"]
        return programs.contains(where: root.exists) ? .systemd : .procps
    }

    /// Each directory that is there, without links, with the names in it that count; first has precedence.
    private mutating func listed() -> [(directory: String, names: [String])] {
        var listings: [(String, [String])] = []
        for directory in Self.directories {
            guard let path = RootedLink.resolve(directory, under: root),
                // Where /lib is a link to /usr/lib it is one directory, not two.
                !listings.contains(where: { $0.0 == path })
            else { continue }
            let replaced = replacement?.directory == directory ? replacement : nil
            var names: [String] = []
            do throws(KernelError) {
                names = try root.names(in: path)
            } catch {
                if !error.isAbsent { note("the files in \(directory)", error) }
                if replaced?.bytes == nil { continue }
            }
            names = names.filter { $0.utf8.suffix(5).elementsEqual(".conf".utf8) }
            if let replaced {
                names.removeAll { $0 == replaced.name }
                if let bytes = replaced.bytes {
                    names.append(replaced.name)
                    let file = "\(path)/\(replaced.name)"
                    files.append(File(path: file, bytes: bytes))
                    known[file] = .some(files.count - 1)
                }
            }
            listings.append((path, names))
        }
        return listings
    }

    /// The index of the file, nil where its name stands for no text.
    private mutating func load(_ name: String, in directory: String) -> Int? {
        let asked = directory.isEmpty ? name : "\(directory)/\(name)"
        // A replaced file is known by its own name, whatever link stands in its place now.
        if let index = known[asked] { return index }
        guard let path = RootedLink.resolve(name, from: directory, under: root) else {
            unseen.append(
                Unseen(what: "what \(asked) sets at boot", why: "its links form a loop"))
            return nil
        }
        if let index = known[path] { return index }
        let index = read(path, asked: asked)
        known[path] = .some(index)
        return index
    }

    private mutating func read(_ path: String, asked: String) -> Int? {
        if path == "/dev/null" { return nil }
        do {
            let file = try root.openRegular(path)
            let bytes = try file.readUp(to: SysctlFile.sizeLimit + 1, subject: root.path + path)
            if bytes.count > SysctlFile.sizeLimit {
                unseen.append(
                    Unseen(what: "the end of \(path)", why: "tcptune reads only its first 1 MiB"))
            }
            files.append(File(path: path, bytes: bytes))
            return files.count - 1
        } catch {
            if error.isAbsent {
                if path != asked {
                    unseen.append(
                        Unseen(
                            what: "what \(asked) sets at boot",
                            why: "it is a link to \(path), which does not exist"))
                }
            } else if error.code != EISDIR {
                note("what \(asked) sets at boot", error)
            }
            return nil
        }
    }

    /// What procps reads instead of a file whose own name is a pattern: it gives glob(3) the name (measured).
    private mutating func expanded(
        _ name: String, in listings: [(directory: String, names: [String])]
    ) -> [Int]? {
        guard name.utf8.contains(where: { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }),
            let listing = listings.first(where: { $0.names.contains(name) })
        else { return nil }
        let matching = listing.names.filter { SysctlGlob.matches($0, name) }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        if matching.isEmpty { return nil }
        return matching.compactMap { load($0, in: listing.directory) }
    }

    private mutating func note(_ what: String, _ error: KernelError) {
        let remedy = error.isDenied ? "; run as root" : ""
        unseen.append(Unseen(what: what, why: error.description + remedy))
    }
}
