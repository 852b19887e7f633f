"""The quads that a DELETE or INSERT of a SPARQL update writes, by the graph they go to, as far as the text tells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from graph.tokens import Kind
from graph.updating.operations import Operation, Placed

Verb = Literal["DELETE", "INSERT"]

_CHANGING: Final = ("RAND", "UUID", "STRUUID", "BNODE", "NOW")


@dataclass(frozen=True, slots=True)
class Template:
    """Triples that are removed or added; `graph` is the token that names where, None the graph that is the default."""

    verb: Verb
    graph: Placed | None
    triples: tuple[Placed, ...]

    @property
    def makes_nodes(self) -> bool:
        """Whether it has blank nodes: new ones for each match of the pattern, the same ones in all templates."""
        return any(token.kind is Kind.BLANK or token.text in ("[", "(", "<<", "{|") for token in self.triples)


@dataclass(frozen=True, slots=True)
class Modify:
    """An operation with a pattern: what it writes where its pattern matches.

    `into` names the graph of WITH, `using` are the tokens of the USING clauses, `pattern` those of the pattern.
    """

    operation: Operation
    into: Placed | None
    templates: tuple[Template, ...]
    using: tuple[Placed, ...]
    pattern: tuple[Placed, ...]

    @property
    def touches_default(self) -> bool:
        """Whether it may write to the default graph."""
        return self.into is None and any(template.graph is None for template in self.templates)

    @property
    def can_be_asked(self) -> bool:
        """Whether CONSTRUCT queries, one a template, tell exactly what it writes."""
        if any(template.graph is not None and template.graph.kind is Kind.VARIABLE for template in self.templates):
            return False
        words = {token.text.upper() for token in self.pattern if token.kind is Kind.WORD}
        apart = sum(template.makes_nodes for template in self.templates) < 2 and words.isdisjoint(_CHANGING)
        return apart or len(self.templates) < 2


def modify(operation: Operation) -> Modify | None:
    """The operation as one with a pattern; None where it is another or its parts are unclear."""
    tokens = operation.tokens
    if operation.begins("DELETE", "WHERE"):
        pattern = tokens[2:]
        templates = _templates("DELETE", pattern)
        return None if templates is None else Modify(operation, None, templates, (), pattern)
    into: Placed | None = None
    if operation.begins("WITH") and len(tokens) > 1:
        into, tokens = tokens[1], tokens[2:]
    found: list[Template] = []
    verbs: tuple[Verb, ...] = ("DELETE", "INSERT")
    for verb in verbs:
        if tokens and tokens[0].says(verb) and tokens[1:2] and tokens[1].says("{"):
            end = _closing(tokens, 1)
            templates = _templates(verb, tokens[1 : end + 1])
            if templates is None:
                return None
            found += templates
            tokens = tokens[end + 1 :]
    at = next((place for place, token in enumerate(tokens) if token.says("WHERE")), None)
    if at is None or tokens is operation.tokens:
        return None
    pattern = tokens[at + 1 :]
    if not pattern or not pattern[0].says("{") or _closing(pattern, 0) != len(pattern) - 1:
        return None
    return Modify(operation, into, tuple(found), tokens[:at], pattern)


def _templates(verb: Verb, braced: Sequence[Placed]) -> tuple[Template, ...] | None:
    """What stands between braces, which are the first and last token; None where that is unclear."""
    found = list(_parts(verb, braced[1:-1]))
    return None if None in found else tuple(part for part in found if part is not None)


def _parts(verb: Verb, tokens: Sequence[Placed]) -> Iterator[Template | None]:
    own: list[Placed] = []
    at = 0
    while at < len(tokens):
        if tokens[at].says("GRAPH"):
            if own:
                yield Template(verb, None, tuple(own))
                own = []
            if at + 2 >= len(tokens) or not tokens[at + 2].says("{"):
                yield None
                return
            end = _closing(tokens, at + 2)
            if end > at + 3:
                yield Template(verb, tokens[at + 1], tuple(tokens[at + 3 : end]))
            at = end + 1
            if at < len(tokens) and tokens[at].says("."):
                at += 1
        else:
            own.append(tokens[at])
            at += 1
    if own:
        yield Template(verb, None, tuple(own))


def _closing(tokens: Sequence[Placed], at: int) -> int:
    """Where the brace closes that opens there."""
    depth = tokens[at].depth
    return next(
        place for place in range(at + 1, len(tokens)) if tokens[place].says("}") and tokens[place].depth == depth
    )
