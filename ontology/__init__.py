"""What may be said: terms, claims, the lexicon of concepts, the schema and the errors.

Imports nothing else of this project.
"""
