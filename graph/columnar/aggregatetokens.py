r"""The tokens of a plain SPARQL query, with their places.

Only what every reader of SPARQL takes for the same: ASCII outside of texts and addresses, no `\u` escapes (they may
stand anywhere and change what is read), no names with escapes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class NotPlain(Exception):
    """The query is none of those that are read here."""


class Sign(Enum):
    """What a token is."""

    IRI = auto()
    VARIABLE = auto()
    TEXT = auto()
    LANGUAGE = auto()
    NUMBER = auto()
    NAME = auto()
    WORD = auto()
    MARK = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token; `text` as written, but a word in capitals and a variable without its sign."""

    sign: Sign
    text: str
    start: int
    end: int


_TOKEN: Final = re.compile(
    r"""
    (?P<space> [ \t\r\n]+ | \#[^\r\n]* )
  | (?P<IRI> <[^\x00-\x20<>"{}|^`\\]*> )
  | (?P<VARIABLE> [?$][A-Za-z0-9_]+ )
  | (?P<TEXT> \"{3}(?:\"{0,2}(?:[^"\\]|\\[^uU]))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\[^uU]))*'{3}
            | "(?:[^"\\\r\n]|\\[^uU\r\n])*" | '(?:[^'\\\r\n]|\\[^uU\r\n])*' )
  | (?P<LANGUAGE> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<NUMBER> (?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+ | [0-9]*\.[0-9]+ | [0-9]+ )
  | (?P<NAME> (?:_|[A-Za-z][A-Za-z0-9_-]*)?:(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?(?![A-Za-z0-9_%:\\-]) )
  | (?P<WORD> [A-Za-z]+(?![A-Za-z0-9_:-]) )
  | (?P<MARK> \^\^ | && | \|\| | != | <= | >= | [][{}().;,*/+?|^!=<>-] )
    """,
    re.VERBOSE,
)
_SIGNS: Final = {sign.name: sign for sign in Sign}


def tokens(query: str) -> tuple[Token, ...] | None:
    """The tokens, `Sign.END` last; None where the query is not as plain as that."""
    found: list[Token] = []
    place = 0
    while place < len(query):
        match = _TOKEN.match(query, place)
        if match is None:
            return None
        place = match.end()
        name = match.lastgroup or ""
        if name == "space":
            continue
        text = match[0]
        if name == "WORD":
            text = text.upper() if text != "a" else text
        elif name == "VARIABLE":
            text = text[1:]
        found.append(Token(_SIGNS[name], text, match.start(), place))
    found.append(Token(Sign.END, "", place, place))
    return tuple(found)


class Cursor:
    """A place among tokens; what is not there as expected is `NotPlain`."""

    def __init__(self, found: Sequence[Token], place: int) -> None:
        self._tokens = found
        self._place = place

    @property
    def _peek(self) -> Token:
        return self._tokens[self._place]

    def _next(self) -> Token:
        token = self._tokens[self._place]
        if token.sign is Sign.END:
            raise NotPlain
        self._place += 1
        return token

    def _take(self, sign: Sign) -> Token:
        token = self._next()
        if token.sign is not sign:
            raise NotPlain
        return token

    def _at(self, *texts: str) -> bool:
        """Whether the next token is one of these words or marks."""
        return self._peek.sign in (Sign.WORD, Sign.MARK) and self._peek.text in texts

    def _has_word(self, word: str) -> bool:
        return self._has(Sign.WORD, word)

    def _has_mark(self, mark: str) -> bool:
        return self._has(Sign.MARK, mark)

    def _has(self, sign: Sign, text: str) -> bool:
        if self._peek.sign is sign and self._peek.text == text:
            self._place += 1
            return True
        return False

    def _word(self, word: str) -> None:
        if not self._has_word(word):
            raise NotPlain

    def _mark(self, mark: str) -> None:
        if not self._has_mark(mark):
            raise NotPlain
