import ArgumentParser

/// The options that say in which form a result is shown, and where.
struct ShowingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Output format.", valueName: "form"))
    var format: OutputFormat?

    @Flag(help: "Same as --format json.")
    var json = false

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "Write the result to a file; - means standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    @Option(
        help: ArgumentHelp("Rows per table of an audit; JSON has all rows.", valueName: "n"))
    var top = ShowingRequest().top

    func validate() throws {
        guard output?.isEmpty != true else {
            throw ValidationError("--output needs a name, not an empty word.")
        }
        guard top > 0 else { throw ValidationError("--top takes a number of 1 or more.") }
        if json, let format, format != .json {
            throw ValidationError("--json contradicts --format \(format.rawValue).")
        }
    }

    /// As ``request``; a file says by its name what it is to be, where no form was asked for.
    var requestByName: ShowingRequest {
        var request = request
        guard format == nil, !json, let output else { return request }
        for (ending, form) in [(".html", OutputFormat.html), (".json", .json), (".md", .markdown)]
        where output.hasSuffix(ending) {
            request.form = form
        }
        return request
    }

    var request: ShowingRequest {
        ShowingRequest(
            form: json ? .json : format ?? ShowingRequest().form, output: output, top: top)
    }
}

/// The forms of a result.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown, html
}
