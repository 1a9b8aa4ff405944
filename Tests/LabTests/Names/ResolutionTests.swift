import Model
import Testing

@testable import Lab

extension Measured {
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiment resolution` {
        @Test func `is proven on this kernel`() async throws {
            let result = try await Judged.few(Resolution.experiment)
            #expect(result.verdict == .proven, result.doubts)
        }

        @Test func `is refuted where nothing was asked before, or nothing may be kept`()
            async throws
        {
            var cases = Resolution.cases
            cases[2].before = nil
            cases[3].before = nil
            cases[4].life = 300
            cases[8].before = nil
            let experiment = Judged.only(
                Resolution.make(cases), Resolution.again, Resolution.sibling, Resolution.expired,
                Resolution.missingAgain)
            let result = try await Judged.few(experiment)
            #expect(
                result.refuted == [
                    "asked again: the name server asks no server",
                    "another name of the zone: the name server asks only the authority",
                    "another name of the zone: it gets no referral",
                    "after its TTL: the name server asks the authority again, and no server above it",
                    "no such name, asked again: the name server has cached NXDOMAIN and asks no server",
                ], result.doubts)
        }

        @Test func `is refuted where the host asks otherwise`() async throws {
            var cases = Resolution.cases
            cases[0].asker = .everyone
            cases[1].asker = .nameServer
            cases[5].asker = .nameServer
            cases[6].name = "www.shop.test"
            cases[7].name = "www.shop.test"
            let experiment = Judged.only(
                Resolution.make(cases), Resolution.recursive, Resolution.iterative,
                Resolution.root, Resolution.glueless, Resolution.missing)
            let result = try await Judged.few(experiment)
            #expect(
                result.refuted == [
                    "recursive: the host sends one query",
                    "recursive: its name server sends three, to root, top level and authority",
                    "recursive: only the host's query has recursion desired",
                    "recursive: only its name server offers recursion",
                    "recursive: the host gets a non-authoritative answer",
                    "iterative: the host asks all three itself",
                    "iterative: its name server asks no server",
                    "iterative: none of its queries has recursion desired",
                    "iterative: the last answer is authoritative",
                    "the root does not recurse, although recursion is desired: it refers to another server",
                    "the root offers no recursion",
                    "without glue, the name server looks up the address of the next server first: six queries",
                    "no such name: the host gets the authority's NXDOMAIN",
                ], result.doubts)
        }
    }
}
