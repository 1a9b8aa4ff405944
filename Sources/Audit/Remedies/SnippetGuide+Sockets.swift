extension SnippetGuide {
    /// How to choose a source address without taking a port for every destination.
    static let bindingLater: [Snippet] = [
        Snippet(
            "C", programs: [],
            code: """
                int on = 1;
                setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);   /* before bind() */
                bind(fd, source_with_port_0, length);
                connect(fd, destination, length);
                """),
        Snippet(
            "nginx", programs: ["nginx", "openresty"],
            code: """
                proxy_bind 10.0.0.5;    # without a port; sets IP_BIND_ADDRESS_NO_PORT from 1.11.4 on
                """),
        Snippet(
            "HAProxy", programs: ["haproxy"],
            code: """
                server s1 10.0.0.9:8080 source 10.0.0.5    # without a port range
                """),
        Snippet(
            "Go net", programs: [],
            code: """
                dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: source}, Control: func(_, _ string, c syscall.RawConn) error {
                    return c.Control(func(fd uintptr) {
                        syscall.SetsockoptInt(int(fd), syscall.IPPROTO_IP, 24 /* IP_BIND_ADDRESS_NO_PORT */, 1)
                    })
                }}
                """),
        Snippet(
            "Python", programs: ["python", "gunicorn", "uwsgi", "celery", "uvicorn"],
            code: """
                s.setsockopt(socket.IPPROTO_IP, 24, 1)    # IP_BIND_ADDRESS_NO_PORT, before bind()
                s.bind(("10.0.0.5", 0))
                """),
    ]

    /// How common programs close connections that the peer has closed.
    static let closing: [Snippet] = [
        Snippet(
            "C", programs: [],
            code: """
                n = read(fd, buffer, sizeof buffer);
                if (n == 0) close(fd);              /* the peer has closed; EPOLLRDHUP says the same */
                """),
        Snippet(
            "Go", programs: [],
            code: """
                resp, err := client.Do(request)
                if err != nil { return err }
                defer resp.Body.Close()             // on every path, also on an early return
                """),
        Snippet(
            "JVM", programs: ["java"],
            code: """
                try (var response = client.execute(request)) { … }   // closes on exceptions as well
                // pools: .evictExpiredConnections().evictIdleConnections(TimeValue.ofSeconds(30))
                """),
        Snippet(
            "Python", programs: ["python", "gunicorn", "uwsgi", "celery", "uvicorn"],
            code: """
                with closing(socket.create_connection(address)) as s: ...
                with requests.get(url, stream=True) as response: ...
                """),
        Snippet(
            "Node.js", programs: ["node", "nodejs"],
            code: """
                socket.on('end', () => socket.end());         // needed with allowHalfOpen: true
                socket.setTimeout(60000, () => socket.destroy());
                """),
        Snippet(
            "PHP", programs: ["php-fpm", "php", "apache2", "httpd"],
            code: """
                fclose($stream);                    // or unset the client: long-running workers never end a request
                """),
    ]
}
