import Glibc

/// Documents against the schemas that the program prints, by a validator that others wrote.
enum JSONSchema {
    static let hasValidator =
        (try? Program.run(["python3", "-c", "import jsonschema"]).status) == 0
    static let reason = "python3-jsonschema is not installed"

    /// What is wrong with a document of that kind; nil where nothing is.
    static func objection(to json: String, as kind: String) throws -> String? {
        let file = try Temporary.file(json)
        defer { unlink(file) }
        let script = """
            import json, sys, jsonschema
            jsonschema.validate(json.load(open(sys.argv[2])), json.load(open(sys.argv[1])))
            """
        let schema = try Temporary.file(
            try Program.run([Program.tcptune, "schema", "tcptune.\(kind)/1"]).output)
        defer { unlink(schema) }
        let outcome = try Program.run(["python3", "-c", script, schema, file])
        return outcome.status == 0 ? nil : outcome.errors
    }
}
