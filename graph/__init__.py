"""Claims to RDF, to the store, to the frozen network, to answers.

Imports `ontology` and nothing else of this project.
"""
