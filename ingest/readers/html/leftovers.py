"""What is not the article's though nothing in the markup says so: told by how it reads.

Only set phrases of the trade are here (bylines, calls to share, cookie notices), and only short lines are judged: a
sentence about medicine must never match.
"""

import re
from typing import Final

_LONGEST: Final = 400

_LINE: Final = re.compile(
    r"""(?:
      (?:written\ by|authors?:|reviewed\ by|medically\ reviewed(?:\ by)?|fact[- ]checked(?:\ by)?
      |edited\ by)\ .{0,120}[^.]
    | (?-i:By|BY)\ (?-i:(?:Dr\.?\ )?[A-Z][\w.'’-]*(?:\ [A-Z][\w.'’-]*){1,4})(?:,?\ .{0,80}[^.])?
    | (?:last\ |date\ )?(?:updated|reviewed|published|modified|posted)(?:\ (?:on|by|in))?:?\ .{0,60}
    | (?:page\ )?last\ (?:updated|reviewed|modified|published|edited).{0,80}
    | next\ review\ (?:due|date).{0,60}
    | \d{1,3}\s?-?min(?:ute)?s?\ read | reading\ time.{0,30}
    | (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\ \d{1,2},?\ \d{4}
    | \d{1,2}\ (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\ \d{4}
    | (?:share|print|save|tweet|pin|email|like|copy\ link|follow\ us|bookmark)(?:\ (?:this|on|via|us|article
      |page|post).{0,60})?:?
    | facebook|twitter|x|pinterest|linkedin|whatsapp|instagram|reddit|youtube|listen|menu|close|home|search
      |login|log\ in
    | skip\ to\ .{0,40} | jump\ to\ .{0,40} | back\ to\ (?:top|the\ top) | (?:previous|next)(?:\ (?:article
      |post|page).{0,80})?
    | (?:related|see\ also|also\ read|read\ (?:also|next|more)|more|watch):\ .{0,160}[^.]
    | (?:request|book|schedule|make)\ an?\ appointment.{0,60} | find\ a\ (?:doctor|provider|location).{0,60}
    | (?:(?:read|learn|see|view|show|load|find\ out)\ more|(?:see|view|show)\ (?:less|all))(?:\ .{0,80})?[^.]?
      | show\ comments | \d+\ comments?
    | continue\ reading.{0,60} | (?:advertisement|sponsored(?:\ content)?|ad)
    | (?:photo|image|picture|illustration)(?:\ (?:credit|by|source|courtesy)).{0,120} | (?:getty\ images
      |shutterstock|istock).{0,60}
    | on\ this\ page:? | in\ this\ article:? | (?:table\ of\ )?contents:?
    | (?:filed\ under:?|posted\ in:?|tagged:?|tags?:|categor(?:y|ies):|topics:)\ .{0,160}[^.]
    | was\ this\ (?:page|article|information)\ helpful.{0,60} | thank\ you\ for\ your\ feedback.{0,60}
    | you\ are\ here:?.{0,160} | retrieved\ from\ .{0,160} | \[edit\] | \[hide\] | \[show\] | from\ wikipedia.{0,60}
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NOTICE: Final = re.compile(
    r"""(?:^|[.!?]\s)(?:
      (?:we|this\ (?:web)?site|our\ (?:web)?site|this\ page)\ (?:and\ our\ partners\ )?uses?\ cookies
    | by\ (?:continuing|using|clicking|closing|accepting|signing|subscribing).{0,80}\b(?:cookies|agree|accept
      |consent|polic|terms)
    | (?:please\ )?(?:enable|turn\ on)\ javascript | your\ browser\ (?:does\ not|doesn't)
    | (?:subscribe|sign\ up)\ (?:to|for|now|and|today)\b | (?:get|receive)\ .{0,60}\b(?:newsletter|inbox
      |email\ updates)
    | your\ email\ (?:address\ )?will\ not\ be | (?:your\ )?comment(?:\ is\ awaiting|s\ are\ closed)
      | join\ our\ (?:newsletter|mailing)
    | disclaimer: | no\ portion\ of\ this | we\ value\ your\ privacy | manage\ (?:your\ )?(?:cookie|consent
      |preferences)
    )
    | ©|\(c\)\ ?(?:19|20)\d\d|\bcopyright\ (?:©|\(c\)|\d{4})|\ball\ rights\ reserved
    | \b(?:privacy\ policy|terms\ of\ (?:use|service)|cookie\ (?:policy|settings|preferences))\b
    | \b(?:is|are)\ (?:not\ (?:intended\ )?(?:to\ (?:be|replace)\ |as\ )?)?(?:an?\
      |no\ )?substitute\ for\ (?:\w+\ )?(?:medical|professional)
    | \bnot\ intended\ (?:as|to\ provide|to\ replace)\ .{0,30}\b(?:advice|diagnosis)\b
    | \b(?:do|does)\ not\ (?:constitute|provide)\ medical\ advice\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SECTION: Final = re.compile(
    r"""(?:\d+[.)]\ )?(?:
      references?(?:\ (?:list|and\ (?:sources|notes|further\ reading)))?|sources?|citations?|article\ sources?
      |works\ cited|bibliography
    | literature(?:\ cited)?|footnotes?|notes|notes\ and\ references|further\ reading|external\ links?
      |see\ also|more\ information
    | (?:more|additional|other|helpful|online)\ (?:resources|links)|resources|where\ (?:can\ i|to)\ (?:find
      |get)\ more\ information.*
    | learn\ more(?:\ about.*)?|related(?:\ (?:articles?|posts?|content|reading|stories|topics?|health\ topics
      |pages?|links?|news|videos?|resources|information|questions|searches|issues).*)?
    | (?:you\ (?:may|might|could)|readers)\ (?:also\ )?(?:like|be\ interested\ in|enjoy).*|people\ also\ (?:ask
      |read|viewed?).*
    | (?:more|latest|recent|popular|top|trending|featured|recommended)\ (?:from|articles?|posts?|stories|news
      |reading|for\ you|comments|now|this\ week)\b.*
    | trending|recommended|popular|most\ (?:read|popular|viewed).*
    | (?:read|up|watch)\ next|read\ (?:more|this\ next).*|don't\ miss.*|keep\ reading|explore\ (?:more|further).*
    | comments?|\d+\ (?:comments?|responses?|replies|thoughts).*|leave\ a\ (?:reply|comment).*|(?:join
      |add\ to)\ the\ (?:discussion|conversation).*|post\ a\ comment
    | share(?:\ (?:this|on|your).*)?|spread\ the\ (?:word|love)|follow\ us.*|(?:stay\ )?connect(?:ed)?(?:\ with\ us)?
    | (?:about|meet|written\ by)\ the\ (?:authors?|reviewers?|experts?)|(?:our\ )?(?:authors?|contributors?
      |reviewers?|medical\ review.*|editorial\ .*)
    | on\ this\ page|in\ this\ article|(?:table\ of\ )?contents|(?:page\ )?navigation(?:\ menu)?|menu|search
    | (?:get|sign\ up|subscribe|join).*\b(?:newsletters?|updates|inbox|mailing\ list|email).*
      |newsletters?(?:\ sign.?up)?|subscribe.*
    | was\ this\ (?:page|article|information)\ .*|(?:give|send)\ (?:us\ )?feedback|rate\ this.*|feedback
    | advertisements?|sponsored.*|disclaimer|disclosures?|copyright.*|privacy.*|cookie.*
      |we\ value\ your\ privacy.*|categories|tags|archives?|meta
    | (?:find|book|make|request)\ (?:a|an)\ (?:doctor|appointment|location).*|contact\ us|images?(?:\ gallery)?
      |videos?
    )\s*[:?]?""",
    re.VERBOSE | re.IGNORECASE,
)


def is_leftover(words: str) -> bool:
    """Tell whether a line is about the page and not about its subject: a byline, a notice, a call to share."""
    return len(words) <= _LONGEST and (_LINE.fullmatch(words) is not None or _NOTICE.search(words) is not None)


def opens_leftovers(heading: str) -> bool:
    """Tell whether a heading stands over what is not the article's: references, related articles, comments."""
    return _SECTION.fullmatch(heading) is not None
