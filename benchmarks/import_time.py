"""How long `import kgkit` and `kgkit --help` take, in fresh processes.

python -m benchmarks.import_time [--json]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time

from benchmarks.machine import emit, machine

__all__ = ["main", "measure"]

_IMPORT = """
import json, sys, time
began = time.perf_counter()
import kgkit
seconds = time.perf_counter() - began
heavy = ("torch", "transformers", "numpy", "sqlalchemy", "pandas", "networkx")
print(json.dumps([1000 * seconds, len(sys.modules), [m for m in heavy if m in sys.modules]]))
"""


def measure(rounds: int = 5) -> dict[str, object]:
    """Return the medians of so many fresh processes: `import_ms` without and `help_ms` with the
    interpreter's own start; which heavy packages were loaded; how many modules."""
    began = time.perf_counter()
    imports = [json.loads(_run("-c", _IMPORT)) for _ in range(rounds)]
    _, modules, heavy = imports[-1]
    return {
        "import_ms": round(statistics.median(ms for ms, _, _ in imports), 1),
        "help_ms": round(statistics.median(_help_ms() for _ in range(rounds)), 1),
        "interpreter_ms": round(statistics.median(_ms("-c", "pass") for _ in range(rounds)), 1),
        "torch_loaded": "torch" in heavy,
        "heavy_loaded": heavy,
        "modules": modules,
        "machine": machine(),
        "seed": 0,
        "seconds": round(time.perf_counter() - began, 1),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    wanted = parser.parse_args()
    figures = measure()
    if not wanted.json:
        print(f"import kgkit: {figures['import_ms']} ms; kgkit --help: {figures['help_ms']} ms")
    emit(figures)


def _help_ms() -> float:
    return _ms("-c", "from kgkit.cli import main; main(['--help'])")


def _ms(*arguments: str) -> float:
    began = time.perf_counter()
    _run(*arguments)
    return 1000 * (time.perf_counter() - began)


def _run(*arguments: str) -> str:
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
