/// Passwords as a configuration has them.
enum Hashes {
    /// Of `right`, which takes 2 ms.
    static let cheap = "$2y$04$abcdefghijklmnopqrstuuFmEfrkTQnczNzw475xE2VhDrK1uwJiC"
    /// Of `right`, which takes a tenth of a second.
    static let usual = "$2y$10$abcdefghijklmnopqrstuu1VS0P7v3ZJmd2gzBFIzgfN7OOl6Rl52"
    /// Of `slow`, which takes half a second.
    static let dear = "$2y$12$abcdefghijklmnopqrstuuvhqlfa3SToYAWnpQD0wYcoxAD7y2cEy"
}
