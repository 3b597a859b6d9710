"""What the figures were measured on, and how they are printed."""

from __future__ import annotations

import json
import os
import platform
import resource
import sys
from collections.abc import Mapping
from pathlib import Path

__all__ = ["emit", "machine", "peak_rss_mb"]


def machine() -> str:
    """Return the processor, the cores this process may use and the interpreter, in one line."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.processor() or platform.machine()
    return f"{name}, {_cores()} cores, Python {platform.python_version()}"


def peak_rss_mb() -> float:
    """Return the most memory this process has held at once, in MiB, to one decimal."""
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


def emit(figures: Mapping[str, object]) -> None:
    """Print the figures as one line of JSON."""
    print(json.dumps(figures, ensure_ascii=False), flush=True)


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
