"""A SPARQL query or update as tokens, without a byte lost: the texts of all tokens together are the text.

Only so much of the grammar is known here as tells keywords, names, variables and texts apart (SPARQL 1.1, section
19.8, productions 139 to 173); the longest token wins, as the recommendation has it. Whether they make a query is
the engine's business.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Kind(Enum):
    """What a token is."""

    SPACE = auto()
    """White space or a comment."""
    IRI = auto()
    STRING = auto()
    VARIABLE = auto()
    BLANK = auto()
    """The label of a blank node."""
    NAME = auto()
    """A prefixed name, which may have an empty prefix, local part or both."""
    LANGUAGE = auto()
    NUMBER = auto()
    WORD = auto()
    """A keyword, the name of a function, `a`, `true` or `false`."""
    SIGN = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text."""

    kind: Kind
    text: str

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these words (upper case), in any case."""
        return self.kind is Kind.WORD and self.text.upper() in words

    def is_sign(self, *signs: str) -> bool:
        """Whether it is one of these signs."""
        return self.kind is Kind.SIGN and self.text in signs


_LETTER: Final = r"[^\W\d_]"
_LOCAL: Final = r"(?:[\w:.·\u0300-\u036F‿⁀-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
_LAST: Final = r"(?:[\w:·\u0300-\u036F‿⁀-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
_PREFIX: Final = 500
"""Characters of the longest prefix: a search for its colon must not go through the whole text."""

_PATTERN: Final = re.compile(
    "|".join(
        f"(?P<{kind.name}>{pattern})"
        for kind, pattern in (
            (Kind.SPACE, r"(?:[\x20\t\r\n]|#[^\r\n]*)+"),
            (Kind.IRI, r"<[^<>\"{}|^`\\\x00-\x20]*>"),
            (
                Kind.STRING,
                (
                    r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""|\'\'\'(?:\'{0,2}(?:[^\'\\]|\\.))*\'\'\''
                    r'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\''
                ),
            ),
            (Kind.VARIABLE, r"[?$]\w[\w·\u0300-\u036F‿⁀]*"),
            (Kind.BLANK, r"_:\w(?:[\w.·\u0300-\u036F‿⁀-]*[\w·\u0300-\u036F‿⁀-])?"),
            (
                Kind.NAME,
                rf"(?:{_LETTER}(?:[\w.·\u0300-\u036F‿⁀-]{{0,{_PREFIX}}}[\w·\u0300-\u036F‿⁀-])?)?:(?:{_LOCAL}*{_LAST})?",
            ),
            (Kind.LANGUAGE, r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"),
            (Kind.NUMBER, r"(?:\d+\.\d*|\.\d+|\d+)[eE][+-]?\d+|\d*\.\d+|\d+"),
            (Kind.WORD, r"[A-Za-z][\w]*"),
            (Kind.SIGN, r"\^\^|\|\||&&|!=|<=|>=|<<|>>|."),
        )
    ),
    re.DOTALL,
)


def tokens(text: str) -> tuple[Token, ...]:
    """All tokens in order; a sign that the grammar does not know is a token too."""
    return tuple(Token(Kind[match.lastgroup or "SIGN"], match[0]) for match in _PATTERN.finditer(text))


def joined(parts: Sequence[Token]) -> str:
    """The text that the tokens make."""
    return "".join(part.text for part in parts)


def telling(parts: Sequence[Token], start: int = 0) -> Iterator[int]:
    """The places from `start` on that hold no white space."""
    return (place for place in range(start, len(parts)) if parts[place].kind is not Kind.SPACE)


def next_place(parts: Sequence[Token], start: int) -> int:
    """The first place from `start` on that holds no white space; the length where there is none."""
    return next(telling(parts, start), len(parts))


_CLOSING: Final = {"(": ")", "{": "}", "[": "]"}


def closing(parts: Sequence[Token], opening: int) -> int:
    """The place of the bracket that closes the one at `opening`; the length where none does."""
    opened: list[str] = []
    for place in range(opening, len(parts)):
        if parts[place].kind is not Kind.SIGN:
            continue
        sign = parts[place].text
        if sign in _CLOSING:
            opened.append(_CLOSING[sign])
        elif opened and sign == opened[-1]:
            opened.pop()
            if not opened:
                return place
    return len(parts)


def find_depth(parts: Sequence[Token]) -> int | None:
    """How many brackets are open at most at once; None where they do not pair."""
    opened: list[str] = []
    deepest = 0
    for one in parts:
        if one.is_sign(*_CLOSING):
            opened.append(_CLOSING[one.text])
            deepest = max(deepest, len(opened))
        elif one.is_sign(*_CLOSING.values()) and (not opened or opened.pop() != one.text):
            return None
    return None if opened else deepest
