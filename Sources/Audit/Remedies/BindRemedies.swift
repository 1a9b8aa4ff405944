import Model
import Text

/// What helps if bind() with port 0 runs out of ports.
enum BindRemedies {
    /// Nil if the setting is on, or was not read.
    static func autobind(in situation: Situation) -> Remedy? {
        guard situation.number("net.ipv4.ip_autobind_reuse") == 0 else { return nil }
        return Remedy(
            .knob,
            "allow bind() to share ports between sockets that set SO_REUSEADDR, once the range is "
                + "used up",
            command: "sysctl -w net.ipv4.ip_autobind_reuse=1",
            effect:
                "measured: 300 connections on 100 ports to three destinations; helps only programs "
                + "that set SO_REUSEADDR before bind()",
            risk: "the error can move from bind() to connect(), where a program may not expect it",
            undo: "sysctl -w net.ipv4.ip_autobind_reuse=0")
    }

    static func moreAddresses(in situation: Situation) -> Remedy {
        Remedy(
            .lastResort, "bind to several source addresses in turn",
            effect: "adds \(situation.budget.usable.grouped) ports for each address",
            risk: "firewalls and access lists must know the new address",
            undo: "remove the address")
    }
}
