"""The failures that are known, by cause: `failures.toml`."""

import tomllib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Place(Enum):
    """Where the tests are run."""

    ENGINE = "engine"
    SERVED = "served"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why tests fail, and which, by place."""

    name: str
    why: str
    cases: dict[Place, tuple[str, ...]]


def causes() -> tuple[Cause, ...]:
    """All causes in the order of the file."""
    read = tomllib.loads(Path(__file__).with_name("failures.toml").read_text())
    return tuple(
        Cause(one["name"], one["why"], {place: tuple(one.get(place.value, ())) for place in Place})
        for one in read["cause"]
    )


def known(place: Place) -> dict[str, str]:
    """The reason of every failure that is known there, by the id of its test."""
    return {case: cause.why for cause in causes() for case in cause.cases[place]}
