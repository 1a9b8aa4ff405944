import Model
import Tuning

extension Completion {
    /// What was applied, as far as this user may know: the journal is root's.
    enum Transactions {
        static var waiting: [OfferedWord] {
            let record = try? Journal.glance()
            return [record].compactMap(\.self).filter { $0.state == .applied }
                .map { word($0, "waits for confirmation") }
        }

        static var active: [OfferedWord] {
            let confirmed = (try? History.read())?.inForce ?? []
            return waiting + confirmed.reversed().map { word($0, "confirmed") }
        }

        private static func word(_ record: TransactionRecord, _ state: String) -> OfferedWord {
            OfferedWord(String(record.id.prefix(8)), "\(record.profile), \(state)")
        }
    }
}
