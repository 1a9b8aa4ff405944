extension Knob {
    /// Often-set sysctls that do not belong to the network at all.
    static let elsewhere: [Knob] = [
        .other(
            "fs.inotify.max_user_watches", .files, unit: .entries, scope: .host,
            """
            The maximum number of files and directories that one user may watch; beyond it \
            inotify_add_watch() fails with ENOSPC.
            """,
            "fs/notify/inotify/inotify_user.c:inotify_table"),
        .other(
            "fs.inotify.max_user_instances", .files, unit: .entries, scope: .host,
            """
            The maximum number of inotify instances of one user; beyond it inotify_init() fails \
            with EMFILE, which looks like a lack of descriptors.
            """,
            "fs/notify/inotify/inotify_user.c:inotify_table"),
        .other(
            "fs.inotify.max_queued_events", .files, unit: .entries, scope: .host,
            "How many events may wait for one inotify instance; the kernel drops further events.",
            "fs/notify/inotify/inotify_user.c:inotify_table"),
        .other(
            "fs.aio-max-nr", .files, unit: .entries, scope: .host,
            "The maximum number of simultaneous asynchronous file I/O requests on the whole host.",
            "fs/aio.c:ioctx_alloc"),
        .other(
            "fs.pipe-max-size", .files, unit: .bytes, scope: .host,
            "The largest pipe that an ordinary user may ask for.", "fs/pipe.c:pipe_set_size"),
        .other(
            "fs.suid_dumpable", .files, scope: .host,
            "Whether programs that change their user leave a core dump: 0 no, 1 yes, 2 for root only.",
            "fs/exec.c:begin_new_exec"),
        .other(
            "fs.protected_hardlinks", .files, scope: .host,
            "Restricts hard links to other users' files.", "fs/namei.c:may_linkat"),
        .other(
            "fs.protected_symlinks", .files, scope: .host,
            "Restricts following other users' links in shared directories.",
            "fs/namei.c:may_follow_link"),
        .other(
            "fs.protected_fifos", .files, scope: .host,
            "Restricts opening other users' FIFOs in shared directories.",
            "fs/namei.c:may_create_in_sticky"),
        .other(
            "fs.protected_regular", .files, scope: .host,
            "Restricts opening other users' files in shared directories for writing.",
            "fs/namei.c:may_create_in_sticky"),
        .other(
            "vm.swappiness", .memory, scope: .host,
            "How readily the kernel swaps out program memory instead of dropping file pages.",
            "mm/vmscan.c:get_scan_count"),
        .other(
            "vm.dirty_ratio", .memory, scope: .host,
            "The share of memory, in per cent, at which a program that writes files must wait.",
            "mm/page-writeback.c:domain_dirty_limits"),
        .other(
            "vm.dirty_background_ratio", .memory, scope: .host,
            """
            The share of memory, in per cent, at which the kernel writes pages to disk in the \
            background.
            """,
            "mm/page-writeback.c:domain_dirty_limits"),
        .other(
            "vm.dirty_expire_centisecs", .memory, scope: .host,
            "How old a written page may get, in hundredths of a second.",
            "fs/fs-writeback.c:queue_io"
        ),
        .other(
            "vm.dirty_writeback_centisecs", .memory, scope: .host,
            "How often the kernel looks for written pages, in hundredths of a second.",
            "fs/fs-writeback.c:wb_workfn"),
        .other(
            "vm.max_map_count", .memory, unit: .entries, scope: .host,
            "The maximum number of memory maps of one process; Elasticsearch asks for 262144.",
            "mm/mmap.c:do_mmap"),
        .other(
            "vm.min_free_kbytes", .memory, scope: .host,
            """
            Memory, in KiB, that the kernel keeps free for itself, for example for the network's \
            receive path.
            """,
            "mm/page_alloc.c:__setup_per_zone_wmarks"),
        .other(
            "vm.overcommit_memory", .memory, scope: .host,
            "Whether programs may ask for more memory than the host has.",
            "mm/util.c:__vm_enough_memory"),
        .other(
            "vm.overcommit_ratio", .memory, scope: .host,
            "How much of the memory counts if overcommit is off.", "mm/util.c:vm_commit_limit"),
        .other(
            "vm.vfs_cache_pressure", .memory, scope: .host,
            "How readily the kernel drops cached names and inodes.", "fs/super.c:super_cache_count"),
        .other(
            "vm.nr_hugepages", .memory, scope: .host, "How many huge pages the kernel reserves.",
            "mm/hugetlb.c:set_max_huge_pages"),
        .other(
            "vm.zone_reclaim_mode", .memory, scope: .host,
            "Whether the kernel frees memory of its own node before it takes memory of another.",
            "mm/vmscan.c:node_reclaim"),
        .other(
            "vm.panic_on_oom", .memory, scope: .host, "Whether lack of memory stops the machine.",
            "mm/oom_kill.c:check_panic_on_oom"),
        .other(
            "vm.mmap_min_addr", .memory, scope: .host, "The lowest address that a program may map.",
            "security/commoncap.c:cap_mmap_addr"),
        .other(
            "kernel.pid_max", .processes, unit: .entries, scope: .host,
            "One above the highest process number: it limits processes and threads of the host.",
            "kernel/pid.c:alloc_pid"),
        .other(
            "kernel.threads-max", .processes, unit: .entries, scope: .host,
            "The maximum number of threads of the host.", "kernel/fork.c:copy_process"),
        .other(
            "kernel.msgmax", .processes, unit: .bytes, scope: .host,
            "The largest message of System V queues; each IPC namespace has its own.",
            "ipc/msg.c:do_msgsnd"),
        .other(
            "kernel.msgmnb", .processes, unit: .bytes, scope: .host,
            "The maximum number of bytes in a new System V queue; each IPC namespace has its own.",
            "ipc/msg.c:newque"),
        .other(
            "kernel.shmmax", .processes, unit: .bytes, scope: .host,
            "The largest System V shared memory segment; each IPC namespace has its own.",
            "ipc/shm.c:newseg"),
        .other(
            "kernel.shmall", .processes, unit: .pages, scope: .host,
            "All System V shared memory of an IPC namespace, in pages.", "ipc/shm.c:newseg"),
        .other(
            "kernel.sem", .processes, type: .word, scope: .host,
            "Limits of System V semaphores; each IPC namespace has its own.",
            "ipc/sem.c:newary"),
        .other(
            "kernel.core_pattern", .processes, type: .word, scope: .host, "Where core dumps go.",
            "fs/coredump.c:coredump_sysctls"),
        .other(
            "kernel.core_uses_pid", .processes, scope: .host,
            "Adds the process number to a core dump's name.", "fs/coredump.c:coredump_sysctls"),
        .other(
            "kernel.sysrq", .processes, scope: .host, "Which magic SysRq keys work.",
            "drivers/tty/sysrq.c:sysrq_on_mask"),
        .other(
            "kernel.panic", .processes, unit: .seconds, scope: .host,
            "After how long the machine restarts when the kernel stops.",
            "kernel/panic.c:panic"),
        .other(
            "kernel.panic_on_oops", .processes, scope: .host,
            "Whether an error in the kernel stops it.", "kernel/panic.c:panic_on_oops"),
        .other(
            "kernel.randomize_va_space", .processes, scope: .host,
            "Randomizes the memory layout of programs.", "mm/memory.c:randomize_va_space"),
        .other(
            "kernel.kptr_restrict", .processes, scope: .host, "Hides the kernel's addresses.",
            "kernel/printk/sysctl.c:printk_sysctls"),
        .other(
            "kernel.dmesg_restrict", .processes, scope: .host,
            "Hides the kernel log from ordinary users.",
            "kernel/printk/printk.c:syslog_action_restricted"),
        .other(
            "kernel.numa_balancing", .processes, scope: .host,
            "Moves memory to the node that uses it.", "kernel/sched/core.c:sysctl_numa_balancing"),
        .other(
            "kernel.sched_migration_cost_ns", .processes, scope: .host,
            "The run time below which a task counts as warm; under debugfs since Linux 5.13.",
            "kernel/sched/fair.c:task_hot"),
        .other(
            "kernel.sched_autogroup_enabled", .processes, scope: .host,
            "Groups tasks by session for the scheduler.",
            "kernel/sched/autogroup.c:sysctl_sched_autogroup_enabled"),
        .other(
            "kernel.perf_event_paranoid", .processes, scope: .host,
            "Who may use performance counters.", "kernel/events/core.c:sysctl_perf_event_paranoid"),
        .other(
            "kernel.unprivileged_bpf_disabled", .bpf, scope: .host,
            "Forbids BPF to ordinary users.",
            "kernel/bpf/syscall.c:sysctl_unprivileged_bpf_disabled"),
        .other(
            "kernel.yama.ptrace_scope", .processes, scope: .host, "Whom a debugger may attach to.",
            "security/yama/yama_lsm.c:yama_ptrace_access_check"),
        .other(
            "kernel.hung_task_timeout_secs", .processes, unit: .seconds, scope: .host,
            "After how long the kernel logs a stuck task.", "kernel/hung_task.c:watchdog"),
    ]
}
