import Model

#if WEB
    import Web

    /// Answers on the addresses of the settings with what the board has.
    struct PageServer: ~Copyable {
        private let server: WebServer

        /// Listens, or says why that cannot be.
        init(_ settings: AgentSettings, _ board: SampleBoard) throws(AgentFailure) {
            do throws(WebError) {
                server = try WebServer.start(try Self.options(settings)) { request in
                    WebResponse(
                        board.respond(
                            path: request.path,
                            query: Dictionary(
                                request.query.map { ($0.name, $0.value) },
                                uniquingKeysWith: { first, _ in first })))
                }
            } catch {
                throw AgentFailure(.unsafeConfiguration, error.description)
            }
        }

        /// Looks whether it could start, and listens nowhere.
        static func check(_ settings: AgentSettings) throws(AgentFailure) {
            do throws(WebError) { try WebServer.check(try options(settings)) } catch {
                throw AgentFailure(.unsafeConfiguration, error.description)
            }
        }

        /// Where it listens: a port that was 0 is the one that the kernel chose.
        var addresses: [String] { server.addresses }

        /// Within half a second, whoever is being answered.
        consuming func stop() { server.stop() }

        private static func options(_ settings: AgentSettings) throws(WebError) -> WebServer.Options
        {
            var addresses: [Web.ListenAddress] = []
            for address in settings.listen {
                addresses.append(try Web.ListenAddress("\(address)"))
            }
            var options = WebServer.Options(addresses: addresses)
            options.usesActivatedSockets = settings.takesSystemdSocket
            options.configurationFile = settings.webConfiguration
            options.realm = "tcptune-agent"
            options.report = { AgentProgram.say($0) }
            return options
        }
    }

    extension WebResponse {
        fileprivate init(_ response: AgentResponse) {
            self.init(
                status: response.status, contentType: response.contentType,
                headers: response.contentSecurityPolicy.map {
                    [(name: "Content-Security-Policy", value: $0)]
                } ?? [], body: response.body)
        }
    }
#else
    /// Stands where the server is left out of a build: it says so, and no more.
    struct PageServer: ~Copyable {
        /// Without a server there must be another way to what was seen.
        init(_ settings: AgentSettings, _ board: SampleBoard) throws(AgentFailure) {
            guard settings.textfile == nil else { return }
            throw AgentFailure(
                .unavailable,
                "this tcptune-agent was built without its web server: give --textfile FILE, or build it by make agent"
            )
        }

        static func check(_: AgentSettings) throws(AgentFailure) {}

        var addresses: [String] { [] }

        consuming func stop() {}
    }
#endif
