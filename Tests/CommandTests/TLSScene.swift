import FoundationEssentials
import Glibc

/// The scene of servers that speak TLS, and what of it tests need.
enum TLSScene {
    /// Seconds that a busy machine may take beyond a time limit.
    static let leeway = 12.0

    static let isPossible =
        (try? Program.run([
            "sh", "-c",
            "command -v nginx && command -v openssl && ldconfig -p | grep -q 'libssl\\.so\\.[13]'",
        ]).status) == 0

    /// A file of the scene.
    static func file(_ scene: Scene, _ name: String) -> String {
        (scene.facts.source ?? "") + "/" + name
    }

    /// Traces by the certificates of the scene's own authority.
    static func run(_ scene: Scene, _ words: [String]) throws -> Program.Outcome {
        try scene.run(
            ["env", "SSL_CERT_FILE=" + file(scene, "ca.pem"), Program.tcptune, "trace"] + words,
            within: 60)
    }

    static func trace(
        _ scene: Scene, _ url: String, _ options: String..., status: Int32 = 0
    ) throws -> (TraceOutput, String) {
        let outcome = try run(scene, [url, "--json"] + options)
        guard outcome.status == status else {
            throw Program.Failure("\(url): status \(outcome.status): \(outcome.errors)")
        }
        return (try TraceOutput(outcome.output), outcome.output)
    }

    /// How a server's connections ended, as it wrote it down; it may be about to.
    static func ends(_ scene: Scene, _ port: Int, count: Int = 1) throws -> [String] {
        for _ in 0..<500 {
            let text = (try? Temporary.content(of: file(scene, "\(port)"))) ?? ""
            let lines = text.split(separator: "\n").map(String.init)
            if lines.count >= count { return lines }
            usleep(10_000)
        }
        return []
    }
}
