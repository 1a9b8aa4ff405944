package import Audit
package import Model

/// An audit shown in any of its four forms.
package enum AuditReport {
    package struct Options: Sendable, Hashable {
        /// How many rows a table of a page has at most; JSON has them all.
        package var top: Int
        /// Places of a terminal's line.
        package var width: Int
        package var colour: Bool
        /// Whether JSON is laid out over several lines.
        package var pretty: Bool
        package var tool: Tool
        package var choice: TableChoice

        package init(
            top: Int = 10, width: Int = 80, colour: Bool = false, pretty: Bool = true, tool: Tool,
            choice: TableChoice = TableChoice()
        ) {
            self.top = max(top, 1)
            self.width = width
            self.colour = colour
            self.pretty = pretty
            self.tool = tool
            self.choice = choice
        }
    }

    /// The page, for other renderers.
    package static func document(
        _ assessments: [Assessment], host: Host, options: Options
    ) -> Document {
        AuditDocument(
            assessments: assessments, host: host, top: options.top, choice: options.choice
        ).document
    }

    package static func text(
        _ assessments: [Assessment], host: Host, options: Options
    ) -> String {
        TerminalRenderer(width: options.width, colour: options.colour)
            .render(document(assessments, host: host, options: options))
    }

    package static func markdown(
        _ assessments: [Assessment], host: Host, options: Options
    ) -> String {
        MarkdownRenderer().render(document(assessments, host: host, options: options))
    }

    package static func html(
        _ assessments: [Assessment], host: Host, options: Options
    ) -> String {
        HTMLRenderer().render(document(assessments, host: host, options: options))
    }

    /// One `tcptune.audit/1` document, with a newline at its end.
    package static func json(
        _ assessments: [Assessment], host: Host, options: Options
    ) throws -> String {
        try Envelope(
            .audit, tool: options.tool, host: HostJSON(host), data: AuditJSON(assessments),
            notes: AuditNotes.all(assessments)
        ).encoded(pretty: options.pretty)
    }

    /// One line for each finding.
    package static func brief(_ assessments: [Assessment], colour: Bool) -> String {
        AuditBrief(assessments: assessments).text(colour: colour)
    }

    /// The audit in at most ``SummaryJSON/largest`` bytes, on one line: what does not fit is counted.
    package static func summary(
        _ assessments: [Assessment], host: Host, tool: Tool
    ) throws -> String {
        func text(_ data: SummaryJSON) throws -> String {
            try Envelope(.summary, tool: tool, host: HostJSON(host), data: data)
                .encoded(pretty: false)
        }
        var most = SummaryJSON.mostFindings
        while most > 0 {
            let text = try text(SummaryJSON(assessments, most: most))
            if text.utf8.count <= SummaryJSON.largest { return text }
            most -= 1
        }
        return try text(SummaryJSON(assessments, most: 0))
    }
}
