// Writes minutes of a history as fast as it can, and says each that is on the disk: to be killed in the middle of it, or measured.
//
//     history-writer DIRECTORY FIRST-MINUTE [DESTINATIONS MINUTES]

import History
import Kernel
import Model
import Recording

/// Of a minute, what can be told again from its number alone.
func record(_ minute: Int64, part: Int) -> MinuteRecord {
    var record = MinuteRecord(minute: minute, netns: "init")
    // First as it is when the minute ends, then whole.
    record.known = part == 0 ? SecondMask(bits: 0x3ff_ffff) : .all
    record.sampled = .all
    for number in 0..<destinations {
        var row = TupleMinute(
            levels: TupleLevels(used: number * 100, usable: 28232, owner: "worker-\(number % 5)"))
        for second in 0..<60 where record.known.contains(second) {
            row.closings[second] = UInt32((Int(minute) * 31 + number * 7 + second) % 200)
        }
        record.found.add(row.closings)
        record.tuples[
            Tuple(
                source: IPAddress(v4: 0x0a00_0005),
                destination: IPAddress(v4: 0x0a01_0000 + UInt32(number)), port: 5432)] = row
    }
    return record
}

let words = CommandLine.arguments
guard [3, 5].contains(words.count), let first = Int64(words[2]) else {
    ProcessExit.leave(with: 64)
}
let destinations = words.count > 3 ? Int(words[3]) ?? 40 : 40
let last = words.count > 4 ? first + (Int64(words[4]) ?? 1) : .max
var settings = HistoryStore.Settings()
settings.directory = words[1]
var complaints = 0
let store = HistoryStore(settings) { sentence in
    complaints += 1
    try? Output.messages.write(sentence + "\n")
}
var minute = first
while minute < last {
    var batch = Recorder.Batch()
    if minute > first {
        batch.records = [record(minute - 1, part: 1)]
        batch.again = [batch.records[0].key]
    }
    batch.records.append(record(minute, part: 0))
    store.write(batch, clock: Double(minute * 60 + 60))
    guard complaints == 0 else { ProcessExit.leave(with: 1) }
    try Output.standard.write("\(minute)\n")
    minute += 1
}
store.close()
