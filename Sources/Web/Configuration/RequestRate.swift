/// How many requests are answered: one an interval, and so many at once (`rate_limit`).
struct RequestRate: Equatable {
    var interval: Duration
    /// With 0 nothing is answered at all, as in other exporters.
    var burst: Int
}
