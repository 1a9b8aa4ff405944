import FoundationEssentials
import Glibc
import Testing

extension Measured {
    /// What becomes of an experiment that is disturbed.
    @Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    struct `A disturbed lab` {
        /// A hundred runs of two arms, half a second each.
        private static let long = """
            [experiment]
            name = "long"
            runs = 100
            [workload]
            for = "500ms"
            close = "client"
            [[arm]]
            name = "a"
            [[arm]]
            name = "b"
            [[claim]]
            measure = "completed"
            arm = "b"
            than = "a"
            is = "more"

            """

        @Test func `that is killed leaves no namespace and no process`() throws {
            let file = try Temporary.file(Self.long)
            defer { unlink(file) }
            for signal in [SIGKILL, SIGSEGV] {
                let program = try Program([Program.tcptune, "lab", "run", "--file", file])
                var made: Set<String> = []
                let own = NamespacesInUse.of(getpid())
                for _ in 0..<4000 where made.count < 2 {
                    usleep(5000)
                    made = NamespacesInUse.of(program.pid).subtracting(own)
                }
                #expect(made.count >= 2)
                let held = NamespacesInUse.held(of: program.pid)
                defer { for descriptor in held { close(descriptor) } }
                kill(program.pid, signal)
                #expect(try program.outcome().status == 128 + signal)
                #expect(NamespacesInUse.ofOthers.isDisjoint(with: made))
            }
        }

        @Test func `beside another has the same result`() throws {
            let file = try Temporary.file(
                Self.long.replacing("runs = 100", with: "runs = 4").replacing(
                    "measure = \"completed\"", with: "measure = \"failed\""
                )
                .replacing("is = \"more\"", with: "").replacing("than = \"a\"", with: "at_most = 0")
            )
            defer { unlink(file) }
            let words = [Program.tcptune, "lab", "run", "--file", file]
            let both = try [Program(words), Program(words)]
            for program in both {
                let outcome = try program.outcome()
                #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
            }
        }

        @Test func `without the right to namespaces says why, and what to do`() throws {
            for limit in ["max_net_namespaces", "max_user_namespaces"] {
                // The limits of a user namespace of its own: the host's stay as they are.
                let rights =
                    limit.contains("user") ? "setpriv --bounding-set=-all --inh-caps=-all" : ""
                let outcome = try Program.run([
                    "unshare", "-Ur", "sh", "-c",
                    "echo 0 > /proc/sys/user/\(limit); exec \(rights) \(Program.tcptune) load --count 1",
                ])
                #expect([69, 77].contains(outcome.status), "\(limit): \(outcome.status)")
                #expect(outcome.errors.contains("user.\(limit)"), "\(outcome.errors)")
                #expect(outcome.output.isEmpty)
            }
        }

        @Test func `whose report finds no room says so and leaves no part of it`() throws {
            let file = try Temporary.file(Self.long.replacing("runs = 100", with: "runs = 1"))
            defer { unlink(file) }
            let directory = try Temporary.directory()
            defer { rmdir(directory) }
            let script = """
                mount -t tmpfs -o size=4k tmpfs \(directory) && cd \(directory) &&
                \(Program.tcptune) lab run --file \(file) --json -o it.json; status=$?; ls; exit $status
                """
            let outcome = try Program.run(["unshare", "-m", "sh", "-c", script])
            #expect(outcome.status == 74, "\(outcome.errors)")
            #expect(outcome.errors.contains("No space left"))
            #expect(outcome.output.isEmpty)
        }
    }
}
