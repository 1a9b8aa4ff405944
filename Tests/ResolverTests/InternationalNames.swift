import Model
import Testing

@testable import Resolver

@Suite struct InternationalNames {
    static let libraryIsThere: Bool = {
        if case .success = InternationalName.ascii(of: "ü") { true } else { false }
    }()

    @Test(.enabled(if: libraryIsThere, "needs libidn2"))
    func `have a form in ASCII`() throws {
        // Of RFC 3492 §7.1, and what UTS #46 does with capital letters, wide letters and other dots.
        for (name, ascii) in [
            ("bücher.example", "xn--bcher-kva.example"),
            ("BÜCHER.example", "xn--bcher-kva.example"),
            ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"), ("faß.de", "xn--fa-hia.de"),
            ("ｗｗｗ。example", "www.example"), ("bu\u{308}cher.example", "xn--bcher-kva.example"),
        ] {
            #expect(try InternationalName.ascii(of: name).get() == ascii)
        }
    }

    @Test(.enabled(if: libraryIsThere, "needs libidn2"))
    func `that are none are refused with the library's reason`() {
        for name in ["-ü.example", "\u{301}.example", String(repeating: "ü", count: 70)] {
            guard case .failure(let refusal) = HostName.parse(name) else {
                Issue.record("\(name) was taken")
                continue
            }
            #expect(refusal.failure.reason == .notASCII || refusal.failure.reason == .badName)
            #expect(refusal.failure.text.utf8.count > name.utf8.count + 20)
        }
    }

    @Test func `without the library say what is missing`() {
        let found = InternationalName.ascii(of: "bücher.example", library: "libidn2-none.so.0")
        guard case .failure(let refusal) = found else {
            Issue.record("it was found")
            return
        }
        #expect(refusal.failure.reason == .notASCII)
        #expect(refusal.failure.text.contains("libidn2-none.so.0"))
        #expect(refusal.failure.text.contains("xn--"))
    }
}
