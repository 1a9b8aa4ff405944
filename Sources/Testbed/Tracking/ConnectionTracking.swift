import CNetlink
import Glibc
package import Kernel
package import Model

/// Has connections tracked in a namespace that is ours, by a rule of nftables that asks for it.
///
/// Without such a rule nothing is tracked: the hooks are registered for whoever needs them
/// (`net/netfilter/nf_conntrack_proto.c:nf_ct_netns_get`).
package enum ConnectionTracking {
    /// Tracks what passes the namespace of the calling thread.
    ///
    /// - Parameter masquerading: what leaves gets this side's address, as a gateway to the internet does it.
    /// - Throws: EOPNOTSUPP, ENOENT and the like where this kernel has no nftables or no tracking.
    package static func start(
        _ family: InternetFamily = .v4, masquerading: Bool = false
    ) throws(KernelError) {
        try send(
            family,
            chain: Chain(
                name: "track", kind: "filter", hook: TCPTUNE_HOOK_PREROUTING,
                priority: TCPTUNE_PRIORITY_FILTER)
        ) { expressions in
            expressions.appendExpression("ct") { data in
                data.append(CInt(NFTA_CT_DREG.rawValue), network: NFT_REG_1.rawValue)
                data.append(CInt(NFTA_CT_KEY.rawValue), network: NFT_CT_STATE.rawValue)
            }
        }
        guard masquerading else { return }
        try send(
            family,
            chain: Chain(
                name: "masquerade", kind: "nat", hook: TCPTUNE_HOOK_POSTROUTING,
                priority: TCPTUNE_PRIORITY_SOURCE_NAT)
        ) { $0.appendExpression("masq") { _ in } }
    }

    /// Lets everything pass untracked, before tracking sees it: `notrack`.
    package static func exemptAll(_ family: InternetFamily = .v4) throws(KernelError) {
        try send(
            family,
            chain: Chain(
                name: "exempt", kind: "filter", hook: TCPTUNE_HOOK_PREROUTING,
                priority: TCPTUNE_PRIORITY_RAW)
        ) { $0.appendExpression("notrack") { _ in } }
    }

    private struct Chain {
        var name: String
        var kind: String
        var hook: Int
        var priority: Int
    }

    private static let table = "tcptune"

    /// A table, a chain and its rule, all or nothing: nfnetlink takes changes in batches.
    private static func send(
        _ family: InternetFamily, chain: Chain, rule: (inout NetlinkMessage) -> Void
    ) throws(KernelError) {
        let create = NLM_F_REQUEST | NLM_F_CREATE
        var newTable = message(NFT_MSG_NEWTABLE, family, flags: create)
        newTable.append(CInt(NFTA_TABLE_NAME.rawValue), text: table)
        var newChain = message(NFT_MSG_NEWCHAIN, family, flags: create)
        newChain.append(CInt(NFTA_CHAIN_TABLE.rawValue), text: table)
        newChain.append(CInt(NFTA_CHAIN_NAME.rawValue), text: chain.name)
        newChain.nest(nested(NFTA_CHAIN_HOOK.rawValue)) { hook in
            hook.append(CInt(NFTA_HOOK_HOOKNUM.rawValue), network: UInt32(chain.hook))
            hook.append(CInt(NFTA_HOOK_PRIORITY.rawValue), network: Int32(chain.priority))
        }
        newChain.append(CInt(NFTA_CHAIN_TYPE.rawValue), text: chain.kind)
        // Only the last is acknowledged; whatever is refused is told in any case.
        var newRule = message(NFT_MSG_NEWRULE, family, flags: create | NLM_F_APPEND | NLM_F_ACK)
        newRule.append(CInt(NFTA_RULE_TABLE.rawValue), text: table)
        newRule.append(CInt(NFTA_RULE_CHAIN.rawValue), text: chain.name)
        newRule.nest(nested(NFTA_RULE_EXPRESSIONS.rawValue), rule)
        let begin = batch(NFNL_MSG_BATCH_BEGIN)
        let end = batch(NFNL_MSG_BATCH_END)
        let socket = try NetfilterSocket.open()
        try socket.send(
            [begin, newTable, newChain, newRule, end].flatMap(\.finished))
        do throws(KernelError) {
            _ = try socket.receive { (datagram) throws(KernelError) in
                try NetlinkMessages.forEach(in: datagram, subject: "nftables") { _ in }
            }
        } catch {
            throw KernelError(
                "track connections with", "nftables", code: error.code,
                detail: error.isDenied ? nil : "this kernel lacks nf_tables, nft_ct or nf_conntrack"
            )
        }
    }

    private static func message(
        _ type: nf_tables_msg_types, _ family: InternetFamily, flags: CInt
    ) -> NetlinkMessage {
        var message = NetlinkMessage(
            kind: UInt16(NFNL_SUBSYS_NFTABLES) << 8 | UInt16(type.rawValue), flags: flags)
        message.appendFamily(family == .v4 ? AF_INET : AF_INET6)
        return message
    }

    private static func batch(_ type: CInt) -> NetlinkMessage {
        var message = NetlinkMessage(kind: UInt16(type), flags: NLM_F_REQUEST)
        message.appendFamily(AF_UNSPEC, resource: UInt16(NFNL_SUBSYS_NFTABLES))
        return message
    }
}

/// The number of an attribute that holds others, marked as such.
private func nested(_ attribute: UInt32) -> CInt { CInt(attribute) | CInt(NLA_F_NESTED) }

extension NetlinkMessage {
    /// struct nfgenmsg: family, version; resource in the network's order.
    mutating func appendFamily(_ family: CInt, resource: UInt16 = 0) {
        append(UInt8(family))
        append(UInt8(NFNETLINK_V0))
        append(resource.bigEndian)
    }

    /// One expression of a rule.
    fileprivate mutating func appendExpression(
        _ name: String, _ data: (inout NetlinkMessage) -> Void
    ) {
        nest(nested(NFTA_LIST_ELEM.rawValue)) { element in
            element.append(CInt(NFTA_EXPR_NAME.rawValue), text: name)
            element.nest(nested(NFTA_EXPR_DATA.rawValue), data)
        }
    }
}

/// Netlink sockets of netfilter.
enum NetfilterSocket {
    static func open() throws(KernelError) -> NetlinkSocket {
        try NetlinkSocket.open(NETLINK_NETFILTER, named: "NETLINK_NETFILTER")
    }
}
