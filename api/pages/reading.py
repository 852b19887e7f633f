"""An article's text with what it says marked in place: every sentence behind a claim, and the words for its concepts.

Marks may lie in one another and overlap: the text is cut wherever one begins or ends. A mark that ends in another one
is continued behind it; names and numbers stand at its first and its last piece.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise
from typing import Final

from api.html import Html, join, tag
from api.showing import address_of, anchor
from ontology.claim import Claim, Evidence

_WHOLE_WORDS: Final = r"(?<!\w){}(?!\w)"


@dataclass(frozen=True, slots=True)
class Place:
    """Words that claims rest on: `text[start:end]`, `number` from 1 in the order of the text."""

    number: int
    start: int
    end: int
    claims: tuple[Claim, ...]

    @property
    def denied(self) -> bool:
        """Whether all that it states are denials."""
        return all(claim.negated for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words for a concept: `text[start:end]`; `stated` where a claim is made with them."""

    start: int
    end: int
    concept: str
    stated: bool = True


def places_of(claims: Iterable[Claim]) -> tuple[Place, ...]:
    """Where an article says these claims, whose evidence is of this article alone; in the order of its text."""
    stated: defaultdict[tuple[int, int], dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        for row in claim.evidence:
            stated[row.start, row.end][claim.id] = claim
    in_order = sorted(stated.items(), key=lambda item: (item[0][0], -item[0][1]))
    return tuple(
        Place(number, start, end, tuple(found.values()))
        for number, ((start, end), found) in enumerate(in_order, start=1)
    )


def mentions_of(claims: Iterable[Claim]) -> tuple[Mention, ...]:
    """The words that the claims' sentences use for subject and object, where they stand in the sentence itself."""
    found = {
        mention
        for claim in claims
        for row in claim.evidence
        for concept, words in ((claim.subject, row.subject_mention), (claim.object, row.object_mention))
        if (mention := _mention(row, words, concept))
    }
    return tuple(sorted(found, key=lambda mention: (mention.start, -mention.end, mention.concept)))


def beside(stated: Sequence[Mention], named: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions that claims are made with, and those of the others that touch none of them; in order."""
    ends = list(accumulate((mention.end for mention in stated), max))
    starts = [mention.start for mention in stated]

    def is_free(mention: Mention) -> bool:
        before = bisect_left(starts, mention.end)
        return not before or ends[before - 1] <= mention.start

    both = (*stated, *filter(is_free, named))
    return tuple(sorted(both, key=lambda mention: (mention.start, -mention.end, mention.concept)))


def _mention(row: Evidence, words: str, concept: str) -> Mention | None:
    place = re.search(_WHOLE_WORDS.format(re.escape(words)), row.quote) if words else None
    return Mention(row.start + place.start(), row.start + place.end(), concept) if place else None


@dataclass(slots=True)
class Marking:
    """Marks stretches of one text, from its beginning to its end; what was named once is not named again."""

    text: str
    places: Sequence[Place]
    mentions: Sequence[Mention]
    named: set[str] = field(default_factory=set)

    def stretch(self, start: int, end: int) -> Html:
        """`text[start:end]` with its marks."""
        near = [place for place in self.places if place.start < end and place.end > start]
        words = [mention for mention in self.mentions if mention.start < end and mention.end > start]
        bounds = {start, end}
        bounds |= {max(start, place.start) for place in near} | {min(end, place.end) for place in near}
        bounds |= {max(start, mention.start) for mention in words} | {min(end, mention.end) for mention in words}
        pieces = [
            _Piece(
                first,
                last,
                tuple(place for place in near if place.start <= first and last <= place.end),
                min(
                    (mention for mention in words if mention.start <= first and last <= mention.end),
                    key=lambda mention: mention.end - mention.start,
                    default=None,
                ),
            )
            for first, last in pairwise(sorted(bounds))
        ]
        return join(*self._marked(pieces, 0))

    def within(self, start: int, end: int) -> list[Place]:
        """The places that begin in `text[start:end]`."""
        return [place for place in self.places if start <= place.start < end]

    def _marked(self, pieces: "list[_Piece]", depth: int) -> Iterator[Html]:
        for place, group in groupby(pieces, key=lambda piece: piece.place(depth)):
            inner = list(group)
            if place is None:
                yield from (self._written(piece) for piece in inner)
                continue
            yield tag(
                "mark",
                *(tag("span", id=name) for name in self._names(place)),
                *self._marked(inner, depth + 1),
                class_="denied" if place.denied else "said",
            )
            if inner[-1].end == place.end:
                number = str(place.number)
                yield tag("sup", tag("a", number, href=f"#note-{number}", aria_label=f"claims of sentence {number}"))

    def _written(self, piece: "_Piece") -> Html:
        words = self.text[piece.start : piece.end]
        if piece.mention is None:
            return join(words)
        return tag(
            "a", words, href=address_of(piece.mention.concept), class_="mention" if piece.mention.stated else "named"
        )

    def _names(self, place: Place) -> Iterator[str]:
        for claim in place.claims:
            name = anchor(claim.id, place.start)
            for each in (name.rpartition("-")[0], name):
                if each not in self.named:
                    self.named.add(each)
                    yield each


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch in which no mark begins or ends, with the places around it, the outermost first."""

    start: int
    end: int
    around: tuple[Place, ...]
    mention: Mention | None

    def place(self, depth: int) -> Place | None:
        return self.around[depth] if depth < len(self.around) else None
