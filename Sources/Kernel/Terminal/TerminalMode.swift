import Glibc

/// How a terminal treats what is typed: in lines with an echo, or key by key (termios(3)).
@safe
struct TerminalMode {
    private(set) var attributes: termios

    init(of descriptor: CInt) throws(KernelError) {
        var attributes = termios()
        _ = try systemCall("read the mode of", "the terminal") {
            unsafe tcgetattr(descriptor, &attributes)
        }
        self.attributes = attributes
    }

    /// Key by key and without echo; ^C, ^Z and ^\ still make signals where they do, and lines end as they did.
    var byKey: TerminalMode {
        var mode = self
        unsafe cfmakeraw(&mode.attributes)
        mode.attributes.c_oflag = attributes.c_oflag
        mode.attributes.c_lflag |= attributes.c_lflag & tcflag_t(ISIG)
        return mode
    }

    /// Sets it at once: to wait for what is still to be written might take for ever.
    func apply(to descriptor: CInt) throws(KernelError) {
        _ = try systemCall("set the mode of", "the terminal") {
            unsafe withUnsafePointer(to: attributes) {
                unsafe tcsetattr(descriptor, TCSANOW, $0)
            }
        }
    }
}
