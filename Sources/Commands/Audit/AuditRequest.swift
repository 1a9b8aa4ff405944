import Audit
import Kernel
import Model
import Report

/// What `tcptune audit` is to do.
struct AuditRequest {
    var reading = ReadingRequest()
    var showing = ShowingRequest()
    var failOn = FailureThreshold.warning
    var extent = AuditExtent.page

    func run() throws {
        let output = try showing.claim()
        var reading = reading
        reading.judgedSettingsOnly = showing.form != .json && reading.save == nil
        let observation = try reading.observation(besides: showing)
        let assessments = Assessment.all(of: observation, from: reading.origin)
        switch extent {
        case .page: try showing.show(assessments, host: observation.host, to: output)
        case .brief:
            try output.write(
                AuditReport.brief(assessments, colour: showing.isColoured(output)))
        case .summary:
            try output.write(
                try AuditReport.summary(assessments, host: observation.host, tool: Tcptune.tool))
        case .nothing: break
        }
        let worst = assessments.flatMap(\.findings).map(\.severity).max()
        var status = ExitStatus.clean
        if let worst, let least = failOn.severity, worst >= least { status = .found }
        // What was read is not taken down piece by piece: that takes longer than many a rule.
        withExtendedLifetime((observation, assessments)) {
            ProcessExit.leave(with: status.rawValue)
        }
    }
}

extension AuditRequest {
    /// What the words behind the program's name ask for; nil unless they are the command and flags alone.
    ///
    /// These words need no parser, which takes longer than the audit of a small host (measured: 17 of 37 million
    /// instructions).
    init?(plain words: some Sequence<String>) {
        self.init()
        for (index, word) in words.enumerated() {
            switch word {
            case AuditCommand.name where index == 0: continue
            case "--listeners": reading.listeners = true
            case "--processes": reading.processes = true
            case "--json": showing.form = .json
            default: return nil
            }
        }
    }
}
