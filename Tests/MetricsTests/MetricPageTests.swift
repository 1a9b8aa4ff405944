import Testing

@testable import Metrics

@Suite struct `A page of metrics` {
    @Test func `is made of one row for each name`() {
        #expect(
            MetricFamily.all.map(\.name.rawValue).sorted()
                == MetricName.allCases.map(\.rawValue).sorted())
        for family in MetricFamily.all {
            #expect(
                family.kind == .counter
                    ? family.name.rawValue.hasSuffix("_total")
                    : !family.name.rawValue.hasSuffix("_total"))
            #expect(!family.help.isEmpty && !family.help.hasSuffix("."), "\(family.name)")
            #expect(Set(family.labels).count == family.labels.count)
            if family.unit == "seconds" || family.unit == "bytes" {
                #expect(family.name.rawValue.contains(family.unit), "\(family.name)")
            }
        }
    }

    @Test func `escapes what means something to the format, and nothing else`() {
        var page = MetricPage()
        page.add(.agentBuild, ["a\\b\"c\nd é \u{1b}[31m"], .count(1))
        #expect(
            page.text
                == "# HELP tcptune_agent_build_info Version of the agent; the value is 1\n"
                + "# TYPE tcptune_agent_build_info gauge\n"
                + "tcptune_agent_build_info{version=\"a\\\\b\\\"c\\nd é \u{1b}[31m\"} 1\n")
    }

    @Test(arguments: [
        (MetricValue.count(0), "0"), (.count(-3), "-3"), (.number(0.25), "0.25"),
        (.number(5), "5"), (.number(.infinity), "+Inf"), (.number(-.infinity), "-Inf"),
        (.number(1_764_000_000.5), "1764000000.5"), (.number(1e-7), "1e-07"),
        (.number(1e300), "1e+300"),
    ])
    func `writes numbers as Prometheus reads them`(value: MetricValue, text: String) {
        var page = MetricPage()
        page.add(.agentSample, value)
        #expect(page.text.hasSuffix("\ntcptune_agent_sample_timestamp_seconds \(text)\n"))
    }

    @Test func `leaves out what is not known, and what is not a number`() {
        var page = MetricPage()
        page.add(.agentSample, nil)
        page.add(.agentCoverage, .number(.nan))
        #expect(page.text.isEmpty)
    }

    @Test func `keeps one of two series that are the same, whatever names others choose`() {
        var page = MetricPage()
        let long = String(repeating: "x", count: 300)
        page.add(.portsUsable, [long + "a"], .count(1))
        page.add(.portsUsable, [long + "b"], .count(2))
        #expect(page.series.count == 1)
        #expect(page.text.hasSuffix("\"} 1\n"))
    }

    @Test func `writes families and series in one order`() {
        var page = MetricPage()
        page.add(.processStart, .number(1))
        page.add(.settingDrift, ["b"], .count(1))
        page.add(.settingDrift, ["a"], .count(0))
        let lines = page.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            lines == [
                "tcptune_setting_drift{key=\"a\"} 0", "tcptune_setting_drift{key=\"b\"} 1",
                "process_start_time_seconds 1",
            ])
    }
}
