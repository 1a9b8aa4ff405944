extension SnippetGuide {
    /// How common programs keep connections open and reuse them.
    static let connectionReuse: [Snippet] = [
        Snippet(
            "nginx", programs: ["nginx", "openresty"],
            code: """
                upstream backend {
                    server 10.0.0.9:8080;
                    keepalive 64;                      # idle connections kept, per worker
                }
                location / {
                    proxy_pass http://backend;
                    proxy_http_version 1.1;            # 1.0 closes after each request
                    proxy_set_header Connection "";    # nginx sends "close" otherwise
                }
                """),
        Snippet(
            "HAProxy", programs: ["haproxy"],
            code: """
                backend app
                    http-reuse always                  # any client may use any idle connection
                    server s1 10.0.0.9:8080 pool-max-conn 200 pool-purge-delay 30s
                """),
        Snippet(
            "Envoy", programs: ["envoy"],
            code: """
                # cluster: do not set max_requests_per_connection to 1; keep idle connections long enough
                common_http_protocol_options: { idle_timeout: 60s }
                explicit_http_config: { http2_protocol_options: {} }   # many requests on one connection
                """),
        Snippet(
            "Go net/http", programs: [],
            code: """
                var client = &http.Client{Transport: &http.Transport{   // one for the whole program
                    MaxIdleConnsPerHost: 100,                           // default 2: it closes the rest
                    MaxIdleConns:        500,
                    IdleConnTimeout:     90 * time.Second,
                }}
                io.Copy(io.Discard, resp.Body)   // read to EOF, or the connection cannot be reused
                resp.Body.Close()
                """),
        Snippet(
            "Node.js", programs: ["node", "nodejs"],
            code: """
                const agent = new http.Agent({ keepAlive: true, maxSockets: 100 });  // default since Node 19
                http.get({ host, port, agent }, res => res.resume());               // read it, or it stays busy
                """),
        Snippet(
            "PHP", programs: ["php-fpm", "php", "php-cgi", "apache2", "httpd"],
            code: """
                $redis->pconnect('10.0.0.9', 6379);                              // not connect()
                $pdo = new PDO($dsn, $user, $pass, [PDO::ATTR_PERSISTENT => true]);
                $db  = new mysqli('p:10.0.0.9', $user, $pass, $name);            // p: keeps it open
                // one connection per FPM worker: pm.max_children limits them
                """),
        Snippet(
            "PgBouncer", programs: ["postgres", "psql", "pgbouncer"],
            code: """
                [databases]
                app = host=10.0.0.9 port=5432
                [pgbouncer]
                pool_mode = transaction
                default_pool_size = 20          ; connections to the server, whatever the clients do
                server_idle_timeout = 600
                """),
        Snippet(
            "Python", programs: ["python", "gunicorn", "uwsgi", "celery", "uvicorn"],
            code: """
                session = requests.Session()    # one per process, not one per request
                session.mount("http://", requests.adapters.HTTPAdapter(pool_connections=10, pool_maxsize=100))
                # urllib3: one PoolManager(maxsize=100); redis-py: one Redis(); SQLAlchemy: one engine
                """),
        Snippet(
            "JVM", programs: ["java"],
            code: """
                static final HttpClient CLIENT = HttpClient.newHttpClient();   // java.net.http keeps connections
                // Apache HttpClient 5: default 5 per route, 25 in total
                var pool = PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(100).setMaxConnTotal(500).build();
                EntityUtils.consume(response.getEntity());   // read to the end before closing
                """),
        Snippet(
            "curl", programs: ["curl"],
            code: """
                curl --parallel -K urls.txt     # one run for many URLs of a host keeps connections open
                # libcurl: keep the easy handle, or share one multi handle; a new handle is a new connection
                """),
    ]
}
