/// All rules, in the order of a report.
enum Rules {
    static let all: [any Rule] =
        [
            PortsExhausting(), PortsSlow(), PortsForecast(), BindBeforeConnect(), ReuseDisabled(),
            LoopbackExhausting(), PortRangeNarrow(), PortRangeOverlapsListener(),
            TimeWaitOverflow(), TimeWaitCapNear(), CloseWaitLeak(), FinWait2Orphans(),
            FinTimeoutTrap(), OrphansNearLimit(), LastAckStuck(),
        ] + RulesOfQueuesAndSettings.all
}
