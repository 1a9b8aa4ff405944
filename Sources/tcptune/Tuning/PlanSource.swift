import Kernel
import Report
import Tuning

/// Where a plan comes from: a profile, held against this host now, or a file that was saved before.
enum PlanSource: Sendable {
    case profile(Profile)
    case saved(Plan)
}
