"""The shapes of a differential on the wire."""

from typing import Final, Literal

from pydantic import Field

from api.models import Association, ClaimOut, Node, Wire
from api.settings import NOTICE
from graph.findings import Match

STATEMENT: Final = (
    "Ranks what articles say of conditions, not patients: how common a condition is, what is known of the patient and "
    "what articles leave out play no part."
)
"""What a differential says of itself."""


class FindingOut(Node):
    """A finding that is present."""

    conditions: int = Field(description="How many conditions show it, or a kind of it, or what it is a kind of.")
    specificity: float = Field(description="1 / (1 + ln `conditions`); 0 where no condition shows it.")


class FitOut(Wire):
    """A finding and what is claimed of it."""

    finding: Node = Field(description="The finding as asked.")
    through: Node = Field(description="What the claims are about: the finding, a kind of it, or what it is a kind of.")
    match: Match = Field(description="Whether `through` is the same, narrower or broader.")
    weight: float = Field(description="The product of its terms, of the first claim.")
    weight_terms: dict[str, float]
    claims: tuple[ClaimOut, ...] = Field(description="The weightiest first.")
    is_a: tuple[ClaimOut, ...] | None = Field(
        default=None, description="From the narrower to the broader, where `through` is not the same."
    )


class ExplainedOut(FitOut):
    """A present finding that the condition shows."""

    conditions: int
    specificity: float


class AgainstOut(FitOut):
    """What speaks against the condition."""

    reason: Literal["absent", "denied"] = Field(
        description="`absent`: it would show what is not there; `denied`: articles deny that it shows what is there."
    )


class TellingOut(Wire):
    """A test that finds the condition."""

    test: Association
    tells_from: tuple[Node, ...] = Field(
        description="Those of `compared_with` that no claim says it finds too; that does not mean that it does not."
    )


class CandidateOut(Wire):
    """One condition, with all that makes up its score."""

    rank: int
    condition: Node
    score: float
    score_terms: dict[str, float]
    red_flags: tuple[Association, ...] = Field(description="The care that the condition itself calls for.")
    explains: tuple[ExplainedOut, ...] = Field(description="What adds most to the score first.")
    unexplained: tuple[Node, ...] = Field(description="Present findings that it is not said to show.")
    against: tuple[AgainstOut, ...] = Field(description="What speaks most against it first.")
    compared_with: tuple[Node, ...] = Field(description="The next conditions of the ranking.")
    tests: tuple[TellingOut, ...] = Field(
        description="Those that tell it from most of `compared_with` first, then best believed."
    )


class DifferentialOut(Wire):
    """A ranking of conditions; what calls for care comes first."""

    statement: str = STATEMENT
    red_flags: tuple[Association, ...] = Field(
        description="The care that the present findings call for, or kinds of them (`of` says which)."
    )
    present: tuple[FindingOut, ...] = Field(description="The findings as understood, each once.")
    absent: tuple[Node, ...]
    limit: int
    offset: int
    total: int = Field(description="How many conditions show any of the present findings.")
    items: tuple[CandidateOut, ...]
    truncated: bool = Field(description="Claims about the commonest findings were left out; there are too many.")
    notice: str = NOTICE
