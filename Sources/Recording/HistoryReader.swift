package import History
import Kernel
import Model
import SQLite

/// Reads the files of the history beside the agent that writes them: it holds up no commit, and changes nothing.
package struct HistoryReader: Sendable {
    package let directory: String

    package init(_ directory: String) { self.directory = directory }

    /// Why there is no answer at all.
    package struct Refusal: Error, Sendable, CustomStringConvertible {
        package enum Kind: Sendable {
            /// What was asked for is no stretch of time.
            case usage
            case denied
            /// There is no history here.
            case absent
            /// There is no SQLite here.
            case unavailable
            case failed
        }

        package let description: String
        package let kind: Kind

        package init(description: String, kind: Kind) {
            self.description = description
            self.kind = kind
        }
    }

    /// What is kept of a stretch of time.
    ///
    /// - Parameters:
    ///   - subject: of what; nil for all.
    ///   - netns: of which namespace; nil for all.
    package func page(
        _ span: HistorySpan, of subject: HistorySubject?, netns: String? = nil
    ) throws(Refusal) -> HistoryPage {
        var page = HistoryPage(span, subject)
        var curves = CurveTable(span, subject, netns)
        let names = try fileNames()
        let days = Day(ofMinute: span.firstMinute)...Day(ofMinute: span.lastMinute)
        for number in days.lowerBound.number...days.upperBound.number {
            let day = Day(number: number)
            let damaged = names.filter { $0.hasPrefix(day.fileName + ".damaged") }
            if !damaged.isEmpty {
                page.unread.append("\(damaged[0]): the agent set it aside as damaged")
            }
            guard names.contains(day.fileName) else { continue }
            do throws(DatabaseError) {
                try read(day, names, into: &curves, &page)
            } catch {
                if error.isMissingLibrary {
                    throw Refusal(description: error.description, kind: .unavailable)
                }
                page.unread.append(error.description)
            }
        }
        page.tuples = curves.tuples
        page.listeners = curves.listeners
        page.recordedMinutes = curves.recorded.count
        page.otherTuples = curves.otherTuples
        page.otherClosings = curves.otherClosings
        page.sort()
        return page
    }

    private func fileNames() throws(Refusal) -> [String] {
        do throws(KernelError) {
            return try FilePile(path: directory).files().map(\.name)
        } catch {
            throw Refusal(
                description: error.description,
                kind: error.isDenied ? .denied : error.isAbsent ? .absent : .failed)
        }
    }

    private func read(
        _ day: Day, _ names: [String], into curves: inout CurveTable, _ page: inout HistoryPage
    ) throws(DatabaseError) {
        let path = "\(directory)/\(day.fileName)"
        let database: Database
        do throws(DatabaseError) {
            database = try Database(path, .reading)
            try DayFile.check(database)
        } catch {
            // A file without a log can be read by who may not make its index; it must not be written meanwhile.
            guard error.isRefused, !names.contains(day.fileName + "-wal") else { throw error }
            let unchanged = try Database(path, .readingUnchanged)
            try DayFile.check(unchanged)
            return try curves.read(unchanged, of: day, &page)
        }
        try curves.read(database, of: day, &page)
    }
}
