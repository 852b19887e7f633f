"""Bytes to text: articles are UTF-8; pages are in what a byte order mark, their server or the page itself states.

Nothing is guessed: a page that states no encoding is UTF-8, and bytes that are not of the stated encoding are refused.
"""

import codecs
import re
from typing import Final

from ontology.errors import UnreadableArticle

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STATED: Final = re.compile(rb"""<meta[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_READ_AS: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""Names that pages give to more than they say, as the Encoding Standard reads them."""

_OF_PAGES: Final = re.compile(
    r"utf-(?:8|16(?:-[bl]e)?)|ascii|tis-620|iso2022_jp|hz|shift_jis|"
    r"iso8859-\d+|cp\d+|koi8-\w|mac-(?:roman|cyrillic)|gb\w+|big5\w*|euc_\w+"
)
"""Python's names of the encodings that pages are in; it has others, which make no text of bytes."""

_LOOKED_AT: Final = 4096
_MAX_CONTROL_SHARE: Final = 0.1
_SIGNATURES: Final = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (perhaps an office document)"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)


def decoded(content: bytes, *, source: str, charset: str | None = None) -> str:
    """The text of a page; `charset` is what its server said, which counts more than what the page says.

    Raises:
        UnreadableArticle: the content is no text, its encoding is unknown, or it is not of that encoding.
    """
    for signature, sort in _SIGNATURES:
        if content.startswith(signature):
            raise UnreadableArticle(source, f"{sort}, not a page; save it as HTML or as text")
    encoding, said_by = _encoding(content, charset, source)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        what = f"{said_by} {encoding.removesuffix('-sig')}, but"
        reason = f"{what} byte 0x{content[error.start]:02x} at offset {error.start} is not; convert it to UTF-8 first"
        raise UnreadableArticle(source, reason) from error
    if "\0" in text:
        reason = f"binary: a NUL character at offset {text.index(chr(0))}; a page is text"
        raise UnreadableArticle(source, reason)
    return text


def decoded_text(content: bytes, *, source: str, charset: str | None = None) -> str:
    """The text of a plain or Markdown article: UTF-8, unless a server said otherwise.

    Raises:
        UnreadableArticle: the content is no text, or not of that encoding.
    """
    if charset is not None:
        return decoded(content, source=source, charset=charset)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableArticle(source, "encoded as UTF-16; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)")
    if b"\0" in content:
        raise UnreadableArticle(source, f"binary: a NUL byte at offset {content.index(0)}; an article is UTF-8 text")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        byte = content[error.start]
        reason = f"not UTF-8: byte 0x{byte:02x} at offset {error.start} ({error.reason}); convert it to UTF-8 first"
        raise UnreadableArticle(source, reason) from error
    refuse_controls(text, source)
    return text


def refuse_controls(text: str, source: str) -> None:
    """Nothing; a text that is mostly control characters is refused.

    Raises:
        UnreadableArticle: `source` is binary.
    """
    controls = len(re.findall(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", text))
    if controls > _MAX_CONTROL_SHARE * len(text):
        reason = f"binary: {controls:,} of {len(text):,} characters are control characters; an article is UTF-8 text"
        raise UnreadableArticle(source, reason)


def _encoding(content: bytes, charset: str | None, source: str) -> tuple[str, str]:
    """The name of the encoding, as Python knows it, and who says so."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name, "its byte order mark says"
    if charset is not None:
        return _known(charset, source, "the server"), "its server says"
    stated = _STATED.search(content[:_LOOKED_AT])
    if stated is not None:
        name = _known(stated[1].decode("ascii", "replace"), source, "the page")
        # A tag that can be read as ASCII is not in UTF-16.
        return ("utf-8" if name.startswith("utf-16") else name), "it says it is"
    return "utf-8", "it states no encoding and so would be"


def _known(charset: str, source: str, said_by: str) -> str:
    try:
        name = codecs.lookup(charset.strip(" \"'")).name
    except (LookupError, ValueError):
        name = ""
    if not _OF_PAGES.fullmatch(name):
        reason = f"{said_by} says it is in {charset!r}, which is no known encoding; convert it to UTF-8 first"
        raise UnreadableArticle(source, reason)
    return _READ_AS.get(name, name)
