import Model
import Text

/// The clients that wait in one listener's accept queue, and how long they wait.
///
/// Judged by waiting and not by fill: 2000 clients that nobody accepts are an outage in a queue of 4096 and in one of
/// 65 535, while a full queue that empties within a tenth of a second is a busy day.
struct WaitingClients: Sendable {
    /// Fewer are at most a notice: a debugger's or a test's listener has one or two for hours, by design.
    static let few = 10
    /// So many at one look are reported: at 1000 connections/s they mean 50 ms without an accept().
    static let crowd = 50
    /// Seconds of waiting that a person notices, and that exceed a first retransmission of a SYN.
    static let slow = 1.0
    /// Seconds after which most clients and health checks have given up.
    static let verySlow = 10.0
    /// A shorter interval without an accept() may be one pause of a healthy program.
    static let leastInterval = 1.0

    let listener: Listener
    let rate: AcceptRate?
    let interval: Double?

    init(_ listener: Listener, in situation: Situation) {
        self.listener = listener
        interval = situation.interval
        rate = AcceptRate(of: listener, in: situation)
    }

    /// In the fullest of its sockets.
    var count: Int { max(0, listener.queue) }

    /// In all of its sockets, as far as that was counted.
    var total: Int { listener.sockets > 1 ? max(count, listener.queued ?? 0) : count }

    /// The owner of the socket with the fullest queue: of several, the owner of another one is not to blame.
    var owner: Owner {
        guard listener.sockets > 1, count > 0 else { return listener.owner }
        if let fullest = listener.fullestOwner { return fullest }
        var owner = listener.owner
        guard owner.confidence == .certain || owner.confidence == .likely else { return owner }
        owner.confidence = .possible
        owner.reason = "has sockets of this port; the owner of the fullest one was not found"
        return owner
    }

    /// True if a program other than the one with the fullest queue has sockets of the port too.
    private var isOneOfSeveralPrograms: Bool {
        guard let fullest = listener.fullestOwner?.name, let other = listener.owner.name else {
            return false
        }
        return fullest != other
    }

    /// True if clients wait and none of them was accepted in the interval.
    var areStuck: Bool {
        count > 0 && rate?.isNone == true && (interval ?? 0) >= Self.leastInterval
    }

    /// Of those that wait, clients that have closed already: CLOSE_WAIT that no process has accepted.
    var gaveUp: Int { max(0, listener.withoutInodeStates?[.closeWait] ?? 0) }

    /// Why nobody accepts, if systemd alone holds the socket; nil if another program has it.
    var withoutService: String? {
        guard owner.isActivator else { return nil }
        return "systemd opened this socket for a service and does not accept itself (socket "
            + "activation): the service has not started, or does not hold the socket"
    }

    /// Of several sockets on the port (SO_REUSEPORT), most have an empty queue while this one does not.
    var areUneven: Bool {
        guard listener.sockets > 1, let empty = listener.emptySockets else { return false }
        return empty > 0 && empty <= listener.sockets && empty >= listener.sockets - empty
    }

    /// Why one socket of the port is full and others are empty, as far as is known; empty if that is not the case.
    var unevenness: String {
        guard areUneven else { return "" }
        let name = owner.called
        if areStuck {
            return
                (isOneOfSeveralPrograms
                ? "\(name) does not accept from its socket, as \(listener.owner.called) does"
                : "one worker of \(name) does not accept as the others do")
                + ": the kernel distributes clients among the sockets of a port, whether or not "
                + "their program accepts"
        }
        if let least = rate?.least, least > 0 {
            return
                "one socket of \(name) gets more clients than it accepts, and the others get few "
                + "or none: a BPF program may choose the socket (SO_ATTACH_REUSEPORT_CBPF, _EBPF), or "
                + "its worker is slow"
        }
        return "one worker of \(name) does not accept as the others do, or a BPF program sends all "
            + "clients to its socket (SO_ATTACH_REUSEPORT_CBPF, _EBPF): one look cannot tell which"
    }

