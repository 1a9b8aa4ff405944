import Model
import Text

/// The whole system has nearly used up its open files.
///
/// At `fs.file-max` every open(), socket() and accept() of an unprivileged process fails with
/// ENFILE, `Too many open files in system`, whatever its own limit is
/// (`fs/file_table.c:alloc_empty_file`); processes with CAP_SYS_ADMIN may continue. The kernel's
/// default is about a tenth of memory in KiB; systemd raises it to the largest possible number. So
/// on most hosts only a local setting can be reached, often one copied from an older and smaller
/// host.
///
/// Confirm: `cat /proc/sys/fs/file-nr`: allocated, always 0, limit. A warning from 80 % on;
/// critical from 95 % on. The limit is one for the host, and tcptune reports it once, for the
/// host's own namespace. Silent if the limit is far away, or if the table could not be read.
struct FilesNearLimit: Rule {
    static let id = RuleID.filesNearLimit
    static let severities: [Severity] = [.critical, .warning]
    static let needs = RuleNeeds([.hostNamespace, .openFiles])
    static let profileSettings: Set<String> = ["fs.file-max"]

    static let warningRatio = 0.80
    static let criticalRatio = 0.95
    /// An open file costs a `struct file` of about so many bytes, the socket or page cache behind
    /// it aside.
    static let fileBytes: Int64 = 256

    func findings(in situation: Situation) -> [Finding] {
        guard situation.judgesHost, let files = situation.host.files, files.maximum > 0,
            files.allocated >= 0
        else { return [] }
        let ratio = Double(files.allocated) / Double(files.maximum)
        guard ratio >= Self.warningRatio else { return [] }
        let wanted = files.maximum <= .max / 4 / Self.fileBytes ? files.maximum * 2 : files.maximum
        let hungriest = situation.now.processes
            .max { ($0.openFiles ?? 0) < ($1.openFiles ?? 0) }
            .flatMap { process in process.openFiles.map { (process, $0) } }
        return [
            Finding(
                rule: id, severity: ratio >= Self.criticalRatio ? .critical : .warning,
                subject: "fs.file-max",
                observed:
                    "\(files.allocated.grouped) of \(files.maximum.grouped) open files on this "
                    + "host "
                    + "(\(ratio.percent))"
                    + (hungriest.map {
                        "; most of those seen are in \($0.0.name) (\($0.0.pid)): \($0.1.grouped)"
                    } ?? ""),
                evidence: [
                    "open_files": .count(Int(clamping: files.allocated)),
                    "limit": .count(Int(clamping: files.maximum)), "used_ratio": .number(ratio),
                ],
                cause:
                    "all processes together have nearly as many open files and sockets as "
                    + "fs.file-max allows",
                remedies: [
                    Remedy(
                        .application, "find the process that has most of them open",
                        command: "for p in /proc/[0-9]*; do echo \"$(ls $p/fd 2>/dev/null | wc -l) "
                            + "${p##*/} $(cat $p/comm 2>/dev/null)\"; done | sort -rn | head",
                        effect: "shows a leak as one process far above the rest",
                        risk: "none: it only reads", undo: "nothing to revert"),
                    .writing(
                        "fs.file-max", String(wanted), in: situation, text: "raise the limit",
                        effect: "\(wanted.grouped) files instead of \(files.maximum.grouped)",
                        risk:
                            "up to \(((wanted - files.maximum) * Self.fileBytes).bytes) of "
                            + "kernel memory for the "
                            + "files alone"),
                ],
                proof: "fs/file_table.c:alloc_empty_file (ENFILE), files_maxfiles_init")
        ]
    }
}
