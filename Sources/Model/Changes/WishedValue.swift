/// A value as a profile writes it.
public enum WishedValue: Sendable, Hashable {
    /// Canonical text (`Knob.canonical`).
    case text(String)
    /// Worked out from the host when a plan is made.
    case computed(HostQuantity)
}
