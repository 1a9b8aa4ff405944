extension Symptom {
    /// Every symptom the catalogue knows.
    package static let all: [Symptom] =
        logLines + logLinesOfDevices + errnos + furtherErrnos + programs + datagrams

    /// The symptom of this name, letter case aside.
    package static func named(_ name: String) -> Symptom? { byName[name.lowercased()] }

    private static let byName: [String: Symptom] = Dictionary(
        all.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
}
