import Model
import Text

/// The privileged ports that clients choose from run out: for NFS mounts, rsh and rlogin, rpc.
///
/// Some servers trust only connections from a port below 1024, and their clients choose such a port
/// themselves: the kernel's NFS client from 665 to 1023 (sunrpc.min_resvport, max_resvport),
/// glibc's bindresvport(3) from 600 to 1023 and then from 512, rresvport(3) from 1023 down to 512.
/// Each port is taken for all destinations, and TIME_WAIT holds it for 60 s. When none is left,
/// mount fails ("Cannot assign requested address", or EADDRINUSE), and bindresvport() fails with
/// EADDRINUSE.
///
/// The rule judges the distinct local ports from 512 to 1023 of a source address, without those of
/// listeners. A warning from 70 % of the 359 that an NFS client has; critical from 95 % of the 512,
/// or of the 359 if connections to port 2049 or 111 show that it is an NFS client. Silent below,
/// and if ports were not counted.
///
/// Confirm: `ss -Htan 'sport >= :512 and sport < :1024' | wc -l`. Source:
/// net/sunrpc/xprtsock.c:xs_get_random_port, include/linux/sunrpc/xprtsock.h (RPC_DEF_MIN_RESVPORT
/// 665); glibc sunrpc/bindrsvprt.c (STARTPORT 600, LOWPORT 512), inet/rcmd.c:rresvport_af.
struct PrivilegedPortsNearLimit: Rule {
    static let id = RuleID.privilegedPortsNearLimit
    static let severities: [Severity] = [.critical, .warning]
    static let needs = RuleNeeds([.connections, .sourcePorts])

    /// 512 to 1023.
    private static let all = 512
    /// 665 to 1023.
    private static let sunrpc = 359
    /// Share of the kernel's range from which a few more mounts reach it.
    private static let nearRatio = 0.7
    /// nfs, and rpcbind.
    private static let rpcPorts: Set<UInt16> = [2049, 111]

    func findings(in situation: Situation) -> [Finding] {
        (situation.now.sourcePorts ?? []).compactMap { Self.finding($0, in: situation) }
    }

    private static func finding(_ source: SourcePorts, in situation: Situation) -> Finding? {
        let used = source.privileged
        guard Double(used) >= nearRatio * Double(sunrpc) else { return nil }
        let isRPC = situation.now.tuples.contains {
            $0.tuple.source == source.address && $0.outsideRange > 0
                && rpcPorts.contains($0.tuple.port)
        }
        let limit = isRPC ? sunrpc : all
        let ratio = Double(used) / Double(limit)
        let isFull = ratio >= PortsExhausting.fullRatio
        return Finding(
            rule: id, severity: isFull ? .critical : .warning, subject: "\(source.address)",
            observed: (isFull ? "hardly any privileged port is left: " : "")
                + "outgoing connections of \(source.address) use \(used.grouped) ports from 512 to "
                + "1023; the kernel's NFS client has \(sunrpc) of them (665 to 1023), "
                + "bindresvport() \(all)",
            evidence: [
                "privileged_ports": .count(used), "limit_ports": .count(limit),
                "used_ratio": .number(min(1, ratio)),
                "to_rpc_services": .text(isRPC ? "yes" : "no"),
            ],
            cause: "each connection from a privileged port takes it for all destinations, and "
                + "TIME_WAIT keeps it for 60 s"
                + (isRPC ? "; connections to NFS or rpcbind are among them" : ""),
            remedies: [
                Remedy(
                    .application,
                    isRPC
                        ? "mount with noresvport if the server allows it (export option insecure), "
                            + "and with a lower nconnect"
                        : "use clients without a privileged port: ssh instead of rsh, noresvport "
                            + "for NFS",
                    effect: "the connections then choose from "
                        + "\(situation.budget.usable.grouped) ports",
                    risk: "a server that trusts only privileged ports refuses them",
                    undo: "mount with the old options")
            ],
            proof:
                "net/sunrpc/xprtsock.c:xs_get_random_port; glibc sunrpc/bindrsvprt.c: STARTPORT 600, "
                + "LOWPORT 512")
    }
}
