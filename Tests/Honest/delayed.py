"""A server that answers each request after a set time: python3 delayed.py PORT MILLISECONDS

One byte for one byte; the client closes. Its times vary from request to request by a tenth, as those of real servers do.
"""

import heapq
import random
import select
import socket
import sys
import time


def serve(port, delay):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(4096)
    listener.setblocking(False)
    events = select.epoll()
    events.register(listener.fileno(), select.EPOLLIN)
    peers, due = {}, []
    while True:
        wait = max(due[0][0] - time.monotonic(), 0) if due else -1
        for number, _ in events.poll(wait):
            if number == listener.fileno():
                try:
                    while True:
                        peer, _ = listener.accept()
                        peer.setblocking(False)
                        peers[peer.fileno()] = peer
                        events.register(peer.fileno(), select.EPOLLIN)
                except BlockingIOError:
                    continue
            peer = peers.get(number)
            if peer is None:
                continue
            try:
                data = peer.recv(4096)
            except OSError:
                data = b""
            if data:
                at = time.monotonic() + delay * random.uniform(0.9, 1.1)
                heapq.heappush(due, (at, number, peer))
            else:
                events.unregister(number)
                peer.close()
                del peers[number]
        while due and due[0][0] <= time.monotonic():
            _, number, peer = heapq.heappop(due)
            if peers.get(number) is peer:
                try:
                    peer.send(b"a")
                except OSError:
                    pass


serve(int(sys.argv[1]), float(sys.argv[2]) / 1000)
