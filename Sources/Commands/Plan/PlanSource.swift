import Kernel
import Model
import Report
import Tuning

/// What `plan` and `apply` are given: a profile, or a plan that was saved.
enum PlanSource: Sendable {
    case profile(Profile)
    case saved(Plan)

    /// Finds it: a file that ends with `.json` is a plan, anything else a profile.
    init(named name: String) throws(Refusal) {
        guard name.hasSuffix(".json") else {
            self = .profile(try ProfileLibrary.standard.load(named: name))
            return
        }
        let bytes: [UInt8]
        do throws(TrustedFile.Refusal) {
            bytes = try TrustedFile.read(name, limit: PlanFile.largestBytes)
        } catch {
            throw error.tuning
        }
        do throws(PlanFileError) {
            self = .saved(try PlanFile.decode(bytes) { $0.firstProblem() })
        } catch {
            throw Refusal(.badData, "cannot use the plan \(name): \(error)")
        }
    }

    /// Plans the profile, or holds the saved plan against this host.
    func planned(netns: String?) throws(Refusal) -> Planning.Result {
        switch self {
        case .profile(let profile): try Planning.plan(profile, netns: netns)
        case .saved(let plan): try Planning.recheck(plan, netns: netns)
        }
    }

    /// As `planned`, and fit to be applied.
    func ready(netns: String?) throws(Refusal) -> Planning.Result {
        switch self {
        case .profile(let profile): try Planning.plan(profile, netns: netns)
        case .saved(let plan): try Planning.ready(plan, netns: netns)
        }
    }
}
