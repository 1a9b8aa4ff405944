/// A probability as it is cited: three places.
enum ChanceText {
    static func short(_ p: Double) -> String {
        p < 0.001 ? "< 0.001" : "\((p * 1000).rounded() / 1000)"
    }
}
