package import Model
import Text

/// What `/run/tcptune/status.json` holds: `tcptune.applied/1`.
package enum AppliedDocument {
    /// - Parameter clock: seconds since 1970 at 0 of `BootClock`, for the deadlines.
    package static func encode(
        _ changes: AppliedChanges, host: Host, tool: Tool, clock: Double
    ) throws -> [UInt8] {
        var host = host
        host.bootID = changes.boot
        let text = try Envelope(
            .applied, tool: tool, host: HostJSON(host), data: AppliedJSON(changes, clock: clock),
            notes: changes.damaged.map {
                "\($0) is damaged: what that transaction changed is not listed"
            }
        ).encoded(pretty: true)
        return Array(text.utf8)
    }

    /// Reads what ``encode(_:host:tool:clock:)`` wrote; nil for anything else.
    package static func decode(_ bytes: [UInt8]) -> AppliedChanges? {
        do throws(EnvelopeRefusal) {
            return try EnvelopeReader.decode(File.self, bytes).changes
        } catch {
            return nil
        }
    }

    private struct File: Decodable {
        let changes: AppliedChanges

        private struct Booted: Decodable {
            let boot: String
            enum CodingKeys: String, CodingKey { case boot = "boot_id" }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EnvelopeReader.CodingKeys.self)
            _ = try EnvelopeReader.format(of: container, among: [.applied])
            let data = try container.decode(AppliedJSON.self, forKey: .data)
            changes = AppliedChanges(
                boot: try container.decode(Booted.self, forKey: .host).boot,
                changes: data.transactions.compactMap(\.change), damaged: data.damaged)
        }
    }
}

/// The data of `tcptune.applied/1`.
struct AppliedJSON: Codable, Sendable {
    let transactions: [Transaction]
    let damaged: [String]

    struct Transaction: Codable, Sendable {
        let id: String
        let profile: String
        let state: String
        @Explicit var deadline: String?
        @Explicit var deadlineBoottime: Double?
        @Explicit var namespace: Space?
        let settings: [Value]

        enum CodingKeys: String, CodingKey {
            case id, profile, state, deadline, namespace, settings
            case deadlineBoottime = "deadline_boottime_seconds"
        }
    }

    struct Space: Codable, Sendable {
        let name: String
        let inode: UInt64
        @Explicit var cookie: UInt64?
    }

    struct Value: Codable, Sendable {
        let key: String
        let wanted: String
    }

    init(_ changes: AppliedChanges, clock: Double) {
        transactions = changes.changes.map { change in
            Transaction(
                id: change.id, profile: change.profile, state: change.state.rawValue,
                // To the second: the two clocks do not keep in step to the last digit.
                deadline: change.deadline.flatMap { UTC.iso($0 + clock) },
                deadlineBoottime: change.deadline,
                namespace: change.namespace.map {
                    Space(name: $0.name, inode: $0.inode, cookie: $0.cookie)
                },
                settings: change.values.sorted { $0.key < $1.key }
                    .map { Value(key: $0.key, wanted: $0.value) })
        }
        damaged = changes.damaged
    }
}

extension AppliedJSON.Transaction {
    /// Nil in a state that this release does not know.
    fileprivate var change: AppliedChanges.Change? {
        guard let state = TransactionRecord.State(rawValue: state) else { return nil }
        return AppliedChanges.Change(
            id: id, profile: profile, state: state, deadline: deadlineBoottime,
            namespace: namespace.map {
                NamespaceName(inode: $0.inode, name: $0.name, cookie: $0.cookie)
            },
            values: Dictionary(
                settings.map { ($0.key, $0.wanted) }, uniquingKeysWith: { _, later in later }))
    }
}
