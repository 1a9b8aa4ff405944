import FoundationEssentials
import Testing

extension Measured {
    /// `tcptune load` against a server that others wrote, counted by that server's own log.
    @Suite(
        .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)),
        .enabled(if: Nginx.isHere, "nginx is not installed"))
    struct `A load of nginx` {
        @Test(arguments: [1, 10])
        func `makes as many requests as nginx logged`(requests: Int) throws {
            let directory = try Temporary.directory()
            defer { try? FileManager.default.removeItem(atPath: directory) }
            try Temporary.write(Nginx.configuration, to: directory + "/nginx.conf")
            let outcome = try Program.run(
                ["unshare"] + Scene.namespaces + ["sh", "-c", Nginx.script, "sh"]
                    + [directory, Program.tcptune, "\(requests)"])
            // On a busy machine the client may be the limit, which is said; what is counted is the same.
            #expect([0, 3].contains(outcome.status), "\(outcome.errors)")
            let data = try JSONDecoder().decode(Nginx.Output.self, from: Data(outcome.output.utf8))
                .data
            #expect(data.completed == 500 && data.statuses == ["2xx": 500] && data.errors.isEmpty)
            let log = try Temporary.content(of: directory + "/access.log").split(separator: "\n")
            #expect(log.count == 500)
            #expect(log.allSatisfy { $0.contains("\"GET /x HTTP/1.1\" 200") })
            // nginx's own count, with the connection that asks for it: accepted, handled, requests.
            let counts = try Temporary.content(of: directory + "/status").split(separator: "\n")
                .first { $0.allSatisfy { $0.isNumber || $0 == " " } && $0.contains { $0.isNumber } }
            #expect(
                counts?.split(separator: " ").compactMap { Int($0) }
                    == [data.connections + 1, data.connections + 1, 501], "\(counts ?? "nothing")")
            #expect(data.connections >= 500 / requests && data.connections < 500 / requests + 8)
        }
    }
}

private enum Nginx {
    struct Output: Decodable {
        let data: Facts

        struct Facts: Decodable {
            let completed: Int
            let connections: Int
            let errors: [String: Int]
            let statuses: [String: Int]
        }
    }

    static let isHere =
        (try? Program.run(["sh", "-c", "command -v nginx"]).status) == 0

    static let configuration = """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log error.log;
        events { worker_connections 256; }
        http {
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            access_log access.log;
            server {
                listen 127.0.0.1:8080;
                keepalive_requests 1000;
                location / { return 200 "hello"; }
                location = /status { access_log off; stub_status; }
            }
        }
        """

    /// In a namespace of its own, so that no port of the host is taken.
    static let script = """
        ip link set lo up || exit 9
        nginx -p "$1" -c "$1/nginx.conf" 2>/dev/null &
        for turn in 1 2 3 4 5 6 7 8 9 10; do
            ss -ltnH | grep -q :8080 && break
            sleep 0.2
        done
        "$2" load --to 127.0.0.1:8080 --http /x --count 500 --requests "$3" --close server --json
        status=$?
        python3 -c "import urllib.request as r; print(r.urlopen('http://127.0.0.1:8080/status').read().decode())" \\
            > "$1/status" 2>&1
        kill $!
        wait
        exit $status
        """
}
