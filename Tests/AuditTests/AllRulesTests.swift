import Model
import Testing

@testable import Audit

@Suite struct `All rules` {
    @Test func `have an id each`() {
        let ids = Rules.all.map(\.id)
        #expect(ids.count == 55)
        #expect(Set(ids).count == ids.count)
    }

    @Test func `find nothing on a host without traffic`() {
        let listener = QueueFixtures.listener(port: 2024)
        for situation in [
            QueueFixtures.once(listeners: [listener]), QueueFixtures.grown(listeners: [listener]),
        ] {
            for rule in Rules.all {
                #expect(rule.findings(in: situation).isEmpty, "\(rule.id)")
            }
        }
    }

    @Test func `are silent where nothing could be seen`() {
        let snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        let host = Host(name: "", kernel: "", machine: "")
        let situation = Situation(
            host: host, view: Observation.View(now: snapshot, earlier: snapshot))
        for rule in Rules.all {
            #expect(rule.findings(in: situation).isEmpty, "\(rule.id)")
        }
    }

    @Test(arguments: [Int64.min, -1, 0, 1, .max])
    func `outlive any number and any text`(value: Int64) {
        let size = Int(clamping: value)
        let texts = ["", " ", "\u{1b}[2J", "\(value)", "0x", "-", "9\(value)", "1 2 3 4", "\"1\""]
        for (index, text) in texts.enumerated() {
            let situation = hostile(
                value, text: text, uptime: Double(index) * .infinity, form: (index + size & 3) % 3)
            for rule in Rules.all {
                for finding in rule.findings(in: situation) {
                    #expect(finding.rule == rule.id)
                    let order = finding.remedies.map {
                        [.application, .knob, .lastResort].firstIndex(of: $0.kind)
                    }.compactMap { $0 }
                    #expect(!order.isEmpty && order == order.sorted(), "\(rule.id)")
                    #expect(!finding.observed.isEmpty && !finding.evidence.isEmpty)
                    #expect(!finding.subject.isEmpty || text.isEmpty)
                    for command in finding.remedies.compactMap(\.command) {
                        #expect(!command.contains("\u{1b}"))
                    }
                }
            }
        }
    }

    private func addFurther(to snapshot: inout Snapshot, size: Int, text: String) {
        let shares = [
            OwnerShare(owner: Owner(name: text, confidence: .certain, reason: text), sockets: size)
        ]
        let progress = ReadProgress(before: size, same: size, more: size)
        snapshot.goneAddresses = [
            GoneAddress(
                address: .unspecifiedV6, states: StateCounts([.established: size]),
                retransmitting: size, owners: shares)
        ]
        snapshot.portBlocks = [
            PortBlock(
                source: .unspecifiedV4, low: UInt16(clamping: size), high: 65535,
                destinations: size, fullestSockets: size, states: StateCounts([.timeWait: size]),
                portsElsewhere: size, owners: shares)
        ]
        snapshot.unreadOutgoing = [
            UnreadPeer(
                address: .unspecifiedV4, port: 0, sockets: size, bytes: size, progress: progress,
                owners: shares)
        ]
        snapshot.stalledPeers = [
            StalledPeer(
                address: .unspecifiedV4, port: 0, sendingAgain: size, lasting: size,
                probing: size, bytes: size, asked: size, closed: size, owners: shares)
        ]
        snapshot.loopbackUp = false
        snapshot.mptcp = MPTCPSockets(states: StateCounts([.closeWait: size]), owners: shares)
        for index in snapshot.listeners.indices {
            snapshot.listeners[index].unread = size
            snapshot.listeners[index].drops = size
            snapshot.listeners[index].reading = progress
        }
    }

    private func hostile(_ value: Int64, text: String, uptime: Double, form: Int) -> Situation {
        let size = Int(clamping: value)
        var now = QueueFixtures.snapshot(
            QueueFixtures.idleCounters.mapValues { _ in size },
            settings: QueueFixtures.idleSettings.mapValues { _ in text }, uptime: uptime,
            listeners: [
                QueueFixtures.listener(
                    queue: size, backlog: size, states: [.synReceived: size, .timeWait: size],
                    retransmitted: size, sockets: size),
                QueueFixtures.listener(queue: size, backlog: 0),
                QueueFixtures.listener(queue: 0, backlog: size),
            ])
        let line = Assignment(value: text, file: text, line: size)
        for index in now.settings.indices {
            now.settings[index].boot = BootSetting(
                systemd: line, procps: nil, shadowed: [line], rule: .systemd)
        }
        now.settings.append(
            Setting(
                key: text, missing: .absent,
                boot: BootSetting(systemd: line, procps: line, rule: .procps)))
        now.strayAssignments = [
            StrayAssignment(key: text, assignment: line),
            StrayAssignment(key: "net.ipv4.tcp_tw_recycle", assignment: line),
        ]
        now.processes = [
            ProcessInUse(
                pid: .min, name: text, openFiles: size, openFilesLimit: size,
                states: StateCounts([.closeWait: size]))
        ]
        now.states[.timeWait] = size
        addFurther(to: &now, size: size, text: text)
        var host = QueueFixtures.host(kernel: text)
        host.files = FileTable(allocated: value, maximum: value)
        host.pressure["memory"] = Double(value)
        host.pageSize = size
        let earlier = QueueFixtures.snapshot(
            QueueFixtures.idleCounters.mapValues { _ in size == .max ? .min : .max }, uptime: 1)
        var child = now
        child.namespace = Namespace(inode: 7, name: text, isInit: false)
        switch form {
        case 0: return QueueFixtures.situation(now, host: host)
        case 1: return QueueFixtures.situation(now, earlier: earlier, host: host)
        default:
            return QueueFixtures.situation(
                child, earlier: earlier, host: host, neighbours: [QueueFixtures.snapshot(), child])
        }
    }
}
