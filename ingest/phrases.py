"""Whether words without a name in any vocabulary can be one: a noun phrase and no piece of a clause.

A slot is cut by punctuation and function words, so what is left may hold a verb ("bounces sound waves"), begin with a
participle ("called follow-up"), end in the middle ("damage similar") or only measure something ("number of cells").
Such words name nothing. An instruction ("use a bed net") is no name either, but says what helps.
"""

import re
from typing import Final

_IMPERATIVES: Final = (
    "add|cure|delay|promote|allow|apply|ask|assist|avoid|be|become|begin|bring|buy|call|change|check|choose|clean|complete|"
    "consider|"
    "consult|cope|cover|create|cut|describe|destroy|determine|discuss|do|drink|drive|eat|enter|establish|examine|"
    "feel|fill|find|follow|gain|get|give|go|happen|have|help|identify|improve|include|increase|inform|insert|inspect|"
    "involve|keep|kill|know|learn|leave|let|limit|live|locate|look|lose|lower|maintain|make|manage|measure|minimize|"
    "monitor|move|obtain|pay|perform|place|prevent|produce|protect|provide|put|quit|reach|receive|recommend|reduce|"
    "relieve|remain|remember|remove|repair|replace|require|return|say|see|seem|send|share|show|shrink|sit|slow|spray|"
    "stay|stop|suggest|suppress|switch|take|talk|teach|tell|think|treat|try|understand|undergo|use|visit|wash|wear|"
    "work|write"
)
_INSTRUCTION: Final = re.compile(rf"(?:do not |don't |always |never )?(?:{_IMPERATIVES})\s+\S", re.IGNORECASE)
_NOUNS_TOO: Final = re.compile(
    r"(?:change|cut|drink|drive|fall|help|increase|limit|place|place|repair|show|spray|use|visit|wear|work)s? "
    r"(?:of|in|to|from|for)\b",
    re.IGNORECASE,
)
_PARTICIPLE_FIRST: Final = re.compile(
    r"(?:normal|healthy|depending|beginning|starting|ranging|occurring|affecting|appearing|transmitting|preventing|allowing|called|given|used|known|made|based|caused|due|"
    r"done|found|seen|needed|followed|performed|required|compared|"
    r"considered|thought|believed|said|left|taken|being|having|becoming|containing|causing|including|using|giving|"
    r"making|taking|getting|going|resulting|leading|according|regarding|helping|similar|worse|better|worsened|"
    r"broken down|"
    r"endemic|prevalent|consistently|able|unable|likely|available|important|least|less|fewer|more|up to|about|"
    r"one of|whether|how|why|same|kind|what)\b",
    re.IGNORECASE,
)
_FINITE: Final = re.compile(
    r"\b(?:adds|allows|appears?|approach(?:es)?|awaken|becomes?|began|begins|believe|belongs?|bounces|brings|"
    r"choose|comes|"
    r"contains?|continues?|depends?|describes|develops|discovered|emits|enters|exists?|feels|finds|follows|found|"
    r"gets|gives|goes|grows|happens?|helps?|holds|improves?|include[sd]?|involves?|keeps|knows?|lasts|leads|leaves|"
    r"lets|lives|looks|loses|lowers|makes|means|meets|must|needs|occurs?|overwhelms?|persists?|prevents|promotes|produces|"
    r"protects|provides?|puts|reaches|receives?|recommends?|reduces|refers|remains?|removes|requires?|says|seems?|"
    r"sends|shows?|shown|slows|stays|stops|suggests?|supplies|survives?|takes|tells|tends?|thinks?|told|travels|"
    r"tries|"
    r"affects?|causes?|codes|alters?|builds|suspect|impairs?|disrupts?|malfunctions?|encodes?|regulates?|attaches|binds|"
    r"converts?|lacks|"
    r"carries|turns|understand|uses|varies|wants?|went|works)\b|(?<=s )(?:reduce|relax|widen|relieve|lower)\b",
    re.IGNORECASE,
)
_CUT_OFF: Final = re.compile(
    r"\b(?:to|similar|such|occurring|resulting|affecting|involving|requiring|here|joined|well|better|also|too|and|"
    r"or|of|in|on|at|with|by|for|from|as|like|than|given|used|called|"
    r"containing|approach|depending|due|into|per|about|whose|unable|able|likely|itself|themselves|sometimes|often|"
    r"usually|a|an|the|every|other|its|their|your|during|within|through|necessary|available|possible|properly|"
    r"bronze|gray|grey|red|blue|white|yellow|green|brown|black|pink|purple|more|"
    r"genetic|environmental|neurological|behavioral|developmental|intellectual|respiratory|cardiac|renal|facial|"
    r"skeletal|urinary|vascular|muscular|physical|psychiatric|mental|pulmonary|ocular|dental|less|most|least|rest)$",
    re.IGNORECASE,
)
_MEASURE: Final = re.compile(
    r"(?:\w+ )?(?:component|"
    r"pattern|variety|number|amount|portion|percentage|proportion|percent|size|shape|location|part|parts|stage|grade|"
    r"type|"
    r"types|kind|kinds|source|sources|goal|goals|wishes|role|cause|causes|many|half|majority|third|rest|study|result|"
    r"results|outcome|properties|understanding|discovery|development of|clinical trials?|place|way|ways|"
    r"features?|effects?|risks?|history|age|image|images|picture|area|areas|side|center|middle|presence|names?) "
    r"(?:of|in|for)\b",
    re.IGNORECASE,
)
_TALK: Final = re.compile(
    r"\b(?:clinical trials?|trials?|studies|(?:diagnostic|clinical|large|recent) study|"
    r"research|researchers?|scientists?|doctors?|physicians?|surgeons?|"
    r"patients?|"
    r"persons?|everyone|individuals|families|parents?|nurses?|providers?|experts?|insurance|website|information|"
    r"questions?|things?|"
    r"someone|anyone|percent|million|americans?|following|steps|doses?|agonist|cells? to|calories|"
    r"factors|(?<!\w )factor|reasons?|ways?)\b|[%$]|"
    r"\bless th\w*\d|^\W*\d+ |^(?:type|stage|grade|phase|category) [\divx]+$",
    re.IGNORECASE,
)
_OUT_OF_RANGE: Final = re.compile(
    r"(?i)(?:high|higher|low|lower|elevated|increased|raised|abnormal|abnormally|reduced|decreased|very|too|unhealthy)\s"
)
"""What makes a finding of a level."""

