import Audit
import Model
import Report
import Tuning

@testable import Kernel
@testable import Lab
@testable import Resolver

/// What reads bytes of others, each a target of the fuzzer; nothing may trap or hang, whatever the bytes are.
enum FuzzTarget: String, CaseIterable {
    /// Datagrams of a socket dump.
    case netlink
    /// Every file of /proc that is parsed.
    case proc
    /// Files of sysctl.d.
    case sysctl
    /// What `audit --from` reads, judged, and shown in all four forms.
    case snapshot
    /// Profiles in TOML.
    case profile
    /// Files of sysctl.d that become profiles.
    case recipe
    /// What `apply plan.json` reads, shown in all four forms.
    case plan
    /// What `report` reads and `compare` holds against itself, shown in all four forms.
    case saved
    /// The boot-time file of tcptune, as somebody may have edited it.
    case dropIn = "drop-in"
    /// What a server answers to `trace`.
    case response
    /// What `trace` is given, and what a redirect leads to.
    case url
    /// What a name server answers, and what a walk from the root makes of it.
    case names
    /// resolv.conf, nsswitch.conf, hosts and hints of the root.
    case resolver

    func take(_ bytes: [UInt8]) {
        switch self {
        case .netlink: Self.netlink(bytes)
        case .proc: Self.proc(bytes)
        case .sysctl: Self.sysctl(bytes)
        case .snapshot: Self.snapshot(bytes)
        case .profile: Self.profile(bytes)
        case .recipe: Self.recipe(bytes)
        case .plan: Self.plan(bytes)
        case .saved: Self.saved(bytes)
        case .dropIn: Self.dropIn(bytes)
        case .response: Self.response(bytes)
        case .url: Self.url(bytes)
        case .names: Self.names(bytes)
        case .resolver: Self.resolver(bytes)
        }
    }

    private struct Sink: SocketRowSink {
        var tally = SocketTally(range: 32768...60999)

        mutating func take(_ row: SocketRow, message: RawSpan) {
            tally.take(row, message: message)
        }
    }

