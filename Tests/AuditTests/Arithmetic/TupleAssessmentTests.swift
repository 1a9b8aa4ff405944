import HostState
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
            $0.connect([.timeWait: 24000])
        }
        #expect(tuple.isReusing)
        #expect(tuple.reusable == 23600)
        #expect(tuple.blocked == 400)
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
}
