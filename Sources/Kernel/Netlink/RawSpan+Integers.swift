extension RawSpan {
    /// A whole number in host order at an offset, nil beyond the end.
    package func integer<Number: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int, as type: Number.Type = Number.self
    ) -> Number? {
        guard offset >= 0, offset + MemoryLayout<Number>.size <= byteCount else { return nil }
        return unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: type)
    }

    /// Sixteen bytes in network order as an address; the caller has checked the length.
    func words(at offset: Int) -> (high: UInt64, low: UInt64) {
        let high = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
        let low = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset + 8, as: UInt64.self)
        return (UInt64(bigEndian: high), UInt64(bigEndian: low))
    }
}
