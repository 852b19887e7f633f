"""The text to ask the engine in place of a query that it would not answer as SPARQL 1.1 says.

What the engine does otherwise is listed in the README with the tests that show it. Each amendment is a rule of the
recommendation written in words that the engine evaluates as meant, whatever the query; a query that needs none is
left as it is. Queries are amended, updates are not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import pyoxigraph
from pyoxigraph import NamedNode

from graph.querying.graphclauses import MOST_GRAPHS, is_plain, written_out
from graph.querying.zeropaths import completed
from graph.tokens import Kind, Token, closing, find_depth, joined, next_place, tokens

LARGEST: Final = 1 << 20
"""Characters of the longest text that an amendment may make."""

DEEPEST: Final = 100
"""Brackets in brackets of a query that is read here."""

_WORD: Final = re.compile(r"\b(?:graph|group_concat|bnode)\b")
_WORDS: Final = ("graph", "group_concat", "bnode")
_ODD: Final = re.compile(r"\b(?:TRUE|FALSE|True|False)\b|<[^<>\s]*(?:&&|,)[^<>\s]*>")
_MODIFIER: Final = re.compile(r"(?<!\()[*?](?!\w)")
_STARS: Final = ("select", "distinct", "reduced", "describe")
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_AGGREGATES: Final = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "GROUP", "HAVING")
_SOLUTION: Final = "?etio_solution"


def amended(query: str, store: pyoxigraph.Store, options: Mapping[str, Any]) -> str:
    """The text to ask; the query itself where nothing is to be amended. `options` are those of `Store.query`.

    Raises:
        SyntaxError: the engine would take a malformed query for a good one.
    """
    if not _worth_reading(query):
        return query
    parts = tokens(query)
    depth = find_depth(parts)
    if depth is None or depth > DEEPEST or any(one.is_sign("\\") for one in parts):  # an escape outside of texts
        return query
    _longest_tokens(query, parts, options)
    spelled = tuple(_truth_values(parts))
    told = tuple(_fresh_nodes(_bare_concatenations(spelled)))
    told = completed(told, _Mentions(told, store, options).may_lack)
    if any(one.is_word("GRAPH") for one in told):
        graphs = _graphs(store, options)
        told = told if graphs is None else written_out(told, graphs, plain=is_plain)
    text = joined(told)
    if text == query or len(text) > LARGEST or not all(_parses(one, options) for one in (joined(spelled), text)):
        return query  # a malformed one is the engine's to refuse, at the place where it is malformed
    return text


def _worth_reading(query: str) -> bool:
    """Whether a look at the text does not already tell that there is nothing to amend."""
    low = query.lower()
    if (any(word in low for word in _WORDS) and _WORD.search(low)) or _ODD.search(query):
        return True
    modifiers = (match.start() for match in _MODIFIER.finditer(query))
    return any(not low[:place].rstrip().endswith(_STARS) for place in modifiers)


class _Mentions:
    """Which terms of a query the graph mentions that it asks."""

    def __init__(self, parts: Sequence[Token], store: pyoxigraph.Store, options: Mapping[str, Any]) -> None:
        self._store = store
        self._options = options
        start = next((place for place, one in enumerate(parts) if one.is_word(*_FORMS)), 0)
        self._prologue = joined(parts[:start])
        self._other_graphs = any(one.is_word("GRAPH", "FROM") for one in parts)

    def may_lack(self, term: Token) -> bool:
        """Whether the graph may lack a term: not looked up where the query asks several graphs."""
        if self._other_graphs:
            return True
        text = f"{self._prologue}\nASK {{ {{ {term.text} ?p ?o }} UNION {{ ?s ?p {term.text} }} }}"
        try:
            return not self._store.query(text, **self._options)
        except SyntaxError:
            return False  # the query itself will be refused


def _graphs(store: pyoxigraph.Store, options: Mapping[str, Any]) -> list[str] | None:
    """All named graphs of the dataset; None where they are too many, or one has no name."""
    stated = options.get("named_graphs")
    found = list(islice(store.named_graphs(), MOST_GRAPHS + 1) if stated is None else stated)
    if len(found) > MOST_GRAPHS or not all(isinstance(one, NamedNode) for one in found):
        return None
    return sorted(one.value for one in found)


def _truth_values(parts: Sequence[Token]) -> list[Token]:
    """Keywords have no case, `true` and `false` among them."""
    return [Token(Kind.WORD, one.text.lower()) if one.is_word("TRUE", "FALSE") else one for one in parts]


def _bare_concatenations(parts: Sequence[Token]) -> list[Token]:
    """GROUP_CONCAT makes a text without a language."""
    out = list(parts)
    for place in reversed([place for place, one in enumerate(parts) if one.is_word("GROUP_CONCAT")]):
        opening = next_place(out, place + 1)
        end = closing(out, opening) if opening < len(out) else len(out)
        if end < len(out):
            out[place : end + 1] = (*tokens("STR("), *out[place : end + 1], *tokens(")"))
    return out


def _fresh_nodes(parts: Sequence[Token]) -> list[Token]:
    """BNODE(text) in a SELECT makes a blank node for each text in each solution.

    Solutions are told apart by a variable of their own. A SELECT that groups is left alone: its solutions have none.
    """
    out = list(parts)
    for place in reversed([place for place, one in enumerate(parts) if one.is_word("SELECT")]):
        opening = next((at for at in range(place, len(out)) if out[at].is_sign("{")), len(out))
        end = closing(out, opening) if opening < len(out) else len(out)
        calls = list(_calls(out, place, opening))
        tail = next((at for at in range(end + 1, len(out)) if out[at].is_sign("}")), len(out))
        if (
            end == len(out)
            or not calls
            or any(one.is_word(*_AGGREGATES) for one in (*out[place:opening], *out[end:tail]))
        ):
            continue
        out[opening : end + 1] = (
            *tokens("{ "),
            *out[opening : end + 1],
            *tokens(f" BIND(STRUUID() AS {_SOLUTION}) }}"),
        )
        for start, stop in reversed(calls):
            out[start : stop + 1] = (*tokens(f"(MD5(CONCAT({_SOLUTION}, "), *out[start + 1 : stop], *tokens(")))"))
    return out


def _calls(parts: Sequence[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of the brackets of every BNODE with an argument."""
    for place in range(start, end):
        opening = next_place(parts, place + 1)
        if parts[place].is_word("BNODE") and opening < end and parts[opening].is_sign("("):
            stop = closing(parts, opening)
            if next_place(parts, opening + 1) < stop < end:
                yield opening, stop


def _longest_tokens(query: str, parts: Sequence[Token], options: Mapping[str, Any]) -> None:
    """Nothing, unless the engine reads `<` and `>` as comparisons where the grammar reads an IRI."""
    odd = [place for place, one in enumerate(parts) if one.kind is Kind.IRI and ("&&" in one.text or "," in one.text)]
    if not odd or not _parses(query, options):
        return
    for place in odd:
        if not _parses(joined((*parts[:place], *tokens("<x:>"), *parts[place + 1 :])), options):
            before = joined(parts[:place])
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            raise SyntaxError(f"error at {line}:{column}: {parts[place].text} is an IRI, which cannot stand here")


def _parses(text: str, options: Mapping[str, Any]) -> bool:
    try:
        pyoxigraph.Store().query(text, **options)
    except SyntaxError:
        return False
    return True
