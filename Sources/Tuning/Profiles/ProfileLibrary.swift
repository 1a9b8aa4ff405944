import Kernel
package import Model
import Text

/// Where profiles are found by name, and how they are put together from what they extend.
package struct ProfileLibrary: Sendable {
    /// Looked through in this order; the first that has the name wins.
    package let directories: [String]

    /// How many profiles may extend each other in a row.
    static let deepest = 8
    /// How many files one profile may be put together from.
    static let mostFiles = 32

    package init(directories: [String]) { self.directories = directories }

    /// The directories of the host, and those beside the program.
    package static let standard = ProfileLibrary(
        directories: ["/etc/tcptune/profiles"]
            + SharedFiles.directories("profiles", inCheckout: "profiles"))

    // MARK: loading

    /// Reads a profile with all it extends.
    ///
    /// - Parameter name: a name; or a path, which has a slash or ends with `.toml`.
    package func load(named name: String) throws(Refusal) -> Profile {
        do throws(ProfileFailure) {
            return try profile(named: name).profile
        } catch {
            throw error.tuning
        }
    }

    /// The same with what a warning is worked out from.
    ///
    /// - Returns: the whole profile, and what its own file says.
    package func profile(
        named name: String
    ) throws(ProfileFailure) -> (profile: Profile, reading: ProfileReader.Reading) {
        let path = try path(of: name)
        var gathering = ProfileGathering()
        let reading = try gathering.read(path)
        let profile = try gathering.merged(reading, in: self, chain: [path])
        return (profile, reading)
    }

    /// A name's file in the first directory that has it; a path as it is.
    func path(of name: String) throws(ProfileFailure) -> String {
        if Self.isPath(name) { return name }
        guard ProfileName.isValid(name) else {
            throw .other(
                Refusal(
                    .noInput, "'\(name.prefix(80))' is neither the name of a profile nor a path")
            )
        }
        for directory in directories {
            let path = "\(directory)/\(name).toml"
            if Root.host.exists(path) { return path }
        }
        let names = self.names
        let near = NearMiss.nearest(to: name, among: names)
        let hint =
            near.isEmpty
            ? names.isEmpty
                ? "no profile is installed in \(directories.joined(separator: ", ")); give the path of a file"
                : "there are \(names.joined(separator: ", "))"
            : "did you mean \(near.joined(separator: " or "))?"
        throw .other(Refusal(.noInput, "there is no profile '\(name)'; \(hint)"))
    }

    static func isPath(_ name: String) -> Bool {
        name.utf8.contains(UInt8(ascii: "/")) || name.hasSuffix(".toml")
    }

    // MARK: listing

    /// The names there are, in order of the alphabet.
    package var names: [String] { files.map(\.name) }

    /// The name and the path of every profile; of a name in several directories, that which wins.
    package var files: [(name: String, path: String)] {
        var found: [String: String] = [:]
        for directory in directories {
            for file in (try? Root.host.names(in: directory)) ?? [] where file.hasSuffix(".toml") {
                let name = String(file.dropLast(5))
                guard ProfileName.isValid(name), found[name] == nil else { continue }
                found[name] = "\(directory)/\(file)"
            }
        }
        return found.sorted { $0.key < $1.key }.map { (name: $0.key, path: $0.value) }
    }
}
