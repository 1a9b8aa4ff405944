import Catalogue
import Kernel
import Model
import Testing

@testable import Tuning

@Suite struct `A planner` {
    @Test(arguments: [
        ("net.ipv4.tcp_tw_reuse", Wish.exact("1"), "2", "1"),
        ("net.ipv4.tcp_tw_reuse", .exact("2"), "2", "2"),
        ("net.core.somaxconn", .atLeast("65535"), "4096", "65535"),
        ("net.core.somaxconn", .atLeast("4096"), "4096", "4096"),
        ("net.core.somaxconn", .atLeast("4095"), "4096", "4096"),
        ("net.ipv4.tcp_fin_timeout", .atMost("30"), "60", "30"),
        ("net.ipv4.tcp_fin_timeout", .atMost("60"), "60", "60"),
        ("net.ipv4.tcp_fin_timeout", .atMost("61"), "60", "60"),
        (
            "net.ipv4.tcp_rmem", .atLeast("8192 65536 67108864"), "4096\t131072\t33554432",
            "8192 131072 67108864"
        ),
        (
            "net.ipv4.tcp_rmem", .atMost("8192 65536 67108864"), "4096\t131072\t33554432",
            "4096 65536 33554432"
        ),
        // -1 is no limit, so it is more than any number.
        ("net.ipv4.tcp_max_tw_buckets", .atLeast("262144"), "-1", "-1"),
        ("net.ipv4.tcp_max_tw_buckets", .atMost("262144"), "-1", "262144"),
        ("net.netfilter.nf_conntrack_max", .atLeast("262144"), "0", "0"),
        ("net.ipv4.ip_local_reserved_ports", .atLeast("8080"), "22,9000-9010", "22,8080,9000-9010"),
        ("net.ipv4.ip_local_reserved_ports", .atLeast("9001"), "22,9000-9010", "22,9000-9010"),
        ("net.ipv4.ip_local_reserved_ports", .exact("8080"), "22", "8080"),
    ])
    func `makes of a wish what is needed`(
        key: String, wish: Wish, present: String, wanted: String
    ) throws {
        let knob = try #require(Knob.named(key))
        let before = try #require(knob.canonical(present))
        let plan = try PlanScene([key: present]).plan([(key, wish)])
        #expect(plan.impossible.isEmpty)
        if wanted == before {
            #expect(plan.changes.isEmpty)
            #expect(plan.unchanged.map(\.value) == [before])
        } else {
            #expect(plan.unchanged.isEmpty)
            #expect(plan.changes.map(\.before) == [before])
            #expect(plan.changes.map(\.wanted) == [wanted])
            #expect(plan.changes.map(\.landed) == [wanted])
            #expect(plan.changes.map(\.reason) == ["why \(key)"])
        }
    }

    @Test(arguments: [
        ("net.ipv4.ip_local_reserved_ports", Wish.atMost("80")),
        ("net.core.somaxconn", .exact("a")), ("net.ipv4.tcp_rmem", .exact("1 2")),
        ("net.ipv4.tcp_nothing", .exact("1")),
        ("net.ipv4.ip_forward", .exact("1")), ("kernel.core_pattern", .exact("|/bin/sh")),
        ("net.ipv4.tcp_congestion_control", .atLeast("bbr")),
    ])
    func `refuses what no profile may hold`(key: String, wish: Wish) {
        let error = #expect(throws: Refusal.self) { try PlanScene().plan([(key, wish)]) }
        #expect(error?.kind == .badData)
        #expect(error?.description.contains("test.toml:1") == true)
    }

    @Test(arguments: [
        ("1000 65535", "0", [KeyOrder.unprivileged, KeyOrder.range]),
        ("40000 65535", "35000", [KeyOrder.range, KeyOrder.unprivileged]),
        ("2000 65535", "1500", [KeyOrder.unprivileged, KeyOrder.range]),
    ])
    func `moves range and first unprivileged port past each other`(
        range: String, start: String, order: [String]
    ) throws {
        let wishes = [
            ("net.ipv4.ip_local_port_range", Wish.exact(range)),
            ("net.ipv4.ip_unprivileged_port_start", .exact(start)),
        ]
        for wishes in [wishes, wishes.reversed()] {
            #expect(try PlanScene().plan(wishes).changes.map(\.key) == order)
        }
    }

