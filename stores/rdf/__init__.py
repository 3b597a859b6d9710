"""The graph as RDF: a SPARQL store, files, inference, validation, and schemas as ontologies."""

from stores.rdf.files import Imported, export_rdf, import_rdf
from stores.rdf.inference import Inference, infer
from stores.rdf.schemas import schema_from_rdf, schema_to_rdf
from stores.rdf.store import RdfGraph, open_rdf
from stores.rdf.validation import Validation, Violation, validate

__all__ = [
    "Imported",
    "Inference",
    "RdfGraph",
    "Validation",
    "Violation",
    "export_rdf",
    "import_rdf",
    "infer",
    "open_rdf",
    "schema_from_rdf",
    "schema_to_rdf",
    "validate",
]
