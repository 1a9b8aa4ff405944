/// The rules about queues, tables and limits, about what the counters tell, and about settings, in
/// the order of a report.
enum RulesOfQueuesAndSettings {
    static let all: [any Rule] = [
        QueueOverflowing(), BacklogLimited(), SynQueueFull(), SynCookiesSent(), SyncookiesOff(),
        ConntrackNearFull(), ConntrackTimewaitLonger(), ConntrackDropping(),
        DescriptorsNearLimit(), FilesNearLimit(), MemoryPressure(),
        Retransmitting(), SynRetransmitting(), ResetsHigh(), PAWSRejecting(), RFC1337(),
        SettingRemoved(), SettingUnknown(), SettingShadowed(), SettingDrifted(), SettingMisread(),
        NamespaceDiffers(), KernelUpgradeHelps(),
    ]
}
