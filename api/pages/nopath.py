"""Why there is no chain, as HTML: which question has an answer, and what lies nearest to either end."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from api.html import Html, join, tag
from api.models import DroppedOut, NoPathOut, Paths, ReachOut
from api.nopath import distances_of, ends_of
from api.showing import address_of
from graph.nopath import counted

PARAMETERS: Final[Mapping[str, str]] = MappingProxyType({"via_kinds": "via_kind"})
"""Filters whose parameter has another name."""


def show_no_path(found: Paths, why: NoPathOut, values: list[tuple[str, str]]) -> Html:
    """What is said of it, links to the questions that have an answer, and the concepts reached from both ends."""
    questions = [_question(row, values) for row in why.without]
    return join(
        tag("p", why.text, class_="count"),
        tag("ul", *questions) if questions else "",
        *(_end(said, reach) for said, reach in ends_of(found, why)),
    )


def without(values: list[tuple[str, str]], filters: tuple[str, ...]) -> list[tuple[str, str]]:
    """The parameters of the question without these filters."""
    dropped = {PARAMETERS.get(name, name) for name in filters}
    kept = [(name, value) for name, value in values if name not in dropped]
    return [*kept, ("directed", "false")] if "directed" in dropped else kept


def _question(row: DroppedOut, values: list[tuple[str, str]]) -> Html:
    address = "/?" + urlencode(without(values, row.filters))
    names = ", ".join(PARAMETERS.get(name, name) for name in row.filters)
    return tag("li", tag("a", f"Ask without {names}", href=address), f": a chain of {counted(row.hops)}")


def _end(said: str, reach: ReachOut) -> Html:
    if not reach.nearest:
        return tag("p", f"{said}.")
    rows = (
        tag(
            "li",
            tag("a", row.label, href=address_of(row.id)),
            tag("span", f" ({distances_of(row)})", class_="soft"),
        )
        for row in reach.nearest
    )
    return join(tag("p", f"{said}:"), tag("ul", *rows, class_="links"))
