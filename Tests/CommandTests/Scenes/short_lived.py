"""A program that opens a connection for each request, holds it for milliseconds and closes first."""

import scene

args = scene.options(__doc__, name="php-fpm", per_second=100, milliseconds=5)


def request_and_close(report):
    scene.name_process(args.name)
    report()
    while True:
        connection = scene.connect(scene.REMOTE, 5432)
        scene.time.sleep(args.milliseconds / 1000)
        connection.close()
        scene.time.sleep(1 / args.per_second)


scene.begin()
scene.sysctl("net.ipv4.tcp_rfc1337", 1)  # else a late RST ends some of the TIME_WAIT
scene.peer(scene.serve_closing, scene.REMOTE, 5432)
client, _ = scene.child(request_and_close)
scene.settle(lambda: scene.states().get("TIME_WAIT", 0) >= 50)
scene.hold(args, client=client, port=5432)
