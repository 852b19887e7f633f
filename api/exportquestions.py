"""What an export may be asked for, each parameter described once."""

from typing import Final

from pydantic import ConfigDict, Field

from api.questions import MOST, Text, Walked
from graph.export.formats import FORMATS
from graph.paths import MAX_HOPS, MAX_PATHS
from graph.ranks import RankName
from ontology.terms import Kind

MOST_NAMED: Final = 500
"""How many claims an export may name: more make an address that is too long."""

MOST_POSTED: Final = 20_000
"""How many claims or concepts an export may name that is asked for by POST."""


class ExportQuestion(Walked):
    """What `export` takes.

    For the whole a format and `negated`; for what is around some concepts `concept` with the filters of neighbours; for
    the chains between two `source` and `target` with the filters of paths; for what articles state `article` with the
    bounds of claims; for some claims `claim`, with `article` for what these articles state of them.
    """

    format: str | None = Field(
        default=None,
        max_length=40,
        description="What to write; without it the Accept header decides.",
        json_schema_extra={"enum": list(FORMATS)},
    )
    concept: list[Text] = Field(
        default=[], max_length=MOST, description="Only these concepts and what is linked to them, as ids or names."
    )
    depth: int = Field(
        default=1, ge=0, le=3, description="How many links to follow; 0 for the concepts alone, without links."
    )
    source: Text | None = Field(
        default=None, description="Only the chains that begin here (a concept, as id or name) and end at `target`."
    )
    target: Text | None = Field(default=None, description="Where these chains end.")
    claim: list[Text] = Field(
        default=[],
        max_length=MOST_NAMED,
        description="Only these claims, affirmed or denied, as CURIEs, IRIs or their 16 digits.",
        examples=[["etio:claim/0123456789abcdef"]],
    )
    max_hops: int = Field(default=MAX_HOPS, ge=1, le=MAX_HOPS, description="Longest chain.")
    k: int = Field(default=10, ge=1, le=MAX_PATHS, description="At most so many chains.")
    via: list[Text] = Field(default=[], max_length=MOST, description="Concepts the chains pass, all of them.")
    via_kind: list[Kind] = Field(default=[], max_length=MOST, description="Kinds they pass a concept of, all of them.")
    avoid: list[Text] = Field(default=[], max_length=MOST, description="Concepts they must not touch.")
    directed: bool = Field(
        default=True, description="Walk claims from subject to object only; `false` walks every relation both ways."
    )
    rank: RankName = Field(default="explanation", description="What makes a chain better.")


class PostedExportQuestion(ExportQuestion):
    """The same in a body, which may name more."""

    model_config = ConfigDict(extra="forbid")

    concept: list[Text] = Field(
        default=[],
        max_length=MOST_POSTED,
        description=f"Only these concepts, with `depth` 0, or up to {MOST} of them and what is linked to them.",
    )
    claim: list[Text] = Field(
        default=[],
        max_length=MOST_POSTED,
        description="Only these claims, affirmed or denied, as CURIEs, IRIs or their 16 digits.",
        examples=[["etio:claim/0123456789abcdef"]],
    )
    article: list[Text] = Field(
        default=[], max_length=MOST_NAMED, description="Count only what these articles state, by id."
    )
