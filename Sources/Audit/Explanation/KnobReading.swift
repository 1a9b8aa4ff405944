public import Catalogue
public import HostState

/// A setting of a host beside what the catalogue knows of it.
public struct KnobReading: Sendable {
    public let knob: Knob
    public let setting: Setting?
    public let kernel: KernelRelease?

    public init(knob: Knob, setting: Setting?, kernel: KernelRelease?) {
        self.knob = knob
        self.setting = setting
        self.kernel = kernel
    }

    /// What an untuned kernel of this release has, in words; nil where that is not a table's to say.
    public var initialText: String? {
        if let numbers = initialNumbers { return numbers.map(String.init).joined(separator: " ") }
        if case .computed(let words) = knob.initial { return words }
        return nil
    }

    /// Whether the value differs from that of an untuned kernel; nil where it was computed, or is not known.
    public var isChanged: Bool? {
        guard let numbers = setting?.numbers, let initial = initialNumbers else { return nil }
        return numbers != initial
    }

    private var initialNumbers: [Int64]? {
        kernel.flatMap { knob.initialValue(on: $0) }
    }

    /// The same for a table: the value, or why there is none.
    public var valueText: String {
        if let value = setting?.value { return value.split(separator: "\t").joined(separator: " ") }
        return setting?.missing == .unreadable ? "not readable" : "absent"
    }

    var values: [Explanation.Value] {
        var values = [Explanation.Value("value now", valueText)]
        if let initialText { values.append(.init("untuned", initialText)) }
        values.append(.init("accepts", rangeText))
        values.append(.init("reaches", knob.scope.words))
        if let winner = setting?.boot?.winner {
            values.append(.init("boot will set", "\(winner.value) (\(winner.place))"))
        } else if setting != nil {
            values.append(.init("boot will set", "nothing: no file names it"))
        }
        for line in setting?.boot?.shadowed ?? [] {
            values.append(.init("without effect", "\(line.value) (\(line.place))"))
        }
        return values
    }

    private var rangeText: String {
        switch knob.type {
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)" + unitText
        case .vector(let count, let range):
            "\(count) numbers, each \(range.lowerBound) to \(range.upperBound)" + unitText
        case .ports: "ports and ranges of ports: 8080,9000-9010"
        case .word: "a word"
        }
    }

    private var unitText: String { knob.unit == .none ? "" : ", in \(knob.unit.rawValue)" }

    var verdict: String {
        if let kernel, case .removed = knob.standing(on: kernel) {
            return
                "This kernel no longer has it: it was removed in \(knob.until.map(\.description) ?? "an earlier release")."
        }
        guard setting?.value != nil else {
            return setting?.missing == .unreadable
                ? "It is there, and this user may not read it."
                : "This kernel, or this namespace, does not have it."
        }
        return switch isChanged {
        case true?: "Changed from what an untuned kernel has."
        case false?: "As an untuned kernel has it."
        case nil: "Its untuned value is worked out at start and not compared here."
        }
    }
}

extension Knob.Scope {
    /// Whom a value reaches, in words.
    public var words: String {
        switch self {
        case .namespace:
            "this network namespace only; each new one starts from the kernel's default"
        case .readOnlyElsewhere:
            "the whole host; visible in other namespaces, writable in init's only"
        case .host: "the whole host; not visible in other namespaces"
        }
    }
}
