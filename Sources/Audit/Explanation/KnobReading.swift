package import Catalogue
package import Model

/// A setting of a host beside what the catalogue knows of it.
package struct KnobReading: Sendable {
    package let knob: Knob
    package let setting: Setting?
    package let kernel: KernelRelease?
    /// Whether the files of a captured tree are all that was read: one that is not there may not have been captured.
    package let isCaptured: Bool
    /// Why it is unknown what boot will set; nil if it is known.
    package let bootIsUnknown: String?

    package init(knob: Knob, setting: Setting?, kernel: KernelRelease?) {
        self.knob = knob
        self.setting = setting
        self.kernel = kernel
        isCaptured = false
        bootIsUnknown = nil
    }

    /// As it was read in one namespace.
    package init(knob: Knob, in situation: Situation) {
        self.knob = knob
        setting = situation.anySetting(knob.key)
        kernel = situation.kernel
        isCaptured = situation.now.namespace.entry == .elsewhere
        bootIsUnknown =
            situation.bootFilesReach
            ? nil : "nothing: boot-time files apply only to the host's own network namespace"
    }

    /// The default of this kernel release, in words; nil if it is not known.
    package var initialText: String? {
        if let numbers = initialNumbers { return numbers.map(String.init).joined(separator: " ") }
        if knob.subject == .tcp, case .computed(let words) = knob.initial { return words }
        return nil
    }

    /// Whether the value differs from the default; nil if the kernel computes the default, or if it is not known.
    package var isChanged: Bool? {
        guard let numbers = setting?.numbers, let initial = initialNumbers else { return nil }
        return numbers != initial
    }

    private var initialNumbers: [Int64]? {
        kernel.flatMap { knob.initialValue(on: $0) }
    }

    /// The same for a table: the value, or why there is none.
    package var valueText: String {
        if let value = setting?.value {
            return value.isEmpty ? "empty" : value.split(separator: "\t").joined(separator: " ")
        }
        if setting == nil { return isCaptured ? "not captured" : "not read" }
        return setting?.missing == .unreadable
            ? "not readable" : isCaptured ? "not captured" : "absent"
    }

    /// The line that counts at boot: of a file, or else of a program that starts later.
    package var bootLine: Assignment? {
        setting?.boot?.winner ?? setting?.boot?.others?.last?.assignment
    }

    /// The place of that line, and which programs set the key as well.
    package var originText: String? {
        guard let boot = setting?.boot else { return nil }
        let others = (boot.others ?? []).map {
            "\($0.program.words): \($0.assignment.value) (\($0.assignment.place))"
        }
        let texts = [boot.winner?.place].compactMap(\.self) + others
        return texts.isEmpty ? nil : texts.joined(separator: "; ")
    }

    var values: [Explanation.Value] {
        if knob.isOfNoKernel { return [] }
        var values = [Explanation.Value("value now", valueText)]
        if let initialText { values.append(.init("default", initialText)) }
        // Of other subjects the limits are not kept.
        if knob.subject == .tcp { values.append(.init("accepts", rangeText)) }
        // What is not of the network is the same in every network namespace.
        let isEverywhere = knob.scope == .host && !knob.key.hasPrefix("net.")
        values.append(
            .init(
                "scope",
                isEverywhere
                    ? "the whole host"
                    : knob.isCopiedFromInit
                        ? "this network namespace only; each new one copies the host's value once"
                        : knob.scope.words))
        let others = setting?.boot?.others ?? []
        if let winner = setting?.boot?.winner {
            values.append(.init("boot will set", bootText(winner)))
        } else if setting != nil, others.isEmpty {
            values.append(
                .init("boot will set", bootIsUnknown ?? "nothing: no file sets it"))
        }
        for other in others {
            values.append(
                .init(
                    "\(other.program.words) sets",
                    "\(other.assignment.value) (\(other.assignment.place))"))
        }
        for line in setting?.boot?.shadowed ?? [] {
            values.append(.init("without effect", "\(line.value) (\(line.place))"))
        }
        return values
    }

    /// The line that wins, and whether the kernel accepts its value.
    private func bootText(_ winner: Assignment) -> String {
        let text = "\(winner.value) (\(winner.place))"
        if setting?.boot?.unavailable?.contains(winner.value) == true {
            return "\(text): the kernel refuses it (ENOENT), it has no \(winner.value)"
        }
        return Knob.takes(winner.value, for: knob.key, present: setting?.value)
            ? text : "\(text): the kernel refuses it (EINVAL)"
    }

    /// The ways kernels are built; the limits of what is kept in jiffies depend on it.
    private static let ticksPerSecond: [Int64] = [100, 250, 300, 1000]

    private var rangeText: String {
        switch knob.type {
        case .integer where knob.countsJiffies:
            Self.ticksPerSecond.compactMap { ticks in
                knob.range(ticksPerSecond: ticks).map {
                    "\($0.lowerBound) to \($0.upperBound) with HZ=\(ticks)"
                }
            }.joined(separator: ", ") + unitText
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)" + unitText
        case .vector(let count, let range):
            "\(count) numbers, each \(range.lowerBound) to \(range.upperBound)" + unitText
        case .ports: "ports and port ranges: 8080,9000-9010"
        case .word: "a word"
        }
    }

    private var unitText: String { knob.unit == .none ? "" : ", in \(knob.unit.rawValue)" }

    var verdict: String {
        if let kernel, case .removed = knob.availability(on: kernel) {
            return
                "This kernel no longer has it: the setting was removed in "
                + "\(knob.until.map(\.description) ?? "an earlier release")."
        }
        if knob.isOfNoKernel {
            return "No Linux from 5.10 to 7.3 has it: a line that sets it does nothing."
        }
        guard setting != nil else { return "It was not read." }
        guard setting?.value != nil else {
            return setting?.missing == .unreadable
                ? "It exists, but tcptune could not read it."
                : isCaptured
                    ? "tcptune could not read it: the captured tree does not have its file, but "
                        + "its kernel may have the setting."
                    : "This kernel, or this namespace, does not have it."
        }
        return switch isChanged {
        case true?: "Changed from the default."
        case false?: "It is the default."
        case nil where knob.subject != .tcp: "tcptune does not know its default."
        case nil where kernel == nil:
            "Not compared with the default: the release of its kernel is unknown."
        case nil: "The kernel computes its default at start; tcptune does not compare it."
        }
    }
}

extension Knob.Scope {
    /// The scope of a value, in words.
    package var words: String {
        switch self {
        case .namespace:
            "this network namespace only; each new one starts from the kernel's default"
        case .readOnlyElsewhere:
            "the whole host; visible in other namespaces, writable only in the initial one"
        case .host: "the whole host; not visible in other namespaces"
        }
    }
}
