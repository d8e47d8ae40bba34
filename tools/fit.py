#!/usr/bin/env python3
"""Fits the scores of rules/*.scores to pages whose wanted text is known, and says how good they are.

    tools/fit.py --data 'pages/*.jsonl.gz' --keep 'testdata/clean/*.txt' --build build/release [--cv] [--write]

A page is a JSON object with `id`, `url`, `text` (raw) and `gold` (wanted). The rules of level 1 go over the raw text
first; measure_units (ninja -C BUILD measure_units) then says what the scores may ask of each line. Fitted is a linear
chain of two states, a conditional random field (Lafferty, McCallum, Pereira 2001): the score of each condition and the
cost of a change together, by L-BFGS with an L2 penalty. What that makes of a page is its draft; the scores that ask
for the draft are the leaves of small boosted trees (LightGBM), fitted to drafts of pages that the chain was not fitted
to. --cv fits five times, each time without a fifth of the sites, and prints what the program makes of these pages with
such scores; --write fits to all and writes the pattern files.

Needs numpy, scipy, numba and lightgbm beside Python 3.11.
"""
import argparse
import glob
import gzip
import hashlib
import itertools
import json
import multiprocessing
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from urllib.parse import urlparse

import lightgbm
import numba
import numpy
import scipy.optimize
import scipy.sparse

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench"))
import cleaning  # noqa: E402
import scoring  # noqa: E402

FOLDS = 5
LEAST_SITES = 8  # that a condition must be met on
PENALTY = {"layout": 1.0, "words": 4.0, "hits": 1.0}
SMALLEST = {"layout": 0.02, "words": 0.09, "hits": 0.02}  # scores nearer to zero are left out
STEPS = 80  # of L-BFGS; more fit the pages and not the next ones

ROUNDS = 200  # number of trees
RATE = 0.15  # by how much each tree changes the evidence
BINS = 20  # ranges that an axis of the draft is cut into at most
LEAST_LEAF = 0.005  # leaves nearer to zero are left out

# What the trees may ask together. A tree asks for one of these only, so that its leaves are scores of few tables.
DRAFT_GROUPS = [group.split() for group in """
    draft draft@-1 draft@+1
    draft draft@-2 draft@+2
    draft mean_evidence drop_run_words
    draft mean_evidence keep_run_words
    draft keep_run keep_run_words
    draft drop_run drop_run_words
    mean_evidence keep_run keep_share
    mean_evidence drop_run keep_share
    draft keep_share keep_words
    draft keep_share document_words
    draft main_share main_distance
    draft since_keep until_keep
    draft kept_before8 kept_after8
    draft kept_before25 kept_after25
    draft keep_before keep_after
    draft words ending
    draft words short_run
    draft words block_lines
    draft block_lines block_words
    draft document_words document_prose
    draft document_lines document_prose
    draft run_lines main_share
    mean_evidence words short_run
    draft function words
    draft times words
    draft head main_distance
    keep_run keep_run_words document_words
    drop_run drop_run_words short_run
    mean_evidence keep_words document_prose
    draft list_item words
    drop_run_words keep_words keep_share
    keep_run_words keep_words main_share
""".strip().split("\n")]

# Where the ranges of an axis begin behind the first, which begins at 0.
FINE = [1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 45, 80]
MIDDLE = [3, 6, 12, 25]
COARSE = [4, 10, 20]
DISTANCE = [2, 3, 4, 6, 9, 14, 22, 40, 80]
FAR = [2, 3, 6, 14]
INDEX = [1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 100, 200]
SHARE = [1, 2, 5, 10, 20, 35, 50, 65, 80, 90, 95, 98, 100]
DENSITY = [1, 10, 20, 35, 50, 65, 80, 90, 97]
RUN = [1, 2, 3, 5, 8, 13, 25, 50, 100]
NEAR = [1, 2, 3, 5, 10, 25]
FLAG = [1]
LINES = [5, 10, 20, 40, 80, 160, 320, 640]


def own(axis, edges):
    return (axis, 0, tuple(edges))


