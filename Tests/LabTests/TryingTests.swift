import Kernel
import Testing

@testable import Lab

@Suite struct `Settings tried in place of a remedy` {
    @Test func `give the arm their name, wherever it is spoken of`() throws {
        let tried = try #require(
            Experiment.portExhaustion.trying([
                try LoadPlan.Assignment(text: "net.ipv4.tcp_fin_timeout=5")
            ]))
        let old = try #require(Experiment.portExhaustion.arms.first { $0.role == .remedy }).name
        let arm = try #require(tried.arms.first { $0.role == .remedy })
        #expect(arm.name == "tcp_fin_timeout = 5")
        #expect(arm.settings.map(\.value).contains("5"))
        // The scale stays that of the others.
        #expect(arm.settings.contains { $0.key.name == "net.ipv4.ip_local_port_range" })
        #expect(!tried.claims.contains { $0.text.contains(old) })
        #expect(!tried.claims.contains { "\($0.condition)".contains(old) })
        #expect(!tried.claim.contains(old))
        #expect(tried.notes.count == 1 && tried.notes[0].contains(old))
    }

    @Test func `keep several remedies apart, and refuse where there is none`() throws {
        let setting = try LoadPlan.Assignment(text: "net.ipv4.tcp_fin_timeout=5")
        for experiment in Experiment.all {
            let remedies = experiment.arms.count { $0.role == .remedy }
            guard let tried = experiment.trying([setting]) else {
                #expect(remedies == 0, "\(experiment.name)")
                continue
            }
            #expect(Set(tried.arms.map(\.name)).count == experiment.arms.count)
        }
    }

    @Test func `must be a setting that a namespace can have`() {
        for text in ["fs.file-max=3", "no.such=1", "net.ipv4.tcp_fin_timeout", "=3", "net..x=1 "] {
            #expect(throws: LabError.self) { try LoadPlan.Assignment(text: text) }
        }
    }
}
