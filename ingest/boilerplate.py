"""Text of a page that is read for no claim: advertisements, bylines, notices, and what their headings open."""

import re
from typing import Final

BOILERPLATE: Final = re.compile(
    r"^(?:source:|by [A-Z]|medically reviewed|reviewed by|talk to a doctor online|start (?:my|now|your)|"
    r"get started|close button|"
    r"not feeling well|get care|advertisement|subscribe|sign up|share this|read more|learn more|related articles?|"
    r"click (?:here|the)|these resources address|the human phenotype ontology|much of this information|"
    r"for more information|espa.?ol|copyright|all rights reserved|key points|now you can|cookie|"
    r"table of contents|in this article|references?$|last (?:updated|reviewed)|updated on|published on|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december) \d)"
    r"|, (?:MD|PhD|RN|NP|DO|PharmD)$|\b(?:board-certified|informational purposes only|privacy policy|"
    r"terms of (?:use|service)|free trial|"
    r"(?:does|do) not constitute|medical dictionary|table below|click the|animation|https?://|www\.)",
    re.IGNORECASE,
)
OF_NO_DISEASE: Final = re.compile(
    r"^what research\b|^(?:current |ongoing |recent )?(?:research|clinical trials?)(?: studies)?$|^to learn more\b|"
    r"^(?:additional |related |more |patient |support )*(?:resources?|information|organizations?|reading)$|"
    r"^where can (?:i|you|people|we) (?:get|find)\b|^(?:sources|footnotes|acknowledge?ments?|credits)$",
    re.IGNORECASE,
)
"""Headings of passages that speak of studies, of further reading or of the article itself."""

BYLINE: Final = re.compile(r"^(?:by |medically reviewed|reviewed by)|, (?:MD|PhD|RN|NP|DO|PharmD)$", re.IGNORECASE)
