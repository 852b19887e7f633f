"""What of a web page becomes the article's text, and that its blocks come back from that text alone."""

import pytest

from ingest.article import read_blocks
from ingest.readers.html.page import read_page
from ontology.article import Source
from ontology.errors import UnreadableArticle


def stored(body: str, *, head: str = "") -> str:
    """The stored text of a page with this body."""
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return read_page(page.encode(), id="page", source="page.html").text


SENTENCE = "Asthma narrows the airways of the lungs and makes breathing hard."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>Asthma</h1><p>Airways narrow.<p>It hurts.", "# Asthma\n\nAirways narrow.\n\nIt hurts.\n"),
        (
            "<p>Signs:<ul><li>cough<ul><li>at night</ul><li>wheeze</ul>",
            "Signs:\n\n- cough\n\n  - at night\n\n- wheeze\n",
        ),
        ("<p>Air&shy;ways&nbsp;narrow &amp; H<sub>2</sub>O is lost.", "Airways narrow & H2O is lost.\n"),
        ("<p>Signs:<br>• cough<br>• fever", "Signs:\n\n- cough\n\n- fever\n"),
        ("<p>Signs include:<br>cough<br>fever", "Signs include:\n\ncough\n\nfever\n"),
        (
            "<div>The airways of the lungs narrow in asthma and<br>breathing becomes hard.</div>",
            "The airways of the lungs narrow in asthma and breathing becomes hard.\n",
        ),
        ("<div>First part.<br><br>Second part.</div>", "First part.\n\nSecond part.\n"),
        ("<ul><li><strong>Wheeze:</strong> a whistle</ul>", "- Wheeze: a whistle\n"),
        ("<ul><li><strong>Wheeze</strong><br>A whistle.</ul>", "- Wheeze: A whistle.\n"),
        ("<ul><li><b>Wheeze</b><p>A whistle.</p><p>It is high.</p></ul>", "- Wheeze: A whistle.\n\nIt is high.\n"),
        (
            "<dl><dt>Wheeze<dd>A whistle.<dd>High.<dt>Cough<dd>Dry.</dl>",
            "- Wheeze: A whistle.\n\nHigh.\n\n- Cough: Dry.\n",
        ),
        ("<dl><dt>What is asthma?<dd>A disease.</dl>", "## What is asthma?\n\nA disease.\n"),
        ("<p><strong>Signs</strong></p><p>There is a cough.</p>", "## Signs\n\nThere is a cough.\n"),
        ("<h3>Types</h3><p><b>Mild</b><br>Seldom felt.</p>", "### Types\n\n#### Mild\n\nSeldom felt.\n"),
        (
            "<h3><button aria-expanded=false>Is it common?</button></h3><p>Yes, it is.",
            "### Is it common?\n\nYes, it is.\n",
        ),
        (
            '<button class="faq-toggle" aria-expanded="false">Is it common?</button><div>Yes, it is.</div>',
            "## Is it common?\n\nYes, it is.\n",
        ),
        ("<h2>Signs <button>Copy link</button></h2><p>A cough.", "## Signs\n\nA cough.\n"),
        ("<section><header><h2>Signs</h2></header><p>A cough.</section>", "## Signs\n\nA cough.\n"),
        ("<details><summary>Is it common?</summary>Yes, it is.</details>", "## Is it common?\n\nYes, it is.\n"),
        (
            "<table><tr><th>Drug<th>Use<tr><td>Salbutamol<td>relief<td>fast</table>",
            "Drug; Use.\n\n- Salbutamol: relief; fast\n",
        ),
        ("<table><tr><th>Symptoms<td><ul><li>cough<li>fever</ul></table>", "- Symptoms: cough, fever\n"),
        ("<table><tr><td>Left<td><h2>Asthma</h2><p>It hurts.</table>", "Left\n\n## Asthma\n\nIt hurts.\n"),
        ("<p># 5 of them.<p>- 3 degrees.", " # 5 of them.\n\n- 3 degrees.\n"),
        ("<p>Airways<!-- not --> narrow.<script>if (a<b) {}</script><style>p{}</style>", "Airways narrow.\n"),
    ],
)
def test_the_tags_of_a_page_become_an_outline(body: str, expected: str) -> None:
    assert stored(body) == expected


