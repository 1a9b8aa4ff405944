/// A small shape that says how a change is to be taken: who sees no colour sees the shape.
enum Shape: String, Sendable, Hashable, CaseIterable {
    case better, worse
    /// Apart by less than matters.
    case same
    /// Not known either way.
    case unclear
    /// Where neither way is better.
    case more, less

    /// Any word that is none of these is not known.
    init(_ verdict: String) { self = Shape(rawValue: verdict) ?? .unclear }

    /// Around 0, in pixels.
    var outline: String {
        switch self {
        case .better: "M-7.5,6 L0,-7 L7.5,6 Z"
        case .worse: "M-7.5,-6 L0,7 L7.5,-6 Z"
        case .same: "M-8,-3.5 H8 V3.5 H-8 Z"
        case .unclear: "M-6,0 a6,6 0 1,0 12,0 a6,6 0 1,0 -12,0"
        case .more: "M-5,-6.5 L7,0 L-5,6.5 Z"
        case .less: "M5,-6.5 L-7,0 L5,6.5 Z"
        }
    }

    /// As legends name it.
    var title: String {
        switch self {
        case .better: "better"
        case .worse: "worse"
        case .same: "the same"
        case .unclear: "~ not significant"
        case .more: "more"
        case .less: "less"
        }
    }

    /// For text without pictures.
    var sign: String {
        switch self {
        case .better: "▲"
        case .worse: "▼"
        case .same: "="
        case .unclear: "~"
        case .more: "▸"
        case .less: "◂"
        }
    }
}
