import Audit
import Model
import Report
import Testing
import Tuning

/// Real documents against the JSON Schemas, by a validator that others wrote.
@Suite(
    .enabled(
        if: Scratch.works("python3 -c 'import jsonschema'"), "python3-jsonschema is not installed"))
struct `The JSON Schema` {
    private static let validator = """
        import json, sys, jsonschema
        schema = json.load(open(sys.argv[1]))
        kind = jsonschema.validators.validator_for(schema)
        kind.check_schema(schema)
        problems = [e.json_path + ": " + e.message for e in kind(schema).iter_errors(json.load(open("it.json")))]
        print("\\n".join(problems[:9]))
        sys.exit(1 if problems else 0)
        """

    private func problems(_ json: String, schema: String) throws -> String? {
        let scratch = try Scratch()
        try scratch.write(Self.validator, to: "validate.py")
        try scratch.write(json, to: "it.json")
        try scratch.write(try SchemaSource.whole(schema), to: "schema.json")
        let result = try scratch.run("python3 validate.py schema.json")
        return result.status == 0 ? nil : result.said
    }

    @Test(arguments: Scene.all) func `of an audit holds for every audit`(scene: Scene) throws {
        #expect(try problems(scene.json, schema: "audit-1.json") == nil)
    }

    @Test(arguments: [
        (#""limited_by" : "application""#, #""limited_by" : "fate""#),
        (#""severity" : "critical""#, #""severity" : "bad""#),
        (#""format" : "tcptune.audit/1""#, #""format" : "tcptune.audit/2""#),
        (#""used_ratio" : "#, #""ratio" : "#), (#""TIME_WAIT" : 9421"#, #""TIME_WAIT" : -1"#),
    ])
    func `of an audit refuses what is none`(was: String, becomes: String) throws {
        let json = try Scene.busy.json
        try #require(json.contains(was))
        #expect(try problems(json.replacing(was, with: becomes), schema: "audit-1.json") != nil)
    }

    @Test(arguments: Scene.all) func `of a summary holds for every audit`(scene: Scene) throws {
        let text = try AuditReport.summary(
            scene.assessments, host: scene.host, tool: Scene.options.tool)
        #expect(text.utf8.count <= 4096)
        let problems = try problems(text, schema: "summary-1.json")
        #expect(problems == nil, "\(problems ?? "")")
    }

    @Test(arguments: Scene.all) func `of a snapshot holds for every snapshot`(scene: Scene) throws {
        let observation = Observation(
            host: scene.host, views: scene.assessments.map { .init(now: $0.situation.now) })
        let bytes = try SnapshotFile.encode(observation, tool: Scene.options.tool)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(try problems(text, schema: "snapshot-1.json") == nil)
    }

    @Test(arguments: [Format.explain, .doctor]) func `of other documents holds`(format: Format)
        throws
    {
        let text = try Envelope(
            format, tool: Scene.options.tool, host: HostJSON(Scene.busy.host),
            data: ["name": "TIME_WAIT"], notes: ["a note"]
        ).encoded(pretty: false)
        let name = format == .explain ? "explain-1.json" : "doctor-1.json"
        #expect(try problems(text, schema: name) == nil)
    }

    @Test func `of a plan holds, and the plan comes back from it`() throws {
        let place = Namespace(inode: 4_026_531_840, name: "init", isInit: true, processes: 3)
        var plan = Plan(
            profile: ProfileIdentity(name: "x", path: "/x.toml", digest: "00"), namespace: place,
            bootID: "b")
        plan.changes = [
            PlannedChange(
                key: "net.ipv4.tcp_tw_reuse", before: "2", wanted: "1", landed: "1",
                scope: "namespace", reversible: .proven, reason: "<why>"),
            PlannedChange(
                key: "net.core.rmem_max", before: "212992", wanted: "8388608", landed: "8388608",
                boot: "4194304", bootAfter: "8388608", scope: "readOnlyElsewhere",
                reversible: .declared, reason: "", risk: "memory", proof: "port-reuse"),
        ]
        plan.unchanged = [UnchangedSetting(key: "net.core.somaxconn", value: "4096", reason: "")]
        plan.shadowed = [
            ShadowedSetting(
                key: "net.ipv4.tcp_tw_reuse",
                by: Assignment(value: "0", file: "/etc/sysctl.d/99-x.conf", line: 4), rule: .systemd
            )
        ]
        plan.impossible = [ImpossibleSetting(key: "net.ipv4.x", wanted: "1", why: "absent")]
        plan.remarks = ["a remark"]
        let json = try PlanReport.json(
            plan, host: Scene.busy.host, tool: Scene.options.tool, notes: ["a note"])
        #expect(try problems(json, schema: "plan-1.json") == nil)
        #expect(
            try problems(json.replacing("proven", with: "sure"), schema: "plan-1.json") != nil)
        plan.namespace.processes = nil
        #expect(try PlanFile.decode(Array(json.utf8)) { $0.firstProblem() } == plan)
    }

    @Test(arguments: [("load-narrow", "load-wide"), ("lab-busy", "lab-calm"), ("proof", "proof")])
    func `of a comparison holds for each kind`(before: String, after: String) throws {
        let (_, report) = try Saved.comparison(
            Saved.file(before), Saved.file(after), "worse>5%")
        let json = try report.json(tool: Scene.options.tool)
        #expect(try problems(json, schema: "compare-1.json") == nil)
        let wrong = json.replacing(#""verdict" : "unclear""#, with: #""verdict" : "equal""#)
            .replacing(#""verdict" : "same""#, with: #""verdict" : "equal""#)
        #expect(try problems(wrong, schema: "compare-1.json") != nil)
    }

    @Test func `of a comparison holds for audits, and of a report`() throws {
        let (before, after) = (try Saved.snapshot(.busy), try Saved.audit(.idle))
        let (_, report) = try Saved.comparison(before, after)
        let json = try report.json(tool: Scene.options.tool)
        #expect(try problems(json, schema: "compare-1.json") == nil)
        let pages = SavedPages([before, after, try Saved.file("proof")], top: 10)
        let page = try pages.json(host: Scene.busy.host, tool: Scene.options.tool)
        #expect(try problems(page, schema: "report-1.json") == nil)
        #expect(
            try problems(page.replacing("tcptune.audit/1", with: "audit"), schema: "report-1.json")
                != nil)
    }

    @Test(arguments: [
        (#""kind" : "state""#, #""kind" : "mood""#),
        (#""origin" : "crafted""#, #""origin" : "found""#),
        (#""lost" : true"#, #""lost" : 1"#), (#""at_seconds" : 0.1,"#, ""),
        (#""actor" : null"#, #""actor" : -1"#),
    ])
    func `of a lab result holds for what went over the wire`(was: String, becomes: String) throws {
        let (file, report) = try Saved.watched([SequenceScene.life, SequenceScene.late])
        let json = try report.json(host: file.host, tool: Scene.options.tool)
        #expect(try problems(json, schema: "lab-1.json") == nil)
        try #require(json.contains(was))
        #expect(try problems(json.replacing(was, with: becomes), schema: "lab-1.json") != nil)
    }

    @Test func `of knobs holds for the settings of a host`() throws {
        let settings = Scene.busy.assessments.flatMap(\.situation.now.settings)
        let text = try Envelope(
            .knobs, tool: Scene.options.tool, host: HostJSON(Scene.busy.host),
            data: ["settings": settings.map(SettingJSON.init)]
        ).encoded(pretty: true)
        #expect(try problems(text, schema: "knobs-1.json") == nil)
    }

    @Test func `of what is applied holds, and it is read as it was written`() throws {
        var changes = AppliedChanges(
            boot: "b", changes: [], damaged: ["/var/lib/tcptune/history/1"])
        let text = { (changes: AppliedChanges) in
            String(
                decoding: try AppliedDocument.encode(
                    changes, host: Scene.busy.host, tool: Scene.options.tool, clock: 1_764_000_000),
                as: UTF8.self)
        }
        #expect(try problems(try text(changes), schema: "applied-1.json") == nil)
        let id = String(repeating: "0f", count: 16)
        changes.changes = [
            AppliedChanges.Change(
                id: id, profile: "a", state: .confirmed, values: ["net.core.somaxconn": "4096"]),
            AppliedChanges.Change(
                id: id, profile: "b<", state: .applied, deadline: 100.5,
                namespace: NamespaceName(inode: 7, name: "n", cookie: 9),
                values: ["net.ipv4.tcp_rmem": "1 2 3", "net.ipv4.tcp_sack": "1"]),
        ]
        let json = try text(changes)
        #expect(try problems(json, schema: "applied-1.json") == nil)
        #expect(json.contains(#""deadline" : "2025-11-24T16:01:40Z""#))
        #expect(AppliedDocument.decode(Array(json.utf8)) == changes)
        #expect(
            try problems(
                json.replacing(#""state" : "APPLIED""#, with: #""state" : "WISHED""#),
                schema: "applied-1.json") != nil)
        #expect(
            AppliedDocument.decode(Array(json.replacing("applied/1", with: "applied/2").utf8))
                == nil)
        for length in 0..<json.utf8.count - 1 {
            #expect(AppliedDocument.decode(Array(json.utf8.prefix(length))) == nil)
        }
    }
}
