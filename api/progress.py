"""How far a long piece of work is, shown on standard error: a bar on a terminal, else a line now and then."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

LINE_EVERY: Final = 10.0
"""Seconds between two lines where standard error is no terminal."""


@dataclass(frozen=True, slots=True)
class Status:
    """How many articles are done, and the share of all input that was read, None where that is not known.

    `counted` is what is counted where it is not articles.
    """

    articles: int
    share: float | None
    doing: str = "reading"
    counted: str = "article"


Progress = Callable[[Status], None]


def unseen(_: Status) -> None:
    """Show nothing."""


class progress_bar:  # noqa: N801 - used as `with progress_bar() as progress`
    """Shows the articles done, their rate and the time left while the block runs."""

    def __enter__(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        self._begun = self._told = time.monotonic()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[said]}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("reading", total=None, said="")
        self._bar.start()
        return self._show if console.is_terminal else self._print

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def _show(self, status: Status) -> None:
        said, doing = said_of(status, time.monotonic() - self._begun), f"{status.doing:<10}"
        share = None if status.share is None else min(status.share, 1.0)
        self._bar.update(self._task, description=doing, said=said, total=1.0 if share else None, completed=share or 0)

    def _print(self, status: Status) -> None:
        now = time.monotonic()
        if now - self._told >= LINE_EVERY:
            self._told = now
            sys.stderr.write(f"etiograph: {status.doing}: {said_of(status, now - self._begun)}\n")
            sys.stderr.flush()


def said_of(status: Status, seconds: float) -> str:
    """Articles, rate and time left in words, after so many seconds: `812 articles, 35.2/s, 41 %, 1:52 left`."""
    parts = [f"{status.articles:,} {status.counted}{'' if status.articles == 1 else 's'}"]
    if status.articles and seconds > 0:
        parts.append(f"{status.articles / seconds:.1f}/s")
    if status.share is not None:
        share = min(status.share, 1.0)
        parts.append(f"{share:.0%}".replace("%", " %"))
        if 0 < share < 1 and seconds >= 1:
            left = round(seconds * (1 - share) / share)
            parts.append(f"{left // 60}:{left % 60:02} left")
    return ", ".join(parts)
