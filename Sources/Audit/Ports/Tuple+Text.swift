package import Model

extension Tuple {
    /// As findings name it: `10.0.0.5 → 10.0.0.9:5432`.
    package var text: String { "\(source) → \(destination.with(port: port))" }

    /// True if both ends are on this host: a loopback address, or an address of the host that talks to itself.
    package var isWithinHost: Bool { isLoopback || source == destination }
}
