"""An article as its reader sees it: sections under headings, and units, each a sentence or an item with its lead-in.

A lead-in ("Symptoms include:") is read together with each item under it as one sentence. A lead-in whose list was lost
swallows nothing: what follows it is an item only if it is shaped like one. Advertisements and bylines yield no unit.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ingest.blocks import RawBlock, RawKind, parted
from ingest.boilerplate import BOILERPLATE, BYLINE, OF_NO_DISEASE
from ingest.headings import find_heading_rule
from ingest.leadins import FINITE, LONGEST_LEAD_IN, OPEN_END, after_label, find_label, is_open, is_sentence, join_item
from ingest.sentences import Span, sentences
from ingest.tables import Row, Table, find_table
from ingest.units import Heading, Unit
from ingest.view import View, view
from ontology.article import Article

_STATES: Final = re.compile(
    r"^(?!what\b|how\b|why\b|when\b|who\b|common\b|other\b)(?:[\w-]+ ){1,8}"
    r"(?:irritates?|triggers?|can cause|causes|creates?|leads to)"
    r"(?! of\b| for\b)\b [^?]*$",
    re.IGNORECASE,
)
"""A heading that is itself a statement: "Smoke irritates the airways"."""

_EMPTY_LABEL: Final = re.compile(
    r"(?:summary|overview|definition|description|background|abstract|introduction|key points?)\s?:\s+(?=\S)",
    re.IGNORECASE,
)
"""A label that says nothing of what follows it."""

_NAMES_A_TEST: Final = re.compile(
    r"(?!(?:other|diagnostic|initial|first|more|further|additional|laboratory|lab|specific|future|current|common|new|"
    r"screening|routine|follow-up|special|ongoing|related|emergency|medical|early|the|your|types?|getting|diagnos\w+)\b)"
    r"[A-Z][\w/'-]+(?: (?!and\b|for\b|of\b|to\b|or\b)[\w/'()-]+){0,4}? (?:tests?|scans?|therap(?:y|ies)|exams?)"
    r"(?: \([\w ]+\))?$",
    re.IGNORECASE,
)
"""A heading below that of the tests or treatments that names one of them, though it has the word of the heading."""

_MOST_WORDS: Final = 15


def read_document(article: Article, blocks: Iterable[RawBlock]) -> tuple[Unit, ...]:
    """The units of an article in the order of its text; () when it has none."""
    return tuple(_Reader(article.text, article.title).units(tuple(parted(article.text, blocks))))


def title_view(article: Article, blocks: Iterable[RawBlock]) -> View:
    """The view of the first heading, else an empty one: where the article says what it is about."""
    first = next((block for block in blocks if block.kind is RawKind.HEADING), None)
    return view(article.text, first.start, first.end) if first else View("", (0,))


class _Reader:
    """Walks the blocks once, keeping the path of headings and the open lead-in."""

    def __init__(self, text: str, title: str) -> None:
        self._text = text
        self._title = title.strip()
        self._path: list[Heading] = []
        self._lead_in: Unit | None = None
        self._labelled: bool | None = None
        self._skipping = False

    def units(self, blocks: tuple[RawBlock, ...]) -> Iterator[Unit]:
        for number, block in enumerate(blocks):
            shown = view(self._text, block.start, block.end)
            if not shown.text:
                continue
            advertisement = bool(BOILERPLATE.search(shown.text[:200])) and len(shown.text) < 600
            if block.kind is RawKind.HEADING:
                self._skipping = advertisement and BYLINE.search(shown.text) is None
                self._skipping |= OF_NO_DISEASE.search(shown.text) is not None
            if self._skipping or advertisement:
                self._lead_in = None
                self._skipping |= shown.text.rstrip().endswith(":")
                continue
            if block.kind is RawKind.HEADING and not (self._lead_in and self._is_bare_item(shown.text)):
                yield from self._heading(block, shown, number)
                continue
            if block.kind is RawKind.PARAGRAPH and self._lead_in and not self._is_item(shown.text, self._lead_in.text):
                self._lead_in = None
            if block.kind is RawKind.PARAGRAPH and self._lead_in is None and not self._lost_its_bullet(shown.text):
                listed = number + 1 < len(blocks) and blocks[number + 1].kind is RawKind.ITEM
                yield from self._prose(shown, number, listed=listed)
            else:
                yield from self._item(shown, number)
                if block.kind is RawKind.ITEM and (
                    number + 1 == len(blocks) or blocks[number + 1].kind is not RawKind.ITEM
                ):
                    self._lead_in = None

    def _heading(self, block: RawBlock, shown: View, number: int) -> Iterator[Unit]:
        rule = find_heading_rule(self._without_title(shown.text))
        level = block.level
        entity = rule is None and not shown.text.rstrip().endswith("?")
        entity |= _NAMES_A_TEST.match(shown.text) is not None and any(above.rule == rule for above in self._path)
        states = rule is not None and bool(self._path) and _STATES.search(shown.text) is not None
        self._path = [heading for heading in self._path if heading.level < level]
        if entity and self._path and block.level == 1:
            level = self._path[-1].level + 1
        # A lead-in holds for the headings that follow it directly, each an item; text in between ends it.
        lead_in = self._lead_in
        here = Heading(shown, level, rule)
        if entity and self._path:
            joined = join_item(lead_in.view, shown) if lead_in and len(lead_in.text) <= LONGEST_LEAD_IN else None
            yield Unit(
                view=joined.view if joined else shown,
                quote=joined.quote if joined else Span(0, len(shown.text)),
                headings=tuple(self._path),
                paragraph=number,
                lead_in=lead_in.text if lead_in else None,
                item=True,
                heading=True,
            )
        else:
            self._lead_in = None
        if states and not entity:
            yield Unit(shown, Span(0, len(shown.text)), tuple(h for h in self._path if h.level < level), number)
        self._path.append(here)

    def _lost_its_bullet(self, text: str) -> bool:
        """Tell whether a paragraph is a member of its heading's list: small letters, no stop, "heavy alcohol use"."""
        return (
            bool(self._path)
            and self._path[-1].rule is not None
            and re.match(r"[a-z]{2,}", text) is not None
            and len(text.split()) <= _MOST_WORDS
            and not re.search(r"[.?!:;]\s*$", text)
            and not OPEN_END.search(text)
        )

    def _without_title(self, heading: str) -> str:
        """A question without the article's title in it: "How to diagnose Prevent stroke: what to know?" is of tests."""
        at = heading.lower().find(self._title.lower()) if len(self._title.split()) > 1 else -1
        if at <= 0 or re.fullmatch(r"(?i)what (?:is|are) ", heading[:at]):
            return heading
        return f"{heading[:at]}it{heading[at + len(self._title) :]}"

    def _table(self, shown: View, table: Table, number: int) -> Iterator[Unit]:
        head = table.head.of(shown.text)
        for row in table.rows:
            own = View(row.span.of(shown.text), shown.offsets[row.span.start : row.span.end + 1])
            name = Span(row.name.start - row.span.start, row.name.end - row.span.start)
            whole = Span(0, len(own.text))
            yield Unit(own, whole, tuple(self._path), number, lead_in=head, item=True, row=Row(whole, name, row.figure))

    def _prose(self, shown: View, number: int, *, listed: bool) -> Iterator[Unit]:
        empty = _EMPTY_LABEL.match(shown.text)
        shown = _part(shown, empty.end(), len(shown.text)) if empty else shown
        table = find_table(shown.text)
        if table is not None:
            yield from self._sentences(_part(shown, 0, table.span.start), number, listed=False)
            yield from self._table(shown, table, number)
            shown = _part(shown, table.span.end, len(shown.text))
        yield from self._sentences(shown, number, listed=listed)

    def _sentences(self, shown: View, number: int, *, listed: bool) -> Iterator[Unit]:
        spans = sentences(shown.text)
        label = find_label(shown.text)
        for position, span in enumerate(spans):
            named = label if position == 0 and label is not None and label.end <= span.end else None
            if named is not None and span.end <= named.end + 1:
                # "Lung cancer. In rare cases, …": the label stands as a sentence of its own.
                yield self._unit(shown, span, number, label=named, item=True)
                continue
            unit = self._unit(shown, span, number, label=named)
            unfinished = r"[:\w]\s*$" if listed else r":\s*$"
            if position == len(spans) - 1 and re.search(unfinished, span.of(shown.text)):
                self._lead_in, self._labelled = unit, None
            yield unit

    def _item(self, shown: View, number: int) -> Iterator[Unit]:
        label = find_label(shown.text)
        spans = sentences(shown.text)
        first = label if label is not None else spans[0]
        rest = [span for span in spans if span.start >= first.end]
        if label is not None and not rest:
            body = Span(after_label(shown.text, label), len(shown.text))
            rest = [body] if body.start < body.end else []
        elif label is not None and spans and spans[0].end > label.end + 1:
            rest = [Span(after_label(shown.text, label), spans[0].end), *spans[1:]]
        own = View(first.of(shown.text), shown.offsets[first.start : first.end + 1])
        if self._lead_in is not None and is_open(self._lead_in.text):
            joined = join_item(self._lead_in.view, own)
            yield Unit(
                joined.view, joined.quote, tuple(self._path), number, item=True, lead_in=self._lead_in.text,
                label=Span(joined.quote.start, joined.quote.end) if label else None,
            )  # fmt: skip
        else:
            yield Unit(
                own, Span(0, len(own.text)), tuple(self._path), number,
                item=label is not None or not is_sentence(own.text),
                lead_in=self._lead_in.text if self._lead_in else None,
                label=Span(0, len(own.text)) if label else None,
            )  # fmt: skip
        fragment = label is not None and len(rest) == 1 and FINITE.search(rest[0].of(shown.text)) is None
        for span in rest:
            yield self._unit(shown, span, number, item=fragment, lead_in=own.text if fragment else None)

    def _unit(
        self,
        shown: View,
        span: Span,
        number: int,
        *,
        label: Span | None = None,
        item: bool = False,
        lead_in: str | None = None,
    ) -> Unit:
        own = View(span.of(shown.text), shown.offsets[span.start : span.end + 1])
        inside = Span(label.start - span.start, label.end - span.start) if label else None
        return Unit(
            own,
            Span(0, len(own.text)),
            tuple(self._path),
            number,
            label=inside,
            item=item,
            lead_in=lead_in,
            describes=lead_in is not None,
        )

    def _is_bare_item(self, text: str) -> bool:
        """Tell whether what looks like a heading is the member of an open list."""
        return find_heading_rule(text) is None and not text.endswith("?")

    def _is_item(self, text: str, lead_in: str) -> bool:
        """Tell whether a paragraph after a lead-in is shaped like a member of its list."""
        if text.rstrip().endswith(":"):
            return False
        labelled = find_label(text) is not None
        first = text[: sentences(text)[0].end]
        if re.search(r"\b(?:can|may|will|to|who|also|often)\W*:\s*$|\bask\W*:\s*$|\bthose who\W*:\s*$", lead_in):
            return bool(re.match(r"[A-Z][a-z]+\b(?!,)", first)) and not re.match(
                r"(?:If|When|The|This|These|It|In|For|Some|Most|Many|Other|A|An|There|Your|PE|Women|Men|People)\b",
                first,
            )
        if labelled:
            self._labelled = True
            return True
        if self._labelled:
            return len(sentences(text)) == 1 and len(first.split()) <= 14 and FINITE.search(first) is None
        return not first.rstrip().endswith((".", "!", "?")) or (FINITE.search(first) is None and len(first) < 160)


def _part(shown: View, start: int, end: int) -> View:
    """The view of a part of a view's text, without white space at its borders."""
    text = shown.text[start:end]
    start += len(text) - len(text.lstrip())
    end = max(start, end - len(text) + len(text.rstrip()))
    return View(shown.text[start:end], shown.offsets[start : end + 1])
