/// An Ethernet address.
struct HardwareAddress: Sendable, Hashable {
    let bytes: [UInt8]

    /// One that is administered locally, so that no card anywhere has it.
    init(local number: UInt8) { bytes = [2, 0, 0, 0, 0, number] }
}
