"""What a sentence of the form "X is a Y …" says of X: what it is, and what characterizes it.

"Gastritis is an inflammation of the stomach lining", "It is a rare, inherited disorder characterized by weak bones".
The noun phrase behind the verb is read whole, adjectives and an "of" phrase included, and becomes a provisional concept
where no vocabulary knows it. Of a "type of Y" the Y counts. The anatomy that the phrase names, or that stands right
behind it ("… that affects the spine"), is where X is.
"""

import re
from dataclasses import replace
from typing import Final

from ingest.arguments import Argument, Via
from ingest.assembly import is_consistent
from ingest.assertion import assess
from ingest.coordination import Conjunct
from ingest.generics import is_generic
from ingest.headings import find_heading_rule
from ingest.headnouns import kind_of
from ingest.provisional import mint
from ingest.reading import Candidate, Reading
from ingest.sentences import Span
from ontology.terms import Kind, Predicate

_SUBJECTS: Final = frozenset(Kind) - {Kind.CARE_ACTION, Kind.APPEARANCE}
_SIGNS: Final = frozenset({Kind.SYMPTOM, Kind.CONDITION, Kind.MECHANISM})

_VERB: Final = re.compile(
    r"(?:\s*\([^()]{1,60}\))?(?:,? (?:also|sometimes|often|or) [^.;]{2,60}?,)? "
    r"(?:is (?:(?:also|actually|usually|often|generally|typically|in fact) )?(?:an?|the|one of (?:the|several|many)) |"
    r"are (?:(?:also|actually|usually|often|generally|typically|in fact) )?(?:(?:the|one of the) )?|"
    r"(?:refers to|describes) (?:an? |the )?|"
    r"is (?=(?:(?:increased|abnormal|chronic|long-term|severe|sudden|excessive|extreme|uncontrolled) )?(?:inflammation|"
    r"swelling|irritation|infection|failure|narrowing|hardening|bleeding|scarring|thickening|enlargement|weakening|"
    r"cancer|pain|loss|high|low|fluid|blockage|pressure|buildup|death|softening|hair|vision|hearing)\b))"
)
"""From the end of the subject to the noun phrase: a gloss, another name, the verb, an article."""

_PART_OF_A_LIST: Final = re.compile(
    r"(?:an? |the |some |other )*(?:examples?|types?|kinds?|forms?) of\b", re.IGNORECASE
)
_NO_DEFINITION: Final = re.compile(
    r"(?:when|where|how|what|\w+ed (?:like|in|at|by|from|of|with|to|on|as|for))\b|"
    r"(?:\w+ ){0,3}?(?:symptoms?|signs?|causes?|risks?|complications?|side effects?|results?|reasons?|problems?|good|"
    r"bad|great|lot|few|made|example|one of (?:your|the|its)\b(?! \w+ (?:types|forms|kinds))|ways?|key|factors?|"
    r"steps?|times?|major|topic|goal|same|called|treatment for|test for|"
    r"more|most (?:common|likely|often)|less|not|no|very|quite|rather|fairly|so|too|thought|believed|known|"
    r"considered|likely|able|due|"
    r"most (?:common )?in|common in|similar|different|important|available|possible|unclear|linked|related|about)\b",
    re.IGNORECASE,
)
_KIND_OF: Final = re.compile(
    r"(?:one of a )?(?:(?:rare|common|most common|less common|severe|mild|milder|serious|inherited|chronic|acute|"
    r"special|main|general|specific|particular|several|two|three|many|certain) ){0,3}"
    r"(?:types?|kinds?|forms?|groups?|variants?|classe?s?|famil(?:y|ies)|subtypes?) of (?:an? |the )?"
    r"(?:(?:related )?(?:diseases|disorders|conditions) (?:called|known as) (?:the )?)?",
    re.IGNORECASE,
)
_BORDER: Final = re.compile(
    r"\s+(?:that|which|who|whose|where|when|if|because|but|caused|characterized|marked|affecting|involving|located|"
    r"found|made|used|designed|called|known|seen|usually|often|in|on|at|around|between|from|for|with|within|"
    r"under|near|inside|by|to|as|than|due|such|resulting|occurring|associated|"
    r"leading|connecting|covering|lining|containing|running|passed|and (?:is|are|can|may|has|"
    r"have|the|it|usually|often|causes?|affects?))\b|[;:.()]|,",
    re.IGNORECASE,
)
_ADJECTIVES: Final = re.compile(
    r"(?:(?:\w+ly )?(?:[\w-]+(?:al|ic|ive|ous|ary|ory|ar|ed|ing|ful|less|able|ible|ent|ant|ile)|rare|severe|common|"
    r"chronic|acute|mild|small|large|long-term|short-term|rapid|slow|pear-shaped|hollow|thin|thick|soft|hard|"
    r"flat|round|long|short|slender|narrow|wide|weak|new|old|swollen|sore|tender|itchy|dry|red|painful)"
    r"(?:,? (?:and|but|often|sometimes|usually|potentially))*,?\s*)+$",
    re.IGNORECASE,
)
"""Nothing but adjectives: behind them a comma or "and" does not end the noun phrase."""

