"""`GRAPH` clauses written so that the engine evaluates them as SPARQL 1.1 says.

`GRAPH ?g { P }` is, over all named graphs g, P evaluated in g, joined with ?g = g (section 18.6). The engine hands ?g
to the patterns of P instead. Where P is triples that is the same; where P holds a subquery, an aggregate, VALUES,
MINUS, or ?g itself inside OPTIONAL or FILTER it is not. Such a clause is written out, one graph after the other.
"""

from collections.abc import Callable, Sequence
from typing import Final

from graph.tokens import Kind, Token, closing, joined, next_place, telling, tokens

MOST_TEXT: Final = 1 << 18
"""Characters of the longest text that a clause becomes; it stays as it is where it would be longer."""

MOST_GRAPHS: Final = 100
"""With more named graphs a clause stays as it is."""

_APART: Final = ("SELECT", "VALUES", "MINUS", "GRAPH")
_TERMS: Final = (Kind.VARIABLE, Kind.IRI, Kind.NAME, Kind.BLANK, Kind.STRING, Kind.NUMBER)


Plain = Callable[[Sequence[Token], Token], bool]
"""Whether the engine evaluates a pattern, in the graph of a name, as it should."""


def written_out(parts: Sequence[Token], graphs: Sequence[str], *, plain: Plain) -> tuple[Token, ...]:
    """The tokens with every clause written out whose pattern is not plain; `graphs` are all named graphs."""
    out: list[Token] = []
    place = 0
    while place < len(parts):
        if parts[place].is_word("GRAPH"):
            name = next_place(parts, place + 1)
            opening = next_place(parts, name + 1)
            if opening < len(parts) and parts[opening].is_sign("{"):
                end = closing(parts, opening)
                inside = parts[opening + 1 : end]
                pattern = written_out(inside, graphs, plain=plain)
                long = len(joined(pattern)) * (len(graphs) if parts[name].kind is Kind.VARIABLE else 1) > MOST_TEXT
                stays = end == len(parts) or long or plain(pattern, parts[name])
                out += (
                    (*parts[place : opening + 1], *pattern, *parts[end : end + 1])
                    if stays
                    else _graph(parts[name], pattern, graphs)
                )
                place = end + 1
                continue
        out.append(parts[place])
        place += 1
    return tuple(out)


def _graph(name: Token, pattern: tuple[Token, ...], graphs: Sequence[str]) -> tuple[Token, ...]:
    text = joined(pattern)
    if name.kind is not Kind.VARIABLE:  # a graph that is not there answers nothing, whatever the pattern says
        return tokens(f"{{ GRAPH {name.text} {{}} GRAPH {name.text} {{ {text} }} }}")
    if not graphs:
        return tokens(f"{{ GRAPH {name.text} {{ {text} }} FILTER(false) }}")
    return tokens(
        " UNION ".join(
            f"{{ VALUES {name.text} {{ <{graph}> }} GRAPH <{graph}> {{}} "
            f"GRAPH <{graph}> {{ {joined(_own(pattern, number))} }} }}"
            for number, graph in enumerate(graphs)
        )
    )


def _own(pattern: tuple[Token, ...], number: int) -> tuple[Token, ...]:
    """The pattern with blank nodes of its own: no label may stand in two."""
    return tuple(Token(Kind.BLANK, f"{one.text}_{number}") if one.kind is Kind.BLANK else one for one in pattern)


def is_plain(pattern: Sequence[Token], name: Token) -> bool:
    """Whether every group in the pattern begins with triples, and only triples outside inner groups mention ?g."""
    if any(one.is_word(*_APART) for one in pattern):
        return False
    groups = [-1, *(place for place in telling(pattern) if pattern[place].is_sign("{"))]
    if not all(_begins_with_triples(pattern, next_place(pattern, place + 1)) for place in groups):
        return False
    spelled = {f"?{name.text[1:]}", f"${name.text[1:]}"} if name.kind is Kind.VARIABLE else set()
    mentioned = any(one.kind is Kind.VARIABLE and one.text in spelled for one in pattern)
    return not mentioned or not any(
        one.kind is Kind.WORD or one.is_sign("{") for one in pattern if not one.is_word("A")
    )


def _begins_with_triples(pattern: Sequence[Token], place: int) -> bool:
    if place == len(pattern):
        return True
    first = pattern[place]
    return first.kind in _TERMS or first.is_sign("{", "[", "(", "+", "-", "}") or first.is_word("TRUE", "FALSE")
