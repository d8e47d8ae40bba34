"""Scores of a cleaned text against the text that a reader wants.

Words are runs of letters, digits and underscores, compared in lower case after NFKC and without invisible characters.
Precision, recall and F1 are of bags of words, as the Web Content Extraction Benchmark counts them; content loss is of
runs of four words, which forgive nothing that is torn out of its place.
"""
import re
import unicodedata
from collections import Counter

WORD = re.compile(r"\w+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
RUN = 4
HURT = 0.02  # a document that loses more is hurt


def folded(text):
    return (text if text.isascii() else unicodedata.normalize("NFKC", INVISIBLE.sub("", text))).lower()


def words_of(text):
    return WORD.findall(folded(text))


def runs_of(words):
    if len(words) < RUN:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[i:] for i in range(RUN))))


def shared(a, b):
    return sum(min(a[key], b[key]) for key in a.keys() & b.keys())


class Wanted:
    """A raw text and the text that is wanted of it, ready for any number of outcomes."""

    def __init__(self, raw, gold):
        raw_words, gold_words = words_of(raw), words_of(gold)
        self.gold = Counter(gold_words)
        self.size = len(gold_words)
        raw_runs = runs_of(raw_words)
        self.runs = Counter({run: min(n, raw_runs[run]) for run, n in runs_of(gold_words).items() if run in raw_runs})
        self.chaff = len(raw_words) - shared(Counter(raw_words), self.gold)

    def score(self, outcome):
        """precision, recall, f1, loss (of what the raw text has) and chaff (share that went; None if there is none)."""
        words = words_of(outcome)
        kept = shared(Counter(words), self.gold)
        precision = kept / len(words) if words else 0.0
        recall = kept / self.size if self.size else 0.0
        had = sum(self.runs.values())
        return {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / (precision + recall) if kept else 0.0,
            "loss": 1 - shared(self.runs, runs_of(words)) / had if had else 0.0,
            "chaff": 1 - (len(words) - kept) / self.chaff if self.chaff else None,
        }


class Snippets:
    """Pieces of a raw text that must stay, and pieces that must go; compared folded, quotes and dashes alike."""

    ALIKE = str.maketrans({**dict.fromkeys("\u2018\u2019\u201b\u2032", "'"), **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
                           **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")})

    def __init__(self, raw, wanted, unwanted):
        text = self.squeezed(raw)
        every = [self.squeezed(piece) for piece in wanted]
        self.wanted = [piece for piece in every if piece in text]
        self.unwanted = [piece for piece in map(self.squeezed, unwanted)
                         if piece in text and not any(piece in other for other in every)]

    @classmethod
    def squeezed(cls, text):
        return " ".join(folded(text).translate(cls.ALIKE).split())

    def score(self, outcome):
        """How many pieces stayed that must, of how many, and how many went that must, of how many."""
        text = self.squeezed(outcome)
        kept, left = sum(piece in text for piece in self.wanted), sum(piece in text for piece in self.unwanted)
        return kept, len(self.wanted), len(self.unwanted) - left, len(self.unwanted)


def mean(values):
    values = [value for value in values if value is not None]
    return sum(values) / len(values) if values else float("nan")


def summary(scores):
    out = {key: mean([score[key] for score in scores]) for key in ("precision", "recall", "f1", "loss", "chaff")}
    out["hurt"] = mean([float(score["loss"] > HURT) for score in scores])
    return out


HEADER = f"{'pages':28} {'n':>5}  {'tool':24} {'P':>5} {'R':>5} {'F1':>5} {'loss':>7} {'>2 %':>7} {'chaff gone':>10}"


def row(pages, tool, scores):
    """A line below HEADER."""
    m = summary(scores)
    return (f"{pages:28} {len(scores):5}  {tool:24} {m['precision']:5.3f} {m['recall']:5.3f} {m['f1']:5.3f} "
            f"{100 * m['loss']:6.2f}% {100 * m['hurt']:6.2f}% {100 * m['chaff']:9.1f}%")


def content_shares(lines, gold):
    """For each line the share of its words that stand in `gold`, in runs of four over line ends or as a whole line;
    None for a line without words."""
    words, owner = [], []
    for number, line in enumerate(lines):
        for word in words_of(line):
            words.append(word)
            owner.append(number)
    gold_runs = set(runs_of(words_of(gold)))
    gold_lines = {tuple(words_of(line)) for line in gold.split("\n")}
    covered = bytearray(len(words))
    for i in range(len(words) - RUN + 1):
        if tuple(words[i : i + RUN]) in gold_runs:
            covered[i : i + RUN] = b"\1" * RUN
    total, hit = [0] * len(lines), [0] * len(lines)
    for flag, number in zip(covered, owner):
        total[number] += 1
        hit[number] += flag
    out = []
    for line, all_words, found in zip(lines, total, hit):
        whole = all_words and tuple(words_of(line)) in gold_lines
        out.append(None if not all_words else 1.0 if whole else found / all_words)
    return out
