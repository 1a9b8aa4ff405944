package import Audit
import Catalogue
package import Model
import Text

/// The page of `tcptune knobs`: settings beside what an untuned kernel has, and what boot will set.
package enum KnobsReport {
    /// - Parameters:
    ///   - origin: whether the line that boot goes by is shown, too.
    ///   - gap: a sentence on what could not be known.
    ///   - explain: the command that explains one of them.
    package static func document(
        _ readings: [KnobReading], origin: Bool, namespace: String, gap: String? = nil,
        explain: String = "tcptune explain KEY"
    ) -> Document {
        var columns = [
            Table.Column("setting"),
            Table.Column("value"),
            Table.Column("default", rank: 1),
            Table.Column("boot sets", rank: 2),
        ]
        if origin { columns.append(Table.Column("origin")) }
        columns.append(Table.Column("unit", rank: 3))
        let rows = readings.map { reading in
            var cells: [Table.Cell] = [
                .phrase(.code(reading.knob.key)), .phrase(value(of: reading)),
                .text(reading.initialText), .text(reading.bootLine?.value),
            ]
            if origin { cells.append(.text(reading.originText)) }
            cells.append(.text(reading.knob.unit == .none ? nil : reading.knob.unit.rawValue))
            return cells
        }
        guard !readings.isEmpty else {
            return Document(
                title: "tcptune: knobs",
                blocks: [.paragraph(gap.map { Phrase($0) } ?? none(origin, namespace))])
        }
        return Document(
            title: "tcptune: knobs",
            blocks: [gap].compactMap { $0 }.map { .paragraph(Phrase($0)) } + [
                .table(
                    Table(
                        "Settings of network namespace \(namespace)", columns: columns, rows: rows,
                        note:
                            "\(readings.count.grouped) shown; \(explain) explains a setting"
                    ))
            ])
    }

    /// Said where nothing is left to show: a table without rows would be no answer.
    private static func none(_ origin: Bool, _ namespace: String) -> Phrase {
        origin
            ? "No boot file names any of these settings, and neither does tuned's active profile, ufw or the kernel's command line."
            : Phrase(
                "In network namespace \(namespace), no setting with a fixed default differs from it. tcptune did not compare settings computed at boot (tcp_max_tw_buckets, tcp_max_syn_backlog and others)."
            )
    }

    private static func value(of reading: KnobReading) -> Phrase {
        switch reading.isChanged {
        case true?: .strong(reading.valueText)
        case false?, nil:
            reading.setting?.value == nil ? .quiet(reading.valueText) : Phrase(reading.valueText)
        }
    }

    /// One `tcptune.knobs/1` document.
    package static func json(
        _ readings: [KnobReading], host: Host, tool: Tool, notes: [String]
    ) throws -> String {
        try Envelope(
            .knobs, tool: tool, host: HostJSON(host),
            data: KnobsJSON(settings: readings.map(KnobJSON.init)), notes: notes
        ).encoded(pretty: true)
    }
}

/// The data of `tcptune.knobs/1`.
struct KnobsJSON: Encodable, Sendable {
    let settings: [KnobJSON]
}

/// A setting, and what is known of it.
struct KnobJSON: Encodable, Sendable {
    let key: String
    @Explicit var value: String?
    @Explicit var missing: String?
    @Explicit var untuned: String?
    @Explicit var isChanged: Bool?
    @Explicit var boot: String?
    @Explicit var origin: String?
    let shadowed: [SettingJSON.Line]
    let others: [SettingJSON.Other]?
    let unit: String
    let scope: String
    let meaning: String

    enum CodingKeys: String, CodingKey {
        case key, value, missing, untuned, boot, origin, shadowed, others, unit, scope, meaning
        case isChanged = "is_changed"
    }

    init(_ reading: KnobReading) {
        let setting = SettingJSON(
            reading.setting ?? Setting(key: reading.knob.key, missing: .absent))
        key = setting.key
        value = setting.value
        missing = setting.missing
        untuned = reading.initialText
        isChanged = reading.isChanged
        boot = setting.boot
        origin = setting.origin
        shadowed = setting.shadowed
        others = setting.others
        unit = reading.knob.unit.rawValue
        scope = reading.knob.scope.words
        meaning = reading.knob.meaning
    }
}
