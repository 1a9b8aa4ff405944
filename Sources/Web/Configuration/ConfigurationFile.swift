/// The web configuration as it is now: read again whenever its file, or one that it names, is another.
///
/// For one thread.
final class ConfigurationFile {
    /// What was made of the file.
    struct Reading {
        var configuration = WebConfiguration()
        var tls: TLSContext?
    }

    private let path: String?
    private let isExposed: Bool
    private let report: @Sendable (String) -> Void
    private var files: FilesRead
    /// Why the file cannot be used as it is now; nil where it is used.
    private(set) var error: WebError?
    /// The last that could be used.
    private(set) var reading: Reading
    /// One more with each change: a connection that began under another is not used any further.
    private(set) var generation = 0

    /// - Parameter isExposed: whether other hosts can connect, so that encryption and passwords must be asked for.
    init(
        _ path: String?, isExposed: Bool, report: @escaping @Sendable (String) -> Void
    ) throws(WebError) {
        self.path = path
        self.isExposed = isExposed
        self.report = report
        var files = FilesRead()
        reading = try Self.read(path, isExposed: isExposed, files: &files)
        self.files = files
    }

    /// Looks whether something changed, which takes some microseconds.
    func refresh() {
        guard let path, files.areOutdated else { return }
        files = FilesRead()
        do throws(WebError) {
            let new = try Self.read(path, isExposed: isExposed, files: &files)
            let isNew = new.configuration != reading.configuration
            if isNew || error != nil { report("read \(path) again: its settings are in effect") }
            if isNew {
                reading = new
                generation += 1
            }
            self.error = nil
        } catch {
            if error != self.error { report("\(error); every request is answered 500 until then") }
            self.error = error
        }
    }

    /// - Throws: where the file cannot be used, or where it leaves open to others what it must not.
    private static func read(
        _ path: String?, isExposed: Bool, files: inout FilesRead
    ) throws(WebError) -> Reading {
        var reading = Reading()
        if let path {
            reading.configuration = try WebConfiguration(reading: path, files: &files)
            if let settings = reading.configuration.tls { reading.tls = try TLSContext(settings) }
        }
        if isExposed, let reason = reading.configuration.exposure {
            throw WebError(
                "serve", "other hosts",
                "\(reason); set tls_server_config and basic_auth_users in the web configuration file,"
                    + " or listen on 127.0.0.1, [::1] or unix:/PATH only")
        }
        return reading
    }
}
