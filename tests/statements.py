"""What extraction reads in a few words, written so that a test can show it in one line."""

from ingest.extract import extract
from ontology.article import Article


def claims(text: str, *rules: str) -> list[tuple[str, str, str]]:
    """Subject, relation and object of what rules beginning so say, sorted."""
    found = extract(Article(id="a", title="", text=text, format="markdown"))
    labels = {concept.id: concept.label for concept in found.concepts}
    return sorted(
        (labels[claim.subject], claim.predicate.value, labels[claim.object])
        for claim in found.claims
        if any(evidence.rule.startswith(rules) for evidence in claim.evidence)
    )


def said(text: str, *rules: str, frequency: bool = False, rule: bool = False, qualifier: bool = False) -> list[str]:
    """`subject relation object (how sure, how often, rule) [qualifier]`, `not` before a denied one; sorted.

    One for each statement of these rules, or of all; how often, rule and qualifier where asked for.
    """
    found = extract(Article(id="a", title="", text=text, format="markdown"))
    label = {concept.id: concept.label for concept in found.concepts}
    statements = []
    for claim in found.claims:
        denied = "not " if claim.negated else ""
        link = f"{denied}{label[claim.subject]} {claim.predicate.value} {label[claim.object]}"
        for each in claim.evidence:
            if rules and each.rule not in rules:
                continue
            details = [each.certainty.value]
            details += [each.frequency] if frequency and each.frequency else []
            details += [each.rule] if rule else []
            behind = f" [{each.qualifier}]" if qualifier and each.qualifier else ""
            statements.append(f"{link} ({', '.join(details)}){behind}")
    return sorted(statements)
