/// The source tree that these tests were built from.
enum Project {
    static let path: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/")
    }()

    /// What `pattern` matches in the files of a directory, each once.
    static func matches(of pattern: String, in directory: String) throws -> Set<String> {
        let found = try Program.run(["grep", "-rhoE", pattern, path + "/" + directory])
        return Set(found.output.split(separator: "\n").map(String.init))
    }
}
