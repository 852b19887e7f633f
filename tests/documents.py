"""The documents' fenced blocks: the commands they show, and whether what they show is what came out.

A `console` or `sh` block is commands, each behind `$ ` and followed by its output. A `python` block is one program; a
`text` block right behind it is its output. Where output is shown at all it is shown whole: a line `…` stands for any
lines left out, `…` inside a line for any characters.
"""

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ELLIPSIS: Final = "…"
_FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHELL: Final = ("console", "sh")
_PROMPT: Final = "$ "


@dataclass(frozen=True, slots=True)
class Command:
    """A command or a program as a document shows it, and the lines shown as its output."""

    words: str
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a document: where it stands, its language, and its commands; one in a `python` block."""

    document: str
    line: int
    language: str
    commands: tuple[Command, ...]

    @property
    def words(self) -> str:
        """All its commands, one after the other."""
        return "\n".join(command.words for command in self.commands)


def blocks(document: Path, root: Path) -> tuple[Block, ...]:
    """The blocks of a document that can be run, in order; `document` is shown relative to `root`."""
    text = document.read_text(encoding="utf-8")
    name = document.relative_to(root).as_posix()
    fences = list(_FENCE.finditer(text))
    found = []
    for fence, following in zip(fences, [*fences[1:], None], strict=True):
        line = text.count("\n", 0, fence.start()) + 1
        if fence[1] in _SHELL:
            found.append(Block(name, line, fence[1], tuple(_commands(fence[2].splitlines()))))
        elif fence[1] == "python":
            behind = following is not None and not text[fence.end() : following.start()].strip()
            output = following[2] if following and behind and following[1] == "text" else ""
            found.append(Block(name, line, fence[1], (Command(fence[2], tuple(output.splitlines())),)))
    return tuple(block for block in found if block.commands)


def agrees(shown: Iterable[str], real: str) -> bool:
    """Tell whether `real` is what `shown` says, apart from what it marks as left out; anything is where it is empty."""
    lines = tuple(shown)
    pattern = "".join(
        r"(?:[^\n]*\n)*?" if line == ELLIPSIS else ".*?".join(map(re.escape, line.split(ELLIPSIS))) + r"\n"
        for line in lines
    )
    return not lines or re.fullmatch(pattern, real.rstrip("\n") + "\n") is not None


def _commands(lines: list[str]) -> Iterator[Command]:
    words, shown, open_ = "", list[str](), False
    for line in lines:
        if open_:
            words += "\n" + line
        elif line.startswith(_PROMPT):
            if words:
                yield Command(words, tuple(shown))
            words, shown = line.removeprefix(_PROMPT), []
        else:
            shown.append(line)
            continue
        open_ = _goes_on(words)
    if words:
        yield Command(words, tuple(shown))


def _goes_on(words: str) -> bool:
    """Tell whether a quotation is open or the line end is escaped."""
    try:
        shlex.split(words)
    except ValueError:
        return True
    return words.endswith("\\")
