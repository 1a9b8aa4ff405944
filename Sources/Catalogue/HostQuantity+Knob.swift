package import Model

extension HostQuantity {
    /// The canonical text for a sysctl on this host: rounded down, and limited to what the kernel accepts.
    ///
    /// Nil if the host figure that it is computed from is unknown.
    package func value(
        on figures: HostFigures, for knob: Knob, ticksPerSecond: Int64? = nil
    ) -> String? {
        let number: Int64
        switch self {
        case .listeners:
            return figures.listeners.map { ports in
                PortRanges(ports.map { $0...$0 }).description
            }
        case .memory(let bytes):
            guard let memory = figures.memory, bytes > 0 else { return nil }
            number = memory / bytes
        case .processors(let each):
            guard let processors = figures.processors else { return nil }
            let (product, isTooBig) = Int64(processors).multipliedReportingOverflow(by: each)
            number = isTooBig ? Int64.max : product
        }
        let range = ticksPerSecond.flatMap { knob.range(ticksPerSecond: $0) } ?? knob.type.range
        guard let range else { return String(number) }
        let held = min(max(number, range.lowerBound), range.upperBound)
        return String(knob.wholePages(held))
    }
}

extension WishedValue {
    /// The canonical text; nil if the host figure that it is computed from is unknown.
    package func text(
        on figures: HostFigures, for knob: Knob, ticksPerSecond: Int64? = nil
    ) -> String? {
        switch self {
        case .text(let text): text
        case .computed(let quantity):
            quantity.value(on: figures, for: knob, ticksPerSecond: ticksPerSecond)
        }
    }
}

extension Knob {
    /// The slots of a table that the kernel rounds up to whole pages (nf_conntrack_core.c:nf_ct_alloc_hashtable).
    ///
    /// A multiple for pages of up to 64 KiB reads back as it was written.
    fileprivate func wholePages(_ number: Int64) -> Int64 {
        let slots: Int64 = 8192
        guard key == "net.netfilter.nf_conntrack_buckets", number > slots else { return number }
        return number / slots * slots
    }
}
