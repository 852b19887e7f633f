"""What is told of a reading while it happens. The rules tell it to a `Trace`, which forgets it all.

`ingest.explanation` keeps it. Rules never ask a trace for anything.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from ingest.reasons import Unlinked, Unread

if TYPE_CHECKING:
    from ingest.arguments import Argument
    from ingest.matching import Match
    from ingest.mentions import Mention
    from ingest.reading import Candidate, Reading
    from ingest.sentences import Span
    from ontology.terms import Kind


class Trace:
    """Forgets what it is told; the methods are called in the order of reading."""

    def begin(self, reading: "Reading", found: "tuple[Mention, ...]") -> None:
        """A unit is about to be read; `found` are its mentions before they are narrowed."""

    def slot(self, name: str, span: "Span | None") -> None:
        """A slot of a match is about to be filled from `span`, or from elsewhere where the words leave it out."""

    def linked(self, words: str, kinds: "Collection[Kind]", outcome: "Argument | Unlinked") -> None:
        """Words were looked up among concepts of `kinds`."""

    def pointed(self, words: str, kinds: "Collection[Kind]", meant: "Argument | None") -> None:
        """An anaphor was looked up."""

    def asked(self, kinds: "Collection[Kind]", layer: str, found: "Argument | None") -> None:
        """The focus was asked for a thing of `kinds`; `layer` is where it was."""

    def matched(self, match: "Match", candidates: "Collection[Candidate]", reason: Unread | None = None) -> None:
        """A match has been read: to candidates, or to none for a reason."""

    def stage(self, name: str, candidates: "tuple[Candidate, ...]") -> None:
        """A stage has been read to these candidates."""

    def passed(self, name: str, reason: Unread, words: str = "") -> None:
        """A stage, or `words` in it, has been passed over; `words` may be the id of a heading's row."""


SILENT: Final = Trace()
"""Where nobody listens."""
