import Catalogue

/// Sysctls by their key, for the rules that look settings up: the catalogue's, or others for tests.
struct KnobTable: Sendable {
    /// Nil for the catalogue, whose table is made once for all rules, and only if one needs it.
    private let others: (knobs: [Knob], byKey: [String: Knob])?

    init(_ knobs: [Knob]? = nil) {
        others = knobs.map { knobs in
            (knobs, Dictionary(knobs.map { ($0.key, $0) }) { first, _ in first })
        }
    }

    /// Of TCP or of another subject.
    subscript(key: String) -> Knob? {
        if let others { others.byKey[key] } else { Knob.ofAnySubject(key) }
    }

    /// Those that a misspelt key may have meant, in the catalogue's order, without removed ones and ones that never
    /// existed.
    var meanable: [Knob] {
        (others?.knobs ?? Self.catalogue)
            .filter {
                $0.until == nil && $0.inertSince == nil && $0.vendor == nil && !$0.isOfNoKernel
            }
    }

    /// Those of an interface as they stand for all of them.
    private static let catalogue: [Knob] =
        Knob.all
        + Knob.others.map { knob in
            guard knob.key.contains("*") else { return knob }
            var all = knob
            all.key = knob.key.replacing("net.*.", with: "net.ipv4.")
                .replacing("conf.*", with: "conf.all").replacing("neigh.*", with: "neigh.default")
            return all
        }
}
