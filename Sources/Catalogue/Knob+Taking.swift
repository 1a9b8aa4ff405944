extension Knob {
    /// Whether the kernel accepts a text for a key; true if the text alone does not decide it.
    ///
    /// Whether a congestion control or a queueing discipline of that name exists is another question.
    ///
    /// - Parameter present: the sysctl's current value, which shows the form of one that the catalogue does not know.
    package static func takes(_ text: String, for key: String, present: String?) -> Bool {
        let knob = named(key).flatMap { $0.isOfNoKernel || $0.until != nil ? nil : $0 }
        guard let form = KernelReading.Form(knob, present: present) else { return true }
        // The lowest port that is allowed is not known here.
        if case .portRange = form {
            return KernelReading(text, form: .portRange(lowest: 1)).stored != nil
        }
        return KernelReading(text, form: form).stored != nil
    }
}
