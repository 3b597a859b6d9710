"""The embedded engine as a server that speaks Bolt, until its input ends; prints its address.

Run as a program, with the folder for its data.
"""

from __future__ import annotations

import os
import socket
import sys

_PASSWORD = "for-tests-only"


def main(folder: str) -> None:
    """Start the server with an empty database, say where it is, and wait."""
    from arcadedb_embedded.server import ArcadeDBServer

    bolt, http = _free_ports(2)
    server = ArcadeDBServer(
        folder,
        _PASSWORD,
        {
            "http_port": http,
            "bolt_port": bolt,
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        },
        {"heap_size": "256m"},
    )
    server.start()
    server.create_database("graph")
    sys.stdout.write(f"bolt://root:{_PASSWORD}@127.0.0.1:{bolt}?database=graph\n")
    sys.stdout.flush()
    sys.stdin.read()
    # A server with open connections does not stop by itself.
    os._exit(0)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


if __name__ == "__main__":
    main(sys.argv[1])