    private static func netlink(_ bytes: [UInt8]) {
        var first = Sink()
        var second = Sink()
        second.tally = first.tally.emptied()
        _ = try? unsafe NetlinkMessages.forEach(in: bytes.span.bytes, subject: "") { message in
            guard var row = DiagRow.parse(message) else { return }
            DiagRow.addAttributes(of: message, to: &row)
            first.take(row, message: message)
            second.take(row, message: message)
        }
        first.tally.add(second.tally)
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .diag)
        first.tally.fill(&snapshot, limit: 3)
    }

    private static func proc(_ bytes: [UInt8]) {
        var counters = Counters()
        NetSNMP.parse(bytes.span, into: &counters)
        NetSNMP6.parse(bytes.span, into: &counters)
        NetSockstat.parse(bytes.span, group: "sockstat", into: &counters)
        NetSoftnetStat.parse(bytes.span, into: &counters)
        NetStatNFConntrack.parse(bytes.span, into: &counters)
        for isIPv6 in [false, true] {
            var tally = SocketTally(range: 32768...60999)
            NetTCP.forEachRow(in: bytes.span, isIPv6: isIPv6) { tally.takeWithoutMessage($0) }
        }
        _ = SingleNumber.parse(bytes.span)
        _ = Meminfo.parse(bytes.span)
        _ = FileNr.parse(bytes.span)
        _ = Pressure.parse(bytes.span)
        _ = ProcessorsOnline.parse(bytes.span)
        _ = ProcessStat.hasNoDescriptors(bytes.span)
        _ = ProcessComm.parse(bytes.span)
        _ = ProcessLimits.openFiles(bytes.span)
        _ = ProcessCgroup.unit(bytes.span)
        _ = unsafe bytes.withUnsafeBytes { unsafe SocketLink.inode($0) }
        _ = NamespaceLink.inode(String(decoding: bytes, as: UTF8.self))
    }

    private static let keys = [
        "net/core/somaxconn", "net/ipv4/conf/all/rp_filter", "net/ipv4/conf/v0.1/rp_filter",
        "net/ipv4/ip_local_port_range", "net/ipv4/tcp_fin_timeout",
    ]

    private static func sysctl(_ bytes: [UInt8]) {
        for program in [BootSetting.Rule.systemd, .procps] {
            let file = SysctlFile.parse(bytes, as: program)
            let lines = file.lines.map { BootLine(file: "f", line: $0) }
            for write in BootSequence.writes(of: lines, by: program, keys: keys) {
                precondition(SysctlKey(path: write.key.path) == write.key)
            }
        }
    }

    /// What was read once reads the same again, and every problem has a place within the file.
    private static func profile(_ bytes: [UInt8]) {
        let lines = bytes.count { $0 == 0x0A } + 1
        do throws(TextError) {
            let reading = try ProfileReader.read(bytes: bytes, path: "f")
            precondition(!reading.profile.name.isEmpty)
            for problem in ProfileWarnings.of(reading.profile, reading: reading) {
                precondition(1...lines ~= problem.place.line && problem.place.column >= 1)
            }
        } catch {
            precondition(!error.problems.isEmpty)
            for problem in error.problems {
                precondition(1...lines ~= problem.place.line && problem.place.column >= 1)
            }
        }
    }

    /// What is made of a recipe is a profile.
    private static func recipe(_ bytes: [UInt8]) {
        let imported = ProfileDraft(bytes, path: "r")
        guard !imported.taken.isEmpty else { return }
        do throws(TextError) {
            let reading = try ProfileReader.read(bytes: Array(imported.text.utf8), path: "f")
            precondition(reading.profile.settings.map(\.key) == imported.taken)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private static func snapshot(_ bytes: [UInt8]) {
        guard let observation = try? SnapshotFile.decode(bytes) else { return }
        let tool = Tool(version: "0.0.0")
        let assessments = Assessment.all(of: observation)
        let options = AuditReport.Options(top: 3, colour: true, tool: tool)
        let document = AuditReport.document(
            assessments, host: observation.host, options: options)
        for width in [40, 100] {
            _ = TerminalRenderer(width: width, colour: true).render(document)
        }
        _ = MarkdownRenderer().render(document)
        _ = HTMLRenderer().render(document)
        do {
            _ = try AuditReport.json(assessments, host: observation.host, options: options)
            // What was taken once can be saved and taken again.
            _ = try SnapshotFile.decode(SnapshotFile.encode(observation, tool: tool))
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private static func saved(_ bytes: [UInt8]) {
        guard let file = try? SavedFile(name: "x.json", bytes) else { return }
        let pages = SavedPages([file, file], top: 3)
        let tool = Tool(version: "0.0.0")
        var documents = [pages.document]
        if let (data, notes) = try? ComparedPair(file, file).comparison(gates: []) {
            let report = ComparisonReport(data, host: file.host, notes: notes)
            documents.append(report.document)
            do {
                // What was compared can be saved and shown again.
                let json = try report.json(tool: tool)
                let again = try SavedFile(name: "c.json", Array(json.utf8)).page(top: 3)
                precondition(again == report.document)
            } catch {
                preconditionFailure("\(error)")
            }
        }
        for document in documents {
            for width in [40, 100] {
                _ = TerminalRenderer(width: width, colour: true).render(document)
            }
            _ = MarkdownRenderer().render(document)
            _ = HTMLRenderer().render(document)
        }
        do { _ = try pages.json(host: file.host, tool: tool) } catch {
            preconditionFailure("\(error)")
        }
    }

    private static func plan(_ bytes: [UInt8]) {
        guard let plan = try? PlanFile.decode(bytes, problem: { $0.firstProblem() }) else { return }
        let host = Host(name: "h", kernel: "6.1", machine: "x86_64")
        let document = PlanReport.document(plan, host: host, next: [])
        for width in [40, 100] {
            _ = TerminalRenderer(width: width, colour: true).render(document)
        }
        _ = MarkdownRenderer().render(document)
        _ = HTMLRenderer().render(document)
        do {
            let tool = Tool(version: "0.0.0")
            let json = try PlanReport.json(plan, host: host, tool: tool, notes: [])
            // What was taken once can be saved and taken again.
            let again = try PlanFile.decode(Array(json.utf8)) { $0.firstProblem() }
            precondition(again == plan)
            let dropIn = DropIn(plan.entries(id: "0"))
            let parsed = try DropIn(parsing: dropIn.rendered())
            precondition(parsed == dropIn)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// Nothing is taken for tcptune's own that it would not have written, byte for byte.
    private static func dropIn(_ bytes: [UInt8]) {
        guard let dropIn = try? DropIn(parsing: bytes) else { return }
        precondition(dropIn.rendered() == bytes)
    }

    /// However the bytes come in, the same is read of them.
    private static func response(_ bytes: [UInt8]) {
        func read(step: Int) -> (ResponseReader, ResponseReader.Progress) {
            var reader = ResponseReader()
            var last = ResponseReader.Progress.more
            for start in stride(from: 0, to: bytes.count, by: step) {
                let part = Array(bytes[start..<min(start + step, bytes.count)])
                last = reader.take(part, count: part.count)
            }
            if last == .more { last = reader.end() }
            return (reader, last)
        }
        let (whole, end) = read(step: max(bytes.count, 1))
        for step in [1, 5] {
            let (parts, other) = read(step: step)
            precondition(other == end && parts.head == whole.head)
            precondition(parts.headBytes == whole.headBytes && parts.bodyBytes == whole.bodyBytes)
        }
        precondition(whole.headBytes + whole.bodyBytes + whole.extraBytes <= bytes.count)
        if end == .done {
            precondition(whole.headBytes + whole.bodyBytes + whole.extraBytes == bytes.count)
        }
        _ = whole.head?.keepsAlive
    }

    /// What was taken once reads the same again, and never puts a line of its own into a request.
    private static func url(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let base = try? TraceURL("http://a/b/c/d;p?q") else {
            preconditionFailure("an address of our own")
        }
        for url in [try? TraceURL(text), try? base.resolving(text)].compactMap(\.self) {
            precondition(url.port > 0 && !url.host.isEmpty)
            precondition(url.target.hasPrefix("/"))
            precondition(url.target.utf8.allSatisfy { (0x21...0x7E).contains($0) })
            precondition(url.authority().utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F })
            precondition((try? TraceURL(url.description)) == url)
        }
    }

    /// Whatever it says can be shown, and each of its names can be asked for or is refused.
    private static func names(_ bytes: [UInt8]) {
        guard let message = DNSMessage(bytes) else { return }
        let asked = message.question ?? DNSMessage.Question(DNSName("a.example"), .a)
        let question = DNSQuestion(asked.name, asked.type, recursionDesired: false)
        _ = question.isAnswered(by: message, id: message.id)
        let records = message.answers + message.authorities + message.additional
        // The smallest record has eleven bytes.
        precondition(records.count * 11 <= bytes.count)
        for record in records {
            precondition(record.name.isWithin(record.name) && record.name.isWithin(.root))
            precondition(record.text.unicodeScalars.allSatisfy { 0x20..<0x7F ~= $0.value })
            let again = DNSName(record.name.text)
            precondition(again == record.name && again.depth == record.name.depth)
        }
        if let built = question.message(id: message.id) {
            precondition(DNSMessage(built)?.question == asked)
        }
        for zone in [DNSName.root, DNSName("example")] {
            guard case .referral(let next, _) = ServerVerdict(message, to: question, in: zone)
            else { continue }
            // Every step leads further down.
            precondition(next.depth > zone.depth && asked.name.isWithin(next))
        }
        let outcome = LookupOutcome(
            asked.name, family: .any, messages: [message], failures: [])
        precondition(outcome.addresses.isEmpty == (outcome.failure != nil))
        _ = message.shown(referral: nil).summary(type: "A")
    }

    private static func resolver(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let configuration = ResolvConf.parse(text)
        precondition(1...3 ~= configuration.servers.count && 0...15 ~= configuration.dots)
        precondition(0...30 ~= configuration.timeout && 0...5 ~= configuration.attempts)
        _ = NameServiceSwitch.parse(text)
        for server in RootHints.parse(text).servers { precondition(!server.name.isEmpty) }
        for name in text.split(separator: "\n").prefix(3) {
            _ = HostsFile.find(String(name), .any, in: text)
            _ = NumericHost.parse(String(name))
            // Other scripts are libidn2's to read.
            guard name.utf8.allSatisfy({ $0 < 0x80 }),
                case .success(let host) = HostName.parse(String(name))
            else { continue }
            let question = DNSQuestion(DNSName(host.ascii), .a, recursionDesired: true)
            precondition(question.message(id: 0) != nil)
        }
    }
}
