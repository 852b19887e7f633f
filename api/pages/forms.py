"""The fields of the views' forms, each with its label."""

from collections.abc import Container, Iterable

from api.html import Html, tag
from api.settings import LONGEST_NAME


def concept_field(name: str, label: str, value: str, *, id: str | None = None) -> Html:
    """A field that names a concept."""
    chosen = id or name
    box = tag(
        "input",
        id=chosen,
        name=name,
        value=value,
        maxlength=str(LONGEST_NAME),
        data_complete="concept",
        autocomplete="off",
    )
    return _field(chosen, label, box)


def concept_fields(name: str, label: str, values: Iterable[str]) -> Html:
    """A field for each of the concepts, and an empty one for the next."""
    return tag(
        "fieldset",
        tag("legend", label),
        *(
            concept_field(name, f"{label}, {number}", value, id=f"{name}-{number}")
            for number, value in enumerate([*values, ""], start=1)
        ),
        class_="several",
    )


def number_field(name: str, label: str, value: int | str, *, least: int, most: int) -> Html:
    """A field for a whole number."""
    box = tag("input", id=name, name=name, value=str(value), type="number", min=str(least), max=str(most))
    return _field(name, label, box)


def choice(name: str, label: str, options: Iterable[tuple[str, str]], chosen: str) -> Html:
    """One of several: value and words of each option."""
    rows = (tag("option", words, value=value, selected="" if value == chosen else None) for value, words in options)
    return _field(name, label, tag("select", *rows, id=name, name=name))


def choices(name: str, label: str, options: Iterable[tuple[str, str]], chosen: Container[str]) -> Html:
    """Any of several: value and words of each option."""
    boxes = (
        tag(
            "label",
            tag("input", type="checkbox", name=name, value=value, checked="" if value in chosen else None),
            words,
        )
        for value, words in options
    )
    return tag("fieldset", tag("legend", label), *boxes, class_="choices")


def _field(id: str, label: str, box: Html) -> Html:
    return tag("div", tag("label", label, for_=id), box, class_="field")
