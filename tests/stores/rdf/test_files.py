"""Facts to files and back."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgkit.errors import InputError
from kgkit.evidence import PersonEvidence
from kgkit.facts import Entity, Fact, Literal
from stores.rdf import RdfGraph, export_rdf, import_rdf
from stores.rdf.formats import FORMATS
from tests.stores.embedded.records import BORN, FACTS, world
from tests.stores.rdf.strategies import TRICKY, facts, in_order

NAMES = [known.name for known in FORMATS]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that each example writes anew."""
    return tmp_path_factory.mktemp("rdf") / "graph"


@pytest.mark.parametrize("name", NAMES)
@given(made=facts(), triple_terms=st.sampled_from([None, False]))
@settings(max_examples=25, deadline=None)
def test_facts_come_back_from_every_format(
    file: Path, name: str, made: list[Fact], triple_terms: bool | None
) -> None:
    export_rdf(made, file, name, triple_terms=triple_terms)
    back = import_rdf(file, name)
    assert in_order(back) == in_order(made)


@pytest.mark.parametrize("name", NAMES)
def test_tricky_values_come_back(file: Path, name: str) -> None:
    made = [Fact(Entity("a", "A"), f"R_{i}", value) for i, value in enumerate(TRICKY)]
    export_rdf(made, file, name)
    assert in_order(import_rdf(file, name)) == in_order(made)


@pytest.mark.parametrize("name", NAMES)
def test_half_a_surrogate_pair_comes_back(file: Path, name: str) -> None:
    made = [Fact(Entity("a", "A\ud800"), "R", Literal(5, text="five\udfff"), predicate="\ud801")]
    export_rdf(made, file, name)
    assert in_order(import_rdf(file, name)) == in_order(made)


@pytest.mark.parametrize("name", NAMES)
def test_a_store_comes_back_with_its_documents(tmp_path: Path, name: str) -> None:
    with RdfGraph.open() as graph:
        graph.apply(world())
        export_rdf(graph, tmp_path / "graph", name)
    back = import_rdf(tmp_path / "graph", name)
    assert in_order(back) == in_order(FACTS)
    assert len(back.entities) == 5
    with RdfGraph.open_file(tmp_path / "graph", name) as again:
        assert again.query("SELECT ?d { ?d a kg:Document }").columns == ("d",)
        assert len(again.query("SELECT ?d { ?d a kg:Document }")) == 1


def test_denied_and_hedged_facts_are_described_and_not_stated(tmp_path: Path) -> None:
    export_rdf(FACTS, tmp_path / "g.nt")
    stated = [line for line in (tmp_path / "g.nt").read_text().splitlines() if "<<(" not in line]
    assert sum("relation:BORN_IN" in line for line in stated) == 1


def test_the_same_facts_give_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    code = """if True:
        import sys
        from stores.rdf import export_rdf
        from tests.stores.embedded.records import FACTS
        for name in sys.argv[2:]:
            export_rdf(FACTS, f"{sys.argv[1]}.{name}", name)
    """
    for run in ("one", "two"):
        command = [sys.executable, "-c", code, str(tmp_path / run), *NAMES]
        subprocess.run(command, check=True, cwd=Path(__file__).parents[3])
    for name in NAMES:
        first, second = (tmp_path / f"{run}.{name}" for run in ("one", "two"))
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib about itself
@pytest.mark.parametrize("name", ["turtle", "ntriples", "rdfxml", "jsonld"])
def test_rdflib_reads_what_has_no_triple_terms(tmp_path: Path, name: str) -> None:
    import rdflib

    odd = Fact(Entity("a", "bell \a and\rreturn"), "SAYS", Literal("\x00"))
    export_rdf([*FACTS, odd], tmp_path / "graph", name, triple_terms=False)
    read_as = {"rdfxml": "xml", "jsonld": "json-ld", "ntriples": "nt"}.get(name, name)
    graph = rdflib.Graph().parse(tmp_path / "graph", format=read_as)
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.RDF.Statement))) == len(FACTS) + 1


def test_facts_given_twice_rest_on_the_evidence_of_both(tmp_path: Path) -> None:
    again = BORN.with_evidence(PersonEvidence("Ada"))
    other = Fact(Entity(BORN.head.id, "Maria Skłodowska", "Person"), "LIVED", BORN.tail)
    export_rdf([BORN, again, other], tmp_path / "g.ttl")
    back = {fact.relation: fact for fact in import_rdf(tmp_path / "g.ttl")}
    assert back["BORN_IN"].evidence == (*BORN.evidence, PersonEvidence("Ada"))
    assert back["LIVED"].head.aliases == ("Curie", "Maria Skłodowska")


def test_a_stream_is_written_to() -> None:
    stream = BytesIO()
    export_rdf(FACTS, stream, "ntriples")
    assert stream.getvalue().count(b"rdf-syntax-ns#reifies") == len(FACTS)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"'g.foo' does not say its RDF format.*turtle"):
        export_rdf(FACTS, "g.foo")
    with pytest.raises(InputError, match="no RDF format is named 'n3'"):
        export_rdf(FACTS, BytesIO(), "n3")
    with pytest.raises(InputError, match="has no triple terms"):
        export_rdf(FACTS, tmp_path / "g.rdf", triple_terms=True)
    with pytest.raises(InputError, match="cannot be written: No such file"):
        export_rdf(FACTS, tmp_path / "none" / "g.ttl")
    graphs = tmp_path / "g.nq"
    graphs.write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n")
    with RdfGraph.open_file(graphs) as graph:
        with pytest.raises(InputError, match="holds one graph"):
            export_rdf(graph, tmp_path / "g.ttl")
        export_rdf(graph, tmp_path / "copy.nq")
    assert (tmp_path / "copy.nq").read_bytes() == graphs.read_bytes()
