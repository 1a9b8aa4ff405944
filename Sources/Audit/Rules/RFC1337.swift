import Model
import Text

/// `tcp_rfc1337` is set: TIME_WAIT ignores resets, and clients that meet it are stuck.
///
/// RFC 1337 describes how a RST that meets TIME_WAIT ends it early. With 1 the kernel ignores such
/// a RST; with 0, the default, a RST with exactly the expected sequence number ends TIME_WAIT
/// (`net/ipv4/tcp_minisocks.c:tcp_timewait_state_process`). The kernel's documentation states the
/// opposite. Hardening guides set it as a protection. It has a price: a client that reuses the same
/// port while this host has it in TIME_WAIT may get an ACK for its SYN (old timestamp, or none and
/// a lower sequence number). It answers with a RST, which should end the TIME_WAIT, and sends its
/// SYN again 10 ms later (measured). With 1 the kernel ignores the RST, and the client waits until
/// TIME_WAIT ends.
///
/// Confirm: `sysctl net.ipv4.tcp_rfc1337`. A value other than 0 acts like 1. In most places a myth,
/// also if only a file sets it and boot has not applied it yet; a warning if listeners have many
/// TIME_WAIT sockets and timestamps are off. Silent if it is 0 or could not be read.
struct RFC1337: Rule {
    static let id = RuleID.rfc1337
    static let severities: [Severity] = [.warning, .myth]
    static let needs = RuleNeeds([.setting("net.ipv4.tcp_rfc1337")])
    static let profileSettings: Set<String> = ["net.ipv4.tcp_rfc1337"]

    /// TIME_WAIT at listeners from which a client of a busy NAT meets one of its own ports within a
    /// minute.
    static let manyTimeWait = 1000
    private static let key = "net.ipv4.tcp_rfc1337"
    private static let relief =
        "a client that meets its old port connects after one round trip and about 10 ms, instead "
        + "of after up to 60 s"
    private static let risk = "a RST that guesses four numbers exactly ends a TIME_WAIT early"

    func findings(in situation: Situation) -> [Finding] {
        let planned = situation.planned(Self.key).flatMap { line in
            line.numbers?.first.map {
                (value: $0, words: line.words(Self.key), line: line.assignment)
            }
        }
        let now = situation.number(Self.key) ?? 0
        // What boot will set counts as much as what is set now.
        let value = now != 0 ? now : planned?.value ?? 0
        guard value != 0 else { return [] }
        let isSet = now != 0
        let held = situation.now.listeners.reduce(into: 0.0) {
            $0 += Double(max(0, $1.states[.timeWait]))
        }
        let withoutTimestamps = situation.number("net.ipv4.tcp_timestamps") == 0
        return [
            Finding(
                rule: id,
                severity: isSet && withoutTimestamps && held >= Double(Self.manyTimeWait)
                    ? .warning : .myth,
                subject: planned?.line.place ?? Self.key,
                observed: (isSet ? "tcp_rfc1337 = \(value)" : planned?.words ?? "")
                    + (situation.now.source == .none
                        ? ""
                        : "; listeners here have \(held < 1 ? "no" : held.figure) TIME_WAIT "
                            + "sockets")
                    + (withoutTimestamps ? ", timestamps are off" : ""),
                evidence: [
                    "value": .count(Int(clamping: value)), "listener_time_wait": .number(held),
                ],
                cause:
                    "people set it as a protection; it keeps TIME_WAIT alive against the RST with "
                    + "which a client whose SYN met it would end it",
                remedies: [
                    isSet
                        ? .writing(
                            Self.key, "0", in: situation,
                            text: "set the default again, here and in the file that sets it",
                            effect: Self.relief, risk: Self.risk)
                        : Remedy(
                            .application,
                            "remove the line from \(planned?.line.place ?? "its file")",
                            effect: Self.relief, risk: Self.risk, undo: "add the line again")
                ],
                proof:
                    "net/ipv4/tcp_minisocks.c:tcp_timewait_state_process; measured: with 0 a RST "
                    + "at rcv_nxt ends TIME_WAIT, with 1 the kernel ignores it and the timer "
                    + "continues")
        ]
    }
}
