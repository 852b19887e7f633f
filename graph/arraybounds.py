"""Between what bounds the score of each of many chains lies, computed from arrays for all of one length at once.

Only one term needs more than the arrays have: how many joints of a chain one article states both sides of. Its least
and its highest value make the bounds of `explanation`; the other ranks are computed but for rounding.
"""

from typing import Final

import numpy as np

from graph.arrayhops import Group, Hops, Measures, beliefs, forces
from graph.linkarrays import LinkArrays
from graph.numbering import PREDICATES, kind_bits
from graph.ranks import CONTENT, HALF_DEGREE, RankName
from ontology.terms import Kind, Predicate

_CAUSES: Final = PREDICATES.index(Predicate.CAUSES)
_LEAST_CONTENT: Final = min(CONTENT.values())
_BITS: Final = np.arange(1 << len(Kind))
_CONTENTS: Final = np.max([np.where(_BITS & kind_bits([kind]), CONTENT[kind], _LEAST_CONTENT) for kind in Kind], axis=0)
"""The content of a concept by the bits of its kinds."""

_LEAST_COHERENCE: Final = 0.8


def bounds_of(arrays: LinkArrays, hops: Hops, group: Group, rank: RankName) -> tuple[Measures, Measures]:
    """The lower and the upper bounds of the scores of chains of one length."""
    column = hops.best[group.hops]
    link = hops.link[group.hops, column]
    length = group.hops.shape[1]
    match rank:
        case "length":
            score = np.full(len(group.hops), 1 / length)
        case "belief":
            score = beliefs(arrays.affirmed, link).prod(axis=1)
        case "specificity":
            score = hops.merit[group.hops, column].prod(axis=1)
        case "explanation":
            score = _explanation(arrays, hops, group, beliefs(arrays.affirmed, link))
    return (score * _LEAST_COHERENCE if rank == "explanation" and length > 1 else score), score


def _explanation(arrays: LinkArrays, hops: Hops, group: Group, belief: Measures) -> Measures:
    column = hops.best[group.hops]
    length = group.hops.shape[1]
    causality = forces(hops.columns, column).prod(axis=1) ** (1 / length)
    score: Measures = np.sqrt(belief.prod(axis=1) ** (1 / length)) * causality
    if length == 1:
        return score / 8
    between = group.nodes[:, 1:-1]
    kinds = arrays.kinds[between]
    content = _CONTENTS[kinds] * np.where(arrays.provisional[between], 0.8, 1)
    causes = np.array([column.relation == _CAUSES for column in hops.columns])[column]
    causal = causes[:, :-1] & causes[:, 1:]
    content = np.where((kinds == kind_bits([Kind.SYMPTOM])) & ~causal, content / 2, content)
    told = content.sum(axis=1)
    specificity = np.sqrt(HALF_DEGREE / (HALF_DEGREE + arrays.degree[between].astype(np.float64)))
    mean = 1 / (length - 1)
    score = score * (1 + told) / (8 + told) * content.prod(axis=1) ** mean * specificity.prod(axis=1) ** mean
    measured: Measures = score * 0.98 ** (length - 1)
    return measured
