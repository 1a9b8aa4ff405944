/// Which of a profile's settings have a measured effect: each is left out in turn, the others stay.
public struct Attribution: Sendable, Hashable, Codable {
    public struct Line: Sendable, Hashable, Codable {
        /// Left out together: one setting, or several where there are too many to try each.
        public var keys: [String]
        /// The quantity that moved most, or the first one.
        public var metric: String
        public var title: String
        public var unit: Measure.Unit
        /// With the whole profile.
        public var whole: Double
        /// Without these.
        public var without: Double
        @Explicit public var changeRatio: Double?
        public var interval: [Double]
        public var p: Double
        public var effect: Effect

        public init(
            keys: [String],
            metric: String,
            title: String,
            unit: Measure.Unit,
            whole: Double,
            without: Double,
            changeRatio: Double? = nil,
            interval: [Double],
            p: Double,
            effect: Effect
        ) {
            self.keys = keys
            self.metric = metric
            self.title = title
            self.unit = unit
            self.whole = whole
            self.without = without
            self.changeRatio = changeRatio
            self.interval = interval
            self.p = p
            self.effect = effect
        }

        public enum Effect: String, Sendable, Hashable, Codable {
            /// Without it, what the profile gains is lost, in whole or in part.
            case matters
            /// Without it, it would be better.
            case harms
            /// Left out by itself, it makes no difference.
            case none
            /// Not known.
            case unclear
        }

        enum CodingKeys: String, CodingKey {
            case keys, metric, title, unit, whole, without, interval, effect
            case changeRatio = "change_ratio"
            case p = "p_value"
        }
    }

    /// How many lines the profile has, with those that are not shown or hold already.
    public var of: Int
    public var lines: [Line]
    public var runs: Int
    /// `1 of 3 lines matters: net.ipv4.tcp_tw_reuse`.
    public var sentence: String
    /// The trials of each line left out, and of the whole profile.
    public var arms: [ArmResult]

    public init(
        of: Int,
        lines: [Line],
        runs: Int,
        sentence: String,
        arms: [ArmResult]
    ) {
        self.of = of
        self.lines = lines
        self.runs = runs
        self.sentence = sentence
        self.arms = arms
    }
}
