import Kernel
import Model
import TOML
import Text

/// The files of one profile, as they are read.
struct ProfileGathering {
    private var files = 0

    mutating func read(_ path: String) throws(ProfileFailure) -> ProfileReader.Reading {
        files += 1
        let bytes: [UInt8]
        do throws(TrustedFile.Refusal) {
            bytes = try TrustedFile.read(path, limit: TOMLText.largestBytes)
        } catch {
            throw .other(error.tuning)
        }
        do throws(TextError) {
            return try ProfileReader.read(bytes: bytes, path: path)
        } catch {
            throw .wrong(error)
        }
    }

    /// What it extends first, each setting where it was first named; the profile's own replace them.
    mutating func merged(
        _ reading: ProfileReader.Reading, in library: ProfileLibrary, chain: [String]
    ) throws(ProfileFailure) -> Profile {
        var whole = reading.profile
        var settings: [ProfileSetting] = []
        var requires: [Requirement] = []
        var digests = ""
        for base in reading.extends {
            func refuse(_ message: String) -> ProfileFailure {
                .wrong(
                    TextError([
                        TextProblem(
                            .error, path: reading.profile.path, place: base.place, message: message)
                    ]))
            }
            let path: String
            do throws(ProfileFailure) {
                path = try self.path(of: base.name, from: reading.profile.path, in: library)
            } catch {
                throw refuse(error.tuning.description)
            }
            if let first = chain.firstIndex(of: path) {
                let circle = (chain[first...] + [path]).map(Self.name)
                throw refuse("'extends' forms a loop: \(circle.joined(separator: " → "))")
            }
            guard chain.count < ProfileLibrary.deepest, files < ProfileLibrary.mostFiles else {
                throw refuse(
                    "'extends' exceeds the limit: \(ProfileLibrary.deepest) profiles in a row, "
                        + "\(ProfileLibrary.mostFiles) files in all")
            }
            let below: ProfileReader.Reading
            do throws(ProfileFailure) {
                below = try read(path)
            } catch {
                guard case .other(let failure) = error, failure.kind == .noInput else {
                    throw error
                }
                throw refuse(
                    "'extends' names a profile that tcptune cannot read: \(failure.description)")
            }
            let extended = try merged(below, in: library, chain: chain + [path])
            settings = Self.replaced(settings, by: extended.settings)
            requires += extended.requires.filter { !requires.contains($0) }
            digests += extended.digest
        }
        whole.settings = Self.replaced(settings, by: whole.settings)
        whole.requires = requires + whole.requires.filter { !requires.contains($0) }
        if !digests.isEmpty {
            whole.digest = SHA256.hex(of: Array((whole.digest + digests).utf8))
        }
        return whole
    }

    private static func replaced(
        _ settings: [ProfileSetting], by newer: [ProfileSetting]
    ) -> [ProfileSetting] {
        var whole = settings
        for setting in newer {
            if let index = whole.firstIndex(where: { $0.key == setting.key }) {
                whole[index] = setting
            } else {
                whole.append(setting)
            }
        }
        return whole
    }

    /// A path that is extended starts from the file that names it.
    private func path(
        of name: String, from file: String, in library: ProfileLibrary
    ) throws(ProfileFailure) -> String {
        guard ProfileLibrary.isPath(name), !name.hasPrefix("/") else {
            return try library.path(of: name)
        }
        let folder = SharedFiles.parent(of: file)
        var name = name
        while name.hasPrefix("./") { name.removeFirst(2) }
        return folder == "." ? name : "\(folder)/\(name)"
    }

    private static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
