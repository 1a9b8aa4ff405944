import Model

/// Which keys the lines of boot-time files name, by themselves or by a pattern, in either program's spelling.
struct BootConcern {
    private var paths: Set<String> = []
    private var globs: [SysctlGlob] = []

    init(_ lines: [BootLine]) {
        for line in lines {
            let path = line.line.path
            // No key has a brace in it, so that expanding them, as one program does, finds all that the other does.
            if line.line.isGlob { globs.append(SysctlGlob(path, expandsBraces: true)) }
            let key = SysctlSpelling.key(of: path, resolvingParents: true)
            if let key { paths.insert(key.path) }
        }
    }

    /// Whether a line may be about that key.
    func holds(for path: String) -> Bool {
        paths.contains(path) || globs.contains { $0.matches(path) }
    }
}
