import Model
import Testing

@testable import Catalogue

@Suite struct `The tables of counters, symptoms, states and releases` {
    @Test func `name each once`() {
        #expect(Set(KernelCounter.all.map(\.fullName)).count == KernelCounter.all.count)
        #expect(Set(Symptom.all.map(\.name)).count == Symptom.all.count)
        #expect(Set(StateFact.all.map(\.name)).count == StateFact.all.count)
        let texts = Symptom.all.flatMap(\.texts)
        #expect(Set(texts).count == texts.count)
    }

    @Test(arguments: KernelCounter.all)
    func `say of a counter what it counts and how to read it`(counter: KernelCounter) {
        for text in [counter.meaning, counter.reading] + [counter.myth].compactMap({ $0 }) {
            #expect(SentenceShape.holds(text), "\(counter.fullName): \(text)")
        }
        #expect(!counter.source.isEmpty)
        for source in counter.source {
            #expect(SentenceShape.isSource(source), "\(counter.fullName): \(source)")
        }
    }

    @Test(arguments: Symptom.all)
    func `say of a symptom what brings it about`(symptom: Symptom) {
        #expect(SentenceShape.holds(symptom.meaning), "\(symptom.name)")
        #expect(!symptom.causes.isEmpty && !symptom.texts.isEmpty && !symptom.source.isEmpty)
        for cause in symptom.causes {
            #expect(SentenceShape.holds(cause.text), "\(symptom.name): \(cause.text)")
        }
        for text in symptom.texts {
            #expect(text == text.lowercased(), "compared in lower case: \(text)")
        }
        for source in symptom.source { #expect(SentenceShape.isSource(source), "\(source)") }
    }

    @Test(arguments: StateFact.all)
    func `say of a state who is in it and for how long`(state: StateFact) {
        let texts = [state.meaning, state.holder, state.lasts, state.endedBy, state.growth]
        for text in texts + [state.myth].compactMap({ $0 }) {
            #expect(SentenceShape.holds(text), "\(state.name): \(text)")
        }
        for source in state.source { #expect(SentenceShape.isSource(source), "\(source)") }
    }

    @Test func `list releases oldest first, with what they help`() {
        let releases = KernelImprovement.all.map(\.release)
        #expect(releases == releases.sorted())
        for improvement in KernelImprovement.all {
            #expect(SentenceShape.holds(improvement.text), "\(improvement.text)")
            #expect(!improvement.rules.isEmpty)
            for source in improvement.source { #expect(SentenceShape.isSource(source)) }
        }
    }

    @Test func `offer only releases newer than the one that runs`() {
        let old = KernelImprovement.beyond(KernelRelease(6, 1), helping: .portsSlow)
        #expect(old.map(\.release).contains(KernelRelease(6, 15)))
        #expect(old.allSatisfy { $0.release > KernelRelease(6, 1) })
        let new = KernelImprovement.beyond(KernelRelease(6, 15), helping: .portsSlow)
        #expect(new.allSatisfy { $0.release > KernelRelease(6, 15) })
        #expect(KernelImprovement.beyond(KernelRelease(2, 6), helping: .loopbackDown).isEmpty)
    }
}
