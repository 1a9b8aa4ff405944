/// Where an observation comes from: what a command must name to be about the same.
package enum ObservedFrom: Sendable, Hashable {
    /// The running host.
    case host
    /// A file that `--save` wrote.
    case snapshot(file: String)
    /// A captured tree.
    case tree(directory: String)

    /// The option that names it again; nil for the running host.
    var option: String? {
        switch self {
        case .host: nil
        case .snapshot(let file): "--from " + ShellWord.quoted(file)
        case .tree(let directory): "--root " + ShellWord.quoted(directory)
        }
    }
}
