"""The YAML block that may open a Markdown file: who wrote the article, under which licence, what it restates.

Only `yaml.safe_load` reads it. It stays part of the article's text, so that offsets count in the file as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import yaml

from ontology.article import Source
from ontology.errors import UnreadableArticle

MAX_FRONT_MATTER: Final = 64 * 1024
"""Longest front matter read, in characters."""

IDENTIFIER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
"""What an article's id may be: it becomes part of an IRI and of addresses."""

_OPENING: Final = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\r|\n)")
_CLOSING: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
_KEY: Final = re.compile(r"[\w-]+:(?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block says; None where it says nothing."""

    id: str | None = None
    title: str | None = None
    licence: str | None = None
    source: Source = field(default_factory=Source)
    restates: Source | None = None


def body_start(text: str) -> int:
    """The offset of the first character after the front matter; 0 for a text without one."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    return closing.end() if closing else 0


def front_matter(text: str, *, source: str) -> FrontMatter:
    """What the front matter of `text` says; an empty `FrontMatter` where there is none.

    Keys it does not know are left alone: front matter serves other programs too.

    Raises:
        UnreadableArticle: `source` has front matter that is never closed, is too long, is no YAML mapping, or has a
            value of the wrong sort; the reason names the line or the key.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return FrontMatter()
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        if _KEY.match(text, opening.end()):
            raise UnreadableArticle(source, "front matter opened on line 1 is never closed; end it with a line '---'")
        return FrontMatter()
    if closing.start() > MAX_FRONT_MATTER:
        reason = f"front matter of {closing.start():,} characters; at most {MAX_FRONT_MATTER:,} are read"
        raise UnreadableArticle(source, reason)
    values = _parsed(text[opening.end() : closing.start()], source)
    stated = {key: _words(values, key, source) for key in ("id", "title", "licence", "license")}
    if stated["id"] is not None and not IDENTIFIER.fullmatch(stated["id"]):
        expected = "up to 128 letters, digits, '.', '_' and '-', beginning with a letter or digit"
        raise UnreadableArticle(source, f"front matter has id {stated['id']!r}; expected {expected}")
    return FrontMatter(
        id=stated["id"],
        title=stated["title"],
        licence=stated["licence"] or stated["license"],
        source=_publication({**values, "title": None}, source),
        restates=_restates(values.get("restates"), source),
    )


def _parsed(yaml_text: str, source: str) -> Mapping[str, object]:
    try:
        values = yaml.safe_load(yaml_text)
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        where = f"line {mark.line + 2} of the front matter" if mark else "front matter"
        what = error.problem if isinstance(error, yaml.MarkedYAMLError) and error.problem else str(error)
        raise UnreadableArticle(source, f"{where} is not YAML: {what}") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableArticle(source, f"front matter cannot be read: {error}") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise UnreadableArticle(source, "front matter is no list of 'key: value' lines")
    return {str(key): value for key, value in values.items()}


def _restates(value: object, source: str) -> Source | None:
    if value is None:
        return None
    if isinstance(value, str):
        return Source(title=value)
    if not isinstance(value, dict):
        raise UnreadableArticle(source, "front matter has 'restates' that is neither a title nor 'key: value' lines")
    return _publication({str(key): each for key, each in value.items()}, source)


def _publication(values: Mapping[str, object], source: str) -> Source:
    return Source(
        title=_words(values, "title", source),
        author=_words(values, "author", source),
        publisher=_words(values, "publisher", source),
        date=_words(values, "date", source),
        url=_words(values, "url", source),
    )


def _words(values: Mapping[str, object], key: str, source: str) -> str | None:
    """The value of `key` as one line of text; the parts of a list are joined with commas."""
    value = values.get(key)
    if value is None:
        return None
    parts = value if isinstance(value, list) else [value]
    if not all(isinstance(part, str | int | float | date) and not isinstance(part, bool) for part in parts):
        raise UnreadableArticle(source, f"front matter has a {key!r} that is no text; put it in quotes")
    return " ".join(", ".join(str(part) for part in parts).split()) or None
