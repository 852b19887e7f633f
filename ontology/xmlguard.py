"""Looks through an XML file before it is parsed for good: no entity that grows or comes from elsewhere, no abyss."""

from typing import Final
from xml.parsers import expat

from ontology.errors import InvalidVocabulary
from ontology.foreign import Source

DEEPEST: Final = 200
"""Most elements inside one another."""

_LONGEST_ENTITY: Final = 300
_PIECE: Final = 1 << 16


def check_xml(source: Source) -> None:
    """Nothing; the source stands at its beginning again.

    Entities may stand for short texts without further entities, as RDF/XML files use them for namespaces.

    Raises:
        InvalidVocabulary: the file is not well-formed, nested too deeply, or has an entity that is refused.
    """
    parser = expat.ParserCreate()
    depth = 0

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise InvalidVocabulary(f"{_place()}: more than {DEEPEST} elements inside one another")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    def entity(name: str, _: object, value: str | None, *__: object) -> None:
        if value is None:
            raise InvalidVocabulary(f"{_place()}: entity {name!r} is to be fetched from elsewhere; that is never done")
        if "&" in value or "%" in value or len(value) > _LONGEST_ENTITY:
            raise InvalidVocabulary(f"{_place()}: entity {name!r} stands for other entities or for a long text")

    def _place() -> str:
        return f"{source.path}, line {parser.CurrentLineNumber}"

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.EntityDeclHandler = entity
    try:
        while piece := source.read(_PIECE):
            parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position only
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise InvalidVocabulary(f"{source.path}: not well-formed XML: {error}") from error
    source.rewind()
