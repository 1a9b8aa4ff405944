import NIOCore
import NIOPosix

/// Whether a name goes with a password: one is hashed at a time, beside the event loop, so many a second.
///
/// Right ones are remembered, so that they are hashed once. Those who try passwords wait for one another: a client may have
/// a few waiting, the rest is told to come back. For one thread.
final class PasswordChecks {
    /// More than anybody has users.
    private static let mostRemembered = 100

    private let loop: any EventLoop
    private let gate: LoopGate
    private let pool: NIOThreadPool
    private let limits: WebLimits
    private let keyed = KeyedHash()
    private var right: [[UInt8]] = []
    private var queue: [PasswordCheck] = []
    private var isHashing = false
    private var isStopped = false
    private var starts: RecentStarts
    private var nextTry: Scheduled<Void>?

    init(loop: any EventLoop, gate: LoopGate, pool: NIOThreadPool, limits: WebLimits) {
        self.loop = loop
        self.gate = gate
        self.pool = pool
        self.limits = limits
        starts = RecentStarts(perSecond: limits.passwordsPerSecond)
    }

    /// Calls back at once where the answer is known, else when it is.
    func check(
        _ credentials: Credentials, users: [String: PasswordHash], source: String,
        then report: @escaping (PasswordVerdict) -> Void
    ) {
        let known = users[credentials.user]
        let hash = known ?? stranger(credentials.user, among: users)
        let key = keyed.hash([
            Array(credentials.user.utf8), Array(hash.text.utf8), credentials.password,
        ])
        if known != nil, right.contains(key) { return report(.right) }
        if let place = queue.firstIndex(where: { $0.key == key }) {
            return queue[place].waiting.append(report)
        }
        guard queue.count < limits.passwordsWaiting,
            queue.count(where: { $0.source == source }) < limits.passwordsWaitingOfOne
        else { return report(.busy) }
        queue.append(
            PasswordCheck(
                key: key, password: credentials.password, hash: hash, isKnown: known != nil,
                source: source, waiting: [report]))
        proceed()
    }

    func stop() {
        isStopped = true
        nextTry?.cancel()
        queue = []
    }

    /// What a name that nobody has is hashed with: as dear as that of some user, and always of the same.
    private func stranger(_ name: String, among users: [String: PasswordHash]) -> PasswordHash {
        let costs = users.values.map(\.cost).sorted()
        guard !costs.isEmpty else { return PasswordHash(ofNobody: 10) }
        let chosen = keyed.hash([Array(name.utf8)]).prefix(4).reduce(0) { $0 << 8 | Int($1) }
        return PasswordHash(ofNobody: costs[chosen % costs.count])
    }

    private func proceed() {
        guard !isHashing, !isStopped, nextTry == nil, let first = queue.first else { return }
        let now = NIODeadline.now()
        if let later = starts.nextStart(now: now) {
            nextTry = loop.assumeIsolated().scheduleTask(deadline: later) {
                self.nextTry = nil
                self.proceed()
            }
            return
        }
        starts.begin(now)
        isHashing = true
        let (gate, here) = (gate, NIOLoopBound(self, eventLoop: loop))
        let (password, hash) = (first.password, first.hash)
        pool.submit { state in
            guard case .active = state else { return }
            let matches = Bcrypt.matches(password: password, hash: hash)
            gate.execute { here.value.finish(matches) }
        }
    }

    private func finish(_ matches: Bool) {
        isHashing = false
        guard !isStopped, !queue.isEmpty else { return }
        let check = queue.removeFirst()
        let isRight = matches && check.isKnown
        if isRight {
            if right.count == Self.mostRemembered { right.removeFirst() }
            right.append(check.key)
        }
        for report in check.waiting { report(isRight ? .right : .wrong) }
        proceed()
    }
}