def templates():
    """Which axes are asked together, and cut where."""
    words, flags = own("words", FINE), own("sentence", FLAG)
    out = [
        [words, flags],
        [words, own("list_item", FLAG)],
        [own("words", [1, 2, 3, 4, 5, 6, 7, 8, 13]), own("capitals", [1, 30, 60, 100])],
        [own("words", [3, 6, 10, 20, 40]), own("function", [1, 10, 20, 30, 40, 50])],
        [own("upper", [1, 5, 10, 20, 40, 70, 100])],
        [own("digits", [1, 5, 10, 20, 40, 70])],
        [own("letters", [10, 40, 60, 75, 85, 92, 97])],
        [own("commas", [1, 2, 3, 4]), own("words", [8, 16, 32])],
        [own("word_length", [2, 3, 4, 5, 6, 7, 9])],
        [own("ending", range(1, 11))],
        [own("separators", [1, 2, 3, 4, 5, 6])],
        [own("columns", [1, 2, 3, 4])],
        [own("block_lines", [2, 3, 4, 6, 9, 15, 30]), own("block_place", [1, 2, 3])],
        [own("block_words", [2, 3, 5, 8, 12, 20, 40]), flags],
        [own("times", [1, 2, 3, 4]), own("nth", [2]), own("words", [3, 6, 12])],
        [own("head", INDEX), own("words", COARSE)],
        [own("tail", INDEX), own("words", COARSE)],
        [own("place", range(10, 100, 10)), own("document_lines", LINES)],
        [own("document_words", [50, 100, 200, 400, 800, 1600, 3200])],
        [own("document_prose", [2, 10, 25, 40, 55, 70, 80, 90]), own("words", [3, 6, 10, 20]), flags],
        [own("document_lines", LINES), own("words", [3, 6, 10, 20]), flags],
        [own("prose_before", SHARE)],
        [own("prose_after", SHARE)],
        [own("prose_before", [1, 10, 50, 90, 100]), own("words", COARSE), flags],
        [own("text_before", SHARE)],
        [own("since_prose", DISTANCE)],
        [own("until_prose", DISTANCE)],
        [own("since_prose", FAR), own("until_prose", FAR)],
        [own("since_prose", FAR), own("until_prose", FAR), own("words", MIDDLE), flags],
        [own("short_run", RUN), own("words", [3, 6, 12])],
        [own("run", [1, 2, 3]), own("run_distance", NEAR)],
        [own("run", [1, 2, 3]), own("run_distance", NEAR), own("words", MIDDLE), flags],
        [own("run", [1, 2, 3]), own("list_item", FLAG), own("run_lines", [1, 3, 6, 11, 21, 51])],
        [own("run_place", range(10, 100, 10))],
        [own("said", FLAG), own("words", MIDDLE)],
    ]
    for flag in ("indented", "link", "lower_start", "year"):
        out.append([own(flag, FLAG), own("words", [4, 8, 16])])
    for offset in (-3, -2, -1, 1, 2, 3):
        out.append([("words", offset, tuple(FINE)), ("sentence", offset, (1,))])
    for offset in (-1, 1):
        out.append([own("words", MIDDLE), flags, ("words", offset, (1, 3, 6, 12, 25)), ("sentence", offset, (1,))])
        out.append([own("list_item", FLAG), ("list_item", offset, (1,))])
    for reach in (3, 8, 25):
        out.append([own(f"before{reach}", DENSITY), own(f"after{reach}", DENSITY)])
    return out


# ---------------------------------------------------------------------------------------------------------- pages


class Page:
    """One text: its lines behind the rules of level 1, cut into units, and which of them are wanted."""

    def __init__(self, name, group, site, raw, gold):
        self.name, self.group, self.site, self.raw, self.gold = name, group, site, raw, gold


def site_of(url):
    parts = (urlparse(url).hostname or url).split(".")
    return ".".join(parts[-3:] if len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) < 4 else parts[-2:])


def read_pages(data, keep):
    pages = []
    for pattern in data:
        for path in sorted(glob.glob(pattern)):
            with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
                for line in file:
                    record = json.loads(line)
                    if record.get("gold"):
                        group = Path(path).name.removesuffix(".jsonl.gz")
                        pages.append(Page(record["id"], group, site_of(record["url"]), record["text"], record["gold"]))
    for pattern in keep:
        for path in sorted(glob.glob(pattern)):
            # A file of several texts has a line of four equals signs above each.
            for number, text in enumerate(re.split(r"(?m)^==== .*\n", Path(path).read_text(encoding="utf-8"))):
                if text.strip():
                    pages.append(Page(f"{path}#{number}", "keep", f"{path}#{number}", text, text))
    return pages


