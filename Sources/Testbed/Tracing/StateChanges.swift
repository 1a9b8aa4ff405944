import CNetlink
import Glibc
package import Kernel
package import Model
import Synchronization

/// The kernel's own word on each change of a TCP socket's state: the tracepoint `sock:inet_sock_set_state` (since 4.16).
///
/// It is read through perf_event_open(2), which leaves nothing behind. The sockets of all namespaces are told of, so what is
/// asked for is a port, and what is taken is a connection. To end it takes some 50 ms: the kernel waits until no processor
/// is in the tracepoint any more (`kernel/trace/trace_event_perf.c:perf_trace_event_unreg`).
package final class StateChanges: Sendable {
    private let rings: Mutex<TracepointRings>

    private init(_ rings: consuming sending TracepointRings) { self.rings = Mutex(rings) }

    /// Begins to listen, on all processors, for sockets with that port at either end.
    package static func open(port: UInt16) throws(KernelError) -> StateChanges {
        StateChanges(
            try TracepointRings.open(
                TracepointID.read(), filter: "dport == \(port) || sport == \(port)"))
    }

    /// All changes that have come and were not taken, in the order of their times.
    ///
    /// - Returns: nil where the kernel had more to tell than there was room for.
    package func take() -> [Change]? {
        let records = rings.withLock { $0.take() }
        // PERF_RECORD_LOST; what is ours may be among it.
        guard !records.contains(where: { $0.first == 2 }) else { return nil }
        return records.compactMap(Change.init).sorted { $0.time < $1.time }
    }

    /// A change, as the tracepoint has it.
    package struct Change: Sendable, Hashable {
        /// CLOCK_MONOTONIC in nanoseconds.
        package var time: Int64
        /// Where the kernel keeps the socket: the same for all changes of one.
        package var socket: UInt64
        package var old: UInt32
        package var new: UInt32
        package var sourcePort: UInt16
        package var destinationPort: UInt16
        package var source: IPAddress
        package var destination: IPAddress
    }
}

extension StateChanges.Change {
    /// Reads a record of PERF_RECORD_SAMPLE with time and raw data; nil for any other.
    ///
    /// struct perf_event_header of 8 bytes, time, the length of the raw data, and that: its fields are where
    /// ``TracepointID`` found them.
    init?(_ record: [UInt8]) {
        func number<Number: FixedWidthInteger & UnsignedInteger>(
            _ type: Number.Type, at place: Int
        ) -> Number? {
            let width = Number.bitWidth / 8
            guard place + width <= record.count else { return nil }
            return record[place..<place + width].reversed().reduce(0) { $0 << 8 | Number($1) }
        }
        let raw = 20
        guard number(UInt32.self, at: 0) == 9, let time = number(UInt64.self, at: 8),
            let socket = number(UInt64.self, at: raw + 8),
            let old = number(UInt32.self, at: raw + 16),
            let new = number(UInt32.self, at: raw + 20),
            let source = number(UInt16.self, at: raw + 24),
            let destination = number(UInt16.self, at: raw + 26),
            let family = number(UInt16.self, at: raw + 28), raw + 72 <= record.count
        else { return nil }
        self.init(
            time: Int64(truncatingIfNeeded: time), socket: socket, old: old, new: new,
            sourcePort: source, destinationPort: destination,
            source: Self.address(record, family, v4: raw + 32, v6: raw + 40),
            destination: Self.address(record, family, v4: raw + 36, v6: raw + 56))
    }

    private static func address(
        _ record: [UInt8], _ family: UInt16, v4: Int, v6: Int
    ) -> IPAddress {
        if CInt(family) == AF_INET {
            return IPAddress(v4: record[v4..<v4 + 4].reduce(0) { $0 << 8 | UInt32($1) })
        }
        return IPAddress(
            high: record[v6..<v6 + 8].reduce(0) { $0 << 8 | UInt64($1) },
            low: record[v6 + 8..<v6 + 16].reduce(0) { $0 << 8 | UInt64($1) })
    }
}
