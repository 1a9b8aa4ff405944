import Catalogue

/// Sysctls of the catalogue by their key, for the rules that look settings up.
struct KnobTable: Sendable {
    private let byKey: [String: Knob]
    /// All keys, in the catalogue's order.
    let keys: [String]

    init(_ knobs: [Knob]) {
        byKey = Dictionary(knobs.map { ($0.key, $0) }) { first, _ in first }
        keys = knobs.map(\.key)
    }

    subscript(key: String) -> Knob? { byKey[key] }
}