    @Test func `will not let the range begin below the first unprivileged port`() throws {
        let key = "net.ipv4.ip_local_port_range"
        #expect(try PlanScene().plan([(key, .exact("1024 65535"))]).changes.count == 1)
        let plan = try PlanScene().plan([(key, .exact("1023 65535"))])
        #expect(plan.changes.isEmpty)
        #expect(plan.impossible.first?.why.contains("ip_unprivileged_port_start (1024)") == true)
    }

    @Test func `makes the table of tracked connections larger before it lets more in`() throws {
        let plan = try PlanScene().plan([
            ("net.netfilter.nf_conntrack_max", .exact("524288")),
            ("net.core.somaxconn", .exact("8192")),
            ("net.netfilter.nf_conntrack_buckets", .exact("524288")),
        ])
        #expect(
            plan.changes.map(\.key) == [
                "net.netfilter.nf_conntrack_buckets", "net.netfilter.nf_conntrack_max",
                "net.core.somaxconn",
            ])
    }

    @Test func `reserves the listeners' ports before it widens the range over them`() throws {
        let scene = PlanScene(
            ["net.ipv4.ip_local_reserved_ports": "9090"], listening: [22, 8080, 9090, 33000])
        let plan = try scene.plan([("net.ipv4.ip_local_port_range", .exact("1024 65535"))])
        #expect(
            plan.changes.map(\.key) == [
                "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_local_port_range",
            ])
        #expect(plan.changes.first?.before == "9090")
        #expect(plan.changes.first?.wanted == "8080,9090,33000")
        #expect(plan.changes.first?.reason.contains("8080 (nginx)") == true)
    }

    @Test func `reserves nothing where nobody listens in the new range`() throws {
        let plan = try PlanScene(listening: [22, 80]).plan([
            ("net.ipv4.ip_local_port_range", .exact("1024 65535"))
        ])
        #expect(plan.changes.map(\.key) == ["net.ipv4.ip_local_port_range"])
    }

    @Test func `joins the reserved ports wished, those there and those of listeners`() throws {
        let scene = PlanScene(["net.ipv4.ip_local_reserved_ports": "9090"], listening: [8080])
        let plan = try scene.plan([
            ("net.ipv4.ip_local_port_range", .exact("1024 65535")),
            ("net.ipv4.ip_local_reserved_ports", .exact("5000-5010")),
        ])
        #expect(plan.changes.map(\.wanted) == ["5000-5010,8080,9090", "1024 65535"])
        #expect(plan.changes.first?.reason.contains("why") == true)
    }

    @Test(arguments: [
        (HostQuantity.memory(bytesEach: 16384), "524288"), (.processors(each: 2048), "8192"),
    ])
    func `works values out from the host`(quantity: HostQuantity, value: String) throws {
        let plan = try PlanScene().plan([("net.core.somaxconn", .exact(.computed(quantity)))])
        #expect(plan.changes.map(\.wanted) == [value])
    }

    @Test func `reserves the ports on which the host listens`() throws {
        let plan = try PlanScene(listening: [443, 80, 81]).plan([
            ("net.ipv4.ip_local_reserved_ports", .atLeast(.computed(.listeners)))
        ])
        #expect(plan.changes.map(\.wanted) == ["80-81,443"])
    }
}

@Suite struct `What a host cannot be given` {
    @Test(arguments: [
        ("net.ipv4.tcp_tw_recycle", "Linux 4.12 removed it"),
        ("net.ipv4.ip_local_port_step_width", "Linux has it since 7.1"),
        ("net.ipv4.tcp_autocorking", "this kernel does not have it"),
    ])
    func `because the kernel lacks it is told with the reason`(key: String, why: String) throws {
        let plan = try PlanScene([key: nil]).plan([(key, .exact("1"))])
        #expect(plan.changes.isEmpty)
        #expect(plan.impossible.map(\.key) == [key])
        #expect(plan.impossible.first?.why.contains(why) == true, "\(plan.impossible)")
    }

