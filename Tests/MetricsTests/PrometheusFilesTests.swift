import FoundationEssentials
import Metrics
import Testing

/// What is shipped for Prometheus and Grafana, beside the table of metrics.
@Suite struct `The files for Prometheus and Grafana` {
    private static let project = #filePath.split(
        separator: "/", omittingEmptySubsequences: false
    ).dropLast(3).joined(separator: "/")
    static let rules = "contrib/prometheus/tcptune-rules.yml"
    static let dashboards = [
        "contrib/grafana/tcptune-host.json", "contrib/grafana/tcptune-fleet.json",
    ]

    private static func text(_ path: String) throws -> String {
        String(
            decoding: try Data(contentsOf: URL(filePath: "\(project)/\(path)")), as: UTF8.self)
    }

    /// What the rules record.
    private static func recorded() throws -> Set<String> {
        Set(try text(rules).matches(of: /record: (\S+)/).map { String($0.output.1) })
    }

    /// Words of the language that the files use, and labels that Prometheus adds.
    private static let words: Set<String> = [
        "and", "or", "on", "by", "group_left", "sum", "max", "min", "count", "topk", "bottomk",
        "rate", "increase", "time", "Inf", "label_values", "up", "job", "instance", "m", "s",
    ]

    /// What an expression names and the table does not have.
    private static func unknown(in expression: String) throws -> [String] {
        // Text in quotes, and durations, name nothing.
        let bare = expression.replacing(/"[^"]*"/, with: "").replacing(/\[[0-9a-z]+\]/, with: "")
        let names = Set(MetricFamily.all.map(\.name.rawValue)).union(try recorded())
        let labels = Set(MetricFamily.all.flatMap(\.labels))
        return bare.matches(of: /[A-Za-z_][A-Za-z0-9_:]*/).map { String($0.output) }
            .filter { !names.contains($0) && !labels.contains($0) && !words.contains($0) }
    }

    /// Labels that a selector asks for and its family does not have.
    private static func strangeLabels(in expression: String) -> [String] {
        expression.matches(of: /([a-z_]+)\{([^}]*)\}/).flatMap { match -> [String] in
            guard let name = MetricName(rawValue: String(match.output.1)),
                let family = MetricFamily.byName[name]
            else { return [] }
            return match.output.2.matches(of: /([a-z_]+)\s*[=!]/)
                .map { String($0.output.1) }
                .filter { !(family.labels + ["job", "instance"]).contains($0) }
                .map { "\(name.rawValue){\($0)}" }
        }
    }

    /// The expressions of the rules, their lines put together.
    private static func expressions() throws -> [String] {
        var expressions: [String] = []
        var isInside = false
        for line in try text(rules).split(separator: "\n") {
            if let match = line.firstMatch(of: /^ +expr: (.*)/) {
                isInside = match.output.1 == ">-"
                expressions.append(isInside ? "" : String(match.output.1))
            } else if isInside {
                isInside = line.hasPrefix("          ")
                if isInside { expressions[expressions.count - 1] += line + " " }
            }
        }
        return expressions
    }

    @Test func `alert and record by metrics of the table alone`() throws {
        let expressions = try Self.expressions()
        #expect(expressions.count > 20)
        for expression in expressions {
            #expect(try Self.unknown(in: expression) == [], "\(expression)")
            #expect(Self.strangeLabels(in: expression) == [], "\(expression)")
        }
        // What the tests name is there as well.
        let tests = try Self.text("contrib/prometheus/tcptune-rules-test.yml")
        for match in tests.matches(of: /series: '([a-z_]+)/) {
            #expect(try Self.unknown(in: String(match.output.1)) == [])
        }
    }

    @Test func `test every alert above its level and below it`() throws {
        let alerts = try Self.text(Self.rules).matches(of: /alert: (\S+)/).map {
            String($0.output.1)
        }
        #expect(alerts.count > 15 && Set(alerts).count == alerts.count)
        let tests = try Self.text("contrib/prometheus/tcptune-rules-test.yml")
        for alert in alerts {
            for host in ["over", "below"] {
                #expect(
                    tests.contains(
                        "ALERTS{alertname=\"\(alert)\", alertstate=\"firing\", instance=\"\(host)\"}"
                    ),
                    "\(alert) \(host)")
            }
        }
    }

    private struct Dashboard: Decodable {
        struct Panel: Decodable {
            struct Target: Decodable { let expr: String }
            let id: Int
            let title: String
            let targets: [Target]?
        }
        struct Templating: Decodable {
            struct Variable: Decodable {
                let name: String
            }
            let list: [Variable]
        }
        let uid: String
        let panels: [Panel]
        let templating: Templating
    }

    @Test(arguments: dashboards)
    func `draw metrics of the table alone`(path: String) throws {
        let text = try Self.text(path)
        let board = try JSONDecoder().decode(Dashboard.self, from: Data(text.utf8))
        let expressions = board.panels.flatMap { $0.targets ?? [] }.map(\.expr)
        #expect(expressions.count > 15)
        #expect(Set(board.panels.map(\.id)).count == board.panels.count)
        let variables = board.templating.list.map(\.name)
        for expression in expressions {
            #expect(try Self.unknown(in: expression) == [], "\(expression)")
            #expect(Self.strangeLabels(in: expression) == [], "\(expression)")
            for match in expression.matches(of: /\$([a-z]+)/) {
                #expect(variables.contains(String(match.output.1)), "\(expression)")
            }
        }
        for match in text.matches(of: /label_values\(([a-z_]+)/) {
            #expect(try Self.unknown(in: String(match.output.1)) == [])
        }
    }
}
