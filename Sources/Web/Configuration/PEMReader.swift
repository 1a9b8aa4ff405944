/// Certificates and keys, which stand in the configuration itself or in files that it names.
struct PEMReader {
    var section: [String: YAMLNode]
    /// Where the section begins.
    var line: Int
    var reader: FieldReader

    /// What `name` holds or `name_file` leads to; nil where neither is there.
    func material(
        _ name: String, files: inout FilesRead
    ) throws(WebError) -> TLSSettings.Material? {
        let inPlace = try reader.text(section[name], name)
        guard let path = try reader.text(section[name + "_file"], name + "_file") else {
            return inPlace.map { text in
                let place = "\(reader.file):\(section[name]?.line ?? line)"
                return TLSSettings.Material(bytes: Array(text.utf8), origin: place)
            }
        }
        guard inPlace == nil else {
            throw reader.refusal(
                section[name]?.line ?? line, "give \(name) or \(name)_file, not both")
        }
        let full = path.hasPrefix("/") ? path : directory + path
        do throws(WebError) {
            return TLSSettings.Material(bytes: try files.read(full), origin: full)
        } catch {
            throw reader.refusal(section[name + "_file"]?.line ?? line, "\(error)")
        }
    }

    /// With a slash behind it: a path is meant from where the configuration lies.
    private var directory: String {
        reader.file.lastIndex(of: "/").map { String(reader.file[...$0]) } ?? ""
    }
}
