import FoundationEssentials
import Glibc
import Model
import Testbed
import Testing

@testable import Kernel
@testable import Lab

extension Measured {
    @Suite(.enabled(if: Overhearing.isPossible, Comment(rawValue: Overhearing.reason)))
    struct `What an experiment says that it saw` {
        /// - Parameter goesOn: it sends again after what was recorded, until its sockets are closed.
        private func check(
            _ all: [(side: String, heard: [Overhearing.Heard], recorded: [Overhearing.Heard])],
            goesOn: Bool = false
        ) {
            #expect(all.contains { !$0.recorded.isEmpty })
            for one in all {
                let heard = goesOn ? Array(one.heard.prefix(one.recorded.count)) : one.heard
                #expect(heard == one.recorded, "\(one.side)")
                #expect(one.heard.count <= one.recorded.count + 1, "\(one.side)")
            }
        }

        @Test(arguments: [
            Handshake.late, Handshake.waiting, Handshake.cookies, Handshake.lostTwice,
            Handshake.story, Handshake.twoSteps,
        ])
        func `of a handshake is what tshark hears`(name: String) throws {
            let scene = try #require(Handshake.cases.first { $0.arm.name == name })
            check(
                try Overhearing.compare(scene.arm) { (ground) throws(KernelError) in
                    try Handshake.run(scene, ground)
                })
        }

        @Test(arguments: SimultaneousOpen.cases.map(\.arm.name))
        func `of two SYNs at once is what tshark hears`(name: String) throws {
            let scene = try #require(SimultaneousOpen.cases.first { $0.arm.name == name })
            check(
                try Overhearing.compare(scene.arm) { (ground) throws(KernelError) in
                    try SimultaneousOpen.run(scene, ground)
                })
        }

        @Test func `of two FINs at once is what tshark hears`() throws {
            let scene = SimultaneousClose.cases[1]
            check(
                try Overhearing.compare(scene.arm) { (ground) throws(KernelError) in
                    try SimultaneousClose.run(scene, ground)
                })
        }

        @Test(
            arguments: [
                (ClosedPort.closed, InternetFamily.v4), (ClosedPort.unreachable, .v4),
                (ClosedPort.prohibited, .v4), (ClosedPort.prohibited, .v6),
            ])
        func `of a SYN that gets no SYN ACK is what tshark hears, ICMP with it`(
            name: String, family: InternetFamily
        ) throws {
            var scene = try #require(ClosedPort.cases.first { $0.arm.name == name })
            scene.arm.family = family
            let made = scene
            check(
                try Overhearing.compare(made.arm) { (ground) throws(KernelError) in
                    try ClosedPort.run(made, ground)
                })
        }

        @Test(arguments: [KeepaliveProbes.lives, KeepaliveProbes.restarted])
        func `of keepalive probes is what tshark hears`(name: String) throws {
            let scene = try #require(KeepaliveProbes.cases.first { $0.arm.name == name })
            check(
                try Overhearing.compare(scene.arm) { (ground) throws(KernelError) in
                    try KeepaliveProbes.run(scene, ground)
                }, goesOn: true)
        }

        @Test func `over IPv6 is what tshark hears`() throws {
            var scene = Handshake.cases[1]
            scene.arm.family = .v6
            let made = scene
            check(
                try Overhearing.compare(made.arm) { (ground) throws(KernelError) in
                    try Handshake.run(made, ground)
                })
        }

        @Test(arguments: [
            Teardown.three, Teardown.quick, Teardown.slow, Teardown.half, Teardown.data,
            Teardown.both,
        ])
        func `of a teardown is what tshark hears`(name: String) throws {
            let scene = try #require(Teardown.cases.first { $0.arm.name == name })
            check(
                try Overhearing.compare(scene.arm) { (ground) throws(KernelError) in
                    try Teardown.run(scene, ground)
                })
        }

        @Test(arguments: LastAckLost.cases.prefix(3).map(\.arm.name))
        func `of a lost ACK is what tshark hears`(name: String) throws {
            let scene = try #require(LastAckLost.cases.first { $0.arm.name == name })
            check(
                try Overhearing.compare(scene.arm, at: .server) { (ground) throws(KernelError) in
                    try LastAckLost.run(scene, ground)
                })
        }

        @Test(arguments: OldDuplicates.cases.prefix(4).map(\.arm.name))
        func `of an old duplicate is what tshark hears`(name: String) throws {
            let scene = try #require(OldDuplicates.cases.first { $0.arm.name == name })
            check(
                try Overhearing.compare(scene.arm, at: .server) { (ground) throws(KernelError) in
                    try OldDuplicates.run(scene, ground)
                })
        }

