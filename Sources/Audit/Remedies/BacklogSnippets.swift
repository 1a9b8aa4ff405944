/// How to set the backlog in common programs, with the default of each.
enum BacklogSnippets {
    static func all(backlog: Int) -> [Snippet] {
        [
            Snippet(
                "nginx (default 511)", programs: ["nginx"],
                code: "listen 443 ssl backlog=\(backlog);   # needs a restart, not a reload"),
            Snippet(
                "HAProxy (default: maxconn of the frontend)", programs: ["haproxy"],
                code: "frontend web\n    backlog \(backlog)"),
            Snippet(
                "Apache httpd (default 511)", programs: ["apache2", "httpd"],
                code: "ListenBacklog \(backlog)"),
            Snippet(
                "Go net (somaxconn, read when the program starts)", programs: [],
                code: "// nothing to set: raise net.core.somaxconn, then restart the program"),
            Snippet(
                "Node.js (default 511)", programs: ["node"],
                code: "server.listen({ port: 8080, backlog: \(backlog) })"),
            Snippet(
                "PHP-FPM (default 511)",
                programs: [
                    "php-fpm", "php-fpm7.4", "php-fpm8.1", "php-fpm8.2", "php-fpm8.3", "php-fpm8.4",
                ],
                code: "listen.backlog = \(backlog)"),
            Snippet(
                "gunicorn (default 2048)", programs: ["gunicorn"],
                code: "gunicorn --backlog \(backlog) app:app"),
            Snippet(
                "Redis, Valkey (default 511)", programs: ["redis-server", "valkey-server"],
                code: "tcp-backlog \(backlog)"),
            Snippet(
                "PostgreSQL (twice max_connections)", programs: ["postgres", "postmaster"],
                code: "max_connections = 200   # it has no setting; a pooler in front is better"),
            Snippet(
                "Java (default 50)", programs: ["java"],
                code: "new ServerSocket(port, \(backlog))"),
            Snippet(
                "Tomcat (default 100)", programs: ["java"],
                code: "<Connector port=\"8080\" acceptCount=\"\(backlog)\" />"),
        ]
    }
}
