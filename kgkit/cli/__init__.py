"""The command line: the library's verbs, one small file for each group of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `kgkit` with these arguments (default: those of the process) and exit.

    Exit codes: 0 done, 1 an error that kgkit reports in one sentence or an input that could not
    be built, 2 wrong usage.
    """
    from kgkit.cli.app import app
    from kgkit.errors import KgkitError

    try:
        app(arguments, prog_name="kgkit")
    except KgkitError as error:
        # Messages speak of arguments as Python writes them.
        said = str(error).replace("write=True", "--write")
        sys.stderr.write(f"kgkit: {said}\n")
        sys.exit(1)
