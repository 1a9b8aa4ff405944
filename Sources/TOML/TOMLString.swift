/// Text as TOML writes it.
package enum TOMLString {
    /// In double quotes.
    package static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            default: quoted += isControl(scalar) ? "?" : String(Character(scalar))
            }
        }
        return quoted + "\""
    }

    /// In a comment, on one line and of bearable length.
    package static func comment(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(400).map { isControl($0) ? "?" : Character($0) }
        return "# " + String(scalars)
    }

    /// Also the two that Unicode calls ends of lines.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar.value == 0x2028
            || scalar.value == 0x2029
    }
}
