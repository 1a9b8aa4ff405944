/// Where the usual programs are told their backlog; what they take by default stands beside it.
enum BacklogSnippets {
    static func all(backlog: Int) -> [Snippet] {
        [
            Snippet(
                "nginx (511 unless told)", programs: ["nginx"],
                code: "listen 443 ssl backlog=\(backlog);   # needs a restart, not a reload"),
            Snippet(
                "HAProxy (maxconn of the frontend unless told)", programs: ["haproxy"],
                code: "frontend web\n    backlog \(backlog)"),
            Snippet(
                "Apache httpd (511 unless told)", programs: ["apache2", "httpd"],
                code: "ListenBacklog \(backlog)"),
            Snippet(
                "Go net (somaxconn, read when the program starts)", programs: [],
                code: "// nothing to set: raise net.core.somaxconn, then restart the program"),
            Snippet(
                "Node.js (511 unless told)", programs: ["node"],
                code: "server.listen({ port: 8080, backlog: \(backlog) })"),
            Snippet(
                "PHP-FPM (511 unless told)",
                programs: [
                    "php-fpm", "php-fpm7.4", "php-fpm8.1", "php-fpm8.2", "php-fpm8.3", "php-fpm8.4",
                ],
                code: "listen.backlog = \(backlog)"),
            Snippet(
                "gunicorn (2048 unless told)", programs: ["gunicorn"],
                code: "gunicorn --backlog \(backlog) app:app"),
            Snippet(
                "Redis, Valkey (511 unless told)", programs: ["redis-server", "valkey-server"],
                code: "tcp-backlog \(backlog)"),
            Snippet(
                "PostgreSQL (twice max_connections)", programs: ["postgres", "postmaster"],
                code: "max_connections = 200   # no setting of its own; better a pooler in front"),
            Snippet(
                "Java (50 unless told)", programs: ["java"],
                code: "new ServerSocket(port, \(backlog))"),
            Snippet(
                "Tomcat (100 unless told)", programs: ["java"],
                code: "<Connector port=\"8080\" acceptCount=\"\(backlog)\" />"),
        ]
    }
}