    /// Seconds that the last in the queue waits, at least; nil if no rate is known or nobody is accepted.
    var seconds: Double? {
        guard let most = rate?.most, most > 0, count > 0 else { return nil }
        let progress = listener.accepted
        let left = (progress?.waitingBefore ?? 0) - (progress?.accepted ?? 0)
        return Double(listener.sockets > 1 ? max(total, left) : count) / most
    }

    /// True if there is evidence that the program accepts: in the interval, or by connections it closed in the last
    /// minute.
    var areAccepted: Bool {
        if let rate {
            return !rate.isNone && ((rate.least ?? 0) > 0 || gaveUp == 0)
        }
        return listener.states[.timeWait] > 0 && gaveUp == 0
    }

    /// One look cannot tell whether the program accepts, and nothing else does.
    var needSecondLook: Bool { interval == nil && !areAccepted }

    /// Nil if nothing is known to be wrong.
    var severity: Severity? {
        guard count > 0 else { return nil }
        let isCrowd = total >= Self.few
        if areStuck { return isCrowd ? .critical : .notice }
        if let seconds {
            guard seconds >= Self.slow else { return nil }
            return !isCrowd ? .notice : seconds >= Self.verySlow ? .critical : .warning
        }
        if gaveUp >= Self.few { return .warning }
        if let least = rate?.least, least > 0 { return nil }
        if rate?.isNone == true, isCrowd { return .notice }
        return total >= Self.crowd || (isCrowd && (areUneven || areAlone)) ? .notice : nil
    }

    /// One look, and the listener has no connection that was ever accepted, nor one that it closed in the last minute.
    private var areAlone: Bool {
        guard interval == nil, let unaccepted = listener.withoutInodeStates else { return false }
        let waiting = unaccepted[.established] + unaccepted[.closeWait]
        return listener.states.total - listener.states[.synReceived] == waiting
            && total <= waiting
    }

    /// What is known of the waiting, for a sentence; empty if nothing is.
    var text: String {
        [progress, age].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// Since when, as far as the connections that were asked tell.
    private var age: String {
        guard count > 0, let waited = listener.waited, waited > 0 else { return "" }
        return "a client has waited for at least \(waited.duration)"
    }

    private var progress: String {
        if count > 0, rate?.isNone == true, let interval {
            return "none was accepted in \(interval.duration)"
        }
        guard let rate, let most = rate.most, let seconds else { return "" }
        return rate.isExact
            ? "\(most.figure) accepted/s: a client waits about \(seconds.duration)"
            : "at most \(most.figure) accepted/s: a client waits \(seconds.duration) or longer"
    }

    /// `7 of 8 sockets on the port are empty`; empty for a single socket.
    var spread: String {
        guard listener.sockets > 1, let empty = listener.emptySockets else { return "" }
        return "\(empty.grouped) of \(listener.sockets.grouped) sockets on the port are empty"
    }

    var evidence: [String: Evidence] {
        var evidence: [String: Evidence] = ["queue": .count(count)]
        evidence["backlog"] = listener.backlog.map { .count($0) }
        evidence["accepted_per_second"] = rate?.least.map { .number($0) }
        evidence["accepted_per_second_at_most"] = rate?.most.map { .number($0) }
        evidence["wait_seconds"] = seconds.map { .number($0) }
        evidence["waited_seconds"] = listener.waited.map { .number($0) }
        evidence["waiting_before"] = (listener.accepted?.waitingBefore).map { .count($0) }
        evidence["accepted"] = (listener.accepted?.accepted).map { .count($0) }
        if gaveUp > 0 { evidence["gave_up"] = .count(gaveUp) }
        if listener.sockets > 1 {
            evidence["sockets"] = .count(listener.sockets)
            evidence["queued"] = listener.queued.map { .count($0) }
            evidence["empty_sockets"] = listener.emptySockets.map { .count($0) }
            evidence["full_sockets"] = listener.fullSockets.map { .count($0) }
        }
        return evidence
    }
}
