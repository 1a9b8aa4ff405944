import Audit
import Model
import Text

/// What a load with TLS shows of its handshakes.
struct LoadTLSReport {
    private let tls: LoadJSON.TLS
    private let run: LoadJSON

    init(_ tls: LoadJSON.TLS, _ run: LoadJSON) {
        self.tls = tls
        self.run = run
    }

    var blocks: [Block] {
        var facts = [
            Fact("TLS handshakes", Phrase(tls.handshakes.grouped)),
            Fact("per second", Phrase(tls.handshakesPerSecond.figure)),
            Fact("resumed", Phrase(tls.resumed.grouped)),
        ]
        for (name, count) in Self.sorted(tls.agreed) {
            facts.append(Fact(name, Phrase(count.grouped)))
        }
        if let library = tls.library { facts.append(Fact("library", Phrase(library))) }
        var blocks: [Block] = [.figures(facts)]
        if !tls.failures.isEmpty {
            blocks.append(
                .table(
                    Table(
                        "TLS failures",
                        columns: [Table.Column("reason"), Table.Column("times", isNumber: true)],
                        rows: Self.sorted(tls.failures).map { [.text($0.name), .count($0.count)] }))
            )
        }
        return blocks
    }

    /// That the server may be another one than was meant; nil where it is trusted.
    var warning: Block? {
        let untrusted = tls.verified.filter { $0.key != "ok" }
        guard !untrusted.isEmpty else { return nil }
        let reasons = Self.sorted(untrusted).map { "\($0.name) (\($0.count.grouped))" }
        return .paragraph(
            .severity(
                .warning,
                "The certificate is not trusted: \(reasons.joined(separator: ", ")); the load continued."
            ))
    }

    /// The most frequent first.
    private static func sorted(_ counts: [String: Int]) -> [(name: String, count: Int)] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }
}
