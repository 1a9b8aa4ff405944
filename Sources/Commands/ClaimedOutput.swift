import Kernel
import Report

/// Where a result goes: standard output, or a file that was claimed before the work began.
enum ClaimedOutput {
    case standard
    case file(OutputFile)

    static func claim(_ path: String) throws -> ClaimedOutput {
        // Named by its other name, it is a terminal all the same.
        if path == "/dev/stdout" { return .standard }
        do throws(KernelError) {
            return .file(try OutputFile.claim(path))
        } catch {
            throw CommandFailure.writing(error)
        }
    }

    /// Columns to lay text out for; for a program that reads it, or a file, unlimited unless COLUMNS says how many.
    var width: Int {
        let asked = Environment["COLUMNS"].flatMap { Int($0) }
        guard case .standard = self else { return TerminalRenderer.unlimited }
        guard let columns = Output.standard.columns ?? asked else {
            return TerminalRenderer.unlimited
        }
        return max(columns, TerminalRenderer.narrowest)
    }

    /// Colour is for terminals, and only where NO_COLOR is not set (https://no-color.org).
    var wantsColour: Bool {
        guard case .standard = self else { return false }
        return Output.standard.isTerminal && Environment["NO_COLOR"]?.isEmpty ?? true
            && Environment["TERM"] != "dumb"
    }

    func write(_ text: String) throws { try write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) throws {
        do throws(KernelError) {
            switch self {
            case .standard: try Output.standard.write(bytes)
            case .file(let file): try file.finish(bytes)
            }
        } catch {
            throw CommandFailure.writing(error)
        }
    }
}
