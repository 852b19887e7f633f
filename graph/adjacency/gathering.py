"""The links of a store, gathered in a few scans.

What is linked is read from the plain links. What is known of a link stands at its claim, whose IRI is made of a hash of
the link (`ontology.claim.claim_id`): so beliefs, certainties and counts of articles, which the store gives in an order
of their own, find their links by the sixteen digits of the claims. Of certainties and counts only the less usual
ones are asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Ids, Links
from graph.adjacency.scanning import Numbered, Remembered, Scan, Scans, lexical
from graph.nodes import CLAIMS
from graph.numbering import RELATIONS
from ontology.terms import PREFIXES, Certainty, Predicate

Keys: TypeAlias = npt.NDArray[np.uint64]
"""Numbers of claims (`ontology.claim.claim_number`)."""

_DIGITS: Final = 16
_BYTES: Final = _DIGITS // 2
_CLAIM: Final = f"\t<{CLAIMS}".encode()
_LENGTH: Final = len(_CLAIM) + _DIGITS + 1
_RELATIONS: Final = {f"<{Predicate(name).iri}>".encode(): number for number, name in enumerate(RELATIONS)}
_WHOLE: Final = (
    "rdf:subject ?s ; rdf:object ?o ; rdf:predicate ?p ; etio:certainty ?c ; etio:articleCount ?a ; etio:belief ?b"
)


@dataclass(frozen=True, slots=True, eq=False)
class Gathering:
    """The scans under way."""

    scans: Scans
    linked: tuple[Scan, ...]
    beliefs: Scan
    certainties: Scan
    counts: Scan
    denied: Scan

    @classmethod
    def begin(cls, scans: Scans) -> "Gathering":
        """Have the store begin."""
        usual = Certainty.ASSERTED.value
        beliefs = scans.begin("?claim etio:belief ?value", "?value", "?claim")  # takes longest, so it comes first
        return cls(
            scans,
            tuple(scans.begin(f"?s <{Predicate(name).iri}> ?o", "?s", "?o") for name in RELATIONS),
            beliefs,
            scans.begin(f'?claim etio:certainty ?value FILTER (?value != "{usual}")', "?value", "?claim"),
            scans.begin("?claim etio:articleCount ?value FILTER (?value != 1)", "?value", "?claim"),
            _claims(scans, negated=True),
        )

    def finish(self, iris: Sequence[bytes], numbers: Numbered) -> tuple[Links, Links, bool]:
        """The affirmed and the denied links between these nodes, in no order, and whether claims are named as ours."""
        names = curies(iris)
        affirmed = self._affirmed(names, numbers)
        usual = affirmed is not None
        if affirmed is None:
            affirmed = _whole(_claims(self.scans, negated=False), names, numbers, negated=False)
        return affirmed, _whole(self.denied, names, numbers, negated=True), usual

    def _affirmed(self, names: Sequence[bytes], numbers: Numbered) -> Links | None:
        """The affirmed links; None where claims are not named after them."""
        subject, relation, object_, keys = _linked(self.linked, names, numbers)
        order = np.argsort(keys)
        keys = keys[order]
        known, beliefs = _by_claim(self.beliefs, Remembered(_decimal), np.float32)
        place = np.searchsorted(known, keys)
        if not np.array_equal(known[np.minimum(place, len(known) - 1)] if len(known) else known, keys):
            return None
        certainty = np.full(len(keys), Certainty.ASSERTED.rank, np.uint8)
        articles = np.ones(len(keys), np.uint32)
        _set(certainty, keys, *_by_claim(self.certainties, Remembered(_rank), np.uint8))
        _set(articles, keys, *_by_claim(self.counts, Remembered(_integer), np.uint32))
        return Links(subject[order], relation[order], object_[order], certainty, articles, beliefs[place], keys)


def curies(iris: Sequence[bytes]) -> list[bytes]:
    """The CURIEs of IRIs, as `ontology.terms.contract` makes them; fast where neighbours are alike."""
    namespaces = {namespace.encode(): prefix.encode() + b":" for prefix, namespace in PREFIXES.items()}
    longer = {one: tuple(other for other in namespaces if other != one and other.startswith(one)) for one in namespaces}
    found, last = [], b""
    for iri in iris:
        if not last or not iri.startswith(last) or iri.startswith(longer[last]):
            last = max((one for one in namespaces if iri.startswith(one)), key=len, default=b"")
        found.append(namespaces[last] + iri[len(last) :] if last else iri)
    return found


def _linked(scans: Sequence[Scan], names: Sequence[bytes], numbers: Numbered) -> tuple[Ids, Ids, Ids, Keys]:
    """Subject, relation, object and key of each plain link between nodes that have a number."""
    ends, relations, keys = [np.empty((0, 2), np.int32)], [np.empty(0, np.int32)], [np.empty(0, np.uint64)]
    for relation, scan in enumerate(scans):
        for lines in scan.lines():
            pairs = [(numbers[subject], numbers[object_]) for subject, object_ in (line.split(b"\t") for line in lines)]
            pairs = [pair for pair in pairs if pair[0] >= 0 and pair[1] >= 0]
            named = ((names[subject], names[object_]) for subject, object_ in pairs)
            ends.append(np.array(pairs, np.int32).reshape(-1, 2))
            relations.append(np.full(len(pairs), relation, np.int32))
            keys.append(_claim_numbers(relation, named, negated=False))
    both = np.concatenate(ends)
    return both[:, 0], np.concatenate(relations), both[:, 1], np.concatenate(keys)


def _claim_numbers(relation: int, ends: Iterable[tuple[bytes, bytes]], *, negated: bool) -> Keys:
    """The numbers of claims of one relation between subjects and objects (CURIEs)."""
    middle, last = b"\x1f%b\x1f" % RELATIONS[relation].encode(), b"\x1f1" if negated else b"\x1f0"
    digests = [sha256(subject + middle + object_ + last).digest()[:_BYTES] for subject, object_ in ends]
    return np.frombuffer(b"".join(digests), ">u8").astype(np.uint64)


def _by_claim(scan: Scan, values: dict[bytes, Any], type_: type[np.generic]) -> tuple[Keys, npt.NDArray[Any]]:
    """The keys of claims in order, and the value of each."""
    keys, found = [np.empty(0, np.uint64)], [np.empty(0, type_)]
    for lines in scan.lines():
        ours = [line for line in lines if line[-_LENGTH : -_DIGITS - 1] == _CLAIM]  # a user's own nodes may have it too
        keys.append(_keys(ours))
        found.append(np.fromiter((values[line[:-_LENGTH]] for line in ours), type_, len(ours)))
    of, value = np.concatenate(keys), np.concatenate(found)
    order = np.argsort(of)
    return of[order], value[order]


def _keys(lines: Sequence[bytes]) -> Keys:
    """What the digits before the last bracket of each line say."""
    text = np.frombuffer(b"".join([line[-_DIGITS - 1 : -1] for line in lines]), np.uint8)
    digits = (text & 15) + 9 * (text >> 6)  # 0–9 and a–f
    halves = digits.reshape(-1, 2)
    packed = (halves[:, 0] << 4 | halves[:, 1]).astype(np.uint8)
    return packed.reshape(-1, _DIGITS // 2).view(">u8").ravel().astype(np.uint64)


def _set(column: npt.NDArray[Any], keys: Keys, of: Keys, values: npt.NDArray[Any]) -> None:
    """Give the links with these keys these values; both are in order of keys."""
    place = np.minimum(np.searchsorted(keys, of), max(len(keys) - 1, 0))
    if len(keys):
        there = keys[place] == of
        column[place[there]] = values[there]


def _claims(scans: Scans, *, negated: bool) -> Scan:
    """Claims each with all its properties, which takes the store twenty times as long as to scan them one by one."""
    return scans.begin(f"?claim etio:negated {str(negated).lower()} ; {_WHOLE}", "?s", "?o", "?p", "?c", "?a", "?b")


def _whole(scan: Scan, names: Sequence[bytes], numbers: Numbered, *, negated: bool) -> Links:
    """The links that these claims state, each once."""
    how: tuple[tuple[dict[bytes, Any], type[np.generic]], ...] = (
        (numbers, np.int32),
        (numbers, np.int32),
        (_RELATIONS, np.uint8),
        (Remembered(_rank), np.uint8),
        (Remembered(_integer), np.uint32),
        (Remembered(_decimal), np.float32),
    )
    parts = [[np.empty(0, type_) for _, type_ in how]]
    for rows in _rows(scan):
        known = zip(rows, how, strict=True)
        parts.append([np.fromiter(map(values.__getitem__, row), type_, len(row)) for row, (values, type_) in known])
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.lexsort(columns[:3])
    columns = [column[order] for column in columns]
    subject, object_, relation, certainty, articles, belief = columns
    once = (subject >= 0) & (object_ >= 0)
    once[1:] &= np.any([column[1:] != column[:-1] for column in columns[:3]], axis=0)
    found = (subject[once], relation[once], object_[once], certainty[once], articles[once], belief[once])
    return Links(*found, _numbers_of(names, *found[:3], negated=negated))


def _numbers_of(names: Sequence[bytes], subject: Ids, relation: Ids, object: Ids, *, negated: bool) -> Keys:
    """The numbers of claims between nodes with these names, by number."""
    claims = np.empty(len(subject), np.uint64)
    for number in np.unique(relation).tolist():
        of = np.flatnonzero(relation == number)
        ends = zip(subject[of].tolist(), object[of].tolist(), strict=True)
        claims[of] = _claim_numbers(number, ((names[start], names[end]) for start, end in ends), negated=negated)
    return claims


def _rows(scan: Scan) -> Iterator[list[tuple[bytes, ...]]]:
    for lines in scan.lines():
        if lines:
            yield list(zip(*(line.split(b"\t") for line in lines), strict=True))


def _decimal(text: bytes) -> float:
    return float(lexical(text))


def _integer(text: bytes) -> int:
    return int(lexical(text))


def _rank(text: bytes) -> int:
    return Certainty(lexical(text).decode()).rank