    @Test func `for want of a module names the module`() throws {
        let key = "net.netfilter.nf_conntrack_max"
        var scene = PlanScene([key: nil])
        scene.host.hasConntrack = false
        let plan = try scene.plan([(key, .exact("1"))])
        #expect(plan.impossible.first?.why.contains("modprobe nf_conntrack") == true)
    }

    @Test func `in this namespace names the one where it can be had`() throws {
        let key = "net.core.rmem_max"
        var scene = PlanScene()
        scene.host.snapshot.namespace = Namespace(inode: 2, name: "blue", isInit: false)
        scene.host.access[key] = .readOnlyFile
        let plan = try scene.plan([(key, .atLeast("8388608"))])
        #expect(plan.impossible.first?.why.contains("--netns init") == true)
        // What holds already needs no right to write.
        #expect(try scene.plan([(key, .atLeast("4194304"))]).unchanged.count == 1)
    }

    @Test func `under a read-only proc is fine where it holds already`() throws {
        var scene = PlanScene()
        scene.host.access["net.ipv4.tcp_tw_reuse"] = .readOnlyMount
        #expect(try scene.plan([("net.ipv4.tcp_tw_reuse", .exact("2"))]).unchanged.count == 1)
        let plan = try scene.plan([("net.ipv4.tcp_tw_reuse", .exact("1"))])
        #expect(plan.impossible.first?.why.contains("read-only") == true)
    }

    @Test(arguments: [
        ("net.ipv4.tcp_fin_timeout", "8589935", "with HZ=250"),
        ("net.ipv4.tcp_tw_reuse", "3", "0 to 2"), ("net.core.somaxconn", "-1", "0 to"),
        ("net.ipv4.tcp_rmem", "8192 4096 65536", "ascending"),
        ("net.ipv4.tcp_congestion_control", "bbr", "modprobe tcp_bbr"),
    ])
    func `for its value says what can be`(key: String, value: String, why: String) throws {
        let plan = try PlanScene().plan([(key, .exact(value))])
        #expect(plan.changes.isEmpty)
        #expect(plan.impossible.first?.why.contains(why) == true, "\(plan.impossible)")
    }

    @Test(arguments: [
        (Requirement.kernel(atLeast: KernelRelease(6, 19)), "this is Linux 6.18.44"),
        (.sysctl(key: "net.ipv4.tcp_timestamps", comparison: .equal, value: 0), "it is 1 here"),
        (
            .sysctl(key: "net.ipv4.nothing", comparison: .equal, value: 0),
            "no readable net.ipv4.nothing"
        ),
    ])
    func `for a requirement ends the plan`(requirement: Requirement, why: String) {
        let error = #expect(throws: Refusal.self) {
            try PlanScene().plan([("net.ipv4.tcp_tw_reuse", .exact("1"))], requires: [requirement])
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.description.contains(why) == true, "\(error?.description ?? "")")
    }

    @Test func `does not count a requirement that the plan itself fulfils`() throws {
        let scene = PlanScene(["net.ipv4.tcp_timestamps": "0"])
        let requirement = Requirement.sysctl(
            key: "net.ipv4.tcp_timestamps", comparison: .notEqual, value: 0)
        let plan = try scene.plan(
            [("net.ipv4.tcp_timestamps", .exact("1"))], requires: [requirement])
        #expect(plan.changes.count == 1)
    }
}

@Suite struct `A saved plan` {
    @Test func `names the keys that have moved since`() throws {
        let plan = try PlanScene().plan([
            ("net.ipv4.tcp_tw_reuse", .exact("1")), ("net.core.somaxconn", .exact("8192")),
        ])
        let now = ["net.ipv4.tcp_tw_reuse": "2", "net.core.somaxconn": "128"]
        #expect(plan.moved(now: now).map(\.key) == ["net.core.somaxconn"])
        #expect(plan.moved(now: now).first?.now == "128")
    }
}
