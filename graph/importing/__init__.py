"""RDF files into the store: read and sorted on disk first, then put in as a whole or not at all."""
