import Catalogue
import FoundationEssentials
import Model
import Testing

@testable import Audit

@Suite struct `The coverage table` {
    @Test func `names only rules that exist, and every rule stands in it`() {
        let named = Set(CoverageEntry.all.flatMap(\.rules))
        #expect(Rules.all.map(\.id) == RuleID.allCases)
        #expect(named == Set(RuleID.allCases), "a rule judges something: say what")
    }

    @Test func `has a line for each state in each role it can be in`() {
        for state in TCPState.allCases {
            for role in SocketRole.possible(in: state) {
                let lines = CoverageEntry.all.filter {
                    $0.subject.state == state && $0.subject.role == role
                }
                #expect(!lines.isEmpty, "\(state.name) \(role.rawValue)")
            }
        }
    }

    @Test func `gives a reason for everything that no rule judges, and names nothing twice`() {
        for entry in CoverageEntry.all {
            switch entry.judgement {
            case .judged(let rules):
                #expect(!rules.isEmpty && Set(rules).count == rules.count, "\(entry.subject.text)")
            case .notJudged(let reason): #expect(reason.count > 9, "\(entry.subject.text)")
            }
        }
        let subjects = CoverageEntry.all.map(\.subject)
        for subject in Set(subjects) {
            #expect(subjects.count { $0 == subject } == 1, "\(subject.text)")
        }
    }

    @Test func `has a line for each field of a snapshot`() {
        let fields = Set(Mirror(reflecting: QueueFixtures.snapshot()).children.compactMap(\.label))
        let listed = Set(
            CoverageEntry.all.compactMap {
                if case .field(let name) = $0.subject { name } else { nil }
            })
        #expect(fields.count > 20)
        #expect(fields.subtracting(listed).isEmpty, "read, and judged by nobody knows what")
        #expect(listed.subtracting(fields).isEmpty)
    }

    @Test
    func `has a line for each counter whose meaning is that something was dropped or refused`() {
        let words = [
            "dropped", "refused", "discarded", "ignored", "suppressed", "gave up", "could not",
            "not sent", "did not send", "without a route",
        ]
        let listed = Set(
            CoverageEntry.all.compactMap { entry in
                if case .counter(let group, let name) = entry.subject {
                    "\(group).\(name)"
                } else {
                    nil
                }
            })
        // UDP-Lite and UDP over IPv6 are datagrams, as UDP is, of which the table says so.
        let drops = KernelCounter.all.filter { counter in
            words.contains { counter.meaning.contains($0) } && counter.group != "UdpLite"
                && !counter.name.hasPrefix("Udp") && counter.until == nil
        }
        #expect(drops.count > 60)
        let unlisted = drops.map(\.fullName).filter { !listed.contains($0) }
        #expect(unlisted.isEmpty, "drops that nobody judges and nobody says so")
    }

    /// Words between quotation marks in what judges, one string a list.
    private static func quoted() throws -> [[String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Audit").standardized
        var lists: [[String]] = []
        for folder in ["", "Rules", "Counters", "Ports", "Queues", "Attribution", "Settings"] {
            let path = root.appending(path: folder)
            for name in try FileManager.default.contentsOfDirectory(atPath: path.path)
            where name.hasSuffix(".swift") && name != "RuleTexts.swift" {
                let text = try String(contentsOf: path.appending(path: name), encoding: .utf8)
                let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
                lists.append(
                    parts.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) })
            }
        }
        return lists
    }

    @Test func `has a line for each counter that is read in the sources`() throws {
        let listed = Set(
            CoverageEntry.all.compactMap {
                if case .counter(_, let name) = $0.subject { name } else { nil }
            })
        let known = Set(KernelCounter.all.map(\.name))
        let groups = Set(KernelCounter.all.map(\.group))
        var read: Set<String> = []
        for words in try Self.quoted() {
            // Names in lower case are words of evidence as well: those count behind their group only.
            read.formUnion(
                words.filter { known.contains($0) && $0.contains(where: \.isUppercase) })
            // A counter that the catalogue lacks is one as well, behind the name of its group.
            for (group, name) in zip(words, words.dropFirst())
            where groups.contains(group) && !groups.contains(name)
                && name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
            {
                read.insert(name)
            }
        }
        #expect(read.count > 25)
        #expect(read.subtracting(listed).isEmpty, "read by a rule, and in no line of the table")
    }
}
