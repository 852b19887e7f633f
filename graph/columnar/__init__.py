"""Counts, sums and averages over everything, from sorted arrays of a snapshot."""
