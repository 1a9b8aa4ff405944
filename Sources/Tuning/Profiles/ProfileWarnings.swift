import Catalogue
package import Model

/// What the author of a profile should know though it is taken.
package enum ProfileWarnings {
    /// - Parameter profile: the whole of it; told are warnings of the settings that its own file has.
    package static func of(
        _ profile: Profile, reading: ProfileReader.Reading
    ) -> [TextProblem] {
        var problems: [TextProblem] = []
        func tell(_ level: TextProblem.Level, _ place: TextPlace, _ message: String) {
            problems.append(
                TextProblem(level, path: profile.path, place: place, message: message))
        }
        func warn(_ place: TextPlace, _ message: String) { tell(.warning, place, message) }
        if let file = fileName(profile.path), file != profile.name {
            warn(
                reading.places.name,
                "the file is named \(file).toml: tcptune finds it by that name, not by "
                    + "'\(profile.name)'")
        }
        for setting in reading.profile.settings {
            guard let knob = Knob.named(setting.key) else { continue }
            let key = reading.places.keys[setting.key] ?? reading.places.name
            let value = reading.places.values[setting.key] ?? key
            for message in ofValue(setting, knob, in: profile) { warn(value, message) }
            for message in ofKey(setting, knob) { warn(key, message) }
            if knob.scope != .namespace {
                tell(
                    .note, key,
                    "\(knob.key) has one value for the whole host, containers included; tcptune "
                        + "cannot test it in a namespace")
            }
        }
        return problems.sorted { $0.place < $1.place }
    }

    private static func fileName(_ path: String) -> String? {
        guard let last = path.split(separator: "/").last, last.hasSuffix(".toml") else {
            return nil
        }
        return String(last.dropLast(5))
    }

    private static func ofValue(
        _ setting: ProfileSetting, _ knob: Knob, in profile: Profile
    ) -> [String] {
        guard case .text(let text) = setting.wish.value else { return [] }
        let number = knob.numbers(text).first
        switch (knob.key, number) {
        case ("net.ipv4.tcp_fin_timeout", let number?) where 61...89 ~= number:
            return [
                "\(number) makes FIN_WAIT2 shorter than 60 does: above 60 the wait is twice the "
                    + "part above 60, here \(2 * (number - 60)) s"
            ]
        case ("net.ipv4.tcp_tw_reuse", 1?) where !requiresTimestamps(profile):
            return [
                "reuse needs timestamps; add: requires = [\"net.ipv4.tcp_timestamps != 0\"]"
            ]
        case ("net.ipv4.ip_local_port_range", let number?) where number < 10000:
            return [
                "services use ports near the low end, \(number): list in net.ipv4.ip_local_reserved_ports "
                    + "every port on which a program may listen here"
            ]
        case ("net.ipv4.tcp_timestamps", 0?):
            return ["0 silently switches tcp_tw_reuse and PAWS off"]
        case ("net.ipv4.tcp_syncookies", 0?):
            return ["with 0, a small SYN flood locks clients out"]
        case ("net.ipv4.tcp_rfc1337", let number?) where number != 0:
            return ["a client that meets a TIME_WAIT then waits until it ends: \(knob.risk ?? "")"]
        case ("net.ipv4.tcp_abort_on_overflow", let number?) where number != 0:
            return ["after a burst, clients see errors that a retry would have hidden"]
        default: return []
        }
    }

    private static func ofKey(_ setting: ProfileSetting, _ knob: Knob) -> [String] {
        var messages: [String] = []
        if let since = knob.inertSince {
            messages.append("\(knob.key) does nothing since Linux \(since): \(knob.meaning)")
        }
        if let vendor = knob.vendor {
            messages.append("only \(vendor) has \(knob.key); on other kernels tcptune skips it")
        }
        if knob.key == "net.ipv4.tcp_max_syn_backlog" || isLoweredCap(setting), let myth = knob.myth
        {
            messages.append("it does not do what it is often set for: \(myth)")
        }
        return messages
    }

    /// A lower cap is set to be rid of TIME_WAIT, which it is no means for.
    private static func isLoweredCap(_ setting: ProfileSetting) -> Bool {
        guard setting.key == "net.ipv4.tcp_max_tw_buckets" else { return false }
        switch setting.wish {
        case .atLeast: return false
        case .atMost: return true
        case .exact(.text(let text)): return (Int64(text) ?? 0) < 65536 && text != "-1"
        case .exact(.computed): return false
        }
    }

    private static func requiresTimestamps(_ profile: Profile) -> Bool {
        profile.requires.contains { $0.key == "net.ipv4.tcp_timestamps" }
            || profile.settings.contains { setting in
                guard setting.key == "net.ipv4.tcp_timestamps",
                    case .exact(.text(let text)) = setting.wish
                else { return false }
                return text != "0"
            }
    }
}