_CHARACTER: Final = re.compile(
    r"[^.;]{0,60}?\b(?:characterized|marked) by (?:the (?:presence|development) of )?", re.IGNORECASE
)
_NEW_NAME: Final = re.compile(
    r"(?:(?:An?|The) )?(?P<name>(?!(?:It|This|These|That|Those|There|They|He|She|We|You|Here|What|Who|One|Most|Many|"
    r"Some|Each|All|Both|Other|Another|If|When|How|Treatment|Therapy|Diagnosis|Prognosis|Surgery)\b)"
    r"[A-Za-z][\w'-]+(?: [\w'-]+){0,2})(?= (?:is an?|are|\()\s?)"
)
"""The name of something new at the head of a sentence, of up to three words."""

_WHERE: Final = re.compile(
    r" (?:(?:located |found |occurring )?(?:in|at|around|on|within|inside|under|near|along|between|of)|affecting|"
    r"involving|(?:that|which) (?:\w+ly |often )?(?:affects?|damages?|attacks?|destroys?|involves?|targets?|occurs? in|"
    r"develops? in|forms? in|begins? in|starts? in))(?= )"
)
_REACHES: Final = re.compile(r"(?:,? (?:and|or)|,)?(?: (?!and\b|or\b|by\b|with\b)[\w-]+){0,4} ?")
"""From the words that say where to the anatomy, or from one member of a list of it to the next."""
_SIGNS_END: Final = re.compile(
    r"[.;:]|,? (?:which|that|who|but|because|when|usually|often|resulting|leading|caused|and (?:is|are|can|may|it))\b",
    re.IGNORECASE,
)


