"""An Obsidian vault in a zip: a note a concept, with its properties and links to the notes of what it is linked to."""

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

import orjson

from graph.export.sink import archive, note
from graph.export.table import Edge, Node, Table
from graph.sorting import SortedLines

_LONGEST: Final = 100
_UNFIT: Final = re.compile(r'[\\/:*?"<>|#^\[\]%]')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)?", re.IGNORECASE)
_LINKING: Final = re.compile(r"[\[\]|<>&]")
_MARKS: Final = re.compile(r"[\\`*_{}\[\]()#+!|<>~$=^%&-]")


def obsidian(table: Table, out: IO[bytes]) -> None:
    """Write the notes by id of their concepts, each with its outgoing links by id; Obsidian shows the incoming ones.

    A note is called as its concept, with the id after it where several labels would make the same file or none. What
    labels and quotes say is text: Markdown and HTML in them are escaped.
    """
    with TemporaryDirectory() as scratch:
        names = _Names(table, Path(scratch, "names"))
        links = groupby(_by_source(table, names, Path(scratch, "links")), key=itemgetter(0))
        source, lines = next(links, (None, iter(())))
        with archive(out) as into:
            for node in table.nodes:
                own: list[str] = []
                if source == node.id:
                    own = [line for _, line in lines]
                    source, lines = next(links, (None, iter(())))
                note(into, f"{names.of(node.id, str(node.values.get('label', '')))}.md", _written(node, own))


class _Names:
    """The names of notes: that of the concept, unless another would have it too, in any case of its letters."""

    def __init__(self, table: Table, scratch: Path) -> None:
        lines = SortedLines(scratch)
        for node in table.nodes:
            lines.write(_fit(str(node.values.get("label", ""))).casefold().encode() + b"\n")
        self._shared: set[str] = set()
        last = b""
        for chunk in lines.chunks():
            for line in chunk.split(b"\n")[:-1]:
                if line == last:
                    self._shared.add(line.decode())
                last = line

    def of(self, id: str, label: str) -> str:
        """The name of the concept's note."""
        name = _fit(label)
        if _RESERVED.fullmatch(name) or name.casefold() in self._shared:
            return f"{name} ({_fit(id)} {sha256(id.encode()).hexdigest()[:6]})".strip()
        return name


def _fit(label: str) -> str:
    """The label as every file system takes it for a name, at most so long."""
    return " ".join(_UNFIT.sub(" ", label).split())[:_LONGEST].strip(" .")


def _by_source(table: Table, names: _Names, scratch: Path) -> Iterator[tuple[str, str]]:
    """The ids of sources and what their notes say of each edge, sorted."""
    lines = SortedLines(scratch)
    for edge in table.edges:
        label = table.label(edge.target)
        told = _link(edge, names.of(edge.target, label), label)
        lines.write(f"{edge.source}\t{edge.id}\t".encode() + orjson.dumps(told) + b"\n")
    for chunk in lines.chunks():
        for line in chunk.split(b"\n")[:-1]:
            of, _, text = line.split(b"\t", 2)
            yield of.decode(), orjson.loads(text)


def _link(edge: Edge, name: str, label: str) -> str:
    of = edge.values
    said = [str(of["certainty"]), *([str(of["frequency"])] if "frequency" in of else []), f"belief {of['belief']}"]
    denied = "not " if of["negated"] else ""
    shown = "" if name == label else "|" + _LINKING.sub(" ", label)
    line = f"- {denied}{of['label']} [[{name}{shown}]] ({', '.join(map(_plain, said))})\n"
    return line + (f"    > {_plain(str(of['quote']))} ({_plain(str(of['quote_article']))})\n" if "quote" in of else "")


def _written(node: Node, links: list[str]) -> str:
    of = node.values
    properties = {
        "id": node.id,
        "aliases": orjson.loads(str(of.get("synonyms_json", "[]"))),
        "tags": orjson.loads(str(of.get("kinds_json", "[]"))),
        "iri": of["iri"],
        "mappings": orjson.loads(str(of.get("mappings_json", "[]"))),
        "provisional": of["provisional"],
    }
    head = "".join(f"{name}: {orjson.dumps(value).decode()}\n" for name, value in properties.items())  # JSON is YAML
    body = f"# {_plain(str(of.get('label', node.id)))}\n"
    if "definition" in of:
        body += f"\n{_plain(str(of['definition']))}\n"
    if links:
        body += "\n## Links\n\n" + "".join(links)
    return f"---\n{head}---\n\n{body}"


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\g<0>", text)
