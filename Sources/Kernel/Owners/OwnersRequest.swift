/// What is asked of `tcptune-owners`: who holds sockets of these inodes.
///
/// One packet: a mark with the number of its layout, a serial number, how many are sought; of each two bits, how many inodes,
/// and those. Nothing else can be asked.
package struct OwnersRequest: Sendable {
    package var serial: UInt32
    package var sought: [SocketOwners.Sought]

    /// Inodes of one request; a search for so many reads as many links as one for a few.
    package static let mostInodes = 8192
    private static let mark = Array("tcpo".utf8) + [1]
    private static let mostOfOne = 255
    private static let pressing: UInt8 = 1
    private static let beside: UInt8 = 2
    /// Bytes of the longest packet: each inode sought by itself.
    package static let largestBytes = mark.count + 8 + mostInodes * 6

    package init(serial: UInt32, sought: [SocketOwners.Sought]) {
        self.serial = serial
        self.sought = sought
    }

    /// - Returns: the packet, and whether all that is sought is in it.
    package func encoded() -> (bytes: [UInt8], isWhole: Bool) {
        var left = Self.mostInodes
        var body = WireWriter()
        var count: UInt32 = 0
        var isWhole = true
        for one in sought {
            let inodes = one.inodes.filter { $0 != 0 }.prefix(Self.mostOfOne)
            if inodes.isEmpty { continue }
            guard inodes.count <= left else {
                isWhole = false
                break
            }
            left -= inodes.count
            count += 1
            body.append((one.isPressing ? Self.pressing : 0) | (one.isBeside ? Self.beside : 0))
            body.append(UInt8(inodes.count))
            for inode in inodes { body.append(inode) }
        }
        var head = WireWriter()
        head.append(serial)
        head.append(count)
        return (Self.mark + head.bytes + body.bytes, isWhole)
    }

    /// Nil for anything that is not such a packet, to its last byte.
    package init?(_ bytes: [UInt8]) {
        var reader = WireReader(bytes)
        guard reader.takes(Self.mark), let serial: UInt32 = reader.next(),
            let count: UInt32 = reader.next(), count <= Self.mostInodes
        else { return nil }
        var left = Self.mostInodes
        var sought: [SocketOwners.Sought] = []
        for _ in 0..<count {
            guard let bits: UInt8 = reader.next(), bits & ~(Self.pressing | Self.beside) == 0,
                let number: UInt8 = reader.next(), number > 0, number <= left
            else { return nil }
            left -= Int(number)
            var inodes: [UInt32] = []
            for _ in 0..<number {
                guard let inode: UInt32 = reader.next(), inode != 0 else { return nil }
                inodes.append(inode)
            }
            sought.append(
                SocketOwners.Sought(
                    inodes: inodes, isPressing: bits & Self.pressing != 0,
                    isBeside: bits & Self.beside != 0))
        }
        guard reader.isAtEnd else { return nil }
        self.init(serial: serial, sought: sought)
    }
}
