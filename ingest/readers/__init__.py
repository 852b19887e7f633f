"""One module a format; each has `blocks(text)`, which yields the article's blocks with their offsets.

A reader says what it saw (a heading, a list item, a paragraph), never what that means.
"""
