import FoundationEssentials
import Glibc
import HostState
import Testing

@testable import Kernel
@testable import Lab

extension Measured {
    @Suite(.enabled(if: Overhearing.isPossible, Comment(rawValue: Overhearing.reason)))
    struct `What an experiment says that it saw` {
        private func check(
            _ all: [(side: String, heard: [Overhearing.Heard], recorded: [Overhearing.Heard])]
        ) {
            for one in all {
                #expect(!one.recorded.isEmpty, "\(one.side)")
                #expect(one.heard == one.recorded, "\(one.side)")
            }
        }

        @Test(arguments: [
            Handshake.late, Handshake.waiting, Handshake.cookies, Handshake.lostTwice,
        ])
        func `of a handshake is what tshark hears`(name: String) throws {
            let scene = try #require(Handshake.cases.first { $0.arm.name == name })
            check(
                try Overhearing.compare(scene.arm) { (ground) throws(KernelError) in
                    try Handshake.run(scene, ground)
                })
        }

        @Test(arguments: [Teardown.three, Teardown.half, Teardown.data, Teardown.both])
        func `of a teardown is what tshark hears`(name: String) throws {
            let scene = try #require(Teardown.cases.first { $0.arm.name == name })
            check(
                try Overhearing.compare(scene.arm) { (ground) throws(KernelError) in
                    try Teardown.run(scene, ground)
                })
        }

        @Test(arguments: LastAckLost.cases.map(\.arm.name))
        func `of a lost ACK is what tshark hears`(name: String) throws {
            let scene = try #require(LastAckLost.cases.first { $0.arm.name == name })
            check(
                try Overhearing.compare(scene.arm, at: .server) { (ground) throws(KernelError) in
                    try LastAckLost.run(scene, ground)
                })
        }

        @Test(arguments: OldDuplicates.cases.map(\.arm.name))
        func `of an old duplicate is what tshark hears`(name: String) throws {
            let scene = try #require(OldDuplicates.cases.first { $0.arm.name == name })
            check(
                try Overhearing.compare(scene.arm, at: .server) { (ground) throws(KernelError) in
                    try OldDuplicates.run(scene, ground)
                })
        }

        @Test(arguments: TimeWaitRestart.Late.allCases)
        func `of what meets TIME_WAIT is what tshark hears`(late: TimeWaitRestart.Late) throws {
            let scene = try #require(TimeWaitRestart.cases.first { $0.late == late })
            check(
                try Overhearing.compare(scene.arm, at: .server) { (ground) throws(KernelError) in
                    try TimeWaitRestart.run(scene, ground)
                })
        }

        @Test(arguments: SynOverTimeWait.cases.map(\.arm.name))
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

        @Test(
            .enabled(if: Overhearing.hasShark, "needs tshark"),
            arguments: [
                "handshake", "teardown", "last-ack-lost", "old-duplicates", "timewait-restart",
                "syn-over-timewait",
            ])
        func `writes what tshark reads: every segment, and a word where one is odd`(
            name: String
        ) throws {
            let path = "/tmp/tcptune-test-\(getpid())-\(name).pcapng"
            defer { unlink(path) }
            let outcome = try Program.run(
                [Program.tcptune, "lab", "run", name, "--runs", "1", "--json", "--pcap", path],
                within: 120)
            // One run proves nothing.
            #expect(outcome.status == 3, "\(outcome.errors)")
            let output = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8))
            let arms = output.data.experiments[0].arms
            let messages = arms.flatMap(\.trials).compactMap(\.exchange).flatMap(\.events)
                .compactMap { event in
                    if case .message(let message) = event.kind { message } else { nil }
                }
            let read = try Program.run([
                "tshark", "-n", "-r", path, "-o", "tcp.check_checksum:TRUE", "-T", "fields",
                "-e", "frame.interface_description", "-e", "tcp.checksum.status",
                "-e", "frame.comment",
            ])
            #expect(read.status == 0, "\(read.errors)")
            let lines = read.output.split(separator: "\n").map {
                $0.split(separator: "\t", omittingEmptySubsequences: false)
            }
            #expect(messages.count >= 3 * arms.count - 2)
            #expect(lines.count == messages.count, "\(read.output)")
            #expect(Set(lines.map { $0[0] }).count == arms.count)
            #expect(lines.allSatisfy { $0[0].hasPrefix("\(name), ") && $0[1] == "1" })
            for (word, count) in [
                ("old duplicate", messages.count { $0.origin == .duplicate }),
                ("crafted", messages.count { $0.origin == .crafted }),
                ("lost", messages.count { $0.isLost }),
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
            #expect(outcome.errors.contains("fin-timeout has no wire that --pcap could tap"))
            #expect(access(path, F_OK) != 0)
            let file = try Program.run([
                Program.tcptune, "lab", "run", "--file", "x.toml", "--pcap", path,
            ])
            #expect(file.status == 64)
        }
    }
}