_PERSON: Final = re.compile(
    r"(?:[a-z]{3,}ologist|specialist|therapist|surgeon|psychiatrist|dentist|dietitian|counselor|pediatrician|nurse|"
    r"assistant|pharmacist|worker|manager|team|agency|organization|institute|department|group)s?$",
    re.IGNORECASE,
)
"""People and bodies that treat, at the end of a phrase: no treatment."""


def is_name(phrase: str) -> bool:
    """Tell whether a phrase can be the name of a thing that no vocabulary knows."""
    if re.fullmatch(r"\w+ly \w+", phrase):
        return False  # an adverb and the word it modifies
    if _PARTICIPLE_FIRST.match(phrase) or _CUT_OFF.search(phrase) or _FINITE.search(phrase):
        return False
    if re.match(r"(?i)levels?\b", phrase) and not _OUT_OF_RANGE.match(phrase):
        return False
    if _MEASURE.match(phrase) or _TALK.search(phrase) or _PERSON.search(phrase):
        return False
    return is_instruction(phrase) is False


def is_instruction(phrase: str) -> bool:
    """Tell whether a phrase tells a reader what to do: "use a bed net"."""
    return bool(_INSTRUCTION.match(phrase)) and not _NOUNS_TOO.match(phrase) and not _CUT_OFF.search(phrase)
