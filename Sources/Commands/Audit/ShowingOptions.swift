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

    @Option(
        help: ArgumentHelp(
            "Colour the text: auto (on a terminal, unless NO_COLOR is set), always, never.",
            valueName: "when"))
    var color = ColourChoice.auto

    /// A file says by its name what it is to be, where no form was asked for.
    var request: ShowingRequest {
        ShowingRequest(form: form, output: output, top: top, colour: color)
    }

    private var form: OutputFormat {
        if json { return .json }
        if let format { return format }
        let endings = [(".html", OutputFormat.html), (".json", .json), (".md", .markdown)]
        return endings.first { output?.hasSuffix($0.0) == true }?.1 ?? ShowingRequest().form
    }
}

/// When text is coloured.
enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// The forms of a result.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown, html
}
