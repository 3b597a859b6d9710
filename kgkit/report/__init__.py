"""What a build says about itself, and how good the graph is that came of it."""

from kgkit.report.building import (
    BuildReport,
    InputStatus,
    Progress,
    ProgressEvent,
    Stage,
    Status,
)
from kgkit.report.quality import Band, Conflict, EmptyChunk, QualityReport

__all__ = [
    "Band",
    "BuildReport",
    "Conflict",
    "EmptyChunk",
    "InputStatus",
    "Progress",
    "ProgressEvent",
    "QualityReport",
    "Stage",
    "Status",
]
