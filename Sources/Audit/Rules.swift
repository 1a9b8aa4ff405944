import Model

/// All rules, in the order of a report.
enum Rules {
    static let byID: [RuleID: any Rule] = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

    static let all: [any Rule] = [
        PortsExhausting(), PortsSlow(), PortsForecast(), BindBeforeConnect(), BindPortsExhausting(),
        OwnRangeExhausting(),
        BoundIdle(), PrivilegedPortsNearLimit(), ReuseDisabled(),
        LoopbackExhausting(), PortRangeNarrow(), PortRangeOverlapsListener(), TimeWaitOverflow(),
        TimeWaitCapNear(), CloseWaitLeak(), FinWait2Orphans(), FinTimeoutTrap(),
        OrphansNearLimit(), LastAckStuck(), FinWait2Held(), FinWait1Stuck(), PeersSilent(),
        PeersNotReading(), LoopbackDown(),
        AddressGone(),
        SelfConnected(), QueueOverflowing(), AcceptStalled(), ReadStalled(), UnixQueueOverflowing(),
        BacklogLimited(), SynQueueFull(),
        SynCookiesSent(), SyncookiesOff(), ConntrackNearFull(), ConntrackTimewaitLonger(),
        ConntrackDropping(), DescriptorsNearLimit(), FilesNearLimit(), MemoryPressure(),
        Retransmitting(), SynRetransmitting(), ResetsHigh(), ClientsRefused(), SegmentsDropped(),
        PAWSRejecting(), RFC1337(),
        SettingRemoved(), SettingUnknown(), SettingShadowed(), SettingDrifted(),
        SettingMisread(), SettingHarmful(), NamespaceDiffers(), KernelUpgradeHelps(),
    ]
}