def measure(job):
    """Lines, units, values, words and hits of each page, and the names of the axes."""
    pages, build = job
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        profile = folder / "fit.toml"
        profile.write_text('[profile.fit]\nlevel = 1\nweigh = false\nform = "nfc"\n')
        names = []
        for number, page in enumerate(pages):
            (folder / f"{number}.txt").write_bytes(page.raw.encode("utf-8", "surrogatepass"))
            names.append(f"{number}.txt")
        command = [build / "bin/dechaff", "-q", "--rules", profile, "-p", "fit", "-o", "out/", *names]
        subprocess.run(list(map(str, command)), check=True, cwd=folder)
        cleaned = [str(folder / "out" / name) for name in names]
        command = [str(build / "tools/measure_units"), str(ROOT / "rules"), *cleaned]
        out = []
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
            axes = json.loads(process.stdout.readline())
            for line, path in zip(process.stdout, cleaned):
                units = json.loads(line)["units"]
                values = numpy.array([unit["values"] for unit in units], dtype=numpy.int32)
                out.append({
                    "lines": Path(path).read_text(encoding="utf-8").split("\n"),
                    "units": [unit["lines"] for unit in units],
                    "values": values.reshape(-1, len(axes["axes"])),
                    "words": [unit["words"].split() for unit in units],
                    "hits": [sorted(set(unit.get("hits", []))) for unit in units],
                })
        if process.returncode:
            sys.exit("measure_units failed")
    return out, axes


def measure_all(pages, build):
    """Fills in what is measured of each page; returns the names of the axes."""
    parts = [pages[i : i + 50] for i in range(0, len(pages), 50)]
    with multiprocessing.Pool() as pool:
        for part, (measured, axes) in zip(parts, pool.imap(measure, [(part, build) for part in parts])):
            for page, fields in zip(part, measured):
                vars(page).update(fields)
    return axes


def label(page):
    """1 for a unit that is wanted, 0 for one that is not; without words it goes with the unit before."""
    shares = scoring.content_shares(page.lines, page.gold)
    out, last = [], 0.0
    for lines in page.units:
        known = [(shares[i], max(1, len(scoring.words_of(page.lines[i])))) for i in lines if shares[i] is not None]
        if known:
            last = float(sum(s * n for s, n in known) >= 0.5 * sum(n for _, n in known))
        out.append(last)
    page.labels = numpy.array(out)
    return page.labels


# ----------------------------------------------------------------------------------------------------- conditions


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


