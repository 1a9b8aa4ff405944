import Alerts
import Kernel
import Model
import Report

/// A program that is given each message as a JSON document on its standard input, one at a time.
enum CommandReceiver {
    /// Seconds after which it is killed.
    static let limit = 30.0

    static func tell(_ message: AlertMessage, _ words: [String]) throws(DeliveryFailure) {
        guard let program = words.first else { return }
        let status: Int32?
        do throws(KernelError) {
            status = try FedProcess.run(
                program, Array(words.dropFirst()), input: document(message), within: limit)
        } catch {
            throw DeliveryFailure(reason: error.description)
        }
        guard status != 0 else { return }
        throw DeliveryFailure(
            reason: "\(program) ended with "
                + (status.map { "status \($0)" } ?? "a signal"))
    }

    private static func document(_ message: AlertMessage) -> [UInt8] {
        let envelope = Envelope(
            .alert, tool: AgentProgram.tool, host: HostJSON(HostFacts.read(root: .host).0),
            data: AlertJSON(message))
        // Texts, and numbers that were made finite: nothing that cannot be encoded.
        return Array(((try? envelope.encoded(pretty: false)) ?? "").utf8)
    }
}
