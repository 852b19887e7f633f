"""What the formats in XML share: elements written one after another, each on a line, into a file that never waits."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from lxml import etree

from graph.export.table import Scalar

_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"


@contextmanager
def lines(
    file: Any,  # what etree.xmlfile gives has no public type
    name: str,
    attributes: Mapping[str, str],
    *,
    namespace: str,
    location: str | None = None,
) -> Iterator[None]:
    """An element around what the block writes, a line each.

    The outermost has a `location`: where the schema of the namespace is.
    """
    prefixes: dict[str | None, str] = {None: namespace}
    known = dict(attributes)
    if location is not None:
        prefixes["xsi"] = _INSTANCE
        known[f"{{{_INSTANCE}}}schemaLocation"] = location
    with file.element(f"{{{namespace}}}{name}", known, nsmap=prefixes):
        file.write("\n")
        yield
    if location is None:  # nothing may follow the outermost
        file.write("\n")


def element(namespace: str, name: str, attributes: Mapping[str, str]) -> etree._Element:
    """An element of the namespace, which is written without a prefix."""
    prefixes: Any = {None: namespace}  # the stubs know no default namespace
    return etree.Element(f"{{{namespace}}}{name}", dict(attributes), prefixes)


def text_of(value: Scalar) -> str:
    """A value as XML Schema writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
