"""A real Neo4j server for tests: one that is named, or one that is started for this process.

KGKIT_NEO4J_URL names a server whose database the tests may empty; it is not used by parallel
workers (`pytest -n`), of which each would need its own. KGKIT_NEO4J_SERVER names a program that
starts one: `start --home FOLDER --password WORD --watch PID` prints its address, and `stop --home
FOLDER --kill` ends it like a power cut. With neither, tests that need a server are skipped; with
the program, a server that does not start is an error.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

__all__ = ["MISSING", "Server", "own_server", "server_url"]

#: Why tests that need a server are skipped where `server_url` returns None.
MISSING = "no Neo4j server: set KGKIT_NEO4J_URL, or KGKIT_NEO4J_SERVER to a program that starts one"


@dataclass(slots=True)
class Server:
    """A server of this process's own, with its data in the folder `home`."""

    program: str
    home: Path
    #: Such as "127.0.0.1:7687", once it has started.
    host: str = ""
    password: str = "correct horse/@"

    @property
    def url(self) -> str:
        """The address with user and password."""
        return f"bolt://neo4j:{quote(self.password, safe='')}@{self.host}"

    def start(self) -> None:
        """Start it, again on the same port and data when it ran before."""
        watch = ["--watch", str(os.getpid())]
        if not self.host:
            self.host = self._call("start", *watch, "--password", self.password)[len("bolt://") :]
            return
        # The password is in the data by now.
        settings = self.home / "settings"
        settings.write_text("dbms.security.auth_enabled=true\n")
        port = self.host.rpartition(":")[2]
        self._call("start", *watch, "--port", port, "--conf", str(settings))

    def kill(self) -> None:
        """End it at once, as kill -9 does."""
        self._call("stop", "--kill")

    def _call(self, verb: str, *options: str) -> str:
        command = [self.program, verb, "--home", str(self.home), *options]
        # Output goes through a file: the server inherits a pipe and would hold it open.
        with tempfile.TemporaryFile("w+") as out:
            done = subprocess.run(command, stdout=out, stderr=out, check=False)
            out.seek(0)
            said = out.read().strip()
        if done.returncode:
            raise RuntimeError(f"{self.program} {verb} failed, code {done.returncode}: {said}")
        return said


def server_url() -> str | None:
    """Return the address of a server that this process may empty; None where there is none.

    User and password are in the address. The database is not emptied here. A server that was
    started ends with this process.
    """
    named = os.environ.get("KGKIT_NEO4J_URL")
    # Parallel workers would empty it under each other's hands.
    if named and "PYTEST_XDIST_WORKER" not in os.environ:
        return named
    server = own_server()
    return server.url if server is not None else None


@cache
def own_server() -> Server | None:
    """Return the server that is started for this process; None where no program is named."""
    program = os.environ.get("KGKIT_NEO4J_SERVER")
    if not program:
        return None
    server = Server(program, Path(tempfile.mkdtemp(prefix="kgkit-neo4j-")))
    # What is registered last runs first: the server is killed, then its data removed.
    atexit.register(shutil.rmtree, server.home, ignore_errors=True)
    server.start()
    atexit.register(server.kill)
    return server
