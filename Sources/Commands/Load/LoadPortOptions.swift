import ArgumentParser
import Lab
import Model
import Testbed

/// The options that say which ports the client's ends have.
struct LoadPortOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Client addresses, in private namespaces.", valueName: "n"))
    var sources = 1

    @Flag(
        help:
            "Bind before connect: the kernel chooses a port that no other destination can share."
    )
    var bindFirst = false

    @Flag(help: "With --bind-first: let connect() choose the port (IP_BIND_ADDRESS_NO_PORT).")
    var noPort = false

    @Option(
        help: ArgumentHelp(
            "Range from which the kernel chooses ports (IP_LOCAL_PORT_RANGE).",
            valueName: "low-high"))
    var localPorts: String?

    @Option(
        help: ArgumentHelp(
            "Bind to these ports in turn, free or not.",
            valueName: "low-high"))
    var bindPorts: String?

    @Option(
        help: ArgumentHelp(
            "Use a ring of this many ports: they never run out, so the result hides port exhaustion.",
            valueName: "n"))
    var sourcePorts: CountArgument?

    func validate() throws {
        let choices = [bindFirst, localPorts != nil, bindPorts != nil, sourcePorts != nil]
        guard choices.count(where: { $0 }) <= 1 else {
            throw ValidationError(
                "Use only one of --bind-first, --local-ports, --bind-ports and --source-ports."
            )
        }
        guard bindFirst || !noPort else {
            throw ValidationError("--no-port needs --bind-first.")
        }
        guard 1...PrivateNetwork.mostAddresses ~= sources else {
            throw ValidationError(
                "--sources takes a number from 1 to \(PrivateNetwork.mostAddresses).")
        }
        if let sourcePorts, !(1...LoadPlan.ringRoom ~= sourcePorts.count) {
            throw ValidationError(
                "--source-ports takes a number from 1 to \(LoadPlan.ringRoom).")
        }
        for (name, ports) in [("--local-ports", localPorts), ("--bind-ports", bindPorts)] {
            if let ports, range(ports) == nil {
                throw ValidationError("\(name) takes two ports: 20000-20099.")
            }
        }
    }

    private func range(_ text: String) -> ClosedRange<UInt16>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let low = UInt16(ends[0]), let high = UInt16(ends[1]), low > 0,
            low <= high
        else { return nil }
        return low...high
    }

    func fill(_ plan: inout LoadPlan) throws {
        plan.sources = sources
        if bindFirst { plan.ports = .bindFirst(late: noPort) }
        if let range = localPorts.flatMap(range) { plan.ports = .range(range) }
        if let range = bindPorts.flatMap(range) { plan.ports = .inTurn(range) }
        if let size = sourcePorts?.count {
            guard size >= plan.connections * LoadPlan.ringShare else {
                throw CommandFailure(
                    status: .usage,
                    message:
                        "--source-ports needs at least \(LoadPlan.ringShare) ports for each of the \(plan.connections) --connections: a port is free again only after the server has closed too"
                )
            }
            plan.ports = .ring(size)
        }
        guard plan.isOwnPair || sources == 1 else {
            throw CommandFailure(
                status: .usage, message: "--sources works only in private namespaces, not with --to"
            )
        }
    }
}
