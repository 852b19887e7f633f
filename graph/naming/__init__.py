"""Which concepts a name means, from sorted arrays of a snapshot: what a `Lexicon` answers without holding the names."""
