import Kernel
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
                    "asked again: the name server asks nobody",
                    "another name of the zone: it asks the authority alone",
                    "and gets no referral",
                    "when the TTL is over it asks the authority again, and nobody above it",
                    "that there is none is kept as well: asked again, it asks nobody",
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
                    "recursive: the host sends one question",
                    "and its name server three: to root, top level and authority",
                    "only the host's question wants recursion", "only its name server offers it",
                    "what the host gets is no authority's own answer",
                    "iterative: the host asks all three itself", "and its name server nobody",
                    "none of its questions wants recursion",
                    "the last answer is the authority's own",
                    "the root does not recurse, though it is wanted: it names whom to ask",
                    "and offers no recursion",
                    "a server whose address did not come with its name is looked up first: six questions",
                    "and the authority's word that there is none",
                ], result.doubts)
        }
    }
}
