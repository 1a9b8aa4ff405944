import Catalogue

extension Completion {
    /// The settings of the catalogue.
    enum Settings {
        /// Whole keys where one begins so, otherwise last parts of keys.
        static func named(_ start: String) -> [OfferedWord] {
            spelled(start, Knob.all).map { OfferedWord($0.name, $0.knob.meaning) }
        }

        /// Those that a namespace has for itself, each with its `=`; where there is only one, with values.
        static func assigned(_ start: String) -> [OfferedWord] {
            let key = String(start.prefix { $0 != "=" })
            let found = spelled(key, Knob.all.filter(canBeTried))
            let chosen = start == key ? found : found.filter { $0.name == key }
            guard chosen.count == 1, let only = chosen.first else {
                return chosen.map { OfferedWord($0.name + "=", $0.knob.meaning) }
            }
            // Of several words with one beginning a shell completes that, and goes on behind the `=`.
            return ([""] + values(of: only.knob)).map {
                OfferedWord("\(only.name)=\($0)", only.knob.meaning)
            }
        }

        private static func spelled(
            _ start: String, _ knobs: [Knob]
        ) -> [(name: String, knob: Knob)] {
            let whole = knobs.filter { $0.key.hasPrefix(start) }
            guard whole.isEmpty else { return whole.map { (name: $0.key, knob: $0) } }
            return knobs.map { (name: lastPart($0.key), knob: $0) }
                .filter { $0.name.hasPrefix(start) }
        }

        static func lastPart(_ key: String) -> String {
            key.lastIndex(of: ".").map { String(key[key.index(after: $0)...]) } ?? key
        }

        private static func canBeTried(_ knob: Knob) -> Bool {
            knob.scope == .namespace && knob.subject == .tcp && !knob.isReadOnly
                && knob.until == nil && !knob.isOfNoKernel
        }

        /// All of a few, otherwise the default.
        private static func values(of knob: Knob) -> [String] {
            if case .integer(let range) = knob.type, range.lowerBound >= -1, range.upperBound <= 3 {
                return range.map { String($0) }
            }
            if case .fixed(let numbers) = knob.initial, numbers.count == 1 {
                return numbers.map { String($0) }
            }
            return []
        }
    }
}
