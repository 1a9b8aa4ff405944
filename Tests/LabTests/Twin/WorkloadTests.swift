import Model
import Testing
import Tuning

@testable import Lab

@Suite struct `The workload of a profile` {
    @Test(arguments: [
        ("outbound-reuse", "outbound-client"), ("reverse-proxy", "reverse-proxy"),
        ("web-server", "slow-accept"), ("many-idle-connections", "slow-accept"),
        ("fin-wait-relief", "half-closed-clients"),
    ])
    func `is the one that shows what it is for`(profile: String, workload: String) throws {
        let path =
            "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
            + "/profiles/\(profile).toml"
        let suits = try ProfileLibrary.standard.load(named: path).suits
        let fitting = Workload.fitting(for: profile, suits: suits, keys: [])
        #expect(fitting.workload.name == workload && !fitting.why.isEmpty)
    }

    @Test func `is found by its keys where it answers no finding`() {
        let fitting = Workload.fitting(
            for: "mine", suits: [], keys: ["net.ipv4.tcp_sack", "net.core.somaxconn"])
        #expect(fitting.workload.name == "slow-accept")
        #expect(fitting.why == "the profile changes net.core.somaxconn")
        #expect(Workload.fitting(for: "x", suits: [], keys: []).workload.name == "web-server")
    }

    @Test func `is measured by what every run measures`() {
        for workload in Workload.all {
            #expect(workload.measures.count(where: { $0.role == .decisive }) >= 2)
            #expect(!workload.text.isEmpty && !workload.series.isEmpty)
        }
        #expect(Set(Workload.all.map(\.name)).count == Workload.all.count)
    }
}
