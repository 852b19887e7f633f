"""The graph, whole or in part, in the formats of other tools: one module a format.

RDF formats are written from triples, the others from one canonical table (`graph.export.table`).
Same graph, same bytes.
"""
