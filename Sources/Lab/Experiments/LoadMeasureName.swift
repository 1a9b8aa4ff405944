import Model
import Text

/// The name of a quantity that a run of the load generator has, as a user's experiment writes it.
///
/// Beside ``Measure/ofLoad`` those made of what occurred: `errors_EADDRNOTAVAIL`, `client_TIME_WAIT`,
/// `server_TcpExt.ListenOverflows`.
enum LoadMeasureName {
    /// What this kernel counts, and so what a run can tell.
    static func all(on counters: Counters) -> Set<String> {
        let states = TCPState.allCases.map(\.name)
        let counts = ["Tcp", "TcpExt"].flatMap { group in
            (counters.groups[group] ?? [:]).keys.map { "\(group).\($0)" }
        }
        let sides = ["client_", "server_"].flatMap { side in (states + counts).map { side + $0 } }
        return Set(Measure.ofLoad.map(\.name) + Failure.names.map { "errors_" + $0 } + sides)
    }

    /// Why there is none of that name.
    static func refusal(of name: String, among known: Set<String>) -> String {
        let near = NearMiss.nearest(to: name, among: known.sorted())
        guard near.isEmpty else {
            return
                "unknown measure '\(name)'; did you mean \(near.joined(separator: " or "))?"
        }
        let names = Measure.ofLoad.map(\.name).joined(separator: ", ")
        return
            "unknown measure '\(name)'; there are \(names); errors_ with the name of an errno, client_ and server_ with that of a state or a counter (client_TcpExt.TWRecycled)"
    }
}