@pytest.mark.parametrize(
    "noise",
    [
        "<nav><ul><li><a href=/>Home</a></ul></nav>",
        f'<div class="mainnav">{"<a href=/x>Another disease to read about</a> " * 40}</div>',
        f'<ul><li class="nav">{"<a href=/x>Another disease to read about</a> " * 40}</ul>',
        "<header><p>The site of good health for everyone.</p></header>",
        "<footer>We wish you well, wherever you may be today.</footer>",
        '<div class="cookie-banner">Cookies help us to serve you. Accept all of them?</div>',
        '<div id="onetrust-consent-sdk">Some partners store data on your device.</div>',
        "<p>We use cookies to improve this site. Read our privacy policy.</p>",
        '<p class="byline">By Ada Example, MD</p>',
        "<p>Medically reviewed by Ada Example, RN</p>",
        "<p>Updated on March 3, 2024</p>",
        "<p>7 min read</p>",
        '<div class="share-buttons"><a href="#">Facebook</a></div>',
        "<aside><h3>Related articles</h3><p>A cold is an infection of the nose.</p></aside>",
        '<section class="RelatedPosts"><h2>More</h2><p>A cold is an infection of the nose.</p></section>',
        '<div class="ad-slot">Buy this pill, which helps against everything.</div>',
        '<p class="hidden">Nobody sees this sentence about the nose.</p>',
        "<p hidden>Nobody sees this sentence about the nose.</p>",
        '<p style="display: none">Nobody sees this sentence about the nose.</p>',
        '<div aria-hidden="true">Nobody sees this sentence about the nose.</div>',
        "<form><label>Your name</label><input><button>Send</button></form>",
        '<div role="dialog"><p>Sign up for letters about your health.</p></div>',
        "<figure><img alt='a lung'><figcaption>Photo of a lung</figcaption></figure>",
        '<ol class="references"><li>Example A. A study of lungs. 2001.</ol>',
    ],
)
def test_what_is_not_the_article_is_left_out(noise: str) -> None:
    assert stored(f"{noise}<h1>Asthma</h1><p>{SENTENCE}</p>{noise}") == f"# Asthma\n\n{SENTENCE}\n"


@pytest.mark.parametrize("heading", ["References", "Related articles", "3 comments", "See also", "You may also like"])
def test_sections_of_references_and_of_other_articles_are_left_out(heading: str) -> None:
    other = f"<h2>{heading}</h2><p>Other.</p><h3>More</h3><p>Other.</p>"
    page = f"<h1>Asthma</h1><p>{SENTENCE}</p>{other}<h2>Signs</h2><p>Cough."
    assert stored(page) == f"# Asthma\n\n{SENTENCE}\n\n## Signs\n\nCough.\n"


@pytest.mark.parametrize(
    "kept",
    [
        '<div class="accordion-panel" aria-hidden="true">Breathing out takes longer.</div>',
        '<div class="page-with-sidebar"><p>Breathing out takes longer.</p></div>',
        "<p>By breathing out slowly one can feel better.</p>",
        '<div class="elementor-widget elementor-widget-text-editor"><p>Breathing out takes longer.</p></div>',
        '<div class="field field--label-hidden overflow-hidden"><p>Breathing out takes longer.</p></div>',
        '<section class="print:hidden"><header><h2>Breath</h2></header><p>Breathing out takes longer.</p></section>',
        '<main><aside class="callout"><p>Breathing out takes longer.</p></aside></main>',
    ],
)
def test_what_only_looks_like_noise_is_kept(kept: str) -> None:
    words = kept.rpartition("</")[0].rpartition(">")[2] or "Breathing out takes longer."
    assert words in stored(f"<h1>Asthma</h1><p>{SENTENCE}</p>{kept}")


def test_lists_of_links_are_kept_only_where_something_introduces_them() -> None:
    links = "<ul><li><a href=/a>cough</a><li><a href=/b>fever</a><li><a href=/c>chills</a></ul>"
    assert stored(f"<h1>Cold</h1><p>{SENTENCE}</p><p>Signs include:</p>{links}<p>{SENTENCE}</p>{links}") == (
        f"# Cold\n\n{SENTENCE}\n\nSigns include:\n\n- cough\n\n- fever\n\n- chills\n\n{SENTENCE}\n"
    )


