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
import multiprocessing
import pickle
import sys
import tempfile
import tomllib
from pathlib import Path

import numpy

sys.path.insert(0, str(Path(__file__).resolve().parent))
from fitting.chain import fit  # noqa: E402
from fitting.conditions import PENALTY, Conditions  # noqa: E402
from fitting.drafts import Drafts  # noqa: E402
from fitting.pages import FOLDS, ROOT, fold_of, label, measure_all, read_pages  # noqa: E402
from fitting.score_files import write  # noqa: E402
from fitting.trees import fit_trees  # noqa: E402
from fitting.unseen import install, report  # noqa: E402

SHARED = {}


def fit_fold(fold):
    conditions, pages = SHARED["conditions"], SHARED["pages"]
    chosen = [i for i, page in enumerate(pages) if fold_of(page.site) != fold and len(page.units)]
    return fit(conditions, conditions.met, pages, chosen)


def measured(pages, build):
    """The pages with all that is measured of them and their labels; and the names of the axes."""
    axes = measure_all(pages, build)
    with multiprocessing.Pool() as pool:
        for page, labels in zip(pages, pool.map(label, pages, chunksize=16)):
            page.labels = labels
    return pages, axes


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

    build = options.build.resolve()
    pages, axes = measured(read_pages(options.data, options.keep), build)
    SHARED["pages"] = pages
    SHARED["conditions"] = conditions = Conditions(pages, axes)
    counts = {kind: conditions.kinds.count(kind) for kind in PENALTY}
    print(f"{len(pages)} pages, {conditions.met.starts[-1]} lines, conditions: {counts}", flush=True)
    with multiprocessing.Pool(2) as pool:
        folds = pool.map(fit_fold, range(FOLDS), chunksize=1)
    drafts = Drafts(conditions, conditions.met, pages, folds)
    if options.save:
        options.save.write_bytes(pickle.dumps((pages, conditions, folds, drafts)))

    def trees_of(fold=None):
        return fit_trees(drafts, numpy.nonzero(drafts.fold != fold)[0], axes["endings"])

    if options.cv:
        trees = [trees_of(fold) for fold in range(FOLDS)]
        more = tomllib.loads(options.profiles.read_text(encoding="utf-8"))["profile"] if options.profiles else []
        with tempfile.TemporaryDirectory() as folder:
            programs = [install(build, Path(folder) / str(fold), conditions, *scores, options.profiles)
                        for fold, scores in enumerate(zip(folds, trees))]
            report(programs, pages, ["safe", "article", *more])
    if options.write:
        chosen = [i for i, page in enumerate(pages) if len(page.units)]
        print(*write(ROOT / "rules", conditions, fit(conditions, conditions.met, pages, chosen), trees_of()), sep="\n")


if __name__ == "__main__":
    main()
