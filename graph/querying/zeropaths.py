"""Property paths of length zero written so that they answer also at a term that the graph does not mention.

`?s path* <x>` has the answer ?s = <x> in every graph (SPARQL 1.1, section 18.4, ZeroLengthPath). The engine has it
only where some triple of the graph mentions <x>. A triple pattern whose path may have length zero and that has a term
at an end is written as a union of itself and of what the engine leaves out.
"""

from collections.abc import Callable, Iterator, Sequence

from graph.tokens import Kind, Token, closing, joined, next_place, tokens

Absent = Callable[[Token], bool]
"""Whether the graph may lack a term."""


def completed(parts: Sequence[Token], absent: Absent) -> tuple[Token, ...]:
    """The tokens of a query with every such triple pattern completed, where the graph may lack its term."""
    return tuple(_outside(parts, absent))


def _outside(parts: Sequence[Token], absent: Absent) -> Iterator[Token]:
    """What is no pattern itself and may hold groups."""
    place = 0
    while place < len(parts):
        yield parts[place]
        if parts[place].is_sign("{"):
            end = closing(parts, place)
            yield from _group(parts[place + 1 : end], absent)
            yield from parts[end : end + 1]
            place = end
        place += 1


def _group(parts: Sequence[Token], absent: Absent) -> Iterator[Token]:
    place = next_place(parts, 0)
    if place < len(parts) and parts[place].is_word("SELECT"):
        yield from _outside(parts, absent)
        return
    yield from parts[:place]
    while place < len(parts):
        triples = _begins_triples(parts[place])
        end = _end_of_triples(parts, place) if triples else _end_of_other(parts, place)
        yield from _triples(parts[place:end], absent) if triples else _outside(parts[place:end], absent)
        place = end


def _begins_triples(token: Token) -> bool:
    return token.kind not in (Kind.SPACE, Kind.WORD, Kind.SIGN) or token.is_sign("[", "(")


def _end_of_triples(parts: Sequence[Token], place: int) -> int:
    """Where the triples of one subject end: before a dot, a group or a clause."""
    while place < len(parts):
        token = parts[place]
        if token.is_sign("[", "("):
            place = closing(parts, place)
        elif token.is_sign(".", "{", "}") or (token.kind is Kind.WORD and not token.is_word("A", "TRUE", "FALSE")):
            return place
        place += 1
    return len(parts)


def _end_of_other(parts: Sequence[Token], place: int) -> int:
    """Behind a clause, so far that what follows may be triples."""
    if parts[place].is_sign("{"):
        return closing(parts, place) + 1
    following = next_place(parts, place + 1)
    if following >= len(parts) or not parts[place].is_word("FILTER", "BIND", "VALUES", "GRAPH"):
        return place + 1
    if parts[place].is_word("FILTER") and not parts[following].is_sign("("):
        if parts[following].is_word("EXISTS", "NOT"):
            return following
        following = next_place(parts, following + 1)  # behind the name of a function
    end = closing(parts, following) if following < len(parts) and parts[following].is_sign("(") else following
    if parts[place].is_word("VALUES"):
        opening = next_place(parts, end + 1)
        return closing(parts, opening) + 1 if opening < len(parts) else len(parts)
    return end + 1


def _triples(parts: Sequence[Token], absent: Absent) -> Iterator[Token]:
    """The triples of one subject, those that need it completed and last."""
    subject = parts[0]
    stated: list[str] = []
    added: list[str] = []
    if subject.kind in (Kind.VARIABLE, Kind.IRI, Kind.NAME):
        for listed in _split(parts[1:], ";"):
            end = _end_of_path(listed)
            for thing in _split(listed[end:], ","):
                object = [one for one in thing if one.kind is not Kind.SPACE]
                written = f"{subject.text} {joined(listed[:end])} {joined(thing)}"
                more = (
                    _missing(subject, object[0], absent) if len(object) == 1 and _may_be_empty(listed[:end]) else None
                )
                if more is None:
                    stated.append(written)
                else:
                    added.append(f"{{ {written} }} UNION {more}")
    if not added:
        yield from parts
        return
    yield from tokens("".join(f"{one} . " for one in stated if one.strip() != subject.text) + " ".join(added) + " ")


def _missing(subject: Token, object: Token, absent: Absent) -> str | None:
    """The group that answers what the engine leaves out; None where it leaves nothing out."""
    ends = [end for end in (subject, object) if end.kind in (Kind.IRI, Kind.NAME)]
    variables = [end for end in (subject, object) if end.kind is Kind.VARIABLE]
    if not ends or len(ends) + len(variables) < 2 or not absent(ends[0]):
        return None
    term = ends[0].text
    bound = f"VALUES {variables[0].text} {{ {term} }}" if variables else f"FILTER(sameTerm({term}, {ends[1].text}))"
    mentioned = f"{{ {term} ?etio_p ?etio_o }} UNION {{ ?etio_s ?etio_q {term} }}"
    return f"{{ {bound} FILTER NOT EXISTS {{ {mentioned} }} }}"


def _split(parts: Sequence[Token], sign: str) -> Iterator[Sequence[Token]]:
    start = place = 0
    while place < len(parts):
        if parts[place].is_sign("[", "("):
            place = closing(parts, place)
        elif parts[place].is_sign(sign):
            yield parts[start:place]
            start = place + 1
        place += 1
    yield parts[start:]


def _end_of_path(parts: Sequence[Token]) -> int:
    """Behind the path that the tokens begin with; behind the first token where it is none."""
    place = next_place(parts, 0)
    while place < len(parts):
        while place < len(parts) and parts[place].is_sign("^", "!"):
            place = next_place(parts, place + 1)
        end = closing(parts, place) if place < len(parts) and parts[place].is_sign("(") else place
        place = next_place(parts, end + 1)
        while place < len(parts) and parts[place].is_sign("*", "?", "+"):
            end, place = place, next_place(parts, place + 1)
        if place >= len(parts) or not parts[place].is_sign("/", "|"):
            return min(end + 1, len(parts))
        place = next_place(parts, place + 1)
    return len(parts)


def _may_be_empty(path: Sequence[Token]) -> bool:
    """Whether a path may have length zero."""
    bare = [one for one in path if one.kind is not Kind.SPACE]
    alternatives = list(_split(bare, "|"))
    if len(alternatives) > 1:
        return any(_may_be_empty(one) for one in alternatives)
    steps = list(_split(bare, "/"))
    if len(steps) > 1:
        return all(_may_be_empty(one) for one in steps)
    while bare and bare[0].is_sign("^"):
        bare = bare[1:]
    if not bare or bare[0].is_sign("!"):
        return False
    if bare[-1].is_sign("*", "?"):
        return True
    while bare[-1].is_sign("+"):
        bare = bare[:-1]
    return bool(bare) and bare[0].is_sign("(") and _may_be_empty(bare[1:-1])
