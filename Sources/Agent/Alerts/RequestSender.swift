import Alerts

#if WEB
    import Web

    /// Sends requests to receivers by HTTP.
    final class RequestSender: Sendable {
        /// Seconds for a request, from the look for its name to the answer.
        static let limit = 10.0

        private let client: WebClient

        init(authorities: String?) { client = WebClient(authorities: authorities) }

        func post(_ body: [UInt8], to url: ReceiverURL) throws(DeliveryFailure) {
            let request = WebClient.Request(
                isEncrypted: url.isEncrypted, host: url.host, port: url.port,
                authority: url.authority, path: url.path, body: body)
            let status: Int
            do throws(WebError) {
                status = try client.post(request, within: Self.limit)
            } catch {
                throw DeliveryFailure(reason: error.description)
            }
            guard !(200...299 ~= status) else { return }
            // What the receiver finds wrong with a request is wrong the next time as well.
            throw DeliveryFailure(
                reason: "\(url) answered with status \(status)",
                isFinal: 400...499 ~= status && status != 408 && status != 429)
        }
    }
#else
    /// Stands where the web part is left out of a build: no configuration with a URL is taken then.
    final class RequestSender: Sendable {
        init(authorities: String?) {}

        func post(_ body: [UInt8], to url: ReceiverURL) throws(DeliveryFailure) {
            throw DeliveryFailure(
                reason: "this tcptune-agent was built without its web part", isFinal: true)
        }
    }
#endif
