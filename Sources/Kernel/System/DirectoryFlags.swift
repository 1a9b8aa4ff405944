import Glibc

/// How a directory is opened that is only listed.
enum DirectoryFlags {
    static let open: CInt = O_RDONLY | O_DIRECTORY
}