def test_a_page_says_who_wrote_it_when_and_under_which_licence() -> None:
    head = """
        <title>Asthma: signs | Good Health</title><link rel="canonical" href="https://example.org/asthma">
        <link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
        <meta property="og:site_name" content="Good Health"><meta name="author" content="Not Asked">
        <script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["MedicalWebPage", "Article"],
        "author": [{"name": "Ada Example"}, {"name": "Ben Sample"}], "datePublished": "2024-03-05T10:00:00Z"}]}</script>
        """
    article = read_page(f"<html><head>{head}</head><body><p>{SENTENCE}".encode(), id="asthma", source="asthma.html")
    assert (article.id, article.title, article.text) == ("asthma", "Asthma: signs", f"# Asthma: signs\n\n{SENTENCE}\n")
    assert article.format == "outline"
    assert article.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert article.source == Source(
        author="Ada Example, Ben Sample, Not Asked",
        publisher="Good Health",
        date="2024-03-05",
        url="https://example.org/asthma",
    )


def test_the_name_of_the_site_is_not_the_title() -> None:
    head = "<title>Asthma: signs - Good Health</title>"
    logo = "<header><h1>Good Health</h1><nav><a href=/>Home</a></nav></header>"
    assert stored(f"{logo}<h2>Causes</h2><p>{SENTENCE}", head=head) == f"# Asthma: signs\n\n## Causes\n\n{SENTENCE}\n"
    assert stored(f"{logo}<h1>All of it</h1><p>{SENTENCE}", head=head) == f"# All of it\n\n{SENTENCE}\n"


@pytest.mark.parametrize(
    "broken",
    ['{"@type": ', "[" * 100_000, '{"@graph": 3}', '{"@type": "Article", "author": [[], {}, 3, null]}', "null"],
)
def test_broken_linked_data_says_nothing(broken: str) -> None:
    page = f'<script type="application/ld+json">{broken}</script><p>{SENTENCE}'
    assert read_page(page.encode(), id="a", source="a.html").source == Source()


def test_the_blocks_of_a_page_come_back_from_its_text_alone() -> None:
    text = stored(f"<h1>Asthma</h1><p>{SENTENCE}</p><ul><li>cough<ol><li>dry</ol></ul>")
    assert [
        (block.kind.value, block.level, text[block.start : block.end]) for block in read_blocks(text, format="outline")
    ] == [
        ("heading", 1, "Asthma"),
        ("paragraph", 0, SENTENCE),
        ("item", 1, "cough"),
        ("item", 2, "dry"),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("caf\u00e9 \u201cx\u201d".encode("cp1252"), "<meta charset='iso-8859-1'>"),
        ("caf\u00e9 \u201cx\u201d".encode(), "<meta charset=utf-8>"),
        ("caf\u00e9 \u201cx\u201d".encode(), ""),
        ("caf\u00e9 \u201cx\u201d".encode(), "<meta charset=utf-16>"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_states(content: bytes, expected: str) -> None:
    page = expected.encode() + b"<p>" + content + b" is a drink that many people have with milk."
    assert read_page(page, id="a", source="a.html").text.startswith("caf\u00e9 \u201cx\u201d is a drink")


def test_a_byte_order_mark_and_the_server_count_more_than_the_page() -> None:
    page = "<meta charset=ascii><p>Caf\u00e9 au lait is a drink."
    assert read_page(page.encode("utf-16"), id="a", source="a.html").text == "Caf\u00e9 au lait is a drink.\n"
    assert read_page(page.encode(), id="a", source="a.html", charset="UTF-8").text == "Caf\u00e9 au lait is a drink.\n"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"%PDF-1.7 x", "a PDF, not a page; save it as HTML or as text"),
        (b"<p>a\0b", "binary: a NUL character at offset 4; a page is text"),
        (
            b"<p>caf\xe9",
            "it states no encoding and so would be utf-8, but byte 0xe9 at offset 6 is not; convert it to UTF-8 first",
        ),
        (
            b"<meta charset=klingon><p>x",
            "the page says it is in 'klingon', which is no known encoding; convert it to UTF-8 first",
        ),
        (b"<!-- nothing -->", "empty: there is no text in it"),
        (
            b"<nav><a href=/>Home</a></nav><script>render()</script><h1>Loading</h1>",
            (
                "no article on the page: there is no text outside its menus, forms, notices and scripts; if a browser "
                "shows one, save the page there once it has loaded"
            ),
        ),
    ],
)
def test_what_is_no_page_with_an_article_is_refused_with_the_reason(page: bytes, expected: str) -> None:
    with pytest.raises(UnreadableArticle) as refused:
        read_page(page, id="a", source="a.html")
    assert refused.value.reason == expected
