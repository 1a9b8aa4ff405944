/// Something that the catalogue can explain.
package enum Topic: Sendable {
    case knob(Knob)
    case counter(KernelCounter)
    case symptom(Symptom)
    case state(StateFact)

    /// Its name as the catalogue writes it: a full key, a counter with its group, an errno.
    package var name: String {
        switch self {
        case .knob(let knob): knob.key
        case .counter(let counter): counter.fullName
        case .symptom(let symptom): symptom.name
        case .state(let state): state.name
        }
    }

    /// Everything, in the order of the tables.
    package static let all: [Topic] =
        Knob.all.map(Topic.knob) + KernelCounter.all.map(Topic.counter)
        + StateFact.all.map(Topic.state) + Symptom.all.map(Topic.symptom)
}
