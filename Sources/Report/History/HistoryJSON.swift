import History
import Model
import Text

/// `data` of what the history has of a stretch of time; nulls in a row of numbers are what is not known.
struct HistoryJSON: Encodable {
    let from: String?
    let fromSeconds: Int64
    let to: String?
    let toSeconds: Int64
    let stepSeconds: Int64
    let minutes: Int
    let recordedMinutes: Int
    let tuples: [TupleRow]
    let listeners: [ListenerRow]
    let otherTuples: Int
    let otherClosed: Int
    let events: [Event]

    struct TupleRow: Encodable {
        let namespace: String
        let source: IPAddress
        let destination: IPAddress
        let port: UInt16
        let owner: String?
        let usable: Int?
        let used: [Int?]
        let closed: [Int?]
        let highestUsed: Int?
        let highestUsedSeconds: Int64?
        let highestClosed: Int?
        let highestClosedSeconds: Int64?
        let minutesAbove45Percent: Int
        let minutesAbove95Percent: Int

        enum CodingKeys: String, CodingKey {
            case namespace, source, destination, port, owner, usable, used, closed
            case highestUsed = "highest_used"
            case highestUsedSeconds = "highest_used_seconds"
            case highestClosed = "highest_closed_per_second"
            case highestClosedSeconds = "highest_closed_seconds"
            case minutesAbove45Percent = "minutes_above_45_percent"
            case minutesAbove95Percent = "minutes_above_95_percent"
        }
    }

    struct ListenerRow: Encodable {
        let namespace: String
        let address: IPAddress
        let port: UInt16
        let backlog: Int?
        let queue: [Int?]
        let dropped: [Int?]
        let highestQueue: Int?
        let highestQueueSeconds: Int64?

        enum CodingKeys: String, CodingKey {
            case namespace, address, port, backlog, queue, dropped
            case highestQueue = "highest_queue"
            case highestQueueSeconds = "highest_queue_seconds"
        }
    }

    struct Event: Encodable {
        let timeSeconds: Int64
        let text: String

        enum CodingKeys: String, CodingKey {
            case text
            case timeSeconds = "time_seconds"
        }
    }

    init(_ page: HistoryPage) {
        from = UTC.iso(Double(page.span.from))
        fromSeconds = page.span.from
        to = UTC.iso(Double(page.span.to))
        toSeconds = page.span.to
        stepSeconds = page.span.step
        minutes = page.minutes
        recordedMinutes = page.recordedMinutes
        tuples = page.tuples.map { curve in
            TupleRow(
                namespace: curve.netns, source: curve.tuple.source,
                destination: curve.tuple.destination, port: curve.tuple.port, owner: curve.owner,
                usable: curve.usable, used: curve.used, closed: curve.closings,
                highestUsed: curve.highestUsed?.value, highestUsedSeconds: curve.highestUsed?.time,
                highestClosed: curve.highestClosings?.value,
                highestClosedSeconds: curve.highestClosings?.time,
                minutesAbove45Percent: curve.minutesAbove[0.45] ?? 0,
                minutesAbove95Percent: curve.minutesAbove[0.95] ?? 0)
        }
        listeners = page.listeners.map { curve in
            ListenerRow(
                namespace: curve.netns, address: curve.place.address, port: curve.place.port,
                backlog: curve.backlog, queue: curve.queue, dropped: curve.drops,
                highestQueue: curve.highestQueue?.value,
                highestQueueSeconds: curve.highestQueue?.time)
        }
        otherTuples = page.otherTuples
        otherClosed = page.otherClosings
        events = page.events.map { Event(timeSeconds: $0.time, text: $0.text) }
    }

    enum CodingKeys: String, CodingKey {
        case from, to, minutes, tuples, listeners, events
        case fromSeconds = "from_seconds"
        case toSeconds = "to_seconds"
        case stepSeconds = "step_seconds"
        case recordedMinutes = "recorded_minutes"
        case otherTuples = "other_tuples"
        case otherClosed = "other_closed"
    }
}
