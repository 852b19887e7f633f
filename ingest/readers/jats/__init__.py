"""Articles of journals in JATS XML, as PubMed Central gives them out."""
