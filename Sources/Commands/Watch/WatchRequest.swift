import Watching

/// What `tcptune watch` is to do.
struct WatchRequest {
    /// Seconds between two looks.
    var interval = usualInterval
    var netns: String?
    /// Of one processor, that looking may take.
    var share = ProcessorBudget.usualShare
    /// Seconds after which it ends; nil for when it is told to.
    var length: Double?
    var form = Form.screenOrLines
    /// Whether the screen is drawn among the other lines of the terminal.
    var isInline = false

    static let usualInterval = 1.0

    enum Form {
        /// The screen on a terminal, otherwise lines.
        case screenOrLines
        case lines
        case json
    }
}
