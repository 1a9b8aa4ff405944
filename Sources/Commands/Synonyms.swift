/// Words of other tools for what tcptune's commands do: nobody who types one of them is far from the right one.
enum Synonyms {
    /// What to type in place of a word that is no command; nil where nothing is meant by it.
    static func command(for word: String) -> String? { commands[word.lowercased()] }

    private static let commands = [
        "undo": "tcptune rollback", "revert": "tcptune rollback", "restore": "tcptune rollback",
        "reset": "tcptune rollback --all",
        "fix": "tcptune profile recommend", "tune": "tcptune profile recommend",
        "recommend": "tcptune profile recommend", "profiles": "tcptune profile list",
        "set": "tcptune apply", "commit": "tcptune confirm", "diff": "tcptune compare",
        "version": "tcptune --version", "show": "tcptune audit", "list": "tcptune audit",
        "ss": "tcptune audit", "netstat": "tcptune audit", "check": "tcptune audit",
        "html": "tcptune audit -o page.html", "json": "tcptune audit --json",
        "top": "tcptune watch", "monitor": "tcptune watch", "live": "tcptune watch",
        "sysctl": "tcptune knobs", "why": "tcptune explain NAME", "what": "tcptune explain NAME",
        "bench": "tcptune load", "test": "tcptune lab verify", "curl": "tcptune trace URL",
        "experiments": "tcptune lab list",
    ]
}
