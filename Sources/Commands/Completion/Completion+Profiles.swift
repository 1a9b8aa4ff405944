import Kernel
import Model
import Tuning

extension Completion {
    /// Profiles by name, and files.
    enum Profiles {
        /// - Parameter endings: those of the files that are meant.
        static func offered(_ start: String, endings: [String]) -> [OfferedWord] {
            let library = ProfileLibrary.standard
            let names = start.contains("/") ? [] : library.names.filter { $0.hasPrefix(start) }
            let profiles = names.map {
                OfferedWord($0, (try? library.load(named: $0))?.summary)
            }
            var files = paths(start, endings)
            // One directory alone would be taken for the whole word, and a blank put behind it.
            if profiles.isEmpty, files.count == 1, let only = files.first, only.hasSuffix("/") {
                files += paths(only, endings)
            }
            return profiles + files.map { OfferedWord($0) }
        }

        /// The files that begin and end so, and the directories that may hold others.
        private static func paths(_ start: String, _ endings: [String]) -> [String] {
            let directory = start.lastIndex(of: "/").map { String(start[...$0]) } ?? ""
            let begun = start.dropFirst(directory.count)
            let names = (try? Root.host.names(in: directory.isEmpty ? "." : directory)) ?? []
            return names.sorted().compactMap { name in
                guard name.hasPrefix(begun), !name.hasPrefix(".") || begun.hasPrefix(".") else {
                    return nil
                }
                let path = directory + name
                if Root.host.exists(path + "/.") { return path + "/" }
                return endings.contains { name.hasSuffix($0) } ? path : nil
            }
        }
    }
}
