"""A SPARQL update cut into its operations, as far as its words, braces, strings, IRIs and comments tell.

It is no parser: the engine is, and says first whether the text is one. What is said here decides how an operation is
run, and a wrong cut must at most make that slower; so whatever looks unusual is said to be unclear.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.tokens import Kind, tokens

_BASE: Final = "BASE"
_CLOSING: Final = {"}": "{", ")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Placed:
    """A token that is no space, where it starts, and how many braces are open there."""

    kind: Kind
    text: str
    start: int
    depth: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    def says(self, *words: str) -> bool:
        """Whether it is one of these keywords or signs, given in capitals."""
        return self.kind in (Kind.WORD, Kind.SIGN) and self.text.upper() in words


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its tokens, what was declared before it, and the text that all is cut from."""

    prologue: str
    tokens: tuple[Placed, ...]
    source: str

    @property
    def text(self) -> str:
        """It as a text of its own, with what was declared before it."""
        return self.prologue + self.slice(self.tokens)

    def slice(self, tokens: Sequence[Placed]) -> str:
        """The text from the first to the last of these tokens."""
        return self.source[tokens[0].start : tokens[-1].end] if tokens else ""

    def begins(self, *words: str) -> bool:
        """Whether its first tokens say these words."""
        return len(self.tokens) >= len(words) and all(
            token.says(word) for token, word in zip(self.tokens, words, strict=False)
        )


def operations(text: str) -> tuple[Operation, ...] | None:
    """The operations in their order; None where the cut is unclear."""
    placed = _placed(text)
    if placed is None:
        return None
    found: list[Operation] = []
    prologue, at = "", 0
    while at < len(placed):
        length = _declaration(placed[at : at + 3])
        if length:
            prologue += text[placed[at].start : placed[at + length - 1].end] + "\n"
            at += length
            continue
        end = next((i for i in range(at, len(placed)) if placed[i].says(";") and not placed[i].depth), len(placed))
        if end == at:
            return None
        found.append(Operation(prologue, tuple(placed[at:end]), text))
        at = end + 1
    return tuple(found)


def declared_first(text: str) -> str:
    """The update with declarations between its operations moved to its beginning, where the engine wants them.

    The text itself where there are none, where the cut is unclear, where a BASE stands between operations, and where
    one prefix is declared to mean two things.
    """
    found = operations(text)
    if not found or found[0].prologue == found[-1].prologue:
        return text
    declared = [name for name, _ in _declared(found[0].prologue)]
    meant: dict[str, str] = {}
    for place, (name, iri) in enumerate(_declared(found[-1].prologue)):
        if place >= len(declared) and (name == _BASE or meant.get(name, iri) != iri):
            return text
        meant[name] = iri
    return found[-1].prologue + " ;\n".join(part.slice(part.tokens) for part in found)


def _declared(prologue: str) -> Iterator[tuple[str, str]]:
    """Name and IRI of every declaration."""
    placed = _placed(prologue) or []
    at = 0
    while at < len(placed) and (length := _declaration(placed[at : at + 3])):
        yield placed[at + 1].text if length == 3 else _BASE, placed[at + length - 1].text
        at += length


def _declaration(placed: Sequence[Placed]) -> int:
    """How many tokens a declaration takes that they begin with, if any."""
    kinds = [token.kind for token in placed]
    if placed[0].says("PREFIX") and kinds[1:] == [Kind.NAME, Kind.IRI]:
        return 3
    return 2 if placed[0].says("BASE") and kinds[1:2] == [Kind.IRI] else 0


def _placed(text: str) -> list[Placed] | None:
    if "\r" in text.replace("\r\n", ""):  # does a comment end there?
        return None
    found: list[Placed] = []
    brackets: list[str] = []
    start = 0
    for token in tokens(text):
        if token.kind is Kind.IRI and "#" in token.text and brackets[-1:] == ["("]:
            return None  # `<` may be an operator, and what follows # a comment
        if token.is_sign("\\", '"', "'"):
            return None
        if token.is_sign(*_CLOSING) and (not brackets or brackets.pop() != _CLOSING[token.text]):
            return None
        if token.kind is not Kind.SPACE:
            found.append(Placed(token.kind, token.text, start, brackets.count("{")))
        if token.is_sign(*_CLOSING.values()):
            brackets.append(token.text)
        start += len(token.text)
    return None if brackets else found
