import Catalogue
import FoundationEssentials
import Testing

@testable import Audit

@Suite struct `Names of sysctls` {
    @Test(arguments: ["5.10", "6.1", "6.12", "7.3"])
    func `of a recorded kernel are none misspelt`(release: String) throws {
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let path = "/\(tests)/CatalogueTests/Fixtures/sysctl-\(release).txt"
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let keys = text.split(separator: "\n").compactMap { $0.split(separator: " ").first }
            .filter { key in
                !["conf", "neigh", "route", "nf_log"].contains { key.contains(".\($0).") }
            }
        #expect(keys.count > 200)
        for key in keys {
            #expect(Knob.named(String(key)) != nil || KernelKeys.contains(String(key)), "\(key)")
        }
    }
}
