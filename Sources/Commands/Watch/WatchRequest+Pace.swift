import Collector

extension NamespaceCollector.Pace {
    /// How `tcptune watch` looks: as fast as asked, at what is applied, too.
    static func watching(_ request: WatchRequest) -> NamespaceCollector.Pace {
        var pace = NamespaceCollector.Pace(share: request.share)
        pace.applied = { AppliedPublication.read() }
        return pace
    }
}
