import Audit
package import Kernel
package import Model
package import Watching

/// Looks at one network namespace, or at all of a host's under one budget: namespaces that come and go are picked up.
package final class HostCollector {
    /// What is to be watched.
    package struct Request: Sendable {
        /// `all`, `init`, a process's number, a name or a path; nil for that of the caller.
        package var netns: String?
        package var pace: NamespaceCollector.Pace
        /// No more namespaces than these are watched; the others are counted.
        package var mostNamespaces = 64
        /// Seconds between two lists of namespaces, at least.
        package var betweenLists = 10.0

        package init(_ netns: String?, pace: NamespaceCollector.Pace) {
            self.netns = netns
            self.pace = pace
        }
    }

    private let request: Request
    /// In the order of the list: init's first, then by name.
    package private(set) var namespaces: [NamespaceCollector] = []
    /// When each is to be looked at next, by its inode.
    private var due: [UInt64: Double] = [:]
    /// What is not watched, and why.
    package private(set) var unseen: [Unseen] = []
    /// Processor seconds that listing the namespaces took, all told.
    package private(set) var listing = 0.0
    private var nextListing = 0.0
    /// What looks took at namespaces that are no longer watched.
    private var retired: [LookSchedule.Look: Double] = [:]

    /// The part of the budget that lists of namespaces may take.
    private static let ofListing = 0.1
    /// Of a host with several namespaces less is kept of each.
    private static let secondsOfSeveral = 120

    package init(_ request: Request) throws(KernelError) {
        self.request = request
        guard request.netns == "all" else {
            namespaces = [try NamespaceCollector.open(request.netns, pace: request.pace)]
            return
        }
        list()
        guard !namespaces.isEmpty else {
            throw KernelError(
                "enter", "a network namespace", code: MissingNamespaces.code,
                detail: unseen.first.map { "\($0.what): \($0.why)" })
        }
    }

    /// The host, as of the last look at everything; nil before the first.
    package var host: Host? { namespaces.lazy.compactMap(\.host).first }

    /// What looks of each kind took, in processor seconds, also at namespaces that have gone.
    package var spent: [LookSchedule.Look: Double] {
        namespaces.reduce(retired) { sum, one in
            sum.merging(one.watched.schedule.spent, uniquingKeysWith: +)
        }
    }

    /// Whether every namespace was looked at wholly once.
    package var isComplete: Bool { namespaces.allSatisfy { $0.watched.assessment != nil } }

    /// Looks at those that are due.
    ///
    /// - Throws: where the only namespace that was asked for cannot be read.
    package func look() throws(KernelError) {
        let now = BootClock.now
        guard request.netns == "all" else {
            for one in namespaces { try one.look() }
            return
        }
        if now >= nextListing { list() }
        share()
        for one in namespaces where now >= due[one.inode] ?? 0 {
            do throws(KernelError) {
                try one.look(beside: snapshots(besides: one))
            } catch {
                // It may have gone with its last process; the next list tells.
                remove(one)
                continue
            }
            let schedule = one.watched.schedule
            // A little early: the caller's own clock ticks each second.
            due[one.inode] =
                now - 0.05
                + NamespacePace.interval(
                    cost: schedule.cost(of: .counters), share: schedule.budget.share)
        }
    }

    private func snapshots(besides one: NamespaceCollector) -> [Snapshot] {
        namespaces.compactMap { other in
            other === one ? nil : other.watched.assessment?.situation.now
        }
    }

    private func share() {
        let shares = NamespacePace.shares(
            of: request.pace.share,
            sockets: namespaces.map(\.watched.socketCount))
        for (one, share) in zip(namespaces, shares) { one.change(share: share) }
    }

    /// Opens those that are new, and lets go of those that nothing leads to any more.
    private func list() {
        let start = ProcessClock.used
        let (places, notListed) = NetworkNamespaces.list(root: .host)
        let known = Dictionary(
            namespaces.map { ($0.inode, $0) }, uniquingKeysWith: { first, _ in first })
        var opened: [NamespaceCollector] = []
        var (refused, tooMany, reason) = (0, 0, "")
        var pace = request.pace
        if places.count > 1 { pace.seconds = min(pace.seconds, Self.secondsOfSeveral) }
        for place in places {
            if let one = known[place.namespace.inode] {
                one.move(to: place)
                opened.append(one)
            } else if opened.count >= request.mostNamespaces {
                tooMany += 1
            } else {
                do throws(KernelError) {
                    opened.append(try NamespaceCollector.open(place, pace: pace))
                } catch {
                    refused += 1
                    reason = error.description
                }
            }
        }
        for one in namespaces where !opened.contains(where: { $0 === one }) { retire(one) }
        namespaces = opened
        let inodes = Set(opened.map(\.inode))
        due = due.filter { inodes.contains($0.key) }
        unseen = notListed
        if refused > 0 {
            unseen.append(Unseen(what: "\(refused) of \(places.count) namespaces", why: reason))
        }
        if tooMany > 0 {
            unseen.append(
                Unseen(
                    what: "\(tooMany) of \(places.count) namespaces",
                    why: "no more than \(request.mostNamespaces) are watched"))
        }
        let cost = ProcessClock.used - start
        listing += cost
        nextListing =
            BootClock.now
            + max(request.betweenLists, cost / (request.pace.share * Self.ofListing))
    }

    private func retire(_ one: NamespaceCollector) {
        retired.merge(one.watched.schedule.spent, uniquingKeysWith: +)
    }

    private func remove(_ one: NamespaceCollector) {
        retire(one)
        namespaces.removeAll { $0 === one }
        due[one.inode] = nil
        nextListing = min(nextListing, BootClock.now + 1)
    }
}

extension NamespaceCollector {
    package var inode: UInt64 { place.namespace.inode }
}

/// Why none of several namespaces is watched.
private enum MissingNamespaces {
    /// EACCES of errno(3): none of them could be entered.
    static let code: Int32 = 13
}