        @Test(arguments: [TimeWaitRestart.Late.oldDataAndReset, .fin, .reset])
        func `of what meets TIME_WAIT is what tshark hears`(late: TimeWaitRestart.Late) throws {
            let scene = try #require(TimeWaitRestart.cases.first { $0.late == late })
            check(
                try Overhearing.compare(scene.arm, at: .server) { (ground) throws(KernelError) in
                    try TimeWaitRestart.run(scene, ground)
                })
        }

        @Test(arguments: SynOverTimeWait.cases.prefix(3).map(\.arm.name))
        func `of a SYN that meets TIME_WAIT is what tshark hears`(name: String) throws {
            let scene = try #require(SynOverTimeWait.cases.first { $0.arm.name == name })
            check(
                try Overhearing.compare(scene.arm, at: .server) { (ground) throws(KernelError) in
                    try SynOverTimeWait.run(scene, ground)
                })
        }
    }

    @Suite(.enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    struct `lab run --pcap` {
        private struct Output: Decodable {
            let data: Facts
            struct Facts: Decodable { let experiments: [Experiment] }
            struct Experiment: Decodable { let arms: [Arm] }
            struct Arm: Decodable { let trials: [Trial] }
            struct Trial: Decodable { let exchange: Exchange? }
        }

        /// So many programs at a time: they wait more than they work.
        private static let lanes = 5

        @Test(
            .enabled(if: Overhearing.hasShark, "needs tshark"), arguments: InternetFamily.allCases)
        func `writes what tshark reads: every segment, and a word where one is odd`(
            family: InternetFamily
        ) throws {
            // Over IPv6 only frames are laid out otherwise.
            let names =
                family == .v4
                ? Experiment.onWire.map(\.name) : ["simultaneous-open", "reset-on-closed-port"]
            for start in stride(from: 0, to: names.count, by: Self.lanes) {
                let some = names[start..<min(start + Self.lanes, names.count)]
                let programs = try some.map { name in
                    let path = "/tmp/tcptune-test-\(getpid())-\(name).pcapng"
                    return (
                        name, path,
                        try Program(
                            [
                                Program.tcptune, "lab", "run", name, "--runs", "1", "--json",
                                "--pcap", path,
                            ] + (family == .v6 ? ["--ipv6"] : []))
                    )
                }
                for (name, path, program) in programs {
                    defer { unlink(path) }
                    try check(name, path, try program.outcome())
                }
            }
        }

        private func check(_ name: String, _ path: String, _ outcome: Program.Outcome) throws {
            // One run proves nothing.
            #expect(outcome.status == 3, "\(outcome.errors)")
            let output = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8))
            let arms = output.data.experiments[0].arms
            let messages = arms.flatMap(\.trials).compactMap(\.exchange).flatMap(\.events)
                .compactMap { event in
                    if case .message(let message) = event.kind { message } else { nil }
                }
            let read = try Program.run([
                "tshark", "-n", "-r", path, "-o", "tcp.check_checksum:TRUE", "-T",
                "fields",
                "-e", "frame.interface_description", "-e", "tcp.checksum.status",
                "-e", "frame.comment", "-e", "icmp.type", "-e", "icmpv6.type",
            ])
            #expect(read.status == 0, "\(read.errors)")
            let lines = read.output.split(separator: "\n").map {
                $0.split(separator: "\t", omittingEmptySubsequences: false)
            }
            #expect(messages.count >= arms.count)
            #expect(lines.count == messages.count, "\(read.output)")
            #expect(Set(lines.map { $0[0] }).count == arms.count)
            // The checksum of a segment that ICMP quotes is not looked at.
            let notices = lines.filter { !$0[3].isEmpty || !$0[4].isEmpty }
            #expect(notices.count == messages.count { $0.label.hasPrefix("ICMP ") })
            #expect(
                lines.allSatisfy {
                    $0[0].hasPrefix("\(name), ")
                        && ($0[1] == "1" || !$0[3].isEmpty || !$0[4].isEmpty)
                }, "\(read.output)")
            for (word, count) in [
                ("old duplicate", messages.count { $0.origin == .duplicate }),
                ("crafted", messages.count { $0.origin == .crafted }),
                ("lost", messages.count { $0.isLost }),
                (
                    "delayed on the way",
                    name == "handshake" ? Handshake.cases.count { $0.story != nil } : 0
                ),
            ] {
                #expect(lines.count { $0[2].contains(word) } == count, "\(word)")
            }
        }

        @Test func `is refused where nothing could be captured`() throws {
            let path = "/tmp/tcptune-test-\(getpid())-none.pcapng"
            let outcome = try Program.run([
                Program.tcptune, "lab", "run", "handshake", "fin-timeout", "--pcap", path,
            ])
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("fin-timeout has no wire that --pcap could capture"))
            #expect(access(path, F_OK) != 0)
            let file = try Program.run([
                Program.tcptune, "lab", "run", "--file", "x.toml", "--pcap", path,
            ])
            #expect(file.status == 64)
        }
    }
}
