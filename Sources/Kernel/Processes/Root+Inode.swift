extension Root {
    /// The inode of what a path leads to; nil where it leads nowhere.
    func inode(of name: String) -> UInt64? { (try? identity(of: name))?.inode }
}
