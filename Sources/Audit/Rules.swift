/// All rules, in the order of a report.
enum Rules {
    static let all: [any Rule] = [
        PortsExhausting(), PortsSlow(), PortsForecast(), BindBeforeConnect(), ReuseDisabled(),
        LoopbackExhausting(), PortRangeNarrow(), PortRangeOverlapsListener(), TimeWaitOverflow(),
        TimeWaitCapNear(), CloseWaitLeak(), FinWait2Orphans(), FinTimeoutTrap(),
        OrphansNearLimit(), LastAckStuck(), QueueOverflowing(), BacklogLimited(), SynQueueFull(),
        SynCookiesSent(), SyncookiesOff(), ConntrackNearFull(), ConntrackTimewaitLonger(),
        ConntrackDropping(), DescriptorsNearLimit(), FilesNearLimit(), MemoryPressure(),
        Retransmitting(), SynRetransmitting(), ResetsHigh(), PAWSRejecting(), RFC1337(),
        SettingRemoved(), SettingUnknown(), SettingShadowed(), SettingDrifted(),
        SettingMisread(), NamespaceDiffers(), KernelUpgradeHelps(),
    ]
}
