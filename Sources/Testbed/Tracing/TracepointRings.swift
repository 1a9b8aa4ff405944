import CNetlink
import Glibc
import Kernel
import Synchronization

/// What the processors write the records of a tracepoint to, each into a ring of its own.
@safe
struct TracepointRings: ~Copyable {
    /// A page that says how far it is written and read, and the room behind it.
    @safe
    private struct Ring {
        var descriptor: CInt
        var start: UnsafeMutableRawPointer
    }

    private var rings: [Ring] = []

    private static let pageBytes = Int(sysconf(CInt(_SC_PAGESIZE)))
    /// A power of two of pages: a thousand records.
    private static let roomBytes = 32 * pageBytes
    /// On a larger machine it would take longer to begin than what is watched.
    private static let mostProcessors = 256

    private init() {}

    /// Opens the tracepoint on every processor, for what the filter lets through.
    static func open(
        _ id: UInt64, filter: String
    ) throws(KernelError) -> sending TracepointRings {
        var rings = TracepointRings()
        let processors = sysconf(CInt(_SC_NPROCESSORS_ONLN))
        for processor in 0..<min(max(processors, 1), mostProcessors) {
            try rings.add(id, CInt(processor), filter)
        }
        return rings
    }

    private mutating func add(
        _ id: UInt64, _ processor: CInt, _ filter: String
    ) throws(KernelError) {
        let descriptor = try systemCall("open", TracepointID.name) {
            tcptune_open_tracepoint(id, processor)
        }
        let start = unsafe mmap(
            nil, Self.pageBytes + Self.roomBytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let start = unsafe start, unsafe start != MAP_FAILED else {
            let code = errno
            close(descriptor)
            throw KernelError("map", TracepointID.name, code: code)
        }
        rings.append(unsafe Ring(descriptor: descriptor, start: start))
        _ = try systemCall("listen to", TracepointID.name) {
            unsafe filter.withCString { unsafe tcptune_begin_tracepoint(descriptor, $0) }
        }
    }

    /// The records that have come and were not taken.
    func take() -> [[UInt8]] {
        var records: [[UInt8]] = []
        for index in rings.indices { Self.take(rings[index], into: &records) }
        return records
    }

    /// Places in struct perf_event_mmap_page: data_head 1024, data_tail 1032 (`include/uapi/linux/perf_event.h`).
    private static func take(_ ring: Ring, into records: inout [[UInt8]]) {
        let head = unsafe ring.start.load(fromByteOffset: 1024, as: UInt64.self)
        atomicMemoryFence(ordering: .acquiring)
        var tail = unsafe ring.start.load(fromByteOffset: 1032, as: UInt64.self)
        let room = unsafe UnsafeRawBufferPointer(start: ring.start + pageBytes, count: roomBytes)
        while tail < head {
            let place = Int(tail % UInt64(roomBytes))
            // A record may go on at the beginning of the room. Its length is the last part of its header of 8 bytes.
            let byte = { (offset: Int) in unsafe room[(place + offset) % roomBytes] }
            let size = Int(byte(6)) | Int(byte(7)) << 8
            guard size >= 8, UInt64(size) <= head - tail else { break }
            records.append((0..<size).map(byte))
            tail += UInt64(size)
        }
        atomicMemoryFence(ordering: .releasing)
        unsafe ring.start.storeBytes(of: head, toByteOffset: 1032, as: UInt64.self)
    }

    deinit {
        for index in rings.indices {
            unsafe _ = munmap(rings[index].start, Self.pageBytes + Self.roomBytes)
            _ = close(rings[index].descriptor)
        }
    }
}
