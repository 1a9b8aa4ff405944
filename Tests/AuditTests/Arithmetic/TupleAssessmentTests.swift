import Model
import Testing

@testable import Audit

@Suite struct `A tuple's assessment` {
    private func assessed(_ change: (inout Scene) -> Void) throws -> TupleAssessment {
        var scene = Scene()
        change(&scene)
        return try #require(scene.situation.tuples.first)
    }

    @Test func `tells the rate, the limit and what is taken`() throws {
        let tuple = try assessed { $0.connect([.timeWait: 6000, .established: 100]) }
        #expect(tuple.used == 6100)
        #expect(tuple.reusable == 0)
        #expect(tuple.closingPerSecond == 100)
        #expect(tuple.recentClosingPerSecond == 100)
        #expect(Int(tuple.limitPerSecond) == 470)
        #expect(tuple.secondsToSlow == nil)
        #expect(tuple.secondsToExhaustion == nil)
    }

    @Test func `counts ports that connect() may reuse as free`() throws {
        let tuple = try assessed {
            $0.set("net.ipv4.tcp_tw_reuse", "1")
            $0.connect([.timeWait: 14000])
        }
        #expect(tuple.isReusing)
        #expect(tuple.reusable == 13767)
        #expect(tuple.blocked == 233)
        #expect(tuple.secondsToExhaustion == nil)
        #expect(tuple.secondsToSlow == nil)
    }

