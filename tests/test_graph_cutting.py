"""Cut answers are read back by pyoxigraph's parsers and compared with the rows of the whole answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, Store, parse_query_results

from graph.querying.cutting import Bounded, Cut

FORMATS = (QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV)
NASTY = st.text(alphabet='a"\\,{}[]<>/&\n\r\t éresult', max_size=12)


def query(texts: list[str | None]) -> QuerySolutions:
    rows = " ".join("(UNDEF UNDEF)" if text is None else f"({Literal(text)} <http://a.example/>)" for text in texts)
    found = Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {rows} }} }}")
    assert isinstance(found, QuerySolutions)
    return found


def media_type(format: QueryResultsFormat) -> str:
    return format.media_type.partition(";")[0]


def written(texts: list[str | None], format: QueryResultsFormat, *, rows: int, largest: int = 1 << 20) -> bytes:
    output = Bounded(media_type(format), rows=rows, largest=largest)
    query(texts).serialize(output, format=format)  # type: ignore[arg-type]  # it asks for no more than `write` and `flush`
    return b"".join(output.close())


def rows_of(text: bytes, format: QueryResultsFormat) -> list[str]:
    if format == QueryResultsFormat.CSV:  # pyoxigraph does not read it: a CSV answer has no kinds of terms
        import csv
        import io

        return [str(row) for row in list(csv.reader(io.StringIO(text.decode(), newline="")))[1:]]
    read = parse_query_results(text, format=format)
    assert isinstance(read, QuerySolutions)
    return [str(row) for row in read]


@given(st.lists(st.none() | NASTY, max_size=9), st.integers(1, 9), st.sampled_from(FORMATS))
def test_no_more_rows_come_than_may_and_they_are_the_first(
    texts: list[str | None], rows: int, format: QueryResultsFormat
) -> None:
    whole = query(texts).serialize(format=format)
    assert whole is not None
    if len(texts) <= rows:
        found = written(texts, format, rows=rows)
    else:
        with pytest.raises(Cut) as caught:
            written(texts, format, rows=rows)
        assert caught.value.reason == "rows"
        found = caught.value.text
    assert rows_of(found, format) == rows_of(whole, format)[:rows]


@pytest.mark.parametrize("format", FORMATS)
def test_an_answer_with_too_many_bytes_ends_after_a_whole_row(format: QueryResultsFormat) -> None:
    texts: list[str | None] = [f'"{{}},{{\n{number}' for number in range(2_000)]
    with pytest.raises(Cut) as caught:
        written(texts, format, rows=10_000, largest=20_000)
    assert caught.value.reason == "bytes"
    whole = query(texts).serialize(format=format)
    assert whole is not None
    found = rows_of(caught.value.text, format)
    assert 100 < len(found) < 2_000
    assert found == rows_of(whole, format)[: len(found)]
