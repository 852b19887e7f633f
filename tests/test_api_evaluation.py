"""Figures of an evaluation: by hand on small input, and equal to the yardstick's on much of it."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from api.agreement import agree, normal_name, normal_names
from api.evaluation import Evaluation, Figures, Miss, score
from api.gold import GoldClaim, StatedClaim, read_claims, read_gold
from ontology.errors import InvalidArgument
from ontology.terms import Predicate

CAUSES = Predicate.CAUSES


def gold(
    predicate: Predicate = CAUSES,
    subject: str = "asthma",
    object: str = "cough",
    *,
    negated: bool = False,
    hedge: bool = False,
) -> GoldClaim:
    return GoldClaim("a", (subject,), predicate, (object,), negated, hedge)


def stated(
    predicate: Predicate = CAUSES, subject: str = "asthma", object: str = "cough", *, negated: bool = False
) -> StatedClaim:
    return StatedClaim("a", (subject,), predicate, (object,), negated)


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("The patient’s X-rays", "patient x ray"),
        ("Biopsies", "biopsy"),
        ("PE", "pulmonary embolism"),
        ("blood in the alveoli", "blood alveolus"),
        ("illnesses", "illness"),
        ("flushes and boxes", "flush box"),
        ("diagnosis", "diagnosis"),
        ("of the", ""),
        ("gas, pus & lies", "gas pus lie"),
    ],
)
def test_the_normal_form_of_a_name(name: str, normal: str) -> None:
    assert normal_name(name) == normal


@pytest.mark.parametrize(
    ("one", "other", "agreed"),
    [
        ("chest pain", "pain in the chest", True),
        ("chest pain", "pain", True),
        ("pain", "sudden sharp chest pain", False),
        ("inflamed airways", "inflammation of the airway", False),
        ("persistent cough", "cough persisted", False),
        ("blocked artery", "blocking of arteries", True),
        ("lung cancer", "lung infection", False),
        ("CT scan", "scan", True),
        ("", "cough", False),
    ],
)
def test_names_agree_when_they_are_equal_or_share_half_their_words(one: str, other: str, agreed: bool) -> None:
    assert agree(normal_names([one]), normal_names([other])) is agreed
    assert agree(normal_names([other]), normal_names([one])) is agreed


@pytest.mark.parametrize(
    ("wanted", "said", "linked", "found"),
    [
        (gold(), stated(), True, True),
        (gold(), stated(Predicate.HAS_SYMPTOM), True, True),
        (gold(), stated(Predicate.INCREASES_RISK_OF), True, True),
        (gold(), stated(Predicate.ASSOCIATED_WITH), True, False),
        (gold(Predicate.HAS_SYMPTOM), stated(Predicate.ASSOCIATED_WITH), True, True),
        (gold(Predicate.TREATS), stated(Predicate.REDUCES_RISK_OF), True, True),
        (gold(Predicate.DIAGNOSES), stated(Predicate.TREATS), True, False),
        (gold(), stated(subject="cough", object="asthma"), True, False),
        (gold(Predicate.MIMICS), stated(Predicate.MIMICS, "cough", "asthma"), True, True),
        (gold(), stated(negated=True), True, False),
        (gold(hedge=True), stated(negated=True), True, True),
        (gold(negated=True), stated(negated=True), True, True),
        (gold(), stated(subject="dust"), False, False),
    ],
)
def test_a_gold_claim_is_found_by_family_direction_and_polarity(
    wanted: GoldClaim, said: StatedClaim, linked: bool, found: bool
) -> None:
    evaluation = score([wanted], [said])
    assert evaluation.overall == Figures(
        gold=1, linked=linked, found=found, stated=1, stated_linked=linked, right=found
    )
    assert evaluation.misses == (() if found else (Miss(wanted, linked=linked),))
    assert evaluation.extras == (() if found else (said,))


def test_figures_by_article_and_predicate_are_counted_apart() -> None:
    treats = GoldClaim("b", ("rest",), Predicate.TREATS, ("cough",))
    elsewhere = StatedClaim("b", ("dust",), CAUSES, ("cough",))
    unknown = StatedClaim("c", ("dust",), CAUSES, ("cough",))
    evaluation = score([gold(), treats], [stated(), stated(object="wheezing"), elsewhere, unknown])
    assert evaluation == Evaluation(
        overall=Figures(gold=2, linked=1, found=1, stated=3, stated_linked=1, right=1),
        articles={
            "a": Figures(gold=1, linked=1, found=1, stated=2, stated_linked=1, right=1),
            "b": Figures(gold=1, stated=1),
        },
        predicates={
            CAUSES: Figures(gold=1, linked=1, found=1, stated=3, stated_linked=1, right=1),
            Predicate.TREATS: Figures(gold=1),
        },
        misses=(Miss(treats, linked=False),),
        right=(stated(),),
        extras=(stated(object="wheezing"), elsewhere),
    )
    overall = evaluation.overall
    assert (overall.recall, overall.precision, overall.f1) == (0.5, 1 / 3, 0.4)
    assert (overall.link_recall, overall.link_precision, overall.link_f1) == (0.5, 1 / 3, 0.4)


def test_articles_may_be_chosen_and_a_second_gold_counts_for_precision_only() -> None:
    other = GoldClaim("b", ("rest",), Predicate.TREATS, ("cough",))
    chosen = score([gold(), other], [stated()], articles=frozenset({"a"}))
    assert chosen.overall == Figures(gold=1, linked=1, found=1, stated=1, stated_linked=1, right=1)
    helped = score([gold(object="wheezing")], [stated()], precision_only=[gold()])
    assert helped.overall == Figures(gold=1, stated=1, stated_linked=1, right=1)


def test_nothing_against_nothing_has_figures_of_zero() -> None:
    nothing = score([], [])
    assert nothing == Evaluation(Figures(), {}, {}, (), (), ())
    assert (nothing.overall.recall, nothing.overall.precision, nothing.overall.f1) == (0, 0, 0)


def test_rows_of_extract_are_read_once_for_each_article_of_their_evidence() -> None:
    row = {
        "subject": {"label": "pulmonary embolism", "synonyms": ["PE"], "mention": "clot", "mentions": ["clot", "it"]},
        "predicate": "causes",
        "object": {"label": "hemoptysis", "synonyms": []},
        "negated": True,
        "evidence": [
            {"article": "b", "quote": "first"},
            {"article": "a", "quote": "other"},
            {"article": "b", "quote": "second"},
        ],
    }
    names = ("pulmonary embolism", "clot", "PE", "clot", "it")
    assert read_claims([row]) == (
        StatedClaim("a", names, CAUSES, ("hemoptysis",), negated=True, quote="other"),
        StatedClaim("b", names, CAUSES, ("hemoptysis",), negated=True, quote="first"),
    )


@pytest.mark.parametrize("line", ["{", "[]", '{"article": "a"}', '{"article":"a","subj":["x"],"pred":"y","obj":["z"]}'])
def test_a_line_that_is_no_gold_claim_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(InvalidArgument, match="gold line 2="):
        read_gold(["", line])


def rows_from(gold_lines: list[str]) -> list[dict[str, Any]]:
    """Claims made of gold by rules that leave some right, and others wrong in every way that counts."""
    predicates = [predicate.value for predicate in Predicate]
    rows: list[dict[str, Any]] = []
    claims = [json.loads(line) for line in gold_lines]
    for number, claim in enumerate(claims):
        if number % 7 == 6:
            continue
        subject, target = claim["subj"][number % len(claim["subj"])], claim["obj"][-1]
        if number % 5 == 1:
            subject, target = target, subject
        if number % 11 == 3:
            target = claims[(number * 13) % len(claims)]["obj"][0]
        if number % 4 == 2:
            subject = " of the ".join(reversed(subject.split(" ", 1)))
        predicate = predicates[(number * 3) % len(predicates)] if number % 3 == 2 else claim["pred"]
        articles = sorted({claim["article"], claims[-number]["article"]})
        rows.append(
            {
                "subject": {"label": subject, "synonyms": claim["subj"][2:3], "mention": f"the {subject}s"},
                "predicate": predicate,
                "object": {"label": target, "synonyms": [], "mentions": [target.upper()]},
                "negated": bool(claim["negated"]) is not (number % 9 == 4),
                "evidence": [{"article": each, "quote": "q"} for each in articles],
            }
        )
    return rows


@pytest.mark.parametrize(("name", "second"), [("seeds-dev", "nih-dev"), ("nih-dev", ""), ("seeds-dev", "seeds-dev")])
def test_the_answer_is_the_yardsticks(shared: Path, tmp_path: Path, name: str, second: str) -> None:
    gold_file = shared / "gold" / f"{name}.jsonl"
    lines = gold_file.read_text().splitlines()
    rows = rows_from(lines)
    (tmp_path / "system.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    also = shared / "gold" / f"{second}.jsonl"
    options = ["--precision-gold", str(also)] if second else []
    yardstick, system = shared / "gold" / "score_claims.py", tmp_path / "system.jsonl"
    said = subprocess.run(
        [sys.executable, yardstick, gold_file, system, "--misses", "--extras", *options],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    allowed = read_gold(also.read_text().splitlines()) if second else ()
    evaluation = score(read_gold(lines), read_claims(rows), precision_only=allowed)

    assert figures_of(said) == {
        name: (
            f"gold {each.gold:4d} system {each.stated:4d}  strict recall {each.recall:.3f} "
            f"precision {each.precision:.3f} F1 {each.f1:.3f}  "
            f"link recall {each.link_recall:.3f} precision {each.link_precision:.3f}"
        )
        for name, each in {**evaluation.articles, "all": evaluation.overall}.items()
    }
    (by_predicate,) = (line.removeprefix("per predicate: ") for line in said if line.startswith("per predicate: "))
    assert by_predicate.split(", ") == [
        f"{predicate} {each.found}/{each.gold}" for predicate, each in evaluation.predicates.items() if each.gold
    ]
    listed = Counter(line.split(" ", 1)[0] for line in said)
    assert (listed["MISS"], listed["PRED"], listed["EXTRA"]) == (
        sum(not miss.linked for miss in evaluation.misses),
        sum(miss.linked for miss in evaluation.misses),
        len(evaluation.extras),
    )
    assert evaluation.misses
    assert evaluation.extras
    assert 0 < evaluation.overall.found < evaluation.overall.linked < evaluation.overall.gold


def figures_of(said: list[str]) -> dict[str, str]:
    """Article, or "all" → the yardstick's figures."""
    lines = [re.fullmatch(r"(\S+) +(gold +\d+ system .*)", line) for line in said]
    return {match.group(1): match.group(2) for match in lines if match}
