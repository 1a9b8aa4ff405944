import Model

/// The machine as the head of a document names it.
struct SavedHost: Decodable {
    let host: Host

    private enum CodingKeys: String, CodingKey {
        case name, kernel, machine, processors
        case bootID = "boot_id"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        host = Host(
            name: try container.decode(String.self, forKey: .name),
            kernel: try container.decode(String.self, forKey: .kernel),
            machine: try container.decode(String.self, forKey: .machine),
            bootID: try container.decodeIfPresent(String.self, forKey: .bootID),
            processors: try container.decodeIfPresent(Int.self, forKey: .processors))
    }
}
