import Glibc

/// A system call that failed: what was tried, on what, and what the kernel said.
package struct KernelError: Error, Sendable, Equatable {
    /// `open`, `read`, `bind` …: the verb of the message.
    package var operation: String
    /// A path, a namespace, a netlink family: untrusted text.
    package var subject: String
    /// The errno.
    package var code: CInt
    /// More in words, where the number alone does not tell: the kernel's extended acknowledgement, or the remedy.
    package var detail: String?

    package init(_ operation: String, _ subject: String, code: CInt, detail: String? = nil) {
        self.operation = operation
        self.subject = subject
        self.code = code
        self.detail = detail
    }

    /// True where more rights would help.
    package var isDenied: Bool { code == EPERM || code == EACCES }
    /// True where the thing is not there.
    package var isAbsent: Bool { code == ENOENT || code == ENOTDIR }
    /// Whether the process that it was about has ended.
    package var isOfEndedProcess: Bool { code == ESRCH }
    /// Whether setns(2) found no namespace of the kind that was asked for.
    package var isNoNamespace: Bool { code == EINVAL }
}

extension KernelError: CustomStringConvertible {
    package var description: String {
        let text = "cannot \(operation) \(subject): \(Self.reason(code))"
        return detail.map { "\(text); \($0)" } ?? text
    }
}

extension KernelError {
    /// What an errno means, in the library's words.
    package static func reason(_ code: CInt) -> String {
        unsafe String(cString: strerror(code))
    }

    /// The errno of bytes that do not say what they should.
    package static let badMessage = EBADMSG
    package static let noSuchProcess = ESRCH
    package static let noSuchFile = ENOENT
    /// True where a symbolic link stood in the way.
    package var isLink: Bool { code == ELOOP }
    /// True where the reader of a pipe has gone.
    package var isBrokenPipe: Bool { code == EPIPE }
    /// True where a file is larger than any that is meant to be read.
    package var isTooLarge: Bool { code == EFBIG }
    /// True where this kernel has no such protocol, call or option.
    package var isMissingFeature: Bool {
        [ENOSYS, EOPNOTSUPP, EPROTONOSUPPORT, EAFNOSUPPORT].contains(code)
    }

    /// True where a limit of the kernel's is reached, or a disk is full.
    package var isOverLimit: Bool { code == ENOSPC }

    /// A file of `/proc` without a byte, which the kernel never shows.
    static func emptyFile(_ path: String) -> KernelError {
        KernelError(
            "read", path, code: ENODATA,
            detail: "the file is empty, as tar and rsync store files of /proc; copy it with cat")
    }

    /// True where a file that is never empty was.
    var isEmptyFile: Bool { code == ENODATA }

    /// What is not there.
    package static func absent(
        _ operation: String, _ subject: String, detail: String
    ) -> KernelError {
        KernelError(operation, subject, code: ENOENT, detail: detail)
    }
}
