import Model

extension KernelCounter {
    /// Multipath TCP; in use only where programs ask for IPPROTO_MPTCP.
    static let mptcp: [KernelCounter] = [
        KernelCounter(
            "MPTcpExt", "MPCapableSYNRX",
            meaning: "A SYN that offers MPTCP was received.",
            reading: "Clients that speak MPTCP.",
            source: ["net/mptcp/subflow.c:subflow_check_req"]),
        KernelCounter(
            "MPTcpExt", "MPCapableSYNTX",
            meaning: "A SYN that offers MPTCP was sent.",
            reading: "Programs here that use MPTCP.",
            source: ["net/mptcp/protocol.c:mptcp_connect"]),
        KernelCounter(
            "MPTcpExt", "MPCapableSYNACKRX",
            meaning: "The server agreed to MPTCP.",
            reading: "Set it against MPCapableSYNTX.",
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "MPCapableACKRX",
            meaning: "A client finished a handshake of MPTCP.",
            reading: "New MPTCP connections of servers here.",
            source: ["net/mptcp/protocol.c:mptcp_stream_accept"]),
        KernelCounter(
            "MPTcpExt", "MPCapableFallbackACK",
            meaning: "A server fell back to plain TCP during the handshake.",
            reading: "A middlebox strips the option.",
            source: ["net/mptcp/subflow.c:subflow_syn_recv_sock"]),
        KernelCounter(
            "MPTcpExt", "MPCapableFallbackSYNACK",
            meaning: "A client fell back to plain TCP: the server did not agree.",
            reading: "The server has no MPTCP, or a middlebox strips the option.",
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "MPCapableSYNTXDrop",
            meaning: "SYNs with the option got no answer and plain ones did.",
            reading: "A middlebox drops MPTCP.",
            source: ["net/mptcp/ctrl.c:mptcp_active_detect_blackhole"]),
        KernelCounter(
            "MPTcpExt", "MPCapableSYNTXDisabled",
            meaning: "MPTCP was left out because earlier tries were swallowed.",
            reading: "See Blackhole.",
            source: ["net/mptcp/protocol.c:mptcp_connect"]),
        KernelCounter(
            "MPTcpExt", "MPCapableEndpAttempt",
            meaning: "A connection came to a port that is for more subflows only.",
            reading: "A client misuses an announced port.",
            source: ["net/mptcp/subflow.c:subflow_reset_req_endp"]),
        KernelCounter(
            "MPTcpExt", "MPFallbackTokenInit",
            meaning: "Plain TCP was used because no token could be made.",
            reading: "Too many connections, or memory.",
            source: ["net/mptcp/subflow.c:subflow_check_req"]),
        KernelCounter(
            "MPTcpExt", "MPTCPRetrans",
            meaning: "Data was sent again on another subflow.",
            reading: "A subflow is slow or lost.",
            source: [
                "net/mptcp/protocol.c:__mptcp_retrans",
                "net/mptcp/protocol.c:__mptcp_push_retrans",
            ]),
        KernelCounter(
            "MPTcpExt", "MPJoinNoTokenFound",
            meaning: "A further subflow named a connection that is not here.",
            reading: "Late or forged, or a load balancer that sends it to another server.",
            source: ["net/mptcp/subflow.c:subflow_token_join_request"]),
        KernelCounter(
            "MPTcpExt", "MPJoinNoIdFound",
            meaning: "A further subflow came to an address that got no number here.",
            reading: "Too many addresses, or memory.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/subflow.c:subflow_token_join_request"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynRx",
            meaning: "A SYN for a further subflow was received.",
            reading: "Clients that use several paths.",
            source: ["net/mptcp/subflow.c:subflow_check_req"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynBackupRx",
            meaning: "A SYN for a further subflow was received, marked as backup.",
            reading: "Clients with a second path in reserve.",
            source: ["net/mptcp/subflow.c:subflow_check_req"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynAckRx",
            meaning: "A further subflow was answered.",
            reading: "Set it against MPJoinSynTx.",
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynAckBackupRx",
            meaning: "A further subflow was answered, marked as backup.",
            reading: "The server prefers the other paths.",
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynAckHMacFailure",
            meaning: "The answer to a further subflow had a wrong signature.",
            reading: "A middlebox or a forged answer.",
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynAckNoMPJoin",
            meaning: "The answer to a further subflow came without its option; it was reset.",
            reading: "A middlebox strips the option.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinAckRx",
            meaning: "A further subflow was completed by a client.",
            reading: "Paths in use by servers here.",
            source: ["net/mptcp/subflow.c:subflow_syn_recv_sock"]),
        KernelCounter(
            "MPTcpExt", "MPJoinAckHMacFailure",
            meaning: "The last step of a further subflow had a wrong signature.",
            reading: "A middlebox or a forged packet.",
            source: ["net/mptcp/subflow.c:subflow_syn_recv_sock"]),
        KernelCounter(
            "MPTcpExt", "MPJoinAckNoMPJoin",
            meaning: "The last step of a further subflow came without its option; it was reset.",
            reading: "A middlebox strips the option.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/subflow.c:subflow_syn_recv_sock"]),
        KernelCounter(
            "MPTcpExt", "MPJoinAckNoCtx",
            meaning: "A further subflow was reset for want of what the kernel keeps of each.",
            reading: "Memory.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/subflow.c:subflow_syn_recv_sock"]),
        KernelCounter(
            "MPTcpExt", "MPJoinRejected",
            meaning: "A further subflow was refused by the path manager.",
            reading: "The limit of subflows; see ip mptcp limits.",
            source: [
                "net/mptcp/subflow.c:subflow_syn_recv_sock",
                "net/mptcp/protocol.c:mptcp_finish_join",
            ]),
        KernelCounter(
            "MPTcpExt", "MPJoinNotEstablished",
            meaning: "A further subflow was reset: its connection is not, or no longer, open.",
            reading: "Subflows that come too early or too late.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/protocol.c:mptcp_finish_join"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynTx",
            meaning: "A SYN for a further subflow was sent.",
            reading: "Paths that this host opens.",
            source: ["net/mptcp/subflow.c:__mptcp_subflow_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynTxCreatSkErr",
            meaning: "No socket could be made for a further subflow.",
            reading: "Memory or descriptors.",
            source: ["net/mptcp/subflow.c:__mptcp_subflow_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynTxBindErr",
            meaning: "The address of a further subflow could not be bound.",
            reading: "The address is gone, or its ports are used up.",
            source: ["net/mptcp/subflow.c:__mptcp_subflow_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynTxConnectErr",
            meaning: "connect() of a further subflow failed.",
            reading: "No route, or ports are used up.",
            source: ["net/mptcp/subflow.c:__mptcp_subflow_connect"]),
        KernelCounter(
            "MPTcpExt", "DSSNotMatching",
            meaning: "A mapping of data came that contradicts the one before.",
            reading: "A middlebox changes the stream, or a broken peer.",
            source: ["net/mptcp/subflow.c:get_mapping_status"]),
        KernelCounter(
            "MPTcpExt", "DSSCorruptionFallback",
            meaning: "A broken mapping made the connection fall back to plain TCP.",
            reading: "A middlebox changes the stream.",
            source: ["net/mptcp/protocol.c:mptcp_dss_corruption"]),
        KernelCounter(
            "MPTcpExt", "DSSCorruptionReset",
            meaning: "A broken mapping made the subflow be reset.",
            reading: "A middlebox changes the stream.",
            source: ["net/mptcp/protocol.c:mptcp_dss_corruption"]),
        KernelCounter(
            "MPTcpExt", "InfiniteMapTx",
            meaning: "This host announced that the rest goes by plain TCP.",
            reading: "A connection fell back.",
            source: ["net/mptcp/protocol.c:mptcp_update_infinite_map"]),
        KernelCounter(
            "MPTcpExt", "InfiniteMapRx",
            meaning: "The peer announced that the rest goes by plain TCP.",
            reading: "A connection fell back.",
            source: ["net/mptcp/subflow.c:get_mapping_status"]),
        KernelCounter(
            "MPTcpExt", "DSSNoMatchTCP",
            meaning: "A mapping did not fit the sequence numbers of TCP.",
            reading: "A middlebox changes the stream.",
            source: ["net/mptcp/subflow.c:get_mapping_status"]),
        KernelCounter(
            "MPTcpExt", "DataCsumErr",
            meaning: "The checksum of MPTCP was wrong.",
            reading: "A middlebox changes the data.",
            source: ["net/mptcp/subflow.c:validate_data_csum"]),
        KernelCounter(
            "MPTcpExt", "OFOQueueTail",
            meaning: "Data was added at the end of the queue out of order.",
            reading: "Paths of unlike speed; no fault.",
            source: ["net/mptcp/protocol.c:mptcp_data_queue_ofo"]),
        KernelCounter(
            "MPTcpExt", "OFOQueue",
            meaning: "Data was put into the queue out of order.",
            reading: "Paths of unlike speed; no fault.",
            source: ["net/mptcp/protocol.c:mptcp_data_queue_ofo"]),
        KernelCounter(
            "MPTcpExt", "OFOMerge",
            meaning: "Data in the queue out of order was merged.",
            reading: "Paths of unlike speed; no fault.",
            source: ["net/mptcp/protocol.c:mptcp_data_queue_ofo"]),
        KernelCounter(
            "MPTcpExt", "NoDSSInWindow",
            meaning: "Data lay beyond the window of the connection and was dropped.",
            reading: "A peer that ignores the window.",
            source: ["net/mptcp/protocol.c:mptcp_data_queue_ofo"]),
        KernelCounter(
            "MPTcpExt", "DuplicateData",
            meaning: "Data was dropped because it had come by another path.",
            reading: "Retransmissions on several paths.",
            source: ["net/mptcp/protocol.c:__mptcp_move_skb"]),
        KernelCounter(
            "MPTcpExt", "AddAddr",
            meaning: "The peer announced an address.",
            reading: "Paths on offer.",
            source: ["net/mptcp/options.c:mptcp_incoming_options"]),
        KernelCounter(
            "MPTcpExt", "AddAddrTx",
            meaning: "This host announced an address.",
            reading: "Paths on offer.",
            source: ["net/mptcp/options.c:mptcp_established_options_add_addr"]),
        KernelCounter(
            "MPTcpExt", "AddAddrTxDrop",
            meaning: "An address was not announced: no room in the packet or a list that is full.",
            reading: "Many addresses at once.",
            source: ["net/mptcp/pm.c:mptcp_pm_add_addr_signal"]),
        KernelCounter(
            "MPTcpExt", "EchoAdd",
            meaning: "The peer confirmed an announced address.",
            reading: "Set it against AddAddrTx.",
            source: ["net/mptcp/options.c:mptcp_incoming_options"]),
        KernelCounter(
            "MPTcpExt", "EchoAddTx",
            meaning: "This host confirmed an announced address.",
            reading: "Set it against AddAddr.",
            source: ["net/mptcp/options.c:mptcp_established_options_add_addr"]),
        KernelCounter(
            "MPTcpExt", "EchoAddTxDrop",
            meaning: "An announced address was not confirmed for want of room.",
            reading: "Many addresses at once.",
            source: ["net/mptcp/pm.c:mptcp_pm_add_addr_signal"]),
        KernelCounter(
            "MPTcpExt", "PortAdd",
            meaning: "The peer announced an address with a port.",
            reading: "Paths on offer.",
            source: ["net/mptcp/options.c:mptcp_incoming_options"]),
        KernelCounter(
            "MPTcpExt", "AddAddrDrop",
            meaning: "An announced address was ignored.",
            reading: "The limit of addresses; see ip mptcp limits.",
            source: ["net/mptcp/pm.c:mptcp_pm_add_addr_received"]),
        KernelCounter(
            "MPTcpExt", "MPJoinPortSynRx",
            meaning: "A SYN for a further subflow came to an announced port.",
            reading: "Paths in use.",
            source: ["net/mptcp/subflow.c:subflow_check_req"]),
        KernelCounter(
            "MPTcpExt", "MPJoinPortSynAckRx",
            meaning: "A further subflow to an announced port was answered.",
            reading: "Paths in use.",
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinPortAckRx",
            meaning: "A further subflow to an announced port was completed.",
            reading: "Paths in use.",
            source: ["net/mptcp/subflow.c:subflow_syn_recv_sock"]),
        KernelCounter(
            "MPTcpExt", "MismatchPortSynRx",
            meaning: "A SYN for a further subflow came to a port that was not announced.",
            reading: "A peer or a NAT that changes ports.",
            source: ["net/mptcp/subflow.c:subflow_check_req"]),
        KernelCounter(
            "MPTcpExt", "MismatchPortAckRx",
            meaning: "The last step of a further subflow came to a port that was not announced.",
            reading: "A peer or a NAT that changes ports.",
            source: ["net/mptcp/subflow.c:subflow_syn_recv_sock"]),
        KernelCounter(
            "MPTcpExt", "RmAddr",
            meaning: "The peer withdrew an address.",
            reading: "Paths end.",
            source: [
                "net/mptcp/pm_kernel.c:mptcp_pm_nl_rm_addr_received",
                "net/mptcp/pm.c:mptcp_pm_rm_addr_recv",
            ]),
        KernelCounter(
            "MPTcpExt", "RmAddrDrop",
            meaning: "A withdrawal of an address was ignored.",
            reading: "Too many at once.",
            source: ["net/mptcp/pm.c:mptcp_pm_rm_addr_received"]),
        KernelCounter(
            "MPTcpExt", "RmAddrTx",
            meaning: "This host withdrew an address.",
            reading: "Paths end.",
            source: ["net/mptcp/options.c:mptcp_established_options_rm_addr"]),
        KernelCounter(
            "MPTcpExt", "RmAddrTxDrop",
            meaning: "A withdrawal was not sent for want of room.",
            reading: "Many addresses at once.",
            source: ["net/mptcp/pm.c:mptcp_pm_remove_addr"]),
        KernelCounter(
            "MPTcpExt", "RmSubflow",
            meaning: "A subflow was removed.",
            reading: "Paths end.",
            source: [
                "net/mptcp/pm_kernel.c:mptcp_pm_nl_rm_addr_or_subflow",
                "net/mptcp/pm.c:mptcp_pm_rm_addr_or_subflow",
            ]),
        KernelCounter(
            "MPTcpExt", "MPPrioTx",
            meaning: "This host changed the priority of a subflow.",
            reading: "A path became backup, or no longer is.",
            source: ["net/mptcp/options.c:mptcp_write_options"]),
        KernelCounter(
            "MPTcpExt", "MPPrioRx",
            meaning: "The peer changed the priority of a subflow.",
            reading: "A path became backup, or no longer is.",
            source: ["net/mptcp/options.c:mptcp_incoming_options"]),
        KernelCounter(
            "MPTcpExt", "MPFailTx",
            meaning: "This host reported a wrong checksum.",
            reading: "A middlebox changes the data.",
            source: ["net/mptcp/options.c:mptcp_established_options_mp_fail"]),
        KernelCounter(
            "MPTcpExt", "MPFailRx",
            meaning: "The peer reported a wrong checksum.",
            reading: "A middlebox changes the data.",
            source: ["net/mptcp/options.c:mptcp_incoming_options"]),
        KernelCounter(
            "MPTcpExt", "MPFastcloseTx",
            meaning: "This host ended a connection at once, as by RST.",
            reading: "close() with unread data or SO_LINGER 0.",
            source: ["net/mptcp/options.c:mptcp_established_options_fastclose"]),
        KernelCounter(
            "MPTcpExt", "MPFastcloseRx",
            meaning: "The peer ended a connection at once, as by RST.",
            reading: "The peer did not read to the end.",
            source: ["net/mptcp/options.c:mptcp_incoming_options"]),
        KernelCounter(
            "MPTcpExt", "MPRstTx",
            meaning: "This host reset a subflow, with a reason.",
            reading: "Paths that failed.",
            source: ["net/mptcp/options.c:mptcp_established_options_rst"]),
        KernelCounter(
            "MPTcpExt", "MPRstRx",
            meaning: "The peer reset a subflow, with a reason.",
            reading: "Paths that failed.",
            source: ["net/mptcp/options.c:mptcp_incoming_options"]),
        KernelCounter(
            "MPTcpExt", "RcvPruned",
            meaning: "A packet was dropped because the receive buffer was full.",
            reading: "The program reads too slowly.",
            source: ["net/mptcp/protocol.c:__mptcp_move_skb"]),
        KernelCounter(
            "MPTcpExt", "BacklogDrop",
            meaning: "A packet was dropped: the queue of a socket in use was full.",
            reading: "A program holds its socket while much data comes.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/protocol.c:__mptcp_add_backlog"]),
        KernelCounter(
            "MPTcpExt", "OFOPruned",
            meaning: "Data out of order was dropped to make room.",
            reading: "Paths of unlike speed, or a program that reads too slowly.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/protocol.c:mptcp_prune_ofo_queue"]),
        KernelCounter(
            "MPTcpExt", "SubflowStale",
            meaning: "A subflow no longer makes progress and is not used.",
            reading: "A path is gone or very slow.",
            source: [
                "net/mptcp/pm_kernel.c:mptcp_pm_nl_subflow_chk_stale",
                "net/mptcp/pm.c:mptcp_pm_subflow_chk_stale",
            ]),
        KernelCounter(
            "MPTcpExt", "SubflowRecover",
            meaning: "A subflow that was not used works again.",
            reading: "A path came back.",
            source: ["net/mptcp/protocol.c:mptcp_subflow_set_active"]),
        KernelCounter(
            "MPTcpExt", "SndWndShared",
            meaning: "The window of the connection limited what a subflow may send.",
            reading: "The peer reads slowly.",
            source: ["net/mptcp/protocol.c:mptcp_check_allowed_size"]),
        KernelCounter(
            "MPTcpExt", "RcvWndShared",
            meaning: "The window of a subflow was replaced by that of the connection.",
            reading: "No fault.",
            source: ["net/mptcp/options.c:mptcp_set_rwin"]),
        KernelCounter(
            "MPTcpExt", "RcvWndConflictUpdate",
            meaning: "Two subflows changed the window at once; one took over the other.",
            reading: "No fault.",
            source: ["net/mptcp/options.c:mptcp_set_rwin"]),
        KernelCounter(
            "MPTcpExt", "RcvWndConflict",
            meaning: "Two subflows changed the window at once.",
            reading: "No fault.",
            source: ["net/mptcp/options.c:mptcp_set_rwin"]),
        KernelCounter(
            "MPTcpExt", "MPCurrEstab",
            meaning: "MPTCP connections that are established, now.",
            reading: "The use of MPTCP.",
            source: ["net/mptcp/protocol.c:mptcp_set_state"]),
        KernelCounter(
            "MPTcpExt", "Blackhole",
            meaning: "MPTCP was switched off for a time because a middlebox swallows it.",
            reading: "See net.mptcp.blackhole_timeout.",
            source: ["net/mptcp/ctrl.c:mptcp_active_disable"]),
        KernelCounter(
            "MPTcpExt", "MPCapableDataFallback",
            meaning: "The first data came without MPTCP: fallback to plain TCP.",
            reading: "A middlebox strips the option.",
            source: ["net/mptcp/options.c:check_fully_established"]),
        KernelCounter(
            "MPTcpExt", "MD5SigFallback",
            meaning: "Plain TCP was used because the socket has an MD5 key.",
            reading: "The two do not go together.",
            source: ["net/mptcp/protocol.c:mptcp_connect"]),
        KernelCounter(
            "MPTcpExt", "MD5SigReset",
            meaning: "A SYN was refused because the listener has an MD5 key.",
            reading: "The two do not go together.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/subflow.c:subflow_check_req"]),
        KernelCounter(
            "MPTcpExt", "DssFallback",
            meaning: "A missing or bad mapping made the connection fall back.",
            reading: "A middlebox strips the option.",
            source: ["net/mptcp/subflow.c:subflow_check_data_avail"]),
        KernelCounter(
            "MPTcpExt", "DssReset",
            meaning: "A missing or bad mapping made the subflow be reset.",
            reading: "A middlebox changes the stream.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/subflow.c:subflow_check_data_avail"]),
        KernelCounter(
            "MPTcpExt", "SimultConnectFallback",
            meaning: "Both ends connected at once: fallback to plain TCP.",
            reading: "Rare; no fault.",
            source: ["net/mptcp/options.c:mptcp_syn_options"]),
        KernelCounter(
            "MPTcpExt", "FallbackFailed",
            meaning: "Falling back was not possible: several subflows are in use.",
            reading: "The connection is reset.",
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "WinProbe",
            meaning: "A closed window of the connection was probed.",
            reading: "The peer does not read.",
            source: ["net/mptcp/protocol.c:mptcp_sendmsg_frag"]),
    ]
}
