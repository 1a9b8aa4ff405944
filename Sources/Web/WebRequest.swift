/// What a client asks for; its path and its query are decoded, and may hold any character.
package struct WebRequest: Sendable, Equatable {
    /// One name and its value, of a query string.
    package struct Parameter: Sendable, Equatable {
        package var name: String
        /// Empty where the query has a name only.
        package var value: String
    }

    /// `GET` or `HEAD`: the server answers others itself.
    package var method: String
    /// Begins with a slash.
    package var path: String
    /// In the order of the request; a name may come more than once.
    package var query: [Parameter]
    /// The value of the header `Accept`; nil where there is none.
    package var accept: String?

    package init(
        method: String = "GET", path: String, query: [Parameter] = [], accept: String? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.accept = accept
    }

    /// The first value of that name.
    package subscript(name: String) -> String? { query.first { $0.name == name }?.value }
}

extension WebRequest {
    /// Reads a request's target (RFC 9112, 3.2): `/path?query`, or a URL; nil for anything else.
    init?(method: String, target: String, accept: String?) {
        var rest = Substring(target)
        for scheme in ["http://", "https://"] where rest.lowercased().hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            rest = rest.firstIndex(where: { "/?".contains($0) }).map { rest[$0...] } ?? ""
            if !rest.hasPrefix("/") { rest = "/" + rest }
        }
        guard rest.hasPrefix("/") else { return nil }
        rest = rest.prefix { $0 != "#" }
        let raw = rest.prefix { $0 != "?" }
        guard let path = PercentEncoding.decoded(raw.utf8, plusIsSpace: false) else { return nil }
        var query: [Parameter] = []
        for part in rest.dropFirst(raw.count + 1).split(separator: "&") {
            let name = part.prefix { $0 != "=" }
            guard let decodedName = PercentEncoding.decoded(name.utf8, plusIsSpace: true),
                let value = PercentEncoding.decoded(
                    part.dropFirst(name.count + 1).utf8, plusIsSpace: true)
            else { return nil }
            query.append(Parameter(name: decodedName, value: value))
        }
        self.init(method: method, path: path, query: query, accept: accept)
    }
}
