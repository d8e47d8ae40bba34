"""What lines meet of all that scores may ask for, as a matrix."""
import re

import numpy
import scipy.sparse

from fitting.templates import FLAG, templates

LEAST_SITES = 8  # that a condition must be met on
PENALTY = {"layout": 1.0, "words": 4.0, "hits": 1.0}
SMALLEST = {"layout": 0.02, "words": 0.09, "hits": 0.02}  # scores nearer to zero are left out


def word_conditions(words):
    size = len(words)
    if size == 0 or size > 60:
        return set()
    out = {"word=" + word for word in words}
    if size <= 40:
        out |= {f"pair={a}_{b}" for a, b in zip(words, words[1:])}
    if size <= 25:
        out |= {"first=" + words[0], "last=" + words[-1]}
    if size <= 4:
        out.add("whole=" + "_".join(words))
    return {condition for condition in out if "#" not in condition}


def range_spelled(edges, cut, endings):
    low = 0 if cut == 0 else edges[cut - 1]
    if endings:
        return endings[low]
    if cut == len(edges):
        return f"{low}.."
    high = edges[cut] - 1
    return str(low) if low == high else f"{low}..{high}"


def dimension_names(axis, offset, edges, endings):
    names = [range_spelled(edges, cut, endings if axis == "ending" else None) for cut in range(len(edges) + 1)]
    if list(edges) == FLAG and axis not in ("since_prose", "until_prose"):
        names = ["no", "yes"]
    key = axis + (f"@{offset:+d}" if offset else "")
    return [f"{key}={name}" for name in names + ["none", "edge"]]


class Lines:
    """The lines of all pages, one behind the other: where each page begins, and what is measured of them."""

    def __init__(self, pages, axes):
        sizes = [len(page.units) for page in pages]
        self.starts = numpy.cumsum([0] + sizes)
        self.values = numpy.concatenate([page.values for page in pages])
        self.first = numpy.repeat(self.starts[:-1], sizes)
        self.behind = numpy.repeat(self.starts[1:], sizes)
        self.axes, self.endings = axes["axes"], axes["endings"]

    def at(self, axis, offset):
        """The values of the lines `offset` below; -2 beyond the page."""
        where = numpy.arange(len(self.values)) + offset
        inside = (where >= self.first) & (where < self.behind)
        return numpy.where(inside, self.values[where.clip(0, len(self.values) - 1), self.axes.index(axis)], -2)

    def codes(self, template):
        """For each line the number of the ranges that it is in, and all of these spelled out."""
        code, spelled = numpy.zeros(len(self.values), dtype=numpy.int64), [""]
        for axis, offset, edges in template:
            value = self.at(axis, offset)
            cut = numpy.searchsorted(numpy.array(edges), value, side="right")
            cut[value == -1], cut[value == -2] = len(edges) + 1, len(edges) + 2
            names = dimension_names(axis, offset, edges, self.endings)
            code = code * len(names) + cut
            spelled = [f"{a} {b}".strip() for a in spelled for b in names]
        return code, spelled


def text_conditions(pages, starts, index, learn):
    """Rows and numbers of all that lines meet by their words and hits; with `learn`, `index` gets those that it lacks."""
    rows, ids = [], []
    for number, page in enumerate(pages):
        for unit, (words, hits) in enumerate(zip(page.words, page.hits)):
            row = starts[number] + unit
            for condition in sorted(word_conditions(words)) + ["hit=" + hit for hit in hits]:
                at = index.setdefault(condition, len(index)) if learn else index.get(condition)
                if at is not None:
                    rows.append(row)
                    ids.append(at)
    return numpy.array(rows, dtype=numpy.int64), numpy.array(ids, dtype=numpy.int64)


class Met:
    """Which conditions the lines of pages meet: a row a line, a column a condition."""

    def __init__(self, starts, matrix):
        self.starts, self.matrix = starts, matrix


class Conditions:
    """All conditions that enough sites meet, by kind; `met` is where the pages meet them."""

    def __init__(self, pages, axes):
        self.axes, self.names, self.kinds = axes, [], []
        lines = Lines(pages, axes)
        numbers = {site: i for i, site in enumerate(sorted({page.site for page in pages}))}
        site = numpy.repeat([numbers[page.site] for page in pages], numpy.diff(lines.starts)).astype(numpy.int64)
        self.layout = [self.enough(code, site, spelled) for code, spelled in map(lines.codes, templates())]
        index = {}
        rows, ids = text_conditions(pages, lines.starts, index, learn=True)
        known = self.enough(ids, site[rows], list(index))
        self.texts = {name: known[at] for name, at in index.items() if known[at] >= 0}
        self.met = self.assembled(lines, rows, known[ids])
        self.penalty = numpy.array([PENALTY[kind] for kind in self.kinds])
        self.smallest = numpy.array([SMALLEST[kind] for kind in self.kinds])

    def enough(self, code, site, spelled):
        """Numbers the codes that enough sites have; -1 for the others."""
        sites = site.max() + 1
        codes, counts = numpy.unique(numpy.unique(code * sites + site) // sites, return_counts=True)
        numbers = numpy.full(len(spelled), -1, dtype=numpy.int64)
        for at in codes[counts >= LEAST_SITES]:
            numbers[at] = len(self.names)
            self.names.append(spelled[at])
            self.kinds.append(kind_of(spelled[at]))
        return numbers

    def met_by(self, pages):
        """Where other pages meet these conditions."""
        lines = Lines(pages, self.axes)
        return self.assembled(lines, *text_conditions(pages, lines.starts, self.texts, learn=False))

    def assembled(self, lines, rows, ids):
        rows, ids = [rows[ids >= 0]], [ids[ids >= 0]]
        for numbers, template in zip(self.layout, templates()):
            column = numbers[lines.codes(template)[0]]
            rows.append(numpy.nonzero(column >= 0)[0])
            ids.append(column[rows[-1]])
        rows, ids = numpy.concatenate(rows), numpy.concatenate(ids)
        shape = (len(lines.values), len(self.names))
        return Met(lines.starts, scipy.sparse.csr_matrix((numpy.ones(len(rows), numpy.float32), (rows, ids)), shape))


def kind_of(name):
    if name.startswith("hit="):
        return "hits"
    return "words" if re.match("(word|pair|first|last|whole)=", name) else "layout"


def rows_of(met, chosen):
    return numpy.concatenate([numpy.arange(met.starts[i], met.starts[i + 1]) for i in chosen])
