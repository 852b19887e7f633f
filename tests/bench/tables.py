"""What was measured, as Markdown, and whether the goals are reached."""

import math
import statistics
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from questions import Question
from rivals import CACHED, ENGINE, FLOOR, MEMORY, OURS, OXRDFLIB, VIRTUOSO


class Measurement(Protocol):
    """What one rival took for one question."""

    times: list[float]
    remark: str

    @property
    def median(self) -> float | None: ...


Measurements = Mapping[str, Mapping[str, Measurement]]


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def show(questions: Sequence[Question], measured: Measurements) -> None:
    """Print the table, the ratios and the goals."""
    names = [name for name in (ENGINE, OURS, CACHED, FLOOR, OXRDFLIB, MEMORY, VIRTUOSO) if name in _rivals(measured)]
    say(f"\n| ms, median | {' | '.join(names)} |\n|---|{'--:|' * len(names)}")
    for question in questions:
        cells = (_cell(measured[question.name].get(name)) for name in names)
        say(f"| {question.about} | {' | '.join(cells)} |")
    say("\n“≠”: the answer differs from the engine's. Repeated fewer times than the others where slow.")
    say("\n| how many times as fast as | geometric mean | least | most |\n|---|--:|--:|--:|")
    for name in (OXRDFLIB, MEMORY, VIRTUOSO):
        ratios = sorted(_ratios(measured, name, questions))
        if ratios:
            say(f"| {name} | {_mean(ratios):.1f} | {ratios[0]:.2f} | {ratios[-1]:.1f} |")
    say("\n| goal | measured | |\n|---|---|---|")
    for goal, found, kept in _goals(questions, measured):
        say(f"| {goal} | {found} | {'kept' if kept else '**missed**'} |")


def _rivals(measured: Measurements) -> set[str]:
    return {name for row in measured.values() for name in row}


def _goals(questions: Sequence[Question], measured: Measurements) -> Iterable[tuple[str, str, bool]]:
    small = {name: row for name, row in measured.items() if _ms(row, ENGINE) < 10}
    added = {name: _ms(row, OURS) - _ms(row, ENGINE) for name, row in small.items()}
    worst = max(added, key=lambda name: added[name], default=None)
    if worst:
        yield "HTTP adds at most 1 ms under 10 ms", _typical(added, worst, " ms"), added[worst] <= 1
    large = {name: _ms(row, OURS) / _ms(row, ENGINE) - 1 for name, row in measured.items() if name not in small}
    worst = max(large, key=lambda name: large[name], default=None)
    if worst:
        share = {name: 100 * part for name, part in large.items()}
        yield "at most 20 % to the others", _typical(share, worst, " %"), large[worst] <= 0.2
    cached = {name: (_ms(row, CACHED), _ms(row, FLOOR)) for name, row in measured.items()}
    quick = {name: ms for name, (ms, floor) in cached.items() if floor < 3}
    worst = max(quick, key=lambda name: quick[name], default=None)
    if worst:
        others = [
            f"{name} {ms:.1f} ms, its bytes alone {floor:.1f}" for name, (ms, floor) in cached.items() if floor >= 3
        ]
        found = "; ".join([f"{quick[worst]:.2f} ms at most ({worst})", *others])
        yield "a cached answer takes under 1 ms", found, quick[worst] < 1
    for name, least in ((OXRDFLIB, 6), (MEMORY, 15)):
        ratios = list(_ratios(measured, name, questions))
        if ratios:
            mean, slowest = _mean(ratios), min(ratios)
            kept = mean >= least and slowest >= 1
            yield f"{least} × {name}, never slower", f"{mean:.1f} ×, {slowest:.2f} × at least", kept
    against = {
        question.name: 1 / ratio
        for question in questions
        if question.group == "aggregate"
        for ratio in _ratios(measured, VIRTUOSO, [question])
    }
    if against:
        worst = max(against, key=lambda name: against[name])
        yield "aggregates within 3 × of Virtuoso", f"{against[worst]:.2f} × at most ({worst})", against[worst] <= 3


def _typical(found: Mapping[str, float], worst: str, unit: str) -> str:
    return f"{statistics.median(found.values()):.2f}{unit} in the median, {found[worst]:.2f}{unit} at most ({worst})"


def _ratios(measured: Measurements, name: str, questions: Sequence[Question]) -> Iterable[float]:
    """How many times as fast ours is, for each question that both answered."""
    for question in questions:
        row = measured[question.name]
        other = row.get(name)
        if other is not None and other.median is not None:
            yield other.median / _ms(row, OURS)


def _ms(row: Mapping[str, Measurement], name: str) -> float:
    found = row[name].median
    return math.inf if found is None else found


def _mean(ratios: Sequence[float]) -> float:
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def _cell(found: Measurement | None) -> str:
    if found is None:
        return "–"
    if found.median is None:
        return found.remark
    shown = f"{found.median:,.0f}" if found.median >= 100 else f"{found.median:.3g}"
    return f"{shown} {found.remark}".strip()
