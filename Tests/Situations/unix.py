"""Listeners on Unix sockets, whose clients get EAGAIN at once."""

from situation import *

SUBJECT = "Unix sockets"
GITHUB = "https://github.com/"
NGINX = "connect() to unix:/run/php-fpm.sock failed (11: Resource temporarily unavailable) while connecting to upstream"

SITUATIONS = [
    Situation(
        "unix-queue-full", "php-fpm's workers are busy and nginx answers 502: connect() gives EAGAIN",
        GITHUB + "richarvey/nginx-php-fpm/issues/143", "backlog 128 on /run/php-fpm.sock, 5 accepted, 200 clients", "one",
        (act("a", "unix_serve", "fpm", path="/run/php-fpm.sock", backlog=128, accept=5, name="php-fpm"),
         act("a", "unix_clients", "served", path="/run/php-fpm.sock", count=5), wait(0.2),
         act("a", "unix_clients", path="/run/php-fpm.sock", count=200)),
        (saw("unix_clients", "EAGAIN"),),
        (finds("unix-queue-overflowing", "warning+", subject="/run/php-fpm.sock"), calm_not(), finds("unix-queue-overflowing", owner="php-fpm")), ci=True),
    Situation(
        "unix-queue-full-explained", "The line in nginx's log, asked about where it happens",
        GITHUB + "unbit/uwsgi/issues/1647", "as above", "one",
        (act("a", "unix_serve", "fpm", path="/run/php-fpm.sock", backlog=128, accept=5, name="php-fpm"),
         act("a", "unix_clients", "served", path="/run/php-fpm.sock", count=5), wait(0.2),
         act("a", "unix_clients", path="/run/php-fpm.sock", count=200)),
        (saw("unix_clients", "EAGAIN"),),
        (prints(r"/run/php-fpm\.sock.{0,200}(128|129|full)", "the queue of /run/php-fpm.sock is full"),
         prints_not(r"none of the causes|nothing wrong", "that no cause is here")), command="explain '%s'" % NGINX),
    Situation(
        "unix-queue-abstract", "The same on a socket without a file", GITHUB + "php-pm/php-pm/pull/230",
        "backlog 16 on @controller, 40 clients", "one",
        (act("a", "unix_serve", path="@controller", backlog=16, name="ppm"), act("a", "unix_clients", path="@controller", count=40)),
        (saw("unix_clients", "EAGAIN"),),
        (finds("unix-queue-overflowing", "warning+", subject="controller"), calm_not())),
    Situation(
        "unix-queue-default-backlog", "puma listens on a Unix socket with a small default backlog",
        GITHUB + "puma/puma/issues/1449", "backlog 5 on /run/puma.sock, 20 clients", "one",
        (act("a", "unix_serve", path="/run/puma.sock", backlog=5, name="puma"), act("a", "unix_clients", path="/run/puma.sock", count=20)),
        (saw("unix_clients", "EAGAIN"),),
        (finds("unix-queue-overflowing", "warning+", subject="/run/puma.sock", owner="puma"), calm_not(),
         better(finds("unix-queue-overflowing", text="backlog", words="its backlog")))),
    Situation(
        "unix-healthy", "A server on a Unix socket keeps up", "own", "200 clients, all accepted", "one",
        (act("a", "unix_serve", path="/run/app.sock", backlog=511, mode="answer", name="gunicorn"),
         act("a", "unix_clients", path="/run/app.sock", count=200), wait(0.2)),
        (unhurt("unix_clients"),), (silent(),)),
]