def read_definitions(reading: Reading, stated: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """What the sentence's first thing is, and its signs; () where it defines nothing or `stated` says it already."""
    text = reading.text
    subject, end = _subject(reading)
    verb = _VERB.match(text, end) if subject else None
    if subject is None or verb is None or text.endswith("?") or _NO_DEFINITION.match(text, verb.end()):
        return ()
    found: list[Candidate] = []
    what, end = _noun_phrase(reading, verb.end(), subject.kind)
    told = any(
        each.predicate is Predicate.IS_A and each.subject.concept.id == subject.concept.id and is_consistent(each)
        for each in stated
    )
    if what is not None and _ADJECTIVES.fullmatch(what.mention):
        what = None  # "is often painful and swollen" tells how a thing is
    if what is not None and not told and what.concept.id != subject.concept.id and not is_generic(what.concept):
        found.append(Candidate(subject, Predicate.IS_A, what, assess(verb.group()), "definition"))
    if what is not None and subject.kind in _SIGNS:
        found += [
            Candidate(subject, Predicate.LOCATED_IN, place, assess(""), "defined-place")
            for place in _places(reading, Span(verb.end(), end))
        ]
    character = _CHARACTER.match(text, end)
    if character is not None and Kind.CONDITION in subject.concept.kinds:
        closing = _SIGNS_END.search(text, character.end())
        span = Span(character.end(), closing.start() if closing else len(text))
        assertion = assess(text[end : character.end()])
        found += [
            Candidate(subject, Predicate.HAS_SYMPTOM, sign, assertion, "characterized")
            for sign in reading.members(span, _SIGNS, default=Kind.SYMPTOM)
            if sign.concept.id != subject.concept.id
        ]
    return tuple(found)


def _places(reading: Reading, phrase: Span) -> tuple[Argument, ...]:
    """The anatomy that a noun phrase names, and the list of it that the words right behind the phrase lead to."""
    text = reading.text
    anatomy = [mention for mention in reading.mentions if mention.concept.kinds[0] is Kind.ANATOMY]
    found = [mention for mention in anatomy if phrase.covers(mention.span)]
    leading = _WHERE.match(text, phrase.end)
    end = leading.end() if leading else None
    for mention in anatomy if end is not None else ():
        if mention.span.start >= phrase.end and _REACHES.fullmatch(text[end : mention.span.start]):
            found.append(mention)
            end = mention.span.end
    return tuple(Argument(m.concept, m.span.of(text), Kind.ANATOMY, m.span) for m in found)


def _subject(reading: Reading) -> tuple[Argument | None, int]:
    """The thing that the sentence begins with, and where its words end; a pronoun means what the focus says."""
    text = reading.text
    opening = re.match(r"(?:an?|the) ", text, re.IGNORECASE)
    start = opening.end() if opening else 0
    for mention in reading.mentions:
        if mention.span.start in (0, start):
            argument = reading.argument(mention, _SUBJECTS)
            if argument is not None:
                return argument, mention.span.end
    anaphor = re.match(
        r"(?:it|this|this (?:condition|disease|disorder|illness|infection|syndrome))(?= is )", text, re.IGNORECASE
    )
    if anaphor is None:
        return _unknown(reading)
    return reading.focus.resolve(anaphor.group(), frozenset({Kind.CONDITION})), anaphor.end()


def _unknown(reading: Reading) -> tuple[Argument | None, int]:
    """A thing that no vocabulary knows, where the sentence begins with its name and says of what kind it is."""
    text = reading.text
    match = _NEW_NAME.match(text)
    if match is None or find_heading_rule(match["name"]) is not None or _PART_OF_A_LIST.match(text):
        return None, 0
    end = match.end("name")
    verb = _VERB.match(text, end)
    kind = kind_of(Span(verb.end(), _end(text, verb.end())).of(text)) if verb else None
    if kind is None:
        return None, 0
    return reading.link(Conjunct(Span(0, end)), _SUBJECTS, default=kind), end


def _noun_phrase(reading: Reading, start: int, kind: Kind) -> tuple[Argument | None, int]:
    """What the noun phrase from `start` names, of the subject's kind if its head does not tell, and where it ends."""
    text = reading.text
    sort = _KIND_OF.match(text, start)
    start = sort.end() if sort else start
    end = _end(text, start)
    partitive = re.compile(r" of (?:the |your |an? )?").match(text, end)
    if partitive is not None:
        end = _end(text, partitive.end())
    span = Span(start, end)
    if not span.of(text).strip():
        return None, end
    what = reading.link(Conjunct(span), _SUBJECTS, default=kind)
    words = span.of(text)
    own = kind_of(words)
    beside = what is not None and what.via is Via.HEAD and what.kind not in _SIGNS and {own, kind} <= _SIGNS
    if (what is None or beside) and "," in words and own is not None:
        # "a lifelong, troublesome disorder": no list, and no name at its head.
        return Argument(mint(words, own), words, own, span), end
    if what is None or what.via is not Via.HEAD:
        return what, end
    if what.kind is Kind.ANATOMY and kind in _SIGNS:
        # A condition that is veins is a state of them.
        return replace(what, concept=mint(what.mention, kind), kind=kind, qualifier=None), end
    if re.search(r"\b(?:and|or)\b", what.qualifier or ""):
        # "swollen and inflamed veins" is more than inflamed veins.
        return replace(what, concept=mint(what.mention, what.kind), qualifier=None), end
    return what, end


def _end(text: str, start: int) -> int:
    """Where the noun phrase from `start` ends: at its first border that nothing but adjectives stand before."""
    position = start
    while True:
        border = re.compile(rf"{_BORDER.pattern}|\s+of\b", re.IGNORECASE).search(text, position)
        if border is None:
            return len(text)
        before = text[start : border.start()].strip()
        if border.group() == "," and (len(before.split()) == 1 or _ADJECTIVES.fullmatch(before + " ")):
            position = border.end()
            continue
        return border.start()
