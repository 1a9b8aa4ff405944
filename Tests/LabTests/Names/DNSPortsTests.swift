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
                    "twice the lookups make twice the entries",
                    "with a caching stub, the server gets each query once",
                    "with a caching stub, the host uses at most one port per query",
                    "with a caching stub, the gateway tracks no more than that",
                    "if the host itself tracks connections, it also tracks the queries to the stub over loopback",
                    "the server gets a query for a name with a TTL of 0 each time, stub or not",
                ], result.doubts)
        }

        @Test func `is refuted where every lookup goes through the stub`() async throws {
            var cases = DNSPorts.cases
            cases[0].hasStub = true
            let experiment = Judged.only(DNSPorts.make(cases), "each asks the server")
            let result = try await Judged.few(experiment)
            #expect(
                result.refuted == [
                    "each of 300 lookups uses its own port",
                    "A and AAAA are two queries through one port",
                    "each lookup has an entry in the gateway's table",
                ], result.doubts)
        }
    }
}
