import Lab
import Model
import Report

/// What the wires of experiments see, and the file that it goes to.
struct CaptureRequest {
    let capture = Capture()
    private let output: ClaimedOutput

    /// Claims the file before anything runs.
    init(path: String, of experiments: [Experiment]) throws {
        let names = Experiment.onWire.map(\.name)
        if let other = experiments.first(where: { !names.contains($0.name) }) {
            throw CommandFailure(
                status: .usage,
                message:
                    "\(other.name) has no wire that --pcap could capture; experiments with a wire: \(names.joined(separator: ", "))"
            )
        }
        output = try ClaimedOutput.claim(path)
    }

    func write() throws {
        try output.write(capture.file(program: "tcptune \(Tcptune.tool.version)"))
    }
}
