import Model

extension KernelCounter {
    /// Multipath TCP; in use only if programs ask for IPPROTO_MPTCP.
    static let mptcp: [KernelCounter] = [
        KernelCounter(
            "MPTcpExt", "MPCapableSYNRX",
            meaning: "This host received a SYN that offers MPTCP.",
            reading: "Clients use MPTCP.",
            source: ["net/mptcp/subflow.c:subflow_check_req"]),
        KernelCounter(
            "MPTcpExt", "MPCapableSYNTX",
            meaning: "This host sent a SYN that offers MPTCP.",
            reading: "Programs on this host use MPTCP.",
            source: ["net/mptcp/protocol.c:mptcp_connect"]),
        KernelCounter(
            "MPTcpExt", "MPCapableSYNACKRX",
            meaning: "The server agreed to MPTCP.",
            reading: "Compare it with MPCapableSYNTX.",
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "MPCapableACKRX",
            meaning: "A client finished an MPTCP handshake.",
            reading: "New MPTCP connections to servers on this host.",
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
            meaning:
                "This host did not offer MPTCP because a middlebox dropped earlier SYNs with it.",
            reading: "See Blackhole.",
            source: ["net/mptcp/protocol.c:mptcp_connect"]),
        KernelCounter(
            "MPTcpExt", "MPCapableEndpAttempt",
            meaning: "A client opened a connection to a port that is only for further subflows.",
            reading: "A client misuses an announced port.",
            source: ["net/mptcp/subflow.c:subflow_reset_req_endp"]),
        KernelCounter(
            "MPTcpExt", "MPFallbackTokenInit",
            meaning: "A connection uses plain TCP because the kernel failed to create a token.",
            reading: "Too many connections, or memory is short.",
            source: ["net/mptcp/subflow.c:subflow_check_req"]),
        KernelCounter(
            "MPTcpExt", "MPTCPRetrans",
            meaning: "This host resent data on another subflow.",
            reading: "A subflow is slow or lost.",
            source: [
                "net/mptcp/protocol.c:__mptcp_retrans",
                "net/mptcp/protocol.c:__mptcp_push_retrans",
            ]),
        KernelCounter(
            "MPTcpExt", "MPJoinNoTokenFound",
            meaning: "A further subflow named a connection that does not exist here.",
            reading: "It is late or forged, or a load balancer sends it to another server.",
            source: ["net/mptcp/subflow.c:subflow_token_join_request"]),
        KernelCounter(
            "MPTcpExt", "MPJoinNoIdFound",
            meaning: "A further subflow came to an address that has no id here.",
            reading: "Too many addresses, or memory is short.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/subflow.c:subflow_token_join_request"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynRx",
            meaning: "This host received a SYN for a further subflow.",
            reading: "Clients use several paths.",
            source: ["net/mptcp/subflow.c:subflow_check_req"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynBackupRx",
            meaning: "This host received a SYN for a further subflow, marked as backup.",
            reading: "Clients have a second path in reserve.",
            source: ["net/mptcp/subflow.c:subflow_check_req"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynAckRx",
            meaning: "The peer answered a further subflow.",
            reading: "Compare it with MPJoinSynTx.",
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynAckBackupRx",
            meaning: "The peer answered a further subflow and marked it as backup.",
            reading: "The server prefers the other paths.",
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynAckHMacFailure",
            meaning: "The answer to a further subflow had a wrong signature.",
            reading: "A middlebox or a forged answer.",
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynAckNoMPJoin",
            meaning:
                "The answer to a further subflow came without its option; the kernel reset the subflow.",
            reading: "A middlebox strips the option.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinAckRx",
            meaning: "A client completed a further subflow.",
            reading: "Servers on this host use several paths.",
            source: ["net/mptcp/subflow.c:subflow_syn_recv_sock"]),
        KernelCounter(
            "MPTcpExt", "MPJoinAckHMacFailure",
            meaning: "The last step of a further subflow had a wrong signature.",
            reading: "A middlebox or a forged packet.",
            source: ["net/mptcp/subflow.c:subflow_syn_recv_sock"]),
        KernelCounter(
            "MPTcpExt", "MPJoinAckNoMPJoin",
            meaning:
                "The last step of a further subflow came without its option; the kernel reset the subflow.",
            reading: "A middlebox strips the option.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/subflow.c:subflow_syn_recv_sock"]),
        KernelCounter(
            "MPTcpExt", "MPJoinAckNoCtx",
            meaning: "The kernel reset a further subflow because it had no context for it.",
            reading: "Memory is short.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/subflow.c:subflow_syn_recv_sock"]),
        KernelCounter(
            "MPTcpExt", "MPJoinRejected",
            meaning: "The path manager refused a further subflow.",
            reading: "The limit of subflows; see ip mptcp limits.",
            source: [
                "net/mptcp/subflow.c:subflow_syn_recv_sock",
                "net/mptcp/protocol.c:mptcp_finish_join",
            ]),
        KernelCounter(
            "MPTcpExt", "MPJoinNotEstablished",
            meaning:
                "The kernel reset a further subflow: its connection is not open, or no longer open.",
            reading: "Subflows come too early or too late.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/protocol.c:mptcp_finish_join"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynTx",
            meaning: "This host sent a SYN for a further subflow.",
            reading: "This host opens further paths.",
            source: ["net/mptcp/subflow.c:__mptcp_subflow_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynTxCreatSkErr",
            meaning: "The kernel failed to create a socket for a further subflow.",
            reading: "Memory or file descriptors are short.",
            source: ["net/mptcp/subflow.c:__mptcp_subflow_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynTxBindErr",
            meaning: "The kernel could not bind the address of a further subflow.",
            reading: "The address no longer exists, or its ports are used up.",
            source: ["net/mptcp/subflow.c:__mptcp_subflow_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinSynTxConnectErr",
            meaning: "connect() of a further subflow failed.",
            reading: "No route, or ports are used up.",
            source: ["net/mptcp/subflow.c:__mptcp_subflow_connect"]),
        KernelCounter(
            "MPTcpExt", "DSSNotMatching",
            meaning: "A data mapping contradicts the one before.",
            reading: "A middlebox changes the stream, or a peer is broken.",
            source: ["net/mptcp/subflow.c:get_mapping_status"]),
        KernelCounter(
            "MPTcpExt", "DSSCorruptionFallback",
            meaning: "A connection fell back to plain TCP because of a broken mapping.",
            reading: "A middlebox changes the stream.",
            source: ["net/mptcp/protocol.c:mptcp_dss_corruption"]),
        KernelCounter(
            "MPTcpExt", "DSSCorruptionReset",
            meaning: "The kernel reset a subflow because of a broken mapping.",
            reading: "A middlebox changes the stream.",
            source: ["net/mptcp/protocol.c:mptcp_dss_corruption"]),
        KernelCounter(
            "MPTcpExt", "InfiniteMapTx",
            meaning: "This host announced that the rest of the connection uses plain TCP.",
            reading: "A connection fell back.",
            source: ["net/mptcp/protocol.c:mptcp_update_infinite_map"]),
        KernelCounter(
            "MPTcpExt", "InfiniteMapRx",
            meaning: "The peer announced that the rest of the connection uses plain TCP.",
            reading: "A connection fell back.",
            source: ["net/mptcp/subflow.c:get_mapping_status"]),
        KernelCounter(
            "MPTcpExt", "DSSNoMatchTCP",
            meaning: "A mapping did not match the TCP sequence numbers.",
            reading: "A middlebox changes the stream.",
            source: ["net/mptcp/subflow.c:get_mapping_status"]),
        KernelCounter(
            "MPTcpExt", "DataCsumErr",
            meaning: "The MPTCP checksum was wrong.",
            reading: "A middlebox changes the data.",
            source: ["net/mptcp/subflow.c:validate_data_csum"]),
        KernelCounter(
            "MPTcpExt", "OFOQueueTail",
            meaning: "The kernel added data at the end of the out-of-order queue.",
            reading: "Paths differ in speed; not a fault.",
            source: ["net/mptcp/protocol.c:mptcp_data_queue_ofo"]),
        KernelCounter(
            "MPTcpExt", "OFOQueue",
            meaning: "The kernel inserted data into the out-of-order queue.",
            reading: "Paths differ in speed; not a fault.",
            source: ["net/mptcp/protocol.c:mptcp_data_queue_ofo"]),
        KernelCounter(
            "MPTcpExt", "OFOMerge",
            meaning: "The kernel merged data in the out-of-order queue.",
            reading: "Paths differ in speed; not a fault.",
            source: ["net/mptcp/protocol.c:mptcp_data_queue_ofo"]),
        KernelCounter(
            "MPTcpExt", "NoDSSInWindow",
            meaning: "The kernel dropped data beyond the window of the connection.",
            reading: "A peer ignores the window.",
            source: ["net/mptcp/protocol.c:mptcp_data_queue_ofo"]),
        KernelCounter(
            "MPTcpExt", "DuplicateData",
            meaning: "The kernel dropped data because it had already come on another path.",
            reading: "Retransmissions on several paths.",
            source: ["net/mptcp/protocol.c:__mptcp_move_skb"]),
        KernelCounter(
            "MPTcpExt", "AddAddr",
            meaning: "The peer announced an address.",
            reading: "Further paths are available.",
            source: ["net/mptcp/options.c:mptcp_incoming_options"]),
        KernelCounter(
            "MPTcpExt", "AddAddrTx",
            meaning: "This host announced an address.",
            reading: "Further paths are available.",
            source: ["net/mptcp/options.c:mptcp_established_options_add_addr"]),
        KernelCounter(
            "MPTcpExt", "AddAddrTxDrop",
            meaning:
                "This host did not announce an address: no room in the packet, or a full list.",
            reading: "Many addresses at once.",
            source: ["net/mptcp/pm.c:mptcp_pm_add_addr_signal"]),
        KernelCounter(
            "MPTcpExt", "EchoAdd",
            meaning: "The peer confirmed an announced address.",
            reading: "Compare it with AddAddrTx.",
            source: ["net/mptcp/options.c:mptcp_incoming_options"]),
        KernelCounter(
            "MPTcpExt", "EchoAddTx",
            meaning: "This host confirmed an announced address.",
            reading: "Compare it with AddAddr.",
            source: ["net/mptcp/options.c:mptcp_established_options_add_addr"]),
        KernelCounter(
            "MPTcpExt", "EchoAddTxDrop",
            meaning: "This host did not confirm an announced address because there was no room.",
            reading: "Many addresses at once.",
            source: ["net/mptcp/pm.c:mptcp_pm_add_addr_signal"]),
        KernelCounter(
            "MPTcpExt", "PortAdd",
            meaning: "The peer announced an address with a port.",
            reading: "Further paths are available.",
            source: ["net/mptcp/options.c:mptcp_incoming_options"]),
        KernelCounter(
            "MPTcpExt", "AddAddrDrop",
            meaning: "This host ignored an announced address.",
            reading: "The limit of addresses; see ip mptcp limits.",
            source: ["net/mptcp/pm.c:mptcp_pm_add_addr_received"]),
        KernelCounter(
            "MPTcpExt", "MPJoinPortSynRx",
            meaning: "A SYN for a further subflow came to an announced port.",
            reading: "Further paths are in use.",
            source: ["net/mptcp/subflow.c:subflow_check_req"]),
        KernelCounter(
            "MPTcpExt", "MPJoinPortSynAckRx",
            meaning: "The peer answered a further subflow to an announced port.",
            reading: "Further paths are in use.",
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "MPJoinPortAckRx",
            meaning: "A client completed a further subflow to an announced port.",
            reading: "Further paths are in use.",
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
            reading: "A path ended.",
            source: [
                "net/mptcp/pm_kernel.c:mptcp_pm_nl_rm_addr_received",
                "net/mptcp/pm.c:mptcp_pm_rm_addr_recv",
            ]),
        KernelCounter(
            "MPTcpExt", "RmAddrDrop",
            meaning: "This host ignored the withdrawal of an address.",
            reading: "Too many at once.",
            source: ["net/mptcp/pm.c:mptcp_pm_rm_addr_received"]),
        KernelCounter(
            "MPTcpExt", "RmAddrTx",
            meaning: "This host withdrew an address.",
            reading: "A path ended.",
            source: ["net/mptcp/options.c:mptcp_established_options_rm_addr"]),
        KernelCounter(
            "MPTcpExt", "RmAddrTxDrop",
            meaning: "This host did not send a withdrawal because there was no room.",
            reading: "Many addresses at once.",
            source: ["net/mptcp/pm.c:mptcp_pm_remove_addr"]),
        KernelCounter(
            "MPTcpExt", "RmSubflow",
            meaning: "The kernel removed a subflow.",
            reading: "A path ended.",
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
            meaning: "This host ended a connection at once, as a RST does.",
            reading: "close() with unread data or SO_LINGER 0.",
            source: ["net/mptcp/options.c:mptcp_established_options_fastclose"]),
        KernelCounter(
            "MPTcpExt", "MPFastcloseRx",
            meaning: "The peer ended a connection at once, as a RST does.",
            reading: "The peer did not read to the end.",
            source: ["net/mptcp/options.c:mptcp_incoming_options"]),
        KernelCounter(
            "MPTcpExt", "MPRstTx",
            meaning: "This host reset a subflow, with a reason.",
            reading: "A path failed.",
            source: ["net/mptcp/options.c:mptcp_established_options_rst"]),
        KernelCounter(
            "MPTcpExt", "MPRstRx",
            meaning: "The peer reset a subflow, with a reason.",
            reading: "A path failed.",
            source: ["net/mptcp/options.c:mptcp_incoming_options"]),
        KernelCounter(
            "MPTcpExt", "RcvPruned",
            meaning: "The kernel dropped a packet because the receive buffer was full.",
            reading: "The program reads too slowly.",
            source: ["net/mptcp/protocol.c:__mptcp_move_skb"]),
        KernelCounter(
            "MPTcpExt", "BacklogDrop",
            meaning: "The kernel dropped a packet: the queue of a socket in use was full.",
            reading: "A program keeps its socket busy while much data comes.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/protocol.c:__mptcp_add_backlog"]),
        KernelCounter(
            "MPTcpExt", "OFOPruned",
            meaning: "The kernel dropped out-of-order data to make room.",
            reading: "Paths differ in speed, or a program reads too slowly.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/protocol.c:mptcp_prune_ofo_queue"]),
        KernelCounter(
            "MPTcpExt", "SubflowStale",
            meaning: "A subflow makes no progress; MPTCP no longer uses it.",
            reading: "A path has failed or is very slow.",
            source: [
                "net/mptcp/pm_kernel.c:mptcp_pm_nl_subflow_chk_stale",
                "net/mptcp/pm.c:mptcp_pm_subflow_chk_stale",
            ]),
        KernelCounter(
            "MPTcpExt", "SubflowRecover",
            meaning: "A stale subflow works again.",
            reading: "A path came back.",
            source: ["net/mptcp/protocol.c:mptcp_subflow_set_active"]),
        KernelCounter(
            "MPTcpExt", "SndWndShared",
            meaning: "The window of the connection limited what a subflow may send.",
            reading: "The peer reads slowly.",
            source: ["net/mptcp/protocol.c:mptcp_check_allowed_size"]),
        KernelCounter(
            "MPTcpExt", "RcvWndShared",
            meaning: "The kernel replaced the window of a subflow with that of the connection.",
            reading: "Not a fault.",
            source: ["net/mptcp/options.c:mptcp_set_rwin"]),
        KernelCounter(
            "MPTcpExt", "RcvWndConflictUpdate",
            meaning: "Two subflows changed the window at once; one took over the other.",
            reading: "Not a fault.",
            source: ["net/mptcp/options.c:mptcp_set_rwin"]),
        KernelCounter(
            "MPTcpExt", "RcvWndConflict",
            meaning: "Two subflows changed the window at once.",
            reading: "Not a fault.",
            source: ["net/mptcp/options.c:mptcp_set_rwin"]),
        KernelCounter(
            "MPTcpExt", "MPCurrEstab",
            meaning: "Established MPTCP connections at present.",
            reading: "How much this host uses MPTCP.",
            source: ["net/mptcp/protocol.c:mptcp_set_state"]),
        KernelCounter(
            "MPTcpExt", "Blackhole",
            meaning: "The kernel turned MPTCP off for a time because a middlebox drops it.",
            reading: "See net.mptcp.blackhole_timeout.",
            source: ["net/mptcp/ctrl.c:mptcp_active_disable"]),
        KernelCounter(
            "MPTcpExt", "MPCapableDataFallback",
            meaning: "A connection fell back to plain TCP: the first data came without MPTCP.",
            reading: "A middlebox strips the option.",
            source: ["net/mptcp/options.c:check_fully_established"]),
        KernelCounter(
            "MPTcpExt", "MD5SigFallback",
            meaning: "A connection uses plain TCP because the socket has an MD5 key.",
            reading: "MPTCP and MD5 keys do not work together.",
            source: ["net/mptcp/protocol.c:mptcp_connect"]),
        KernelCounter(
            "MPTcpExt", "MD5SigReset",
            meaning: "The kernel refused a SYN because the listener has an MD5 key.",
            reading: "MPTCP and MD5 keys do not work together.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/subflow.c:subflow_check_req"]),
        KernelCounter(
            "MPTcpExt", "DssFallback",
            meaning: "A connection fell back to plain TCP because of a missing or bad mapping.",
            reading: "A middlebox strips the option.",
            source: ["net/mptcp/subflow.c:subflow_check_data_avail"]),
        KernelCounter(
            "MPTcpExt", "DssReset",
            meaning: "The kernel reset a subflow because of a missing or bad mapping.",
            reading: "A middlebox changes the stream.",
            since: KernelRelease(7, 3),
            source: ["net/mptcp/subflow.c:subflow_check_data_avail"]),
        KernelCounter(
            "MPTcpExt", "SimultConnectFallback",
            meaning: "A connection fell back to plain TCP: both ends connected at once.",
            reading: "Rare; not a fault.",
            source: ["net/mptcp/options.c:mptcp_syn_options"]),
        KernelCounter(
            "MPTcpExt", "FallbackFailed",
            meaning:
                "A connection was unable to fall back to plain TCP: several subflows are in use.",
            reading: "The kernel resets the connection.",
            source: ["net/mptcp/subflow.c:subflow_finish_connect"]),
        KernelCounter(
            "MPTcpExt", "WinProbe",
            meaning: "This host probed a closed window of the connection.",
            reading: "The peer does not read.",
            source: ["net/mptcp/protocol.c:mptcp_sendmsg_frag"]),
    ]
}
