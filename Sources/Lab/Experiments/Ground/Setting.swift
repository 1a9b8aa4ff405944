import Model

extension LoadPlan.Assignment {
    /// A setting of a shipped experiment.
    static func setting(_ name: String, _ value: String) -> LoadPlan.Assignment {
        guard let key = SysctlKey(name) else { preconditionFailure("\(name) is no key") }
        return LoadPlan.Assignment(key: key, value: value)
    }

    /// Few ports from which the kernel may choose, so that they soon run out.
    static func ports(_ count: Int) -> LoadPlan.Assignment {
        setting("net.ipv4.ip_local_port_range", "20000 \(20000 + count - 1)")
    }

    static func reuse(_ value: Int) -> LoadPlan.Assignment {
        setting("net.ipv4.tcp_tw_reuse", "\(value)")
    }

    static func timestamps(_ value: Int) -> LoadPlan.Assignment {
        setting("net.ipv4.tcp_timestamps", "\(value)")
    }
}

extension Arm {
    /// With settings as people write them.
    init(_ name: String, _ role: ArmResult.Role, _ settings: KeyValuePairs<String, String>) {
        self.init(name, role, settings: settings.map(LoadPlan.Assignment.setting))
    }
}
