import Model
import Text

extension CauseEvidence {
    static let limits: [String: Predicate] = [
        "descriptor-limit": { $0.descriptorLimit },
        "close-wait": { $0.closeWait },
        "file-table": { $0.fileTable },
        "file-max-lowered": { $0.fileMaxLowered },
        "time-wait-cap": { $0.timeWaitCap },
        "softnet-busy": {
            $0.verdict(
                ofCounter: "softnet", "time_squeeze", proves: true,
                what: "rounds that ended with work left")
        },
    ]

    private var descriptorLimit: CauseVerdict {
        let read = now.processes.compactMap { process -> (ratio: Double, text: String)? in
            guard let open = process.openFiles, let limit = process.openFilesLimit, limit > 0 else {
                return nil
            }
            let ratio = Double(open) / Double(limit)
            return (
                ratio,
                "\(process.name) (\(process.pid)): \(open.grouped) of \(limit.grouped) open files "
                    + "(\(ratio.percent))"
            )
        }
        guard let fullest = read.max(by: { $0.ratio < $1.ratio }) else {
            return .cannotBeSeen("tcptune could not read the open files of any process")
        }
        if fullest.ratio >= Self.fullRatio { return .found(fullest.text) }
        if fullest.ratio >= 0.8 { return .mayBe(fullest.text) }
        return .notFound(
            "\(fullest.text) is the fullest of the \(read.count.grouped) "
                + (read.count == 1 ? "process" : "processes") + " read")
    }

    var closeWait: CauseVerdict {
        if let unread = unread(.connections) { return unread }
        if let finding = finding(.closeWaitLeak) { return .found(Self.text(of: finding)) }
        let count = now.states[.closeWait]
        return .notFound("\(count.grouped) \(count == 1 ? "socket" : "sockets") in CLOSE_WAIT")
    }

    private var fileTable: CauseVerdict {
        guard let files = situation.host.files, files.maximum > 0 else {
            return .cannotBeSeen("/proc/sys/fs/file-nr was not read")
        }
        let ratio = Double(files.allocated) / Double(files.maximum)
        let text =
            "\(files.allocated.grouped) of \(files.maximum.grouped) open files on this host "
            + "(\(ratio.percent))"
        if ratio >= Self.fullRatio { return .found(text) }
        return ratio >= 0.8 ? .mayBe(text) : .notFound(text)
    }

    private var fileMaxLowered: CauseVerdict {
        guard let files = situation.host.files, files.maximum > 0 else {
            return .cannotBeSeen("/proc/sys/fs/file-nr was not read")
        }
        let place = situation.setting("fs.file-max")?.boot?.winner?.place
        let text = "fs.file-max = \(files.maximum.grouped)" + (place.map { ", set in \($0)" } ?? "")
        // The kernel's default is a tenth of memory in KiB (fs/file_table.c:files_maxfiles_init).
        let memory = situation.host.memory["MemTotal"].map { $0 / 1024 / 10 }
        guard let memory, memory > 0 else {
            return place == nil
                ? .cannotBeSeen("memory was not read, so the kernel's default is unknown")
                : .mayBe(text)
        }
        guard files.maximum < memory / 2 else { return .notFound(text) }
        let isFull = Double(files.allocated) >= 0.8 * Double(files.maximum)
        let more = text + "; the kernel's default is about \(memory.grouped)"
        return isFull ? .found(more) : .mayBe(more)
    }

    private var timeWaitCap: CauseVerdict {
        guard let cap = TimeWaitCap(situation) else {
            return .cannotBeSeen("tcp_max_tw_buckets was not read")
        }
        let text =
            "\(cap.sockets.grouped) TIME_WAIT, limit \(cap.limit.map(\.grouped) ?? "none")"
        if let overflow = situation.reading("TcpExt", "TCPTimeWaitOverflow"), overflow.grows {
            return .found("closed without TIME_WAIT: \(overflow.growthText ?? ""); \(text)")
        }
        if cap.limit == 0 || (cap.ratio ?? 0) >= Self.fullRatio { return .found(text) }
        if (cap.ratio ?? 0) >= 0.8 { return .mayBe(text) }
        guard let overflow = situation.counter("TcpExt", "TCPTimeWaitOverflow"), overflow > 0 else {
            return .notFound(text)
        }
        return .mayBe("closed without TIME_WAIT: \(situation.sinceStart(overflow)); \(text) now")
    }
}
