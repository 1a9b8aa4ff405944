import Report

extension Completion {
    /// What `tcptune explain` knows.
    enum Topics {
        /// Rules, states and errors; counters and settings too, once a word is begun, since they are hundreds.
        static func named(_ start: String) -> [OfferedWord] {
            TopicListReport.all.flatMap { topic -> [OfferedWord] in
                guard !start.isEmpty || ["rule", "state", "errno"].contains(topic.kind) else {
                    return []
                }
                return spellings(of: topic).filter { $0.hasPrefix(start) && !$0.contains(" ") }
                    .map { OfferedWord($0, topic.summary) }
            }
        }

        /// `net.ipv4.tcp_fin_timeout` and `tcp_fin_timeout`; `TcpExt.TW`, and `TcpExtTW` as nstat has it.
        private static func spellings(of topic: TopicListReport.Entry) -> [String] {
            switch topic.kind {
            case "knob": [topic.name, Settings.lastPart(topic.name)]
            case "counter": [topic.name, topic.name.filter { $0 != "." }]
            default: [topic.name]
            }
        }

        /// The documents that `tcptune schema` prints.
        static var schemas: [OfferedWord] { Format.all.map { OfferedWord($0.word) } }
    }
}
