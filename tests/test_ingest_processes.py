"""What happens in a condition that the sentence does not name."""

from statements import claims


def test_events_behind_a_sentence_on_a_condition_are_its_effects() -> None:
    text = "Asthma is a lung disease. The airways become inflamed."
    assert claims(text, "process") == [("asthma", "causes", "airway inflammation")]


def test_events_that_are_denied_or_supposed_are_no_effects() -> None:
    assert claims("Asthma is a lung disease. The airways do not become inflamed.", "process") == []
    assert claims("Asthma is a lung disease. If the airways become inflamed, rest.", "process") == []


def test_events_behind_a_sentence_on_something_else_are_no_effects() -> None:
    assert claims("Smoking is a habit. The airways become inflamed.", "process") == []
