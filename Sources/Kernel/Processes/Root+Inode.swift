import Glibc

extension Root {
    /// The inode of what a path leads to; nil where it leads nowhere.
    func inode(of name: String) -> UInt64? {
        var status = stat()
        return unsafe stat(path + name, &status) == 0 ? UInt64(status.st_ino) : nil
    }
}
