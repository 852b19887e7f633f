"""What the edges of a graph say, sorted by source and subject in a temporary file that SQLite keeps and removes.

The file has no name and is gone when the process ends, however it ends; it lies where `SQLITE_TMPDIR` or `TMPDIR` say.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby, islice
from typing import Final, NamedTuple, TypeAlias

Said: TypeAlias = tuple[int, int, int, int, int, int, str]
"""Source, subject, predicate and object as numbers, whether it is denied, whether it is possible only, publications."""

_COLUMNS: Final = "source, subject, predicate, object, negated, possible, publications"
_SETTINGS: Final = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA temp_store = FILE",
    "PRAGMA cache_size = -32000",
)


class Group(NamedTuple):
    """Things that one source says of one subject; of so many that they are cut, which part, from 1."""

    source: int
    subject: int
    part: int
    said: tuple[Said, ...]


class Sorted:
    """All that was said, each once, as groups of at most `most`, in the order of sources and subjects."""

    def __init__(self, database: sqlite3.Connection, said: Iterable[Said], most: int) -> None:
        self._database = database
        self._most = most
        for setting in _SETTINGS:
            database.execute(setting)
        database.execute(f"CREATE TABLE said ({_COLUMNS})")
        database.execute("BEGIN")
        database.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?)", said)
        database.execute("COMMIT")
        database.execute(
            f"CREATE TABLE sorted AS SELECT {_COLUMNS} FROM said GROUP BY {_COLUMNS}"  # noqa: S608 - a constant
            " ORDER BY source, subject, min(rowid)"
        )
        database.execute("DROP TABLE said")
        (self._groups,) = database.execute(
            "SELECT total((number + ? - 1) / ?) FROM (SELECT count(*) AS number FROM sorted GROUP BY source, subject)",
            (most, most),
        ).fetchone()

    def __len__(self) -> int:
        """How many groups there are."""
        return int(self._groups)

    def __iter__(self) -> Iterator[Group]:
        rows: Iterator[Said] = self._database.execute("SELECT * FROM sorted ORDER BY rowid")
        for (source, subject), said in groupby(rows, key=lambda row: row[:2]):
            for part, piece in enumerate(_pieces(said, self._most), 1):
                yield Group(source, subject, part, piece)


@contextmanager
def sort(said: Iterable[Said], *, most: int) -> Iterator[Sorted]:
    """What was said, sorted, for as long as the block runs.

    Raises:
        OSError: the temporary file cannot be written.
    """
    database = sqlite3.connect("", isolation_level=None)
    try:
        yield Sorted(database, said, most)
    except sqlite3.OperationalError as error:
        raise OSError(
            f"the temporary file that the edges are sorted in cannot be written ({error}); make room, or set TMPDIR"
        ) from error
    finally:
        database.close()


def _pieces(said: Iterator[Said], most: int) -> Iterator[tuple[Said, ...]]:
    return iter(lambda: tuple(islice(said, most)), ())
