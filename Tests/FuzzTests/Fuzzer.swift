import Glibc

/// The target that `FUZZ_TARGET` names.
private let chosen = unsafe getenv("FUZZ_TARGET").flatMap {
    unsafe FuzzTarget(rawValue: String(cString: $0))
}

/// What libFuzzer calls, over and over (https://llvm.org/docs/LibFuzzer.html).
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let chosen else {
        fatalError("FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue))")
    }
    chosen.take(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ room: Int) -> Int

/// Damages JSON as JSON most of the time: bytes changed at random seldom leave a document to be judged.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(
    _ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ room: Int, _ seed: CUnsignedInt
) -> Int {
    var random = SplitMix(state: UInt64(seed))
    guard chosen == .snapshot || chosen == .saved,
        !Int.random(in: 0..<8, using: &random).isMultiple(of: 8) else {
        return unsafe mutateBytes(start, count, room)
    }
    var bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    for _ in 0...Int.random(in: 0..<3, using: &random) {
        bytes = JSONMutation.mutated(bytes, by: &random)
    }
    guard bytes.count <= room else { return unsafe mutateBytes(start, count, room) }
    for (index, byte) in bytes.enumerated() { unsafe start[index] = byte }
    return bytes.count
}
