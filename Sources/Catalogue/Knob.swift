package import Model

/// A sysctl as the kernel's source and measurements know it.
package struct Knob: Sendable {
    /// Its name with dots: `net.ipv4.tcp_fin_timeout`.
    package var key: String
    package var unit: Unit
    package var type: ValueType
    package var initial: Initial
    package var scope: Scope
    /// The first release that has it; nil if it is older than any kernel in use.
    package var since: KernelRelease?
    /// The first release that no longer has it; nil if it is still there.
    package var until: KernelRelease?
    /// The first release in which it is still there and no longer does anything.
    package var inertSince: KernelRelease?
    /// The only kernels that ever had it, if the mainline kernel never did.
    package var vendor: String?
    /// True if it can only be read, in whatever namespace.
    package var isReadOnly: Bool
    /// True if a new namespace copies the value of the first one (`init_net`), not the kernel's default.
    package var isCopiedFromInit: Bool
    /// True if the kernel keeps it in jiffies, so that the limits of its range are divided by HZ.
    ///
    /// `type` then has the widest range, that of HZ=100; `range(ticksPerSecond:)` gives the others.
    package var countsJiffies: Bool
    /// What it really does, in one or two sentences.
    package var meaning: String
    /// What people wrongly believe about it, then what is true.
    package var myth: String?
    /// The price of changing it.
    package var risk: String?
    /// Kernel functions that act on it: `net/ipv4/tcp_ipv4.c:tcp_twsk_unique`.
    package var source: [String]
    /// What it is about: tcptune judges and changes only those of TCP.
    package var subject = Subject.tcp
    /// The setting that does today what this one was for; nil if none does.
    package var successor: String?
    /// True for a name that no kernel from 5.10 to 7.3 has, and that files set all the same.
    package var isOfNoKernel = false

    package enum Unit: String, Sendable {
        case none, seconds, milliseconds, microseconds, bytes, pages, packets, sockets, ports
        case connections, entries, retries, files
    }

    /// The form of its value.
    package enum ValueType: Sendable, Equatable {
        /// One whole number within the range; outside it, write(2) fails with EINVAL.
        case integer(ClosedRange<Int64>)
        /// Several whole numbers, each within the range, separated by white space.
        case vector(count: Int, ClosedRange<Int64>)
        /// Ports and ranges of ports: `8080,9000-9010`.
        case ports
        /// A word, such as a congestion control's name.
        case word
    }

    /// Its default value.
    package enum Initial: Sendable, Equatable {
        case fixed([Int64])
        /// Computed at start from memory or another table; in words.
        case computed(String)
        /// Has changed from release to release: newest first, each valid from that release on.
        case changed([(since: KernelRelease?, value: [Int64])])

        package static func == (left: Initial, right: Initial) -> Bool {
            switch (left, right) {
            case (.fixed(let a), .fixed(let b)): a == b
            case (.computed(let a), .computed(let b)): a == b
            case (.changed(let a), .changed(let b)):
                a.count == b.count
                    && zip(a, b).allSatisfy { $0.since == $1.since && $0.value == $1.value }
            default: false
            }
        }
    }

    /// The scope of a value.
    package enum Scope: String, Sendable {
        /// Each network namespace has its own; a new one starts from the kernel's default, not from its creator's.
        case namespace
        /// One value for the host; visible in other namespaces and not writable there.
        case readOnlyElsewhere
        /// One value for the host; those under `net.` are not visible in other network namespaces.
        case host
    }

    // Inlined into tables of a hundred entries it costs the optimiser four times as long.
    @inline(never)
    package init(
        _ key: String, unit: Unit = .none, type: ValueType, initial: Initial, scope: Scope,
        since: KernelRelease? = nil, until: KernelRelease? = nil,
        inertSince: KernelRelease? = nil, vendor: String? = nil, isReadOnly: Bool = false,
        isCopiedFromInit: Bool = false, countsJiffies: Bool = false, meaning: String,
        myth: String? = nil, risk: String? = nil, source: [String]
    ) {
        self.key = key
        self.unit = unit
        self.type = type
        self.initial = initial
        self.scope = scope
        self.since = since
        self.until = until
        self.inertSince = inertSince
        self.vendor = vendor
        self.isReadOnly = isReadOnly
        self.isCopiedFromInit = isCopiedFromInit
        self.countsJiffies = countsJiffies
        self.meaning = meaning
        self.myth = myth
        self.risk = risk
        self.source = source
    }
}
