import Glibc

/// A directory of files that are written one after the other, and of which the oldest can go.
package struct FilePile: Sendable {
    package let path: String

    /// A regular file of it.
    package struct File: Sendable, Hashable {
        package let name: String
        /// What it takes of the disk.
        package let bytes: Int64
    }

    package init(path: String) { self.path = path }

    package func place(_ name: String) -> String { "\(path)/\(name)" }

    /// Makes the directory where it is not there (0755); its parent must be.
    package func make() throws(KernelError) {
        do throws(KernelError) {
            _ = try systemCall("make", path) { unsafe mkdir(path, 0o755) }
        } catch {
            guard error.code == EEXIST else { throw error }
        }
        _ = try FileDescriptor.open(path, flags: O_RDONLY | O_DIRECTORY)
    }

    /// Its regular files by name, byte by byte; links and directories are passed by.
    package func files() throws(KernelError) -> [File] {
        var files: [File] = []
        for name in try Root(path: path).names(in: "") {
            var status = stat()
            guard unsafe lstat(place(name), &status) == 0, status.st_mode & S_IFMT == S_IFREG
            else { continue }
            files.append(File(name: name, bytes: Int64(status.st_blocks) * 512))
        }
        return files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Takes a file away; one that is not there is no error.
    package func remove(_ name: String) throws(KernelError) {
        do throws(KernelError) {
            _ = try systemCall("remove", place(name)) { unsafe unlink(place(name)) }
        } catch {
            guard error.code == ENOENT else { throw error }
        }
    }

    package func rename(_ name: String, to other: String) throws(KernelError) {
        _ = try systemCall("rename", place(name)) {
            unsafe Glibc.rename(place(name), place(other))
        }
    }
}
