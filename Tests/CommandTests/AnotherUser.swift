import Glibc

/// Somebody without rights, with a program and profiles of the same build that all may read: those of a clone in a home of mode
/// 0700 are nobody else's.
enum AnotherUser {
    /// What a command of theirs begins with.
    static let words = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]

    /// Their copy of the program, its profiles beside it.
    static let tcptune = directory + "/bin/tcptune"

    /// Their copy of the agent.
    static let agent = directory + "/bin/tcptune-agent"

    /// Where the libraries of the toolchain are nobody else's either, no copy runs.
    static let isPossible =
        Scene.isRoot && (try? Program.run(words + [tcptune, "--version"]).status) == 0

    static let reason = "needs root, setpriv and a toolchain that all users may read"

    private static let directory: String = {
        guard Scene.isRoot, let made = try? Temporary.directory() else { return "/nonexistent" }
        atexit { Temporary.remove(AnotherUser.directory) }
        _ = try? Program.run([
            "sh", "-c",
            """
            chmod 755 "$1" && install -D -m 755 "$2" "$1/bin/tcptune" &&
                install -D -m 755 "$2-agent" "$1/bin/tcptune-agent" &&
                install -D -m 644 -t "$1/share/tcptune/profiles" "$3"/profiles/*.toml
            """, "sh", made, Program.tcptune, Project.path,
        ])
        return made
    }()
}
