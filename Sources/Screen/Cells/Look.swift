/// What a terminal can show: colour or none, all of Unicode or ASCII.
package struct Look: Hashable, Sendable {
    package var isColoured: Bool
    package var isUnicode: Bool

    package init(isColoured: Bool, isUnicode: Bool) {
        self.isColoured = isColoured
        self.isUnicode = isUnicode
    }

    /// What the environment says: `NO_COLOR` (https://no-color.org), `TERM`, and the character set of the locale.
    ///
    /// The console of Linux (`TERM=linux`) has a font of 256 or 512 signs, seldom with blocks and arrows: it gets ASCII.
    package init(environment: (String) -> String?) {
        let terminal = environment("TERM") ?? ""
        isColoured = environment("NO_COLOR")?.isEmpty ?? true && terminal != "dumb"
        // The first that is set and not empty decides (POSIX.1-2017, Base Definitions §8.2).
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment)
            .first { !$0.isEmpty }
        let charset = (locale ?? "").lowercased().filter { $0 != "-" }
        isUnicode = charset.contains("utf8") && terminal != "linux"
    }
}
