import Glibc
import Model
import Synchronization
import Testbed
import Testing

@testable import Kernel
@testable import Lab
@testable import Resolver

extension Measured {
    @Suite(.enabled(if: Overhearing.isPossible, Comment(rawValue: Overhearing.reason)))
    struct `What the experiment resolution says that passed` {
        /// A message, as far as it is compared.
        private struct Heard: Hashable, CustomStringConvertible {
            var source: String
            var destination: String
            /// Response, authoritative, recursion desired, recursion available.
            var flags: [Bool]
            var code: Int
            var name: String
            /// Answers, authorities, additional records.
            var counts: [Int]

            static let fields = [
                "ip.src", "ip.dst", "dns.flags.response", "dns.flags.authoritative",
                "dns.flags.recdesired", "dns.flags.recavail", "dns.flags.rcode", "dns.qry.name",
                "dns.count.answers", "dns.count.auth_rr", "dns.count.add_rr",
            ]

            init?(line: Substring) {
                let words = line.split(separator: "\t", omittingEmptySubsequences: false)
                guard words.count == Self.fields.count else { return nil }
                source = String(words[0])
                destination = String(words[1])
                // A question has neither authority nor recursion to offer: tshark leaves them empty.
                flags = words[2...5].map { $0 == "1" || $0 == "True" }
                code = Int(words[6]) ?? 0
                name = String(words[7])
                counts = words[8...10].map { Int($0) ?? 0 }
            }

            init(_ passed: NameTraffic.Passed) {
                // The name server asks from the other of its addresses, and so is answered there.
                source = "\(passed.from)"
                destination = "\(passed.to)"
                let message = passed.message
                flags = [
                    message.isResponse, message.authoritative, message.recursionDesired,
                    message.recursionAvailable,
                ]
                code = Int(message.code.rawValue)
                name = message.question?.name.text ?? ""
                counts = [message.answers, message.authorities, message.additional].map(\.count)
            }

            var description: String {
                "\(source)>\(destination) \(name) \(flags) \(code) \(counts)"
            }
        }

        /// What tshark tells of messages, without what only shows that it listens.
        private func heard(in file: Int32) -> [Heard] {
            var heard: [Heard] = []
            for line in Pipe.text(of: file).split(separator: "\n") {
                guard var message = Heard(line: line), !message.name.hasPrefix("mark") else {
                    continue
                }
                // A walk allows longer answers: OPT is a record of its question, and is read as none.
                if !message.flags[0] { message.counts[2] = 0 }
                heard.append(message)
            }
            return heard
        }

        /// Asks for names of its own until tshark is seen to listen.
        private func awaitListening(_ tree: NameTree, _ file: Int32) throws(KernelError) {
            for _ in 0..<200 {
                try tree.network.run(in: .client) { () throws(KernelError) in
                    _ = try PlainLookup.ask(
                        DNSName("mark.invalid"), [.a],
                        at: SocketAddress(NameTree.root, port: 53), within: 5)
                }
                LoadClock.rest(milliseconds: 50)
                if Pipe.text(of: file).contains("mark.invalid") { break }
            }
            tree.traffic.forget()
        }

        @Test(arguments: [
            Resolution.recursive, Resolution.iterative, Resolution.root, Resolution.glueless,
            Resolution.missing,
        ])
        func `is what tshark hears in the middle`(name: String) throws {
            let scene = try #require(Resolution.cases.first { $0.arm.name == name })
            let file = try Pipe.file()
            defer { close(file) }
            let started = Mutex<Program?>(nil)
            // What the host asks servers itself passes both links, and is told of one.
            let twice = "frame.interface_name == \"toserver\" && ip.addr == \(NameTree.host)"
            let words =
                ["tshark", "-Q", "-l", "-n", "-i", "toclient", "-i", "toserver"]
                + ["-Y", "dns && !(\(twice))"]
                + ["-T", "fields"] + Heard.fields.flatMap { ["-e", $0] }
            // The namespaces are there as long as it is: tshark tells a little later what it heard.
            var held: NameTree?
            _ = try Resolution.run(scene, StopSign()) { (tree) throws(KernelError) in
                held = tree
                try tree.network.run(in: .middle) { () throws(KernelError) in
                    // What a thread starts is in its namespace.
                    let program = try? Program(words, output: file)
                    started.withLock { $0 = program }
                }
                try awaitListening(tree, file)
            }
            let running = started.withLock { $0 }
            let program = try #require(running)
            defer {
                kill(program.pid, SIGTERM)
                if (try? program.outcome()) == nil { kill(program.pid, SIGKILL) }
            }
            let recorded = try #require(held).traffic.record
            #expect(recorded.count >= 2)
            for _ in 0..<200 where heard(in: file).count < recorded.count { usleep(50_000) }
            #expect(
                Set(heard(in: file).map(\.description))
                    == Set(recorded.map { Heard($0).description }))
            #expect(heard(in: file).count == recorded.count)
        }
    }
}
