import Catalogue

/// Sysctls by their key, for the rules that look settings up: the catalogue's, or others for tests.
struct KnobTable: Sendable {
    /// Nil for the catalogue, whose table is made once for all rules, and only if one looks into it.
    private let others: (knobs: [Knob], byKey: [String: Knob])?

    private static let catalogue = byKey(Knob.all)

    init(_ knobs: [Knob]? = nil) { others = knobs.map { ($0, Self.byKey($0)) } }

    subscript(key: String) -> Knob? { (others?.byKey ?? Self.catalogue)[key] }

    /// All keys, in the catalogue's order.
    var keys: [String] { (others?.knobs ?? Knob.all).map(\.key) }

    private static func byKey(_ knobs: [Knob]) -> [String: Knob] {
        Dictionary(knobs.map { ($0.key, $0) }) { first, _ in first }
    }
}
