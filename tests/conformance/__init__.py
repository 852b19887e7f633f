"""The W3C SPARQL 1.1 suite, and the data tests of 1.0, run over HTTP against a served store and against the engine."""
