"""The ledger: the truth that graph stores and indexes are projections of."""

from stores.ledger.batch import Batch, Change
from stores.ledger.decisions import Decision, LogEntry
from stores.ledger.imports import ImportRecord
from stores.ledger.ledger import Ledger

__all__ = ["Batch", "Change", "Decision", "ImportRecord", "Ledger", "LogEntry"]
