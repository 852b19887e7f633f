import pytest

from graph.querying.formats import FORMATS, acceptable


@pytest.mark.parametrize(
    ("accept", "names"),
    [
        ("*/*", [known.name for known in FORMATS]),
        ("text/turtle;q=0.4, text/csv;q=0.9", ["csv", "turtle"]),
        ("text/*, text/csv;q=0", ["tsv", "turtle"]),
        ("application/json", ["json", "jsonld"]),
        ("csv", ["csv"]),
        ("TEXT/CSV", ["csv"]),
        ("text/html", []),
        ("text/csv;q=much", []),
        ("", []),
    ],
)
def test_an_accept_header_admits(accept: str, names: list[str]) -> None:
    assert [admitted.name for admitted in acceptable(accept)] == names
