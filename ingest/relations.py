"""From triggers to candidates: the two slots of each trigger filled, its assertion read.

One sentence at a time. Of the rows whose own words overlap only the best that yields anything counts. An empty subject
is the subject of the trigger before ("can irritate the lungs and cause a cough"), an anaphor what the focus says.
"""

import re
from typing import Final

from ingest.anaphora import named_both
from ingest.apposition import find_apposition
from ingest.arguments import Argument
from ingest.assertion import Assertion, assess
from ingest.clauses import LeftSlot, left_slot, right_slot
from ingest.defined import defined_before
from ingest.document import Unit
from ingest.focus import LIFE_STAGES
from ingest.generics import is_generic
from ingest.genes import is_gene_change
from ingest.mentions import Mention
from ingest.naming import implied_argument, purposed
from ingest.provisional import mint
from ingest.reading import Candidate, Reading
from ingest.reasons import Unread
from ingest.sentences import Span
from ingest.sharing import borrowing_arguments, sharing_words
from ingest.slots import slot_arguments
from ingest.subjects import leading_arguments, named_earlier
from ingest.triggers import Match, Trigger, find_matches
from ontology.terms import Kind, Predicate

_Filled = dict[str, tuple[Argument, ...]]
_SUPPOSED: Final = re.compile(r"\b(?:when|if|once|unless)\b(?:[^,]|, (?:and|or) )*$", re.IGNORECASE)
_NEXT_CLAUSE: Final = (
    r"(?i),\s+(?:and|but)\s+(?P<subject>(?!(?:it|they|this|these|those|you|we)\b)"
    r"(?![^,;]*\b(?:that|which|who)\b)[^,;]{2,50})$"
)
"""A conjunction and the subject of the trigger behind it: ", and asthma" before "causes wheezing"."""
_COPULA: Final = re.compile(r"(?:is|are|was|were|be|become|becomes|(?:can|may|will) (?:be|become))", re.IGNORECASE)
_DEFINING: Final = frozenset({"is-a", "is-plural"})
_AUXILIARIES: Final = re.compile(
    r"(?:(?:\b(?:can|may|might|could|will|would|should|do|does|did|is|are|not|never|also|often|usually|rarely|"
    r"sometimes|seldom|generally|typically|commonly|likely)|\b(?:do|does|did|ca|wo|is|are|should|would|could)n't) "
    r")+$",
    re.IGNORECASE,
)
_WONDERED: Final = re.compile(
    r"\b(?:whether|(?:determin\w+|see|find out|learn\w*|know|tell|check\w*|stud\w+|test\w*|ask\w*|wonder\w*) if|"
    r"hop(?:e|es|ing) (?:that|to)|hypothesi\w+ that|aim(?:s|ed)? to)\b[^,.;]*$|"
    r"\b(?:have|has) not (?:found|shown|proven) that\b[^.;]*$",
    re.IGNORECASE,
)
"""What stands before a clause that nobody states: "studied to find out if"."""

_DENIED: Final = re.compile(
    r"(?:(?:there|currently there) (?:is|are|was|were) (?:currently |still |as yet )?)?"
    r"(?:no|neither|none|nothing|few)\b(?! longer| matter)",
    re.IGNORECASE,
)
"""How a subject begins of which nothing is said: "no vaccines prevent it", "there are no vaccines that do"."""

_SUPPOSABLE: Final = frozenset({Predicate.PRESENTS_AS, Predicate.TREATS})
"""Relations that an if-clause only supposes: "if it is severe", "if creams do not help"."""

_BY_MEANS: Final = frozenset({Predicate.REDUCES_RISK_OF, Predicate.TREATS})
_PEOPLE: Final = re.compile(
    r"(?:(?:most|many|some|all|older|young|pregnant|about half of(?: the)?) )?(?:people|patients|those|women|men|"
    r"adults|"
    r"children|individuals|anyone)\b",
    re.IGNORECASE,
)
"""Who does something about a condition is no means against it: "people with gout can lower their risk"."""

