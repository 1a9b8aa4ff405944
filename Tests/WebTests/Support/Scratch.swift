import Glibc

/// A directory of a test's own that goes when the test does.
final class Scratch {
    let path: String

    init() throws {
        var template = Array("/tmp/web-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Client.Failure(words: "mkdtemp: \(errno)") }
        path = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { _ = try? Program.run("rm -rf '\(path)'") }

    subscript(name: String) -> String { "\(path)/\(name)" }

    /// Writes a file in place, as `echo >` does; a second one in the same tick has the same time.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        guard let file = fopen(self[name], "w") else {
            throw Client.Failure(words: "fopen: \(errno)")
        }
        fputs(text, file)
        fclose(file)
        return self[name]
    }

    /// A self-signed certificate and its key, `NAME.crt` and `NAME.key`.
    func makeCertificate(_ name: String, names: String = "IP:127.0.0.1") throws {
        try Program.run(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
                + " -subj /CN=\(name) -addext subjectAltName=\(names)"
                + " -keyout '\(self[name]).key' -out '\(self[name]).crt' 2>/dev/null")
    }
}
