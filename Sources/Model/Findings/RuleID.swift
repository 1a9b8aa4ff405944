import Text

/// A rule of the audit, by the word that names its findings: `ports-exhausting`.
///
/// Code names a rule by a member, so that one that does not exist does not compile. What a person types becomes one by
/// ``init(rawValue:)``, if there is such a rule. A document keeps what it says: another version has other rules.
public struct RuleID: RawRepresentable, Sendable, Hashable {
    public let rawValue: String

    private init(_ word: String) { rawValue = word }

    /// The rule of that id; nil for a word that names none.
    public init?(rawValue: String) {
        guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else {
            return nil
        }
        self = known
    }

    /// The ids of all rules, as they are typed.
    public static let words = allCases.map(\.rawValue)

    /// The ids nearest to a word that names no rule.
    public static func nearest(to word: String) -> [String] {
        NearMiss.nearest(to: word, among: words)
    }
}

extension RuleID {
    public static let portsExhausting = RuleID("ports-exhausting")
    public static let portsSlow = RuleID("ports-slow")
    public static let portsForecast = RuleID("ports-forecast")
    public static let bindBeforeConnect = RuleID("bind-before-connect")
    public static let bindPortsExhausting = RuleID("bind-ports-exhausting")
    public static let ownRangeExhausting = RuleID("own-range-exhausting")
    public static let boundIdle = RuleID("bound-idle")
    public static let privilegedPortsNearLimit = RuleID("privileged-ports-near-limit")
    public static let reuseDisabled = RuleID("reuse-disabled")
    public static let loopbackExhausting = RuleID("loopback-exhausting")
    public static let portRangeNarrow = RuleID("port-range-narrow")
    public static let portRangeOverlapsListener = RuleID("port-range-overlaps-listener")
    public static let timewaitOverflow = RuleID("timewait-overflow")
    public static let timewaitCapNear = RuleID("timewait-cap-near")
    public static let closeWaitLeak = RuleID("close-wait-leak")
    public static let finWait2Orphans = RuleID("fin-wait2-orphans")
    public static let finTimeoutTrap = RuleID("fin-timeout-trap")
    public static let orphansNearLimit = RuleID("orphans-near-limit")
    public static let lastAckStuck = RuleID("last-ack-stuck")
    public static let finWait2Held = RuleID("fin-wait2-held")
    public static let finWait1Stuck = RuleID("fin-wait1-stuck")
    public static let peersSilent = RuleID("peers-silent")
    public static let peersNotReading = RuleID("peers-not-reading")
    public static let loopbackDown = RuleID("loopback-down")
    public static let addressGone = RuleID("address-gone")
    public static let selfConnected = RuleID("self-connected")
    public static let queueOverflowing = RuleID("queue-overflowing")
    public static let acceptStalled = RuleID("accept-stalled")
    public static let readStalled = RuleID("read-stalled")
    public static let unixQueueOverflowing = RuleID("unix-queue-overflowing")
    public static let backlogLimited = RuleID("backlog-limited")
    public static let synQueueFull = RuleID("syn-queue-full")
    public static let synCookiesSent = RuleID("syn-cookies-sent")
    public static let syncookiesOff = RuleID("syncookies-off")
    public static let conntrackNearFull = RuleID("conntrack-near-full")
    public static let conntrackTimewaitLonger = RuleID("conntrack-timewait-longer")
    public static let conntrackDropping = RuleID("conntrack-dropping")
    public static let descriptorsNearLimit = RuleID("descriptors-near-limit")
    public static let filesNearLimit = RuleID("files-near-limit")
    public static let memoryPressure = RuleID("memory-pressure")
    public static let retransmitting = RuleID("retransmitting")
    public static let synRetransmitting = RuleID("syn-retransmitting")
    public static let resetsHigh = RuleID("resets-high")
    public static let clientsRefused = RuleID("clients-refused")
    public static let segmentsDropped = RuleID("segments-dropped")
    public static let pawsRejecting = RuleID("paws-rejecting")
    public static let rfc1337 = RuleID("rfc1337")
    public static let settingRemoved = RuleID("setting-removed")
    public static let settingUnknown = RuleID("setting-unknown")
    public static let settingShadowed = RuleID("setting-shadowed")
    public static let settingDrifted = RuleID("setting-drifted")
    public static let settingMisread = RuleID("setting-misread")
    public static let settingHarmful = RuleID("setting-harmful")
    public static let namespaceDiffers = RuleID("namespace-differs")
    public static let kernelUpgradeHelps = RuleID("kernel-upgrade-helps")
}

extension RuleID: CaseIterable {
    /// In the order of a report.
    public static let allCases: [RuleID] = [
        .portsExhausting, .portsSlow, .portsForecast, .bindBeforeConnect, .bindPortsExhausting,
        .ownRangeExhausting, .boundIdle, .privilegedPortsNearLimit, .reuseDisabled,
        .loopbackExhausting, .portRangeNarrow, .portRangeOverlapsListener, .timewaitOverflow,
        .timewaitCapNear, .closeWaitLeak, .finWait2Orphans, .finTimeoutTrap, .orphansNearLimit,
        .lastAckStuck, .finWait2Held, .finWait1Stuck, .peersSilent, .peersNotReading, .loopbackDown,
        .addressGone, .selfConnected, .queueOverflowing, .acceptStalled, .readStalled,
        .unixQueueOverflowing, .backlogLimited, .synQueueFull, .synCookiesSent, .syncookiesOff,
        .conntrackNearFull, .conntrackTimewaitLonger, .conntrackDropping, .descriptorsNearLimit,
        .filesNearLimit, .memoryPressure, .retransmitting, .synRetransmitting, .resetsHigh,
        .clientsRefused, .segmentsDropped, .pawsRejecting, .rfc1337, .settingRemoved,
        .settingUnknown, .settingShadowed, .settingDrifted, .settingMisread, .settingHarmful,
        .namespaceDiffers, .kernelUpgradeHelps,
    ]
}

extension RuleID: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }
}

extension RuleID: Comparable {
    public static func < (one: RuleID, other: RuleID) -> Bool { one.rawValue < other.rawValue }
}

extension RuleID: CustomStringConvertible {
    public var description: String { rawValue }
}
