/// Which keys the lines of boot-time files name, by themselves or by a pattern, in either program's spelling.
struct BootConcern {
    private var paths: Set<String> = []
    private var globs: [SysctlGlob] = []

    init(_ lines: [BootLine]) {
        for line in lines {
            let path = line.line.path
            if line.line.isGlob {
                // Only systemd-sysctl expands braces.
                for expands in [true, false] {
                    globs.append(SysctlGlob(path, expandsBraces: expands))
                }
            }
            for resolves in [true, false] {
                let key = SysctlSpelling.key(of: path, resolvingParents: resolves)
                if let key { paths.insert(key.path) }
            }
        }
    }

    /// Whether a line may be about that key.
    func holds(for path: String) -> Bool {
        paths.contains(path) || globs.contains { $0.matches(path) }
    }
}
