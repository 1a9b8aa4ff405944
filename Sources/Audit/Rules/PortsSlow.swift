import Catalogue
import Model
import Text

/// Nearly half of a destination's local ports are taken, and connect() becomes slow at half.
///
/// connect() first tries the ports with the parity of the range's low end, by default the even
/// ones, and tries the others only when all of those are taken. From then on each connect()
/// searches the whole first half, and takes a lock for each port. The kernel of this host spends
/// that time, without an error and without a counter.
///
/// The rule reports from 45 % of the usable ports on, taken and not reusable, or when the half that
/// connect() tries first is used up; from 95 % on ports-exhausting reports instead. bind() with
/// port 0 starts from the other half and slows down in the same way. For a burst that is over the
/// rule says only, as a notice, that connect() is slow until the ports are free again. Silent about
/// destinations on this host (loopback-exhausting).
///
/// Confirm: `strace -T -e trace=connect` or `perf top` (the time is in __inet_check_established). A
/// program can avoid the slowdown if it sets IP_LOCAL_PORT_RANGE on its socket, on Linux 6.8 and
/// later: then the search goes port by port. Measured with 14 000 ports: connect() took 14 µs up to
/// 49 % and about 1000 µs from 50 % on; with IP_LOCAL_PORT_RANGE 11 to 18 µs at 95 %. Source:
/// net/ipv4/inet_hashtables.c:__inet_hash_connect.
struct PortsSlow: Rule {
    static let id = RuleID.portsSlow
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.connections, .portRange])
    static let profileSettings = ShippedProfile.portSettings

    /// Share of usable ports: a tenth of the way short of the cliff at 50 %, so that there is time to act.
    static let nearRatio = 0.45

    func findings(in situation: Situation) -> [Finding] {
        situation.tuples
            .filter { !$0.tuple.isWithinHost && Self.applies(to: $0) }
            .map { Self.finding($0, in: situation) }
    }

    static func applies(to tuple: TupleAssessment) -> Bool {
        guard tuple.usable > 0, !PortsExhausting.applies(to: tuple) else {
            return false
        }
        return tuple.secondsToSlow == 0 || (tuple.blockedRatio >= nearRatio && !tuple.isEbbing)
    }

    private static func finding(_ tuple: TupleAssessment, in situation: Situation) -> Finding {
        var finding = PortsExhausting.finding(
            id, tuple.isEbbing ? .notice : .warning, tuple, in: situation)
        if tuple.secondsToSlow == 0 {
            finding.observed +=
                "; the half that connect() tries first is used up"
                + (tuple.isEbbing ? ", until TIME_WAIT ends within the minute" : "")
        } else if let seconds = tuple.secondsToSlow {
            finding.observed +=
                "; the half that connect() tries first is used up in about \(seconds.duration)"
        }
        finding.cause +=
            "; beyond half of the ports each connect() first checks "
            + "\(situation.budget.usableFirstParity.grouped) taken ports"
        if situation.kernel.map({ $0 >= .init(6, 8) }) ?? false {
            finding.remedies.insert(
                localPortRange(of: situation), at: min(1, finding.remedies.count))
        }
        finding.proof =
            "net/ipv4/inet_hashtables.c:__inet_hash_connect (step 2, first the low end's parity); "
            + "measured with 14 000 ports: 14 µs per connect() up to 49 %, ≈1000 µs from 50 % on"
        return finding
    }

    private static func localPortRange(of situation: Situation) -> Remedy {
        let range = situation.budget.range
        return Remedy(
            .application,
            "set IP_LOCAL_PORT_RANGE (51) on the socket before connect(), to "
                + "\(range.lowerBound | range.upperBound << 16): the same range as the sysctl",
            effect: "the search goes port by port and connect() stays fast: measured 11 to 18 µs "
                + "at 95 % instead of about 1000; the number of ports stays the same",
            risk: "the option fails with ENOPROTOOPT on kernels before 6.3; ignore that",
            undo: "remove the option")
    }
}
