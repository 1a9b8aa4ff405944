import Testing

/// Text that others may put wherever text of theirs is shown: each tries to be more than text.
struct Payload: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String

    var testDescription: String { name }

    static let all = texts.map { Payload(name: $0.name, text: $0.text) }

    /// All of them in one, and those that begin with what joins or means something there.
    static let few =
        [Payload(name: "all", text: texts.map(\.text).joined(separator: " "))]
        + all.filter {
            ["a bar with a mark", "joined to what is before", "a quote"].contains($0.name)
        }

    private static let texts: [(name: String, text: String)] = [
        // A mark upon a character makes another character of it, and the same scalar for a parser.
        ("a bar with a mark", "a|\u{301} b|\u{301} c"),
        (
            "backquotes with marks",
            "`\u{301} ![p](http://evil.example/p.png) [c](http://evil.example/) `\u{301}"
        ),
        (
            "elements with marks",
            "<\u{338}img src=http://evil.example/x>\u{338} &\u{20e3}lt;b&\u{20e3}gt;"
        ),
        ("a backslash with a mark", "\\\u{301}| \\\u{301}` \\"),
        ("joined to what is before", "\u{301}\u{338}\u{fe0f}\u{200d}|"),
        ("directions", "\u{202e}txt.exe\u{202c}\u{2066}x\u{2069}\u{200f}\u{61c}"),
        ("other formats", "a\u{ad}b\u{200b}c\u{2060}d\u{feff}e\u{e0041}f\u{180e}g"),
        ("line ends", "one\ntwo\r\nthree\rfour\u{b}\u{c}\u{85}\u{2028}\u{2029}five"),
        ("controls", scalars(0..<0x20)),
        ("more controls", scalars(0x7f..<0xa0)),
        (
            "colours and titles",
            "\u{1b}[31mred\u{1b}[0m\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}2J\u{90}q\u{9c}"
        ),
        ("a link of terminals", "\u{1b}]8;;http://evil.example/\u{1b}\\here\u{1b}]8;;\u{1b}\\"),
        ("the clipboard", "\u{1b}]52;c;cm0gLXJmIC8=\u{7}"),
        ("an image", "<img src=http://evil.example/x onerror=alert(1)>"),
        ("an attribute's end", "\"><svg onload=alert(1)> '><b onmouseover='x' \" onfocus=\"x"),
        ("a script", "</title></style></text></code></pre><script>alert(1)</script>"),
        ("a comment", "--><b>x</b><!-- ]]> <![CDATA[<b>]]> <?x?> <!x>"),
        ("entities", "&lt;b&gt; &#60;i&#62; &amp;lt; &copy"),
        ("one backquote", "a ` b"), ("backquotes", "``` x ```` y `` z"),
        ("a fence", "```\n# h\n<img src=x>\n```\n~~~\n# h\n~~~"),
        ("bars", "| a | b |\n|---|---|\n| \\| | \\\\|"), ("one bar", "|"),
        ("links", "[x](http://evil.example/) ![y](z) [a][b] [b]: http://evil.example/ [^1]"),
        (
            "bare links",
            "http://evil.example/ https://a.b WWW.evil.example www.evil.example ftp://evil.example/"
        ),
        ("links in signs", "<http://evil.example/> <me@evil.example>"),
        (
            "mail",
            "me@evil.example a.b+c-d_e@evil.example mailto:me@evil.example xmpp:me@evil.example/x"
        ),
        ("weight", "**b** __b__ *i* _i_ ~~s~~ $x$ :smile: @somebody #1"),
        ("a heading", "# h"), ("a line below", "==="), ("a rule", "---"), ("stars", "***"),
        ("a list", "- l"), ("a plus", "+ l"), ("a numbered list", "1. l"), ("a bracket", "1) l"),
        ("a number and a dot", "7."), ("a quote", "> q"), ("code by spaces", "    code"),
        ("code by a tab", "\tcode"), ("an end of line", "x\\"), ("two spaces", "x  "),
        ("nothing", ""), ("a space", " "), ("spaces", "     "), ("a word", "word"),
        ("a long word", String(repeating: "W", count: 400)),
        ("long", String(repeating: "a word ", count: 60)),
        ("many marks", "Z" + String(repeating: "\u{301}\u{327}", count: 100)),
        ("wide", String(repeating: "漢字", count: 60)),
        ("families", String(repeating: "👩\u{200d}👩\u{200d}👧\u{200d}👦", count: 12)),
        ("private use", "\u{e000}\u{f8ff}\u{10fffd}"),
        ("all at once", Scene.evil),
    ]

    private static func scalars(_ range: Range<UInt32>) -> String {
        var text = String.UnicodeScalarView()
        for value in range { if let scalar = Unicode.Scalar(value) { text.append(scalar) } }
        return String(text)
    }
}
