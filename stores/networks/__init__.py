"""networkx graphs: from and to entities and facts, and from and to GraphML and node-link JSON."""

from stores.networks.convert import from_networkx, to_networkx
from stores.networks.graphml import read_graphml, write_graphml
from stores.networks.node_link import read_node_link, write_node_link

__all__ = [
    "from_networkx",
    "read_graphml",
    "read_node_link",
    "to_networkx",
    "write_graphml",
    "write_node_link",
]
