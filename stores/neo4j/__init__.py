"""The graph store on a Neo4j server, asked in Cypher through the official driver."""

from stores.neo4j.store import Neo4jGraph

__all__ = ["Neo4jGraph"]
