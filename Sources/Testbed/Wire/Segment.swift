package import Kernel
package import Model

/// A TCP segment in an IPv4 or IPv6 packet, as RFC 9293 §3.1 lays it out.
package struct Segment: Sendable, Hashable {
    package var source: End
    package var destination: End
    package var sequence: UInt32
    package var acknowledgement: UInt32
    package var flags: Flags
    /// As it stands in the header, not scaled.
    package var window: UInt16
    package var options: Options
    package var payload: [UInt8]

    package init(
        from source: End, to destination: End, _ flags: Flags, sequence: UInt32,
        acknowledgement: UInt32 = 0, window: UInt16 = 64240, options: Options = Options(),
        payload: [UInt8] = []
    ) {
        self.source = source
        self.destination = destination
        self.sequence = sequence
        self.acknowledgement = acknowledgement
        self.flags = flags
        self.window = window
        self.options = options
        self.payload = payload
    }

    /// An address and a port.
    package struct End: Sendable, Hashable {
        package var address: IPAddress
        package var port: UInt16

        package init(_ address: IPAddress, _ port: UInt16) {
            self.address = address
            self.port = port
        }

        package var socketAddress: SocketAddress { SocketAddress(address, port: port) }
    }

    package struct Flags: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let fin = Flags(rawValue: 1)
        package static let syn = Flags(rawValue: 2)
        package static let reset = Flags(rawValue: 4)
        package static let push = Flags(rawValue: 8)
        package static let ack = Flags(rawValue: 16)
    }

    /// Those that matter to who may open and close; others are not kept.
    package struct Options: Sendable, Hashable {
        package var maximumSegment: UInt16?
        package var windowScale: UInt8?
        package var allowsSelectiveAcknowledgement: Bool
        package var timestamps: Timestamps?

        package init(
            maximumSegment: UInt16? = nil, windowScale: UInt8? = nil,
            allowsSelectiveAcknowledgement: Bool = false, timestamps: Timestamps? = nil
        ) {
            self.maximumSegment = maximumSegment
            self.windowScale = windowScale
            self.allowsSelectiveAcknowledgement = allowsSelectiveAcknowledgement
            self.timestamps = timestamps
        }
    }

    /// RFC 7323 §3: in ticks of the sender's own clock.
    package struct Timestamps: Sendable, Hashable {
        package var value: UInt32
        package var echo: UInt32

        package init(_ value: UInt32, echo: UInt32 = 0) {
            self.value = value
            self.echo = echo
        }
    }

    /// What it takes of the sequence space: a SYN and a FIN count as a byte each.
    package var length: UInt32 {
        UInt32(payload.count) + (flags.contains(.syn) ? 1 : 0) + (flags.contains(.fin) ? 1 : 0)
    }

    /// An acknowledgement and nothing else.
    package var isBareAck: Bool { flags == .ack && payload.isEmpty }

    /// In a few words: `SYN ACK`, `ACK + 5 bytes`.
    package var label: String {
        let names: [(Flags, String)] = [
            (.syn, "SYN"), (.fin, "FIN"), (.reset, "RST"), (.ack, "ACK"),
        ]
        let words = names.filter { flags.contains($0.0) }.map(\.1)
        let name = words.isEmpty ? "no flags" : words.joined(separator: " ")
        guard !payload.isEmpty else { return name }
        return name + (payload.count == 1 ? " + 1 byte" : " + \(payload.count) bytes")
    }
}
