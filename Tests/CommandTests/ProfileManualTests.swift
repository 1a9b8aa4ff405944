import Audit
import Catalogue
import Model
import Testing
import Tuning

/// `man/tcptune-profile.5` says what the parser takes.
@Suite struct `The manual of profiles` {
    private static func page() throws -> String {
        try Temporary.content(of: Project.path + "/man/tcptune-profile.5")
    }

    /// The names of a list's entries, in a subsection.
    private static func entries(_ section: String) throws -> Set<String> {
        let lines = try page().split(separator: "\n")
        guard let start = lines.firstIndex(of: ".Ss \(section)") else { return [] }
        let rest = lines[(start + 1)...].prefix { !$0.hasPrefix(".Ss ") && !$0.hasPrefix(".Sh ") }
        return Set(
            rest.filter { $0.hasPrefix(".It Li ") }.map { String($0.dropFirst(".It Li ".count)) })
    }

    @Test func `has every key, and none that is refused`() throws {
        #expect(try Self.entries("[profile]") == Set(ProfileFormat.profileKeys))
        #expect(try Self.entries("[[setting]]") == Set(ProfileFormat.settingKeys))
    }

    @Test func `has every computed value and every operator`() throws {
        #expect(
            try Self.entries("Computed values")
                == Set(ProfileFormat.computedValues.map { #"\(dq\#($0)\(dq"# }))
        let words = Set(try Self.page().split { $0 == " " || $0 == "\n" })
        for comparison in Requirement.Comparison.allCases {
            #expect(words.contains(Substring(comparison.rawValue)), "\(comparison)")
        }
    }

    @Test func `has every experiment and every shipped profile`() throws {
        let page = try Self.page()
        for name in ExperimentID.names
            + ProfileLibrary(directories: [Project.path + "/profiles"]).names
        {
            #expect(page.contains(name), "\(name)")
        }
    }

    @Test func `shows a profile that is taken`() throws {
        let lines = try Self.page().split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: ".Sh EXAMPLES"))
        let example = lines[(start + 2)...].prefix { $0 != ".Ed" }.joined(separator: "\n")
        let reading = try ProfileReader.read(bytes: Array(example.utf8), path: "orders.toml")
        #expect(reading.profile.settings.count == 3)
        #expect(reading.extends.map(\.name) == ["web-server"])
    }

    @Test func `and the parser know the audit's rules`() {
        #expect(RuleID.allCases == RuleGuide.ids)
    }
}
