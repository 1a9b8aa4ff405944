import Audit
import Catalogue
import Kernel

extension SurveyOptions {
    /// What a look at everything reads.
    ///
    /// - Parameters:
    ///   - place: a namespace that was found already; nil for the one that `netns` names.
    ///   - pace: how dumps are spread over time, and what is applied.
    static func watching(
        _ netns: String?, at place: NetworkNamespace? = nil, pace: NamespaceCollector.Pace
    ) -> SurveyOptions {
        var options = SurveyOptions()
        options.pace = pace.dumps
        options.applied = pace.applied
        options.owners = pace.owners
        options.keys = { Knob.all.map(\.key) }
        options.takes = { Knob.takes($1, for: $0, present: $2) }
        // Those alone that are judged.
        if netns == nil || place != nil { options.keysJudged = { Situation.settingsJudged } }
        options.namespaces = netns
        options.place = place
        return options
    }
}
