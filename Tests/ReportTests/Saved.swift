import Audit
import FoundationEssentials
import Lab
import Model

@testable import Report
import Statistics

/// Documents that runs of the program wrote, and such as scenes make.
enum Saved {
    static let names = [
        "load-narrow", "load-wide", "load-once-narrow", "load-once-wide", "lab-busy", "lab-calm",
        "proof",
    ]

    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/")
        return Array(try Data(contentsOf: URL(filePath: "\(folder)/Fixtures/\(name).json")))
    }

    static func file(_ name: String) throws -> SavedFile {
        try SavedFile(name: "\(name).json", bytes(name))
    }

    static func snapshot(_ scene: Scene) throws -> SavedFile {
        let observation = Observation(
            host: scene.host,
            views: scene.assessments.map {
                .init(now: $0.situation.now, earlier: $0.situation.earlier)
            })
        return try SavedFile(
            name: "\(scene.name).json",
            SnapshotFile.encode(observation, tool: Scene.options.tool))
    }

    static func audit(_ scene: Scene) throws -> SavedFile {
        try SavedFile(name: "\(scene.name)-audit.json", Array(scene.json.utf8))
    }

    /// A lab result whose experiment, arms and claims have that name.
    static func named(_ name: String) throws -> SavedFile {
        var json = String(decoding: try bytes("lab-busy"), as: UTF8.self)
        let safe = String(decoding: try JSONEncoder().encode(name), as: UTF8.self).dropFirst()
            .dropLast()
        json = json.replacing("tcp_tw_reuse = 0", with: safe).replacing(
            "\"reuse\"", with: "\"\(safe)\"")
        return try SavedFile(name: name, Array(json.utf8))
    }

    /// A lab result whose arms' first runs were watched.
    static func watched(_ exchanges: [Exchange]) throws -> (file: SavedFile, report: LabReport) {
        let file = try file("lab-busy")
        guard case .lab(var lab) = file.document else { throw NoLab() }
        for (place, exchange) in exchanges.enumerated() {
            lab.experiments[0].arms[place].trials[0].exchange = exchange
        }
        return (
            file,
            LabReport(
                lab.experiments, repeatedBy: lab.command, seconds: lab.seconds, form: .experiments)
        )
    }

    private struct NoLab: Error {}

    /// A comparison with its page.
    static func comparison(
        _ before: SavedFile, _ after: SavedFile, _ conditions: String...
    ) throws -> (data: ComparisonJSON, report: ComparisonReport) {
        let (data, notes) = try ComparedPair(before, after).comparison(
            gates: conditions.compactMap { .init($0) })
        return (data, ComparisonReport(data, host: after.host, notes: notes))
    }
}
