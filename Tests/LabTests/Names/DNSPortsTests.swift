import Kernel
import Model
import Testing

@testable import Lab

extension Measured {
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiment dns-ports` {
        @Test func `is proven on this kernel`() async throws {
            let result = try await Judged.few(DNSPorts.experiment)
            #expect(result.verdict == .proven, result.doubts)
        }

        @Test func `is refuted where the stub keeps nothing, or everything`() async throws {
            var cases = DNSPorts.cases
            cases[1].lookups = DNSPorts.lookups
            cases[2].life = 300
            cases[3].life = 0
            let result = try await Judged.few(DNSPorts.make(cases))
            #expect(result.verdict == .refuted)
            #expect(
                result.refuted == [
                    "twice the lookups, twice the entries",
                    "with a caching stub the server gets each question once",
                    "with a caching stub no more ports are taken than there are questions",
                    "and the gateway tracks no more than that",
                    "what goes to the stub over loopback is tracked all the same, where the host itself tracks",
                    "names with a TTL of 0 are asked for each time, stub or not",
                ], result.doubts)
        }

        @Test func `is refuted where every lookup goes through the stub`() async throws {
            var cases = DNSPorts.cases
            cases[0].hasStub = true
            let experiment = Judged.only(DNSPorts.make(cases), "each asks the server")
            let result = try await Judged.few(experiment)
            #expect(
                result.refuted == [
                    "each of 300 lookups takes a port of its own",
                    "A and AAAA are two questions through one port",
                    "each has an entry in the gateway's table",
                ], result.doubts)
        }
    }
}
