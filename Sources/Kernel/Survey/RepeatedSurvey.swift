package import Model

/// Observes a host again and again, each time beside the time before: what is a rate needs no waiting then.
package final class RepeatedSurvey {
    private var survey: HostSurvey
    private let root: Root
    /// By the inode of the namespace.
    private var before: [UInt64: NamespaceReading.Reading] = [:]

    package init(_ options: SurveyOptions) {
        var options = options
        // Of how many seconds is not asked beforehand: the snapshots tell it.
        options.interval = .infinity
        root = options.root
        survey = HostSurvey(options)
    }

    /// Goes on with a namespace to which another file leads now: the process that it was entered by has ended.
    package func move(to place: NetworkNamespace) { survey.move(to: place) }

    /// A snapshot of each namespace asked for; from the second time on with the one before, of those that were there then.
    package func observe() throws(KernelError) -> Observation {
        let (places, unseen) = try survey.namespaces()
        let facts = Deferred { [root] in HostFacts.read(root: root) }
        let now = try survey.readings(of: places, areLater: true) { _ = facts.value }
        let observation = try survey.assemble(
            now, since: places.map { before[$0.namespace.inode] }, of: places, facts.value,
            besides: unseen)
        before = [:]
        for (place, reading) in zip(places, now) { before[place.namespace.inode] = reading }
        return observation
    }
}
