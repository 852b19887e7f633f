"""What is printed: whole lines to a pipe, and nothing that steers a terminal."""

import pytest

from api.terminal import Screen, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines and \r\n three", "two lines and three"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("bell\x07 and \u202eturned", "bell\ufffd and \ufffdturned"),
        ("no\u00a0break", "no\u00a0break"),
    ],
)
def test_no_text_steers_the_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_long_lines_and_markup_come_out_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    line = "[bold] :smile: " + 300 * "word "
    Screen().line(line, "bold", indent=2)
    assert capsys.readouterr().out == f"  {line}\n"


def test_a_table_keeps_its_columns(capsys: pytest.CaptureFixture[str]) -> None:
    Screen().table(("name", "number"), [("a", 1), ("longer", 22)], numbers=frozenset({"number"}))
    assert capsys.readouterr().out == "name    number\na            1\nlonger      22\n"
