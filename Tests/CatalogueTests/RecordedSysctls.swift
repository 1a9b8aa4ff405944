import FoundationEssentials
import Model
import Testing

@testable import Catalogue

/// What kernels of several releases had under /proc/sys before anybody changed it, as `Tests/OtherKernels` recorded it.
struct RecordedSysctls: CustomTestStringConvertible {
    let release: KernelRelease
    /// `net.ipv4.tcp_fin_timeout` to `60`.
    let values: [String: String]

    var testDescription: String { "Linux \(release)" }

    static let all: [RecordedSysctls] = ["5.10", "6.1", "6.12", "7.3"].compactMap(read)

    private static func read(_ name: String) -> RecordedSysctls? {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let path = "/\(folder)/Fixtures/sysctl-\(name).txt"
        guard let release = KernelRelease(name),
            let data = try? Data(contentsOf: URL(filePath: path))
        else { return nil }
        var values: [String: String] = [:]
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            guard let sign = line.firstRange(of: " = ") else { continue }
            values[String(line[..<sign.lowerBound])] = String(line[sign.upperBound...])
        }
        return RecordedSysctls(release: release, values: values)
    }
}
