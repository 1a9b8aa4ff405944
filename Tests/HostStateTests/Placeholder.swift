import Testing

@testable import HostState
