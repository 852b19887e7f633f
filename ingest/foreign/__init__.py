"""Existing knowledge graphs read as articles whose sentences are made from their rows."""
