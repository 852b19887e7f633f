"""Why something that a text seemed to say became no claim; the value is what a reader is told."""

from enum import StrEnum


class Unlinked(StrEnum):
    """Why words that stand in a slot or a list name no argument."""

    EMPTY = "nothing is left without its opening words"
    PRONOUN = "a pronoun or a word that names nothing"
    PREPOSITION = "begins with a preposition or conjunction"
    OTHER_KIND = "names something, but of no kind that is wanted here"
    UNKNOWN = "in no vocabulary, and only known concepts will do here"
    BROKEN = "no noun phrase: too long, or it holds a verb, a pronoun or a stop"
    GENERIC = "too general to be meant"
    NO_NAME = "in no vocabulary, and a piece of a clause, a measure or talk of people and studies"
    INSTRUCTION = "in no vocabulary, and an instruction"
    DENIED = "its determiner denies it (no, neither, none)"
    NO_KIND = "in no vocabulary, and its last word tells no kind"
    UNWANTED_KIND = "in no vocabulary, and its last word tells a kind that is not wanted here"
    NOT_ADJACENT = "no name begins the slot, as the row wants it"
    NOT_WHOLE = "more than the name stands there, and the row wants the name alone"
    SEVERAL = "a list, where the row takes one thing"


class Unread(StrEnum):
    """Why a row or a heading makes no claim of a sentence."""

    INSIDE_A_NAME = "its words are part of a name"
    SUPERSEDED = "a row with more words of its own reads the same words"
    OTHER_HEADINGS = "it holds under other headings only"
    EXCEPTED_HEADING = "it does not hold under this heading"
    SUPPOSED = "it is only supposed (when, if, whether, to find out if)"
    NO_SUBJECT = "nothing fits its subject"
    NO_OBJECT = "nothing fits its object"
    NO_LIST_ITEM = "no list item, and no heading that names a thing"
    NO_GOVERNING_HEADING = "neither lead-in nor heading says what its items are"
    TOPIC_ONLY = "its heading names a topic and makes no claim"
    NO_OTHER_SIDE = "neither heading nor focus names the other side"
    SUBTOPIC = "the topic itself, or a kind of it"
    OTHER_TALK = "the sentence speaks of studies, of a procedure's course, or stands under a heading of its own"
    DENIED_OR_ASKED = "the sentence denies or asks"
    LABELLED = "a label has said what the paragraph is about"
    SILENT = "the sentence asks, or speaks of inheritance, head counts or further reading"
    READ_BY_TRIGGER = "a trigger has read the item"


class Inconsistent(StrEnum):
    """Why a candidate may not become a claim."""

    SAME = "both sides are the same concept"
    DOMAIN = "the subject is of no kind that the relation takes"
    RANGE = "the object is of no kind that the relation takes"
    GENERAL = "one side is too general to be meant"
    GENE = "a changed gene brings about and is not brought about, and looks like nothing"
    SORTS = "the one cannot be a kind of the other"
    LEAD_IN = "all of it stands in the lead-in, of which the item is no evidence"
