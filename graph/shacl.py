"""What the SHACL engine finds wrong with triples.

The engine takes longer to import than all else that a writer needs, and few writers have anything for it to judge:
`graph.constraints` finds most graphs right. So it is imported when it is asked.
"""

from collections.abc import Iterable

from pyoxigraph import Triple


def violations(triples: Iterable[Triple]) -> tuple[str, ...]:
    """One line a violation, sorted, as `ontology.shapes.violations` has them; () when the triples conform."""
    from graph.rdflibgraph import rdflib_graph
    from ontology import shapes

    return shapes.violations(rdflib_graph(triples))
