import FoundationEssentials

/// Reads documents that tcptune wrote: the format first, for what a newer one holds may be anything.
enum EnvelopeReader {
    enum CodingKeys: String, CodingKey { case format, tool, host, data, notes }

    /// Decodes a type that asks for its format itself, see ``format(of:among:)``.
    static func decode<File: Decodable>(
        _: File.Type, _ bytes: [UInt8]
    ) throws(EnvelopeRefusal) -> File {
        do {
            return try JSONDecoder().decode(File.self, from: Data(bytes))
        } catch {
            throw EnvelopeRefusal(error)
        }
    }

    /// Which of the formats the document has; a newer one of the same name is refused, and any other.
    static func format(
        of container: KeyedDecodingContainer<CodingKeys>, among formats: [Format]
    ) throws -> Format {
        guard let text = try container.decodeIfPresent(String.self, forKey: .format) else {
            throw EnvelopeRefusal.noFormat
        }
        for format in formats {
            guard let number = format.number(in: text) else { continue }
            guard number <= format.number else {
                throw EnvelopeRefusal.newer(format, number: number)
            }
            return format
        }
        throw EnvelopeRefusal.otherFormat(text)
    }
}
