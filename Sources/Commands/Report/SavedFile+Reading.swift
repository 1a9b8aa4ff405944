import Kernel
import Model
import Report

extension SavedFile {
    /// Reads a document that tcptune wrote.
    static func read(_ path: String) throws -> SavedFile {
        let bytes: [UInt8]
        do throws(KernelError) {
            bytes = try InputFile.read(path, limit: largestBytes)
        } catch {
            throw CommandFailure.reading(error)
        }
        do throws(SavedFileError) {
            return try SavedFile(name: path, bytes)
        } catch {
            throw CommandFailure(status: .badData, message: "cannot read \(path): \(error)")
        }
    }
}
