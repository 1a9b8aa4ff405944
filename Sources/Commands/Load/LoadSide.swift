import ArgumentParser
import Lab
import Model
import Testbed

/// One of two loads that are compared, as it is typed: `127.0.0.1:8080`, `https://127.0.0.1:8443/`, or `net.ipv4.tcp_tw_reuse=1,net.core.somaxconn=64`.
struct LoadSide: ExpressibleByArgument {
    let text: String
    private let server: LoadTargetArgument?

    /// Whatever was typed is taken: a word that follows an unknown option must not hide that one.
    init(argument: String) {
        server = LoadTargetArgument(argument: argument)
        text = argument
    }

    /// Whether it is what a load can be.
    var isLoad: Bool { isServer || text.contains("=") }

    var isServer: Bool { server != nil }

    /// The plan with what this one has of its own.
    func applied(to plan: LoadPlan) throws -> LoadPlan {
        var plan = plan
        if let server {
            guard plan.settings.isEmpty, plan.destinations == 1, plan.link == .veth else {
                throw CommandFailure(
                    status: .usage,
                    message:
                        "--set, --link and --destinations work only with tcptune's own server, not with \(text)"
                )
            }
            plan.target = .addresses(try server.addresses())
            server.fill(&plan)
            plan.connections = min(plan.connections, TargetRules.mostConnections)
        } else {
            plan.settings += try LoadPlan.Assignment.typed(settings)
        }
        return plan
    }

    /// A comma parts two settings only where a key follows: `ip_local_reserved_ports=80,443` is one.
    private var settings: [String] {
        var settings: [String] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            if part.contains("=") || settings.isEmpty {
                settings.append(String(part))
            } else {
                settings[settings.count - 1] += "," + part
            }
        }
        return settings
    }
}
