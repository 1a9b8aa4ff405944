import BusyMachine
import Testing

/// What is measured, and so has the machine to itself: `scripts/test` runs it after all else, one test after another.
@Suite(.serialized, .unlessOthersAreBusy) enum Measured {}