class Conditions:
    """All conditions that enough sites meet, by kind, and where each page meets them."""

    def __init__(self, pages, axes):
        starts = numpy.cumsum([0] + [len(page.units) for page in pages])
        self.starts = starts
        total = starts[-1]
        values = numpy.concatenate([page.values for page in pages])
        sites = {site: i for i, site in enumerate(sorted({page.site for page in pages}))}
        site = numpy.concatenate([numpy.full(len(page.units), sites[page.site], dtype=numpy.int64) for page in pages])
        first = numpy.concatenate([numpy.full(len(page.units), start) for page, start in zip(pages, starts)]).astype(int)
        last = numpy.concatenate([numpy.full(len(page.units), end) for page, end in zip(pages, starts[1:])]).astype(int)
        self.names, self.kinds, columns = [], [], []
        for template in templates():
            code, spelled = numpy.zeros(total, dtype=numpy.int64), [""]
            for axis, offset, edges in template:
                where = numpy.arange(total) + offset
                inside = (where >= first) & (where < last)
                value = numpy.where(inside, values[where.clip(0, total - 1), axes["axes"].index(axis)], -2)
                cut = numpy.searchsorted(numpy.array(edges), value, side="right")
                cut[value == -1], cut[value == -2] = len(edges) + 1, len(edges) + 2
                names = dimension_names(axis, offset, edges, axes["endings"])
                code = code * len(names) + cut
                spelled = [f"{a} {b}".strip() for a in spelled for b in names]
            columns.append(self.enough(code, site, spelled, "layout"))
        rows, ids = [], []
        index = {}
        seen = {}
        for number, page in enumerate(pages):
            for unit, (words, hits) in enumerate(zip(page.words, page.hits)):
                row = starts[number] + unit
                for condition in word_conditions(words) | {"hit=" + hit for hit in hits}:
                    at = index.setdefault(condition, len(index))
                    rows.append(row)
                    ids.append(at)
                    met = seen.setdefault(at, set())
                    if len(met) < LEAST_SITES:
                        met.add(page.site)
        known = {at for at, met in seen.items() if len(met) >= LEAST_SITES}
        spelled = [name for name in index]
        renamed = numpy.full(len(index), -1, dtype=numpy.int64)
        for at in sorted(known):
            renamed[at] = len(self.names)
            self.names.append(spelled[at])
            self.kinds.append("hits" if spelled[at].startswith("hit=") else "words")
        rows, ids = numpy.array(rows), renamed[numpy.array(ids)]
        rows, ids = rows[ids >= 0], ids[ids >= 0]
        for column in columns:
            here = numpy.nonzero(column >= 0)[0]
            rows, ids = numpy.concatenate([rows, here]), numpy.concatenate([ids, column[here]])
        ones = numpy.ones(len(rows), dtype=numpy.float32)
        self.matrix = scipy.sparse.csr_matrix((ones, (rows, ids)), shape=(total, len(self.names)))
        self.penalty = numpy.array([PENALTY[kind] for kind in self.kinds])
        self.smallest = numpy.array([SMALLEST[kind] for kind in self.kinds])

    def enough(self, code, site, spelled, kind):
        """Numbers the codes that enough sites have; -1 for the others."""
        pairs = numpy.unique(code * (site.max() + 1) + site)
        codes, counts = numpy.unique(pairs // (site.max() + 1), return_counts=True)
        renamed = numpy.full(len(spelled), -1, dtype=numpy.int64)
        for at in codes[counts >= LEAST_SITES]:
            renamed[at] = len(self.names)
            self.names.append(spelled[at])
            self.kinds.append(kind)
        return renamed[code]


# ---------------------------------------------------------------------------------------------------------- chain


@numba.njit(cache=True)
def chain_loss(evidence, labels, weights, starts, cost, gradient):
    """Minus the log-likelihood of the labels, and its derivative by `cost`; by evidence, into `gradient`."""
    loss, by_cost = 0.0, 0.0
    for page in range(len(starts) - 1):
        begin, size = starts[page], starts[page + 1] - starts[page]
        if size == 0:
            continue
        ahead, behind = numpy.zeros((size, 2)), numpy.zeros((size, 2))
        for t in range(size):
            keep = evidence[begin + t] / 2
            if t == 0:
                ahead[t, 0], ahead[t, 1] = keep, -keep
            else:
                ahead[t, 0] = numpy.logaddexp(ahead[t - 1, 0], ahead[t - 1, 1] - cost) + keep
                ahead[t, 1] = numpy.logaddexp(ahead[t - 1, 1], ahead[t - 1, 0] - cost) - keep
        for t in range(size - 2, -1, -1):
            keep = evidence[begin + t + 1] / 2
            behind[t, 0] = numpy.logaddexp(behind[t + 1, 0] + keep, behind[t + 1, 1] - keep - cost)
            behind[t, 1] = numpy.logaddexp(behind[t + 1, 1] - keep, behind[t + 1, 0] + keep - cost)
        all_paths = numpy.logaddexp(ahead[size - 1, 0], ahead[size - 1, 1])
        path = 0.0
        for t in range(size):
            label, keep = labels[begin + t], evidence[begin + t] / 2
            path += keep * (2 * label - 1)
            gradient[begin + t] = weights[page] * (numpy.exp(ahead[t, 0] + behind[t, 0] - all_paths) - label)
            if t == 0:
                continue
            if label != labels[begin + t - 1]:
                path -= cost
                by_cost += weights[page]
            changes = numpy.exp(ahead[t - 1, 0] - cost - keep + behind[t, 1] - all_paths)
            changes += numpy.exp(ahead[t - 1, 1] - cost + keep + behind[t, 0] - all_paths)
            by_cost -= weights[page] * changes
        loss += weights[page] * (all_paths - path)
    return loss, by_cost


@numba.njit(cache=True)
def sums(indptr, indices, rows, scores, out):
    for k in range(len(rows)):
        total = 0.0
        for at in range(indptr[rows[k]], indptr[rows[k] + 1]):
            total += scores[indices[at]]
        out[k] = total


@numba.njit(cache=True)
def spread(indptr, indices, rows, values, out):
    for k in range(len(rows)):
        for at in range(indptr[rows[k]], indptr[rows[k] + 1]):
            out[indices[at]] += values[k]


class Fitted:
    def __init__(self, scores, base, cost):
        self.scores, self.base, self.cost = scores, base, cost

    def evidence(self, conditions, rows, kind=None):
        """Of the lines `rows`; with a kind, what its conditions alone say."""
        out = numpy.zeros(len(rows))
        chosen = numpy.array([kind in (None, other) for other in conditions.kinds])
        sums(conditions.matrix.indptr, conditions.matrix.indices, rows, numpy.where(chosen, self.scores, 0), out)
        return out if kind else out + self.base


def rows_of(conditions, chosen):
    return numpy.concatenate([numpy.arange(conditions.starts[i], conditions.starts[i + 1]) for i in chosen])


def fit(conditions, pages, chosen):
    """Scores, base and cost for the pages whose numbers are `chosen`."""
    rows = rows_of(conditions, chosen)
    indptr, indices = conditions.matrix.indptr, conditions.matrix.indices
    sizes = numpy.array([len(pages[i].units) for i in chosen])
    starts = numpy.concatenate([[0], numpy.cumsum(sizes)])
    # Long pages have more lines and no more to say.
    weights = 1 / numpy.sqrt(numpy.maximum(sizes, 1))
    weights /= weights.mean()
    labels = numpy.concatenate([pages[i].labels for i in chosen])
    by_evidence, evidence = numpy.zeros(len(rows)), numpy.zeros(len(rows))
    penalty = conditions.penalty

    def objective(point):
        scores, base, cost = point[:-2], point[-2], point[-1]
        sums(indptr, indices, rows, scores, evidence)
        loss, by_cost = chain_loss(evidence + base, labels, weights, starts, cost, by_evidence)
        by_score = penalty * scores
        spread(indptr, indices, rows, by_evidence, by_score)
        return loss + 0.5 * float((penalty * scores) @ scores), numpy.concatenate([by_score, [by_evidence.sum(), by_cost]])

    start = numpy.zeros(len(penalty) + 2)
    start[-1] = 2
    found = scipy.optimize.minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    scores = numpy.where(numpy.abs(found[:-2]) < conditions.smallest, 0, found[:-2])
    return Fitted(numpy.round(scores, 2), round(found[-2], 2), round(found[-1], 2))


# ---------------------------------------------------------------------------------------------------------- draft

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

    def __init__(self, conditions, pages, axes, folds):
        words = axes["axes"].index("words")
        values = numpy.concatenate([page.values for page in pages])
        drafted = numpy.zeros((conditions.starts[-1], len(DRAFT_AXES)), dtype=numpy.int32)
        self.hits = numpy.zeros(len(values))
        evidence = numpy.zeros(len(values))
        for fold, fitted in enumerate(folds):
            rows = rows_of(conditions, [i for i, page in enumerate(pages) if fold_of(page.site) == fold])
            evidence[rows] = fitted.evidence(conditions, rows)
            self.hits[rows] = fitted.evidence(conditions, rows, "hits")
        for page, begin, end in zip(pages, conditions.starts, conditions.starts[1:]):
            cost = folds[fold_of(page.site)].cost
            draft_values(evidence[begin:end], page.values[:, words], cost, drafted[begin:end])
        owner = numpy.repeat(numpy.arange(len(pages)), numpy.diff(conditions.starts))
        first, last = conditions.starts[owner], conditions.starts[owner + 1]
        self.names = sorted({name for group in DRAFT_GROUPS for name in group})
        columns = []
        for name in self.names:
            axis, _, offset = name.partition("@")
            known = drafted[:, DRAFT_AXES.index(axis)] if axis in DRAFT_AXES else values[:, axes["axes"].index(axis)]
            where = numpy.arange(len(values)) + int(offset or 0)
            columns.append(numpy.where((where >= first) & (where < last), known[where.clip(0, len(values) - 1)], -2))
        self.values = numpy.stack(columns, axis=1).astype(numpy.float32)
        self.labels = numpy.concatenate([page.labels for page in pages])
        # Long pages weigh less than their lines, and long lines more than short ones.
        sizes = numpy.repeat(numpy.diff(conditions.starts), numpy.diff(conditions.starts))
        self.weights = numpy.sqrt(numpy.clip(values[:, words] + 1, 1, 100) / sizes)


def fit_trees(drafts, rows, endings):
    """Scores by what they ask for: {("draft=..40", "words=3.."): -0.2}."""
    settings = {
        "objective": "binary", "learning_rate": RATE, "num_leaves": 8, "max_depth": 3, "max_bin": BINS,
        "min_data_in_bin": 100, "min_data_in_leaf": 500, "feature_fraction": 0.7, "lambda_l2": 10, "seed": 1,
        "deterministic": True, "force_col_wise": True, "num_threads": 1, "verbosity": -1,
        "interaction_constraints": [[drafts.names.index(name) for name in group] for group in DRAFT_GROUPS],
    }
    weights = drafts.weights[rows] / drafts.weights[rows].mean()
    data = lightgbm.Dataset(drafts.values[rows], drafts.labels[rows], weight=weights, init_score=drafts.hits[rows])
    out = {}

    def walk(node, box):
        if "leaf_value" in node:
            for asked in itertools.product(*(spelled_box(name, *box[name], endings) for name in sorted(box))):
                out[asked] = out.get(asked, 0) + node["leaf_value"]
            return
        name, edge = drafts.names[node["split_feature"]], int(numpy.floor(node["threshold"]))
        low, high = box.get(name, (None, None))
        walk(node["left_child"], {**box, name: (low, edge)})
        walk(node["right_child"], {**box, name: (edge, high)})

    for tree in lightgbm.train(settings, data, ROUNDS).dump_model()["tree_info"]:
        walk(tree["tree_structure"], {})
    return {asked: round(score, 2) for asked, score in out.items() if abs(score) >= LEAST_LEAF}


def spelled_box(name, low, high, endings):
    """What asks for values above `low` and up to `high`: a range, and what is no number."""
    least = max(0, -2 if low is None else low + 1)
    out = []
    if low is None and "@" in name:
        out.append(f"{name}=edge")
    if (low is None or low < -1) and (high is None or high >= -1) and name.partition("@")[0] in SOMETIMES_NONE:
        out.append(f"{name}=none")
    if name == "ending":
        return out + [f"{name}={ending}" for ending in endings[least : None if high is None else high + 1]]
    if high is None:
        out.append(f"{name}={least}..")
    elif high >= least:
        out.append(f"{name}={least}" if high == least else f"{name}={least}..{high}")
    return out


# --------------------------------------------------------------------------------------------------------- report


def fold_of(site):
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS


SHARED = {}


def fit_fold(fold):
    conditions, pages = SHARED["conditions"], SHARED["pages"]
    return fit(conditions, pages, [i for i, page in enumerate(pages) if fold_of(page.site) != fold and len(page.units)])


def install(build, folder, conditions, fitted, trees, more):
    """The program in `folder`, with the shipped rules but for these scores, and with the pattern file `more`."""
    rules = folder / "share/dechaff/rules"
    shutil.copytree(ROOT / "rules", rules)
    (folder / "bin").mkdir()
    write(rules, conditions, fitted, trees)
    if more:
        shutil.copy(more, rules / "zz-more.toml")
    return shutil.copy(build / "bin/dechaff", folder / "bin")


def score_page(job):
    page, outcome = job
    return scoring.Wanted(page.raw, page.gold).score(outcome)


def report(build, conditions, pages, folds, trees, more):
    """Prints what the program makes of the pages of each fold with the scores that were fitted without them."""
    profiles = ["safe", "article"]
    if more:
        profiles += tomllib.loads(more.read_text(encoding="utf-8"))["profile"]
    print(scoring.HEADER)
    with tempfile.TemporaryDirectory() as folder, multiprocessing.Pool() as pool:
        programs = [install(build, Path(folder) / str(fold), conditions, *scores, more)
                    for fold, scores in enumerate(zip(folds, trees))]
        for profile in profiles:
            scores = []
            for fold, program in enumerate(programs):
                part = [page for page in pages if fold_of(page.site) == fold]
                outcomes = cleaning.clean(program, profile, [page.raw for page in part])
                scores += zip((page.group for page in part), pool.map(score_page, list(zip(part, outcomes)), chunksize=32))
            for name in [*sorted({group for group, _ in scores}), "all but keep"]:
                chosen = [s for group, s in scores if group == name or (name == "all but keep" and group != "keep")]
                print(scoring.row(name, profile, chosen), flush=True)


HEADERS = {
    "layout": "Scores for how a line looks and where it stands: below zero speaks for chaff, above for text.",
    "words": "Scores for words and short runs of words: below zero speaks for chaff, above for text.",
    "draft": "Scores for what the draft makes of a line and the text around it: below zero speaks for chaff, above for text.",
    "hits": "Scores for hits of rules that the profile does not trust: below zero speaks for chaff.",
}


def write(folder, conditions, fitted, trees):
    """The pattern files of these scores; returns what to say of them."""
    said = []
    for kind, header in HEADERS.items():
        rows = [(name, score) for name, score, k in zip(conditions.names, fitted.scores, conditions.kinds) if k == kind and score]
        if kind == "draft":
            rows = [(" ".join(asked), score) for asked, score in trees.items()]
        path = folder / f"{kind}.scores"
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"# {header}\n# Fitted by tools/fit.py, which writes this file anew; docs/rules.md says how to read it.\n")
            if kind == "layout":
                file.write(f"{fitted.base:+.2f} words=0..\n")
            if kind == "draft":
                file.write(f"draft_cost {fitted.cost:.2f}\n")
            for name, score in sorted(rows):
                file.write(f"{score:+.2f} {name}\n")
        said.append(f"{path.name}: {len(rows)} scores, {path.stat().st_size} bytes")
    return said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", required=True, help="pages, as .jsonl.gz files (globs)")
    parser.add_argument("--keep", nargs="*", default=[], help="texts of which nothing may go (globs)")
    parser.add_argument("--build", type=Path, required=True, help="folder of the release build")
    parser.add_argument("--cv", action="store_true", help="print what unseen sites get")
    parser.add_argument("--profiles", type=Path, metavar="TOML", help="for --cv: a pattern file of more profiles to try")
    parser.add_argument("--save", type=Path, help="file for pages, conditions and fits of --cv, to look into")
    parser.add_argument("--write", action="store_true", help="write rules/*.scores")
    options = parser.parse_args()

    pages = read_pages(options.data, options.keep)
    axes = measure_all(pages, options.build.resolve())
    with multiprocessing.Pool() as pool:
        for page, labels in zip(pages, pool.map(label, pages, chunksize=16)):
            page.labels = labels
    SHARED["pages"] = pages
    SHARED["conditions"] = conditions = Conditions(pages, axes)
    counts = {kind: conditions.kinds.count(kind) for kind in PENALTY}
    print(f"{len(pages)} pages, {conditions.starts[-1]} units, conditions: {counts}", flush=True)
    with multiprocessing.Pool(2) as pool:
        folds = pool.map(fit_fold, range(FOLDS), chunksize=1)
    drafts = Drafts(conditions, pages, axes, folds)
    if options.save:
        options.save.write_bytes(pickle.dumps((pages, conditions, folds, drafts)))
    if options.cv:
        others = [[i for i, page in enumerate(pages) if fold_of(page.site) != fold] for fold in range(FOLDS)]
        trees = [fit_trees(drafts, rows_of(conditions, chosen), axes["endings"]) for chosen in others]
        report(options.build.resolve(), conditions, pages, folds, trees, options.profiles)
    if options.write:
        chosen = [i for i, page in enumerate(pages) if len(page.units)]
        trees = fit_trees(drafts, rows_of(conditions, chosen), axes["endings"])
        print(*write(ROOT / "rules", conditions, fit(conditions, pages, chosen), trees), sep="\n")


if __name__ == "__main__":
    main()
