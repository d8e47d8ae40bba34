"""Pages whose wanted text is known: what is measured of their lines, their labels and their folds."""
import glob
import gzip
import hashlib
import json
import multiprocessing
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlparse

import numpy

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench"))
import scoring  # noqa: E402

FOLDS = 5


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


def fold_of(site):
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS
