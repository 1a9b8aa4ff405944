extension Knob {
    /// Descriptors.
    static let files: [Knob] = [
        Knob(
            "fs.file-max", unit: .files, type: .unsignedLong,
            initial: .computed("a tenth of memory in KiB; LONG_MAX if systemd raised it"),
            scope: .host,
            meaning:
                """
                The maximum number of open files on the whole host; beyond it open() and accept() \
                fail with ENFILE.
                """,
            myth: """
                It cures \"Too many open files\" (EMFILE). In fact: the process's RLIMIT_NOFILE \
                does.
                """,
            source: ["fs/file_table.c:alloc_empty_file", "fs/file_table.c:files_maxfiles_init"]),
        Knob(
            "fs.nr_open", unit: .files, type: .integer(64...2_147_483_584),
            initial: .fixed([1_048_576]), scope: .host,
            meaning: "The highest RLIMIT_NOFILE that anybody may set for a process, root included.",
            myth:
                "It raises every process's limit. In fact: it is the highest limit that root may set.",
            risk: "Programs that close every possible descriptor at start become slow.",
            source: [
                "kernel/sys.c:do_prlimit",
                "fs/file.c:alloc_fdtable",
            ]),
        Knob(
            "fs.epoll.max_user_watches", unit: .entries, type: .unsignedLong,
            initial: .computed("1/25 of low memory, at what one watch takes"), scope: .host,
            meaning:
                """
                The maximum number of descriptors that one user may have in epoll; beyond it \
                epoll_ctl() fails with ENOSPC.
                """,
            source: [
                "fs/eventpoll.c:ep_insert",
                "fs/eventpoll.c:ep_alloc_epitem",
            ]),
    ]
}
