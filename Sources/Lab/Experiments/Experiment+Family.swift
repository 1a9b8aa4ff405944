package import Model

extension Experiment {
    /// The same with its connections carried by another version of IP.
    ///
    /// One that is of IPv4 alone is not available over IPv6, with its reason.
    package func over(_ family: InternetFamily) -> Experiment {
        guard family != self.family else { return self }
        var changed = self
        changed.family = family
        for place in changed.arms.indices { changed.arms[place].family = family }
        guard family == .v6 else { return changed }
        changed.source = source.map { Self.functionsOfIPv6[$0] ?? $0 }
        changesOverIPv6(&changed)
        if let onlyIPv4 {
            changed.trial = { (_, _) throws(Refusal) in
                throw Refusal(.unavailable, "it only works with IPv4: \(onlyIPv4)")
            }
        }
        return changed
    }

    /// What IPv6 has of its own, by what IPv4 has in its place; all else of TCP is shared.
    private static let functionsOfIPv6 = [
        "net/ipv4/tcp_ipv4.c:tcp_v4_rcv": "net/ipv6/tcp_ipv6.c:tcp_v6_rcv",
        "net/ipv4/tcp_ipv4.c:tcp_v4_err": "net/ipv6/tcp_ipv6.c:tcp_v6_err",
        "net/ipv4/tcp_ipv4.c:tcp_v4_send_reset": "net/ipv6/tcp_ipv6.c:tcp_v6_send_reset",
        "net/ipv4/icmp.c:icmp_err_convert": "net/ipv6/icmp.c:icmpv6_err_convert",
        "net/ipv4/syncookies.c:cookie_v4_check": "net/ipv6/syncookies.c:cookie_v6_check",
        "net/ipv4/inet_hashtables.c:__inet_check_established":
            "net/ipv6/inet6_hashtables.c:__inet6_check_established",
    ]
}