    @Test func `reuses on loopback by default, and nowhere without timestamps`() throws {
        let loopback: (inout Scene) -> Void = {
            $0.connect([.timeWait: 6000], from: Scene.loopback, to: Scene.loopback)
        }
        #expect(try assessed(loopback).isReusing)
        #expect(
            try !assessed {
                $0.set("net.ipv4.tcp_timestamps", "0")
                loopback(&$0)
            }.isReusing)
    }

    @Test func `is slow at once when the half tried first is used up`() throws {
        let full = try assessed { $0.connect([.established: 14116], even: 14116) }
        #expect(full.secondsToSlow == 0)
        let nearly = try assessed { $0.connect([.established: 14115], even: 14115) }
        #expect(nearly.secondsToSlow == nil)
        // bind() fills the other half first, and slows when that is full.
        let bound = try assessed { $0.connect([.established: 14116], even: 0) }
        #expect(bound.secondsToSlow == 0)
        // Leftovers of the other half slow nothing.
        let mixed = try assessed { $0.connect([.established: 16000], even: 10000) }
        #expect(mixed.secondsToSlow == nil)
    }

    @Test func `is not moved by rows outside the range`() throws {
        let tuple = try assessed {
            $0.connect([.timeWait: 1000, .established: 500], even: 0, outsideRange: 1500)
        }
        #expect(tuple.used == 0)
        #expect(tuple.blocked == 0)
        #expect(tuple.secondsToExhaustion == nil)
    }

    @Test func `takes growth of live connections for growth, and chance for chance`() throws {
        func growing(from old: Int, to new: Int) throws -> TupleAssessment {
            try assessed {
                $0.connect([.established: old])
                $0.passTenSeconds()
                $0.now.tuples = []
                $0.connect([.established: new])
            }
        }
        // 200 more on 20 000 is within three times the root of 40 200.
        #expect(try growing(from: 20000, to: 20200).secondsToExhaustion == nil)
        // 2000 more in 10 s: 6232 ports are left, at 200/s.
        let seconds = try #require(try growing(from: 20000, to: 22000).secondsToExhaustion)
        #expect(seconds.rounded() == 31)
    }

    @Test func `knows nothing of a tuple that the earlier snapshot left out`() throws {
        func fresh(leftOut: Int) throws -> TupleAssessment {
            try assessed {
                $0.passTenSeconds()
                $0.earlier?.socketsInTuplesLeftOut = leftOut
                $0.connect([.established: 10000])
            }
        }
        #expect(try fresh(leftOut: 5).secondsToExhaustion == nil)
        #expect(try fresh(leftOut: 0).secondsToExhaustion != nil)
    }

    @Test func `tells who closes from the endings of an interval, else from the rows`() throws {
        let rows = try assessed { $0.connect([.timeWait: 75, .closeWait: 25]) }
        #expect(rows.closedByLocalRatio == 0.75)
        let endings = try assessed {
            $0.connect([.timeWait: 60])
            $0.passTenSeconds()
            $0.now.endings = [Ending(tuple: $0.now.tuples[0].tuple, count: 40)]
        }
        // One a second left TIME_WAIT here, forty ended in ten seconds.
        #expect(endings.closedByLocalRatio == 0.25)
    }

    @Test func `compares only snapshots in order of time`() throws {
        let tuple = try assessed {
            $0.connect([.established: 1])
            $0.passTenSeconds()
            $0.now.uptime -= 20
            $0.now.tuples[0].states[.established] = 20000
        }
        #expect(tuple.secondsToExhaustion == nil)
    }

    @Test func `goes by the rate of the interval where there is one, and says over which time`()
        throws
    {
        let young = [300, 300, 300] + Array(repeating: 0, count: 58)
        let once = try assessed { $0.connect([.timeWait: 900], closings: young) }
        // Five seconds, the running one aside.
        #expect(once.rate == ClosingRate(perSecond: 120, seconds: 5, isLowerBound: false))
        let twice = try assessed {
            $0.connect([.timeWait: 900], closings: young)
            $0.passTenSeconds()
            $0.now.uptime -= 7
        }
        #expect(twice.rate == ClosingRate(perSecond: 300, seconds: 3, isLowerBound: false))
        #expect(twice.observed.contains("this host closed 300 connections/s over the last 3 s"))
        #expect(once.observed.contains("this host closed 120 connections/s over the last 5 s"))
    }

    @Test func `forecasts nothing of traffic that has ended`() throws {
        // 1200 a second up to three seconds ago: 16 800 ports.
        let ended = [0, 0, 0] + Array(repeating: 1200, count: 14) + Array(repeating: 0, count: 44)
        let over = try assessed { $0.connect([.timeWait: 16800], closings: ended) }
        #expect(over.hasEnded && over.isEbbing)
        #expect(over.rate?.perSecond == 0)
        #expect(over.secondsToExhaustion == nil)
        var going = ended
        going[1] = 1200
        let still = try assessed { $0.connect([.timeWait: 16800], closings: going) }
        #expect(!still.hasEnded && still.secondsToExhaustion != nil)
        // Two silent seconds of a few connections a minute are chance, unless an interval saw them.
        let rare = [0, 0, 0, 9] + Array(repeating: 1, count: 57)
        #expect(try !assessed { $0.connect([.timeWait: 66], closings: rare) }.hasEnded)
        #expect(
            try assessed {
                $0.connect([.timeWait: 66], closings: rare)
                $0.passTenSeconds()
            }.hasEnded)
    }

    @Test func `says at least where TIME_WAIT is refused`() throws {
        let tuple = try assessed {
            $0.connect([.timeWait: 600])
            $0.passTenSeconds()
            $0.now.counters["TcpExt", "TCPTimeWaitOverflow"] = 7
        }
        #expect(tuple.observed.contains("this host closed at least 10 connections/s"))
        #expect(try !assessed { $0.connect([.timeWait: 600]) }.observed.contains("at least"))
    }

    @Test func `says first what connect() suffers already`() throws {
        let slow = try assessed { $0.connect([.established: 21456]) }
        #expect(slow.observed.hasPrefix("connect() is already slow: 21 456 of 28 232 ports"))
        let full = try assessed { $0.connect([.established: 28232]) }
        #expect(full.observed.hasPrefix("no port is left, so connect() fails: 28 232 of 28 232"))
        #expect(try assessed { $0.connect([.established: 9]) }.observed.hasPrefix("9 of 28 232"))
    }

    @Test func `claims no more ports than there are, nor those of another interface`() throws {
        var scene = Scene()
        scene.set("net.ipv4.ip_local_port_range", "40000\t40099")
        scene.connect([.established: 120], even: 60)
        scene.now.tuples[0].onOneInterface = 60
        let tuple = try #require(scene.situation.tuples.first)
        #expect(tuple.used == 60)
        #expect(!PortsExhausting.applies(to: tuple))
        #expect(tuple.observed.contains("bound to several interfaces"))
        scene.now.tuples[0].onOneInterface = nil
        let whole = try #require(scene.situation.tuples.first)
        #expect(whole.used == 100)
        #expect(whole.observed.contains("100 of 100 ports"))
    }
}
