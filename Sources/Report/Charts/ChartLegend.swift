import Model
import Text

/// What the colours, dashes and shapes of a picture stand for.
enum ChartLegend {
    enum Sign: Sendable, Hashable {
        /// An area of that kind.
        case box(String)
        /// A line of that kind, with its dashes.
        case line(String)
        case shape(Shape)
    }

    struct Entry: Sendable, Hashable {
        var sign: Sign
        var name: String
    }

    static func entries(_ kind: Chart.Kind) -> [Entry] {
        switch kind {
        case .ports(let ports):
            return PortsChart.legend.enumerated()
                .filter { index, _ in
                    ports.rows.contains {
                        $0.bar.shares.indices.contains(index) && $0.bar.shares[index] > 0
                    }
                }
                .map { Entry(sign: .box($0.element.0), name: $0.element.1) }
        case .closings(let closings): return boxes(closings.series.map(\.name))
        case .states(let states):
            return states.parts.map {
                Entry(
                    sign: .box(StatesChart.kind($0.state)),
                    name: "\($0.state.name) \($0.count.grouped)")
            }
        case .lines(let chart) where chart.isStacked: return boxes(chart.lines.map(\.name))
        case .lines(let chart): return lines(chart.lines.map(\.name))
        case .distribution(let distribution): return lines(distribution.curves.map(\.name))
        case .effects(let effects):
            return effects.shapes.map { Entry(sign: .shape($0), name: $0.title) }
        case .machine(let machine):
            return machine.kinds.map {
                Entry(sign: .line("edge \($0.kind.rawValue)"), name: $0.name)
            }
        case .sequence(let sequence):
            return sequence.ways.map {
                Entry(sign: .line("way \($0.rawValue)"), name: $0.title)
            }
        }
    }

    private static func boxes(_ names: [String]) -> [Entry] {
        names.enumerated().map {
            Entry(sign: .box("s\($0.offset % LinesChart.kinds)"), name: $0.element)
        }
    }

    private static func lines(_ names: [String]) -> [Entry] {
        names.enumerated().map {
            Entry(sign: .line("l\($0.offset % LinesChart.kinds)"), name: $0.element)
        }
    }
}
