"""Keys in which a text stands at the beginning of a word, from ranges of sorted keys and words."""

import numpy as np

from graph.naming.arrays import NameArrays, Numbers


def beginning(names: NameArrays, key: bytes) -> range:
    """The keys that begin with this one; itself comes first where it is there."""
    return names.keys.texts.beginning(key)


def inside(names: NameArrays, key: bytes) -> Numbers:
    """The keys that have this one after a space, in no order, some more than once.

    Of its words the one that fewest keys have is looked up, and the bytes around it are compared.
    """
    words = names.words
    at, fewest = 0, (0, 0)
    offset = 0
    parts = key.split(b" ")
    for number, word in enumerate(parts):
        whole = number < len(parts) - 1
        places = words.texts.equal(word) if whole else words.texts.beginning(word)
        first, end = int(words.first_place[places.start]), int(words.first_place[places.stop])
        if first == end:
            return np.empty(0, np.int32)
        if not number or end - first < fewest[1] - fewest[0]:
            at, fewest = offset, (first, end)
        offset += len(word) + 1
    keys = words.keys[slice(*fewest)]
    if len(parts) == 1:
        return keys
    starts = words.starts[slice(*fewest)] - at
    texts = names.keys.texts
    begins = np.where(keys > 0, texts.ends[keys - 1], 0)
    fits = (starts > begins) & (starts + len(key) <= texts.ends[keys])
    keys, starts = keys[fits], starts[fits]
    for place, byte in enumerate(b" " + key, start=-1):
        same = texts.letters[starts + place] == byte
        keys, starts = keys[same], starts[same]
    return keys
