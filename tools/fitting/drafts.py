"""What the chain makes of pages that it was not fitted to, line by line."""
import copy

import numba
import numpy

from fitting.conditions import Lines
from fitting.pages import fold_of
from fitting.templates import DRAFT_GROUPS

DRAFT_AXES = ["draft", "mean_evidence", "keep_run", "drop_run", "keep_run_words", "drop_run_words", "since_keep",
              "until_keep", "keep_share", "keep_words", "keep_before", "keep_after", "kept_before8", "kept_before25",
              "kept_after8", "kept_after25", "main_share", "main_distance"]
SOMETIMES_NONE = {"since_keep", "until_keep", "kept_before8", "kept_before25", "kept_after8", "kept_after25",
                  "main_distance"}


@numba.njit(cache=True)
def scaled(margin):
    return int(numpy.floor(50 + 5 * min(10.0, max(-10.0, margin)) + 0.5))


@numba.njit(cache=True)
def percent(part, whole):
    if part <= 0 or whole <= 0:
        return 0
    if part >= whole:
        return 100
    return min(99, max(1, int(numpy.floor(100 * part / whole + 0.5))))


@numba.njit(cache=True)
def margins(evidence, cost):
    size = len(evidence)
    out, keep, drop = numpy.zeros(size), 0.0, 0.0
    for t in range(size):
        if t > 0:
            keep, drop = max(keep, drop - cost), max(drop, keep - cost)
        keep, drop = keep + evidence[t] / 2, drop - evidence[t] / 2
        out[t] = keep - drop
    keep, drop = 0.0, 0.0
    for t in range(size - 1, 0, -1):
        keep, drop = keep + evidence[t] / 2, drop - evidence[t] / 2
        keep, drop = max(keep, drop - cost), max(drop, keep - cost)
        out[t - 1] += keep - drop
    return out


@numba.njit(cache=True)
def draft_values(evidence, words, cost, out):
    """The axes of the draft of one page, in the order of DRAFT_AXES: what src/decide/draft.cpp says of it."""
    size = len(evidence)
    margin = margins(evidence, cost)
    all_words, kept_words = numpy.zeros(size + 1, numpy.int64), numpy.zeros(size + 1, numpy.int64)
    for t in range(size):
        all_words[t + 1] = all_words[t] + words[t]
        kept_words[t + 1] = kept_words[t] + (words[t] if margin[t] >= 0 else 0)
    kept = kept_words[size]
    most, first, last, begin = -1, 0, 0, 0
    while begin < size:
        end, keeps, total = begin, margin[begin] >= 0, 0.0
        while end < size and (margin[end] >= 0) == keeps:
            total += evidence[end]
            end += 1
        run_words = all_words[end] - all_words[begin]
        for t in range(begin, end):
            out[t, 0], out[t, 1] = scaled(margin[t]), scaled(total / (end - begin))
            out[t, 2], out[t, 3] = (end - begin, 0) if keeps else (0, end - begin)
            out[t, 4], out[t, 5] = (run_words, 0) if keeps else (0, run_words)
        if keeps and run_words > most:
            most, first, last = run_words, begin, end - 1
        begin = end
    since, until = -1, -1
    for t in range(size):
        back = size - 1 - t
        out[t, 6], out[back, 7] = since, until
        since = 1 if margin[t] >= 0 else since + 1 if since >= 0 else -1
        until = 1 if margin[back] >= 0 else until + 1 if until >= 0 else -1
        out[t, 8], out[t, 9] = percent(kept, all_words[size]), kept
        out[t, 10], out[t, 11] = percent(kept_words[t], kept), percent(kept - kept_words[t + 1], kept)
        for reach, column in ((8, 12), (25, 13)):
            low, high = max(0, t - reach), min(size, t + 1 + reach)
            before = percent(kept_words[t] - kept_words[low], all_words[t] - all_words[low])
            after = percent(kept_words[high] - kept_words[t + 1], all_words[high] - all_words[t + 1])
            out[t, column] = before if low < t else -1
            out[t, column + 2] = after if t + 1 < high else -1
        out[t, 16] = percent(most, kept)
        out[t, 17] = -1 if most < 0 else first - t if t < first else t - last if t > last else 0


class Drafts:
    """What trees may ask of each line: drafts of its page by scores that were fitted without it."""

    def __init__(self, conditions, met, pages, folds, kinds=("layout", "words", "hits")):
        lines = Lines(pages, conditions.axes)
        starts = lines.starts
        self.fold = numpy.repeat([fold_of(page.site) for page in pages], numpy.diff(starts))
        words = lines.at("words", 0)
        drafted = numpy.zeros((len(words), len(DRAFT_AXES)), dtype=numpy.int32)
        self.hits, evidence = numpy.zeros(len(words)), numpy.zeros(len(words))
        for number, fitted in enumerate(folds):
            rows = numpy.nonzero(self.fold == number)[0]
            evidence[rows] = fitted.evidence(conditions, met, rows, kinds)
            self.hits[rows] = fitted.evidence(conditions, met, rows, ["hits"])
        for page, begin, end in zip(pages, starts, starts[1:]):
            draft_values(evidence[begin:end], words[begin:end], folds[fold_of(page.site)].cost, drafted[begin:end])
        lines.values = numpy.concatenate([drafted, lines.values], axis=1)
        lines.axes = DRAFT_AXES + lines.axes
        self.names = sorted({name for group in DRAFT_GROUPS for name in group})
        parts = [name.partition("@") for name in self.names]
        self.values = numpy.stack([lines.at(axis, int(offset or 0)) for axis, _, offset in parts], axis=1).astype(numpy.float32)
        self.labels = numpy.concatenate([page.labels for page in pages])
        # Long pages weigh less than their lines, and long lines more than short ones.
        sizes = numpy.repeat(numpy.diff(starts), numpy.diff(starts))
        self.weights = numpy.sqrt(numpy.clip(words + 1, 1, 100) / sizes)

    def __add__(self, other):
        both = copy.copy(self)
        for name in ("fold", "hits", "values", "labels", "weights"):
            setattr(both, name, numpy.concatenate([getattr(self, name), getattr(other, name)]))
        return both
