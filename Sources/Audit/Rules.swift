/// All rules, in the order of a report.
enum Rules {
    static let all: [any Rule] = []
}