_RELATIVE: Final = re.compile(
    r"\b(?:disorders|diseases|conditions|illnesses|infections|problems|medicines|drugs|substances|factors|things|"
    r"injuries|treatments)(?: of the \w+)? (?:that|which) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_SUCH_AS: Final = re.compile(r",? (?:such as|including)\b")
_DOING: Final = re.compile(
    r"(?:stopping|controlling|avoiding|limiting|reducing|quitting|managing|losing|lowering|keeping|cutting|removing|"
    r"changing|eating|drinking|taking|getting|wearing|using|washing|maintaining|correcting|replacing)"
    r"(?: (?!through\b|by\b|with\b|that\b|which\b|when\b|if\b|and\b|or\b|also\b)[\w'-]+){1,5}",
    re.IGNORECASE,
)
"""A subject that is something done: "stopping alcohol use"."""

_POINTING: Final = re.compile(r"\b(?:this|these|those|such|them|it)\b", re.IGNORECASE)
"""Words that point at what is done and do not name it: "taking these steps"."""

_BEFORE_INFINITIVE: Final = re.compile(r"\b(?:includes?|recommends?|prescribes?|to \w+)\b")
"""The verb of a clause whose object, not its subject, is what an infinitive speaks of."""

_SYMPTOMS_OF: Final = re.compile(
    r"(?:(?:because|since|as|although) )?(?:(?:the|most|many|some) )?(?:signs and )?(?:symptoms?|signs?) (?:of|in)\b",
    re.IGNORECASE,
)
_AVOIDED: Final = re.compile(
    r"(?:that )?(?:you |he or she |they )?(?:avoid|stop|not|limit|quit|against|skip)", re.IGNORECASE
)
"""What is advised against: "your doctor may suggest that you avoid these"."""

_NAMES: Final = ("subject", "object")


def read_relations(reading: Reading) -> tuple[Candidate, ...]:
    """The candidates of one unit's triggers, in the order of its text."""
    groups = tuple(
        kept
        for group in find_matches(reading.text)
        if (kept := tuple(m for m in group if not _inside(m, reading) and not _names_its_event(m, reading)))
    )
    found: list[Candidate] = []
    inherited: _Filled = {"subject": (), "object": (), "leading": ()}
    defining, before = False, 0
    for index, group in enumerate(groups):
        after = groups[index + 1][0].words.start if index + 1 < len(groups) else len(reading.text)
        accepted: list[Match] = []
        for match in group:
            later = [each.words.start for each in group if _goes_on(match, each)]
            if any(match.conflicts(other) for other in accepted):
                reading.trace.matched(match, (), Unread.SUPERSEDED)
                continue
            candidates = _candidates(reading, match, before, min((*later, after)), inherited, defining=defining)
            if candidates:
                accepted.append(match)
                defining = match.trigger.relation is Predicate.IS_A
                found += candidates
                inherited = _bequeathed(match, candidates)
        if not accepted:
            inherited = _unread(reading, group[0], before, inherited)
        # A verb that states nothing here parts a clause, unless it is a bare "is" or part of an event.
        if accepted or not (_COPULA.fullmatch(group[0].words.of(reading.text).strip()) or _happens(group[0], reading)):
            before = group[0].words.end
    headed = (_by_heading(candidate, reading.unit) for candidate in found)
    return tuple(_by_gene(candidate) for candidate in headed if not _lacks_gene_change(candidate))


def _unread(reading: Reading, match: Match, before: int, inherited: _Filled) -> _Filled:
    """What a trigger that states nothing still leaves to the next: its subject, "a scan" of "a scan shows more and"."""
    if match.trigger.leading != "subject" or not re.match(r"(?i)[^.;:]* and\b", reading.text[match.words.end :]):
        return inherited
    leading, _ = _leading(reading, match, "subject", before, inherited, defining=False)
    return {"subject": (), "object": (), "leading": leading} if leading else inherited


def _goes_on(match: Match, other: Match) -> bool:
    """Tell whether another match behind this one says the same of other things: "…, and other reasons include"."""
    return other.words.start >= match.words.end and other.trigger.relation is match.trigger.relation


def _happens(match: Match, reading: Reading) -> bool:
    return any(event.span.overlaps(match.words) for event in reading.events)


def _bequeathed(match: Match, candidates: list[Candidate]) -> _Filled:
    """What a trigger leaves to the next: its two sides, and which of them leads its clause ("it" means that one)."""
    sides = {
        "subject": tuple(dict.fromkeys(candidate.subject for candidate in candidates)),
        "object": tuple(dict.fromkeys(candidate.object for candidate in candidates)),
    }
    return {**sides, "leading": sides[match.trigger.leading] if match.trigger.leading else ()}


def _lacks_gene_change(candidate: Candidate) -> bool:
    """Tell whether people are said to have no change of a gene, which denies no cause: others have it."""
    denied = re.search(r"\b(?:not|no)\b|n't\b", candidate.assertion.cue or "") is not None
    return candidate.predicate is Predicate.HAS_SYMPTOM and denied and is_gene_change(candidate.object.concept)


def _by_gene(candidate: Candidate) -> Candidate:
    """The changed gene that people with a condition have is no symptom but what causes it."""
    if candidate.predicate is not Predicate.HAS_SYMPTOM or not is_gene_change(candidate.object.concept):
        return candidate
    return Candidate(
        candidate.object,
        Predicate.CAUSES,
        candidate.subject,
        candidate.assertion,
        candidate.rule,
        candidate.qualifier,
    )


def _by_heading(candidate: Candidate, unit: Unit) -> Candidate:
    """Under a heading that asks for causes, a symptom "linked to" a mechanism or condition is caused by it."""
    rule = next((heading.rule for heading in reversed(unit.headings) if heading.rule), None)
    if candidate.rule != "linked-to" or rule is None or rule.relation is not Predicate.CAUSES:
        return candidate
    if candidate.subject.kind is not Kind.SYMPTOM or candidate.object.kind not in (Kind.MECHANISM, Kind.CONDITION):
        return candidate
    return Candidate(
        candidate.object,
        Predicate.CAUSES,
        candidate.subject,
        candidate.assertion,
        "linked-to-cause",
        candidate.qualifier,
    )


def _names_its_event(match: Match, reading: Reading) -> bool:
    """Tell whether the words of a row are the verb of an event: "reduces blood flow" is no lower risk of anything."""
    reduces = match.trigger.relation is Predicate.REDUCES_RISK_OF
    return reduces and any(event.active and event.span.overlaps(match.words) for event in reading.events)


def _inside(match: Match, reading: Reading) -> bool:
    """Tell whether the words of a match are part of a name ("control" in "loss of bladder control").

    Words that share one with a care action ("no cause for worry") state nothing but what it is called for.
    """
    for mention in reading.mentions:
        if Kind.CARE_ACTION in mention.concept.kinds:
            inside = match.trigger.relation is not Predicate.WARRANTS and mention.span.overlaps(match.words)
        else:
            inside = mention.span.covers(match.words) and not _opens_with(mention, match, reading.text)
        if inside:
            reading.trace.matched(match, (), Unread.INSIDE_A_NAME)
            return True
    return False


def _opens_with(mention: Mention, match: Match, text: str) -> bool:
    """Tell whether a name begins with the words of a row that reads the like of it: "avoid smoke", "go away soon"."""
    if match.trigger.verbatim:
        return Kind.APPEARANCE in mention.concept.kinds
    subject = match.words.start == 0 and match.words.of(text).lower().endswith("ing")
    return (
        bool(match.trigger.prefix or match.trigger.suffix) and mention.span.start == match.words.start and not subject
    )


def _candidates(
    reading: Reading, match: Match, before: int, after: int, inherited: _Filled, *, defining: bool
) -> list[Candidate]:
    """What one match states; `before` and `after` are where its neighbours end and begin."""
    trigger, text = match.trigger, reading.text
    barred = _find_bar(match, reading.unit)
    if barred is not None:
        reading.trace.matched(match, (), barred)
        return []
    words, introduction = _own_words(text, match), ""
    if trigger.leading is None:
        introduction = left_slot(text, 0, match.words.start).before
    filled: _Filled = {}
    for name in sorted(_NAMES, key=lambda name: name != trigger.trailing):
        if name == trigger.missing:
            reading.trace.slot(name, None)
            filled[name] = _missing(reading, match, name, inherited)
        elif name == trigger.leading:
            filled[name], introduction = _leading(reading, match, name, before, inherited, defining=defining)
        elif name == trigger.trailing:
            limit = _main_verb(text, match.words, _limit(text, match.words.end, after))
            span = right_slot(text, match.words.end, limit)
            shared = sharing_words(reading, match, _sharing_kinds(trigger, name))
            if shared and shared[0].span:
                words = _own_words(text, match, shared[0].span.start)
                span = Span(min(shared[0].span.end, span.end), span.end)
            span = _before_examples(text, match, span)
            reading.trace.slot(name, span)
            refused = _refuses(trigger, name, span.of(text))
            filled[name] = shared + (() if refused else slot_arguments(reading, trigger, name, span))
            if not filled[name] and not (trigger.borrow and name == "subject"):
                # Most matches state nothing, and the open slot on the left is the dearest to fill.
                reading.trace.matched(match, (), Unread.NO_OBJECT if name == "object" else Unread.NO_SUBJECT)
                return []
        elif closed := match.slot(name):
            reading.trace.slot(name, closed)
            filled[name] = slot_arguments(reading, trigger, name, closed)
        else:
            filled[name] = implied_argument(reading, trigger)
    filled["subject"] = _completed(reading, match, filled)
    carried = text[: match.words.start] + ("and " if re.match(r"(?i)(?:and|or)\b", words) else "")
    assertion = _asserted(match, _carried_auxiliaries(carried) + words, introduction)
    narrows = re.match(r"(?i)(?:in|if|when|after|during|among)\b", introduction) is not None
    qualifier = introduction.strip(" ,") or None if narrows else None
    candidates = [
        Candidate(subject, trigger.relation, _said_of_itself(subject, object, match), assertion, trigger.id, qualifier)
        for subject in filled["subject"]
        for object in filled["object"]
    ]
    lacking = None if candidates else Unread.NO_OBJECT if filled["subject"] else Unread.NO_SUBJECT
    reading.trace.matched(match, candidates, lacking)
    return candidates


def _sharing_kinds(trigger: Trigger, name: str) -> frozenset[Kind]:
    """The kinds that may share words with a row: of "loosens mucus" the loosening is not what is treated."""
    wanted = trigger.kinds(name)
    return wanted - {Kind.MECHANISM} if trigger.relation is Predicate.TREATS else wanted


def _completed(reading: Reading, match: Match, filled: _Filled) -> tuple[Argument, ...]:
    """The subjects, with what they take from the objects."""
    if match.trigger.purpose:
        return purposed(reading, filled["subject"], filled["object"])
    return borrowing_arguments(reading, match, filled["object"]) if match.trigger.borrow else filled["subject"]


def _before_examples(text: str, match: Match, span: Span) -> Span:
    """The span up to examples of a plural further left: "disorders that cause weakness, such as" those."""
    examples = _SUCH_AS.search(text, span.start, span.end) if _RELATIVE.search(text[: match.words.start]) else None
    return Span(span.start, examples.start()) if examples else span


def _refuses(trigger: Trigger, name: str, words: str) -> bool:
    """Tell whether what stands behind a row denies it ("shows no signs") or advises against ("avoid these")."""
    if trigger.relation is Predicate.TREATS and name == "subject" and _AVOIDED.match(words):
        return True
    return trigger.relation is not Predicate.WARRANTS and _DENIED.match(words) is not None


def _asserted(match: Match, words: str, introduction: str) -> Assertion:
    """How the words of a match say it, as the row allows."""
    assertion = assess(words, before=introduction)
    if match.trigger.denies:
        return Assertion(negated=True, cue=words.strip().lower())
    if match.trigger.affirms:
        return Assertion(certainty=assertion.certainty, frequency=assertion.frequency)
    return assertion


def _said_of_itself(subject: Argument, object: Argument, match: Match) -> Argument:
    """The object, in the text's own words where a definition says of a thing what vocabularies hold for its name."""
    if match.trigger.own:
        kind = subject.kind if subject.kind in match.trigger.object else Kind.SYMPTOM
        return Argument(mint(object.mention, kind), object.mention, kind, object.span)
    if match.trigger.id not in _DEFINING or object.concept.id != subject.concept.id:
        return object
    words = object.mention
    if len(words.split()) < 2 or words.lower() == subject.mention.lower():
        return object
    return Argument(mint(words, subject.kind), words, subject.kind, object.span, object.qualifier)


def _carried_auxiliaries(before: str) -> str:
    """Auxiliaries before the words of a row: right there ("do not" prescribe), or carried on by "and".

    "Can irritate the throat and cause hoarseness": both may happen.
    """
    auxiliaries = _AUXILIARIES.search(before)
    if auxiliaries:
        return auxiliaries.group()
    if not re.search(r"(?i)\b(?:and|or)\s+$", before):
        return ""
    clause = re.split(r"[;:]|,\s+(?:and|but|which)\s", before)[-1]
    modals = re.findall(r"(?i)\b(?:can|may|might|could)\b", clause)
    return f"{modals[-1]} " if modals else ""


def _find_bar(match: Match, unit: Unit) -> Unread | None:
    """Why headings or clause do not allow the row, or None: a look only supposed ("when it is severe") is none."""
    trigger = match.trigger
    above = {heading.rule.id for heading in unit.headings if heading.rule}
    supposed = (trigger.relation in _SUPPOSABLE or trigger.id == "and-experience") and _SUPPOSED.search(
        unit.text[: match.words.start]
    )
    if supposed:
        return Unread.SUPPOSED
    wondered = _WONDERED.search(unit.text[: match.words.start])
    if wondered and (trigger.leading is not None or wondered[0].lower().startswith("whether")):
        return Unread.SUPPOSED
    if trigger.headings and not trigger.headings & above:
        return Unread.OTHER_HEADINGS
    return Unread.EXCEPTED_HEADING if trigger.excepted & above else None


def _missing(reading: Reading, match: Match, name: str, inherited: _Filled) -> tuple[Argument, ...]:
    """What fills a slot that the words leave out: the trigger before, the clause before, the focus, in this order."""
    kinds = match.trigger.kinds(name)
    postponed = reading.text[match.words.start] == ","  # ", particularly common in": said of what leads the clause
    before = inherited["leading"] if postponed else inherited[name]
    fitting = tuple(argument for argument in before if kinds & set(argument.concept.kinds))
    end = match.words.start
    if match.trigger.leading:
        end = left_slot(reading.text, 0, end).span.start  # not in the list of what may occur
    stated = fitting or named_earlier(reading, end, kinds)
    if stated:
        return stated
    outcome = reading.focus.outcome if match.trigger.event and match.trigger.recent else None
    if outcome and kinds & set(outcome.concept.kinds):
        return (outcome,)
    focus = reading.focus.find(kinds, recent=match.trigger.recent, told=not reading.unit.item)
    if focus and match.trigger.relation is Predicate.INCREASES_RISK_OF and focus.concept.id in LIFE_STAGES:
        focus = reading.focus.find(frozenset({Kind.CONDITION}), recent=False, told=False)
    return (focus,) if focus else ()


def _leading(
    reading: Reading, match: Match, name: str, before: int, inherited: _Filled, *, defining: bool
) -> tuple[tuple[Argument, ...], str]:
    """What fills the open slot on the left, and what introduces the clause."""
    trigger, text = match.trigger, reading.text
    kinds = trigger.kinds(name)
    start = _reach(text, before, match.words.start)
    if match.words.start > reading.unit.quote.start:
        start = max(start, reading.unit.quote.start)  # a statement inside an item does not reach into its lead-in
    left = left_slot(text, start, match.words.start)
    if match.trigger.leading and re.match(r"(?i)both\b", match.words.of(text)):
        return named_both(reading, match.words.start, kinds), left.before
    reading.trace.slot(name, left.span)
    apposition = find_apposition(reading)
    if (
        apposition
        and left.span.start < apposition.what.end
        and (left.relative or match.words.start > apposition.what.end)
    ):
        named = apposition.named
        return (named,) if kinds & set(named.concept.kinds) else (), left.before
    if left.relative and trigger.relation is Predicate.IS_A:
        return (), left.before
    if _DENIED.match(left.span.of(text)) or (trigger.relation in _BY_MEANS and _PEOPLE.match(left.span.of(text))):
        return (), left.before
    doing = _DOING.match(left.span.of(text)) if trigger.relation in _BY_MEANS and name == "subject" else None
    if doing is not None:
        return _doing_something(doing.group(), left.span, reading), left.before
    if name == "object" and trigger.relation is Predicate.CAUSES and _SYMPTOMS_OF.match(left.span.of(text)):
        return (), left.before
    if not trigger.nearest and _crosses(text, left.span, before):
        # "Hemoptysis means blood coming from the lungs": what is said of the definition holds of what it defines.
        defined = inherited["subject"] if defining else ()
        fitting = tuple(argument for argument in defined if kinds & set(argument.concept.kinds))
        return fitting or _defined(reading, match, name, left), left.before
    nearest = _nearest_means(reading, match, left, kinds) if name == "subject" else ()
    if nearest:
        return nearest, left.before
    shared = sharing_words(reading, match, kinds, leading=True) if name == "object" else ()
    found = shared or leading_arguments(reading, trigger, name, left, inherited["leading"])
    return found or _defined(reading, match, name, left), left.before


def _nearest_means(reading: Reading, match: Match, left: LeftSlot, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """What stands right before an infinitive behind a verb: "care includes fluids, and surgery to stop bleeding"."""
    if not re.match(r"(?i)to\b", match.words.of(reading.text)) or Kind.CONDITION in kinds:
        return ()
    if not _BEFORE_INFINITIVE.search(left.span.of(reading.text)):
        return ()
    found: list[Argument] = []
    end = left.span.end
    for mention in reversed(reading.mentions):
        between = reading.text[mention.span.end : end]
        if mention.span.end > end or not left.span.covers(mention.span) or is_generic(mention.concept):
            continue
        if re.fullmatch(r"(?:(?: ?\([^()]*\))?,? or (?:an? )?)?" if found else "", between) is None:
            break
        argument = reading.argument(mention, kinds)
        if argument is None:
            break
        found.append(argument)
        end = mention.span.start
    return tuple(reversed(found))


def _doing_something(words: str, span: Span, reading: Reading) -> tuple[Argument, ...]:
    """The treatment that something done is: "stopping alcohol use" is none of alcohol."""
    phrase = words.strip(" ,")
    if _POINTING.search(phrase):
        return ()
    kinds = frozenset({Kind.TREATMENT})
    concept = reading.finder.named(phrase, kinds) or mint(phrase, Kind.TREATMENT)
    return (Argument(concept, phrase, Kind.TREATMENT, Span(span.start, span.start + len(phrase))),)


def _defined(reading: Reading, match: Match, name: str, left: LeftSlot) -> tuple[Argument, ...]:
    """The name that the clause on the left defines by a general noun: "it is a disorder that"; else ()."""
    trigger = match.trigger
    what = defined_before(reading.text, left.span.start, match.words.start)
    if what is None or trigger.relation is Predicate.IS_A:
        return ()
    reading.trace.slot(name, what)
    meant = reading.focus.resolve(what.of(reading.text), trigger.kinds(name))
    return (meant,) if meant else slot_arguments(reading, trigger, name, what)


_BEHIND_RELATIVE: Final = re.compile(r"(?<!\bis )(?<!\bare )\b(?:that|which)\s+$", re.IGNORECASE)


def _main_verb(text: str, words: Span, limit: int) -> int:
    """Where the verb of the sentence begins that a trigger in a relative clause stands before; else `limit`.

    "Infections that cause diarrhea are also common": what is caused ends before "are".
    """
    if _BEHIND_RELATIVE.search(text, max(0, words.start - 40), words.start) is None:
        return limit
    verb = _VERB.search(text, words.end, limit)
    return verb.start() if verb else limit


_VERB: Final = re.compile(
    r"(?<!\bthat)(?<!\bwhich)(?<!\bwho)\s(?:is|are|was|were|has|have|can|may|might|could|will|should|must|includes?|"
    r"occurs?|results?|leads?|tends?|alters?|changes?(?! (?:in|of|to))|disrupts?|decreases?(?! (?:in|of))|enhances?|"
    r"prevents?|reduces?|impairs?|"
    r"eliminates?|severely|completely|"
    r"interferes?|affects?|deletes?|either (?:alter|disrupt|delete|reduce))\s",
    re.IGNORECASE,
)


def _own_words(text: str, match: Match, end: int | None = None) -> str:
    """The words of a trigger, up to `end` where given, without what fills its slots."""
    end = match.words.end if end is None else end
    words, start = "", match.words.start
    for _, slot in sorted(match.slots, key=lambda named: named[1].start):
        words += text[start : slot.start]
        start = slot.end
    return words + text[start:end]


def _crosses(text: str, slot: Span, before: int) -> bool:
    """Tell whether a slot reaches over the trigger before it, other than over one in a relative clause."""
    return slot.start < before <= slot.end and not re.search(
        r"(?i)\b(?:that|which|who|of|caused by|due to)\b", text[slot.start : before]
    )


def _reach(text: str, before: int, start: int) -> int:
    """Where a left slot begins: at the trigger itself, which empties it, where a conjunction joins it to another."""
    clause = re.search(_NEXT_CLAUSE, text[before:start]) if before else None
    if clause:
        return before + clause.start("subject")
    joined = before and re.search(r"(?i)(?:\band\b|\bor\b|\bbut\b)\s*(?:also\s+|then\s+)?$", text[before:start])
    return start if joined else 0


_JOINED: Final = re.compile(r"(?:,?\s+(?:and|or|but)(?: also| then| even| other| another| some)?|,)\s*$", re.IGNORECASE)


def _limit(text: str, start: int, after: int) -> int:
    """Where a right slot must end: before the next trigger, where a conjunction leads to it."""
    if after >= len(text):
        return len(text)
    match = _JOINED.search(text, max(start, after - 40), after)
    if match:
        return match.start()
    # ", and asthma causes …": a clause of its own begins behind the comma.
    clause = re.search(_NEXT_CLAUSE, text[start:after])
    return start + clause.start() if clause else len(text)
