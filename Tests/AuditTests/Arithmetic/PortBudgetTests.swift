import Model
import Testing

@testable import Audit

@Suite struct `A port budget` {
    private func budget(_ change: (inout Scene) -> Void) -> PortBudget {
        var scene = Scene()
        change(&scene)
        return scene.situation.budget
    }

    @Test func `is the whole range on an idle host`() {
        let budget = budget { _ in }
        #expect(budget.usable == 28232)
        #expect(budget.usableFirstParity == 14116)
        #expect(budget.evenFirst && budget.isMeasured)
    }

    @Test func `loses reserved ports, and listeners that are not reserved`() {
        let budget = budget {
            $0.set("net.ipv4.ip_local_port_range", "20000 20099")
            $0.set("net.ipv4.ip_local_reserved_ports", "80,20000-20009,20050")
            $0.listen(20050)
            $0.listen(20061)
            $0.listen(20061, address: Scene.loopback)
            $0.listen(443)
            $0.now.boundPorts = [20062, 20063, 19999]
        }
        #expect(budget.reserved == 11)
        #expect(budget.held == 3)
        #expect(budget.usable == 86)
        // Even: 50, less five of the ten, 20050 and 20062.
        #expect(budget.usableFirstParity == 43)
    }

    @Test func `starts with odd ports where the low end is odd`() {
        let budget = budget { $0.set("net.ipv4.ip_local_port_range", "20001\t20099") }
        #expect(!budget.evenFirst)
        #expect(budget.usable == 99)
        #expect(budget.usableFirstParity == 50)
    }

    @Test func `can be of one port`() {
        let budget = budget { $0.set("net.ipv4.ip_local_port_range", "65535 65535") }
        #expect(budget.usable == 1)
        #expect(budget.usableFirstParity == 1)
    }

    @Test func `can be empty, and then no ratio divides by zero`() {
        var scene = Scene()
        scene.set("net.ipv4.ip_local_port_range", "20000 20099")
        scene.set("net.ipv4.ip_local_reserved_ports", "20000-20099")
        scene.connect([.established: 3])
        scene.connect([.established: 3], port: 80, outsideRange: 3)
        let tuples = scene.situation.tuples
        #expect(scene.situation.budget.usable == 0)
        #expect(tuples.map(\.usedRatio) == [1, 0])
        #expect(tuples.map(\.blockedRatio) == [1, 0])
        #expect(scene.findings.map(\.rule) == [.portRangeNarrow])
    }

    @Test(arguments: ["", "x y", "1", "9 5", "-1 5", "1 70000", "1 2 3"])
    func `takes the standard range where the setting says none`(text: String) {
        let budget = budget { $0.set("net.ipv4.ip_local_port_range", text) }
        #expect(!budget.isMeasured)
        #expect(budget.range == 32768...60999)
    }

    @Test func `reads ports as the kernel writes them`() {
        #expect(PortSet("1,3-5\n").ranges == [1...1, 3...5])
        #expect(PortSet("").ranges.isEmpty)
        #expect(PortSet("7-3,x,65536,5-,-5,1-2-3").ranges.isEmpty)
    }
}
