import Kernel
import Model
import Report

/// `tcptune explain --list`: all that can be explained, by kind.
struct ExplainListing {
    let pattern: String?

    func show(_ showing: ShowingRequest) throws {
        let output = try showing.claim()
        let wanted = pattern.map(KeyPattern.init)
        let topics = TopicListReport.all.filter { topic in
            wanted.map { $0.matches(topic.name.lowercased()) } ?? true
        }
        guard !topics.isEmpty else {
            throw CommandFailure(
                status: .found,
                message:
                    "no name that explain knows matches \(CommandFailure.cited(pattern ?? ""))"
            )
        }
        try showing.show(TopicListReport.document(topics, width: output.width), to: output) {
            try TopicListReport.json(
                topics, host: HostFacts.read(root: .host).0, tool: Tcptune.tool)
        }
    }
}
