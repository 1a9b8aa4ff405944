/// Files that come with the program and are read while it runs: profiles, schemas.
package enum SharedFiles {
    /// The directories that may hold them, in the order in which they are looked through.
    ///
    /// Those of the host; `../share/tcptune` of an installed program; and the checkout that it was built in.
    ///
    /// - Parameters:
    ///   - folder: the name beneath `share/tcptune`.
    ///   - checkout: the path in the sources.
    ///   - checkoutFirst: puts the checkout before all others, for what belongs to the program's own version.
    package static func directories(
        _ folder: String, inCheckout checkout: String, checkoutFirst: Bool = false
    ) -> [String] {
        var found = ["/usr/local/share/tcptune/", "/usr/share/tcptune/"].map { $0 + folder }
        guard let program = try? Root.host.target(of: "/proc/self/exe") else { return found }
        var place = parent(of: program)
        let shared = parent(of: place) + "/share/tcptune/" + folder
        if !found.contains(shared) { found.append(shared) }
        while !place.isEmpty {
            let own = place + "/" + checkout
            if Root.host.exists(place + "/Package.swift"), Root.host.exists(own) {
                found.insert(own, at: checkoutFirst ? 0 : found.count)
                break
            }
            place = parent(of: place)
        }
        return found
    }

    /// The directory that a path is in; empty for the top.
    package static func parent(of path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
    }
}
