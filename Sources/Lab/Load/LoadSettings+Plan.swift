package import Model

extension LoadSettings {
    package init(_ plan: LoadPlan) {
        var rates: (from: Double, to: Double)?
        let pace: String
        switch plan.pace {
        case .closed: pace = "closed"
        case .open(let from, let to, let spacing):
            pace = spacing.rawValue
            rates = (from, to)
        }
        var ring: Int?
        let ports: String
        switch plan.ports {
        case .kernel: ports = "kernel"
        case .bindFirst(let late): ports = late ? "bind-address-no-port" : "bind-first"
        case .range(let range): ports = "\(range.lowerBound)-\(range.upperBound)"
        case .inTurn(let range): ports = "in-turn \(range.lowerBound)-\(range.upperBound)"
        case .ring(let size):
            ports = "ring"
            ring = size
        }
        self.init(
            target: plan.targetNames, link: plan.linkName, pace: pace, rateFrom: rates?.from,
            rateTo: rates?.to, seconds: plan.seconds, count: plan.count, warmUp: plan.warmUp,
            connections: plan.connections, threads: plan.threads, close: plan.close.rawValue,
            linger: plan.linger, requests: plan.requestsPerConnection,
            requestBytes: plan.requestBytes, responseBytes: plan.responseBytes,
            path: plan.httpPath, tls: plan.tls != nil, tlsName: plan.tls?.name,
            tlsResume: plan.tls?.resumes ?? false, think: plan.think, hold: plan.hold,
            timeout: plan.timeout, fastOpen: plan.fastOpen, ports: ports, sourcePorts: ring,
            sources: plan.sources, destinations: plan.destinations, backlog: Int(plan.backlog),
            sysctls: plan.sysctls, seed: plan.seed)
    }
}
