"""What the program makes of pages with scores that were fitted without their sites."""
import multiprocessing
import shutil
import sys

from fitting.pages import ROOT, fold_of
from fitting.score_files import write

sys.path.insert(0, str(ROOT / "bench"))
import cleaning  # noqa: E402
import scoring  # noqa: E402


def install(build, folder, conditions, fitted, trees, more=None):
    """The program in `folder`, with the shipped rules but for these scores, and with the pattern file `more`."""
    rules = folder / "share/dechaff/rules"
    shutil.copytree(ROOT / "rules", rules)
    (folder / "bin").mkdir()
    write(rules, conditions, fitted, trees)
    if more:
        shutil.copy(more, rules / "zz-more.toml")
    return shutil.copy(build / "bin/dechaff", folder / "bin")


def outcomes(programs, profile, pages):
    """What the program of its fold makes of each page."""
    out = [""] * len(pages)
    for fold, program in enumerate(programs):
        chosen = [i for i, page in enumerate(pages) if fold_of(page.site) == fold]
        for i, outcome in zip(chosen, cleaning.clean(program, profile, [pages[i].raw for i in chosen])):
            out[i] = outcome
    return out


def score_page(job):
    page, outcome = job
    return scoring.Wanted(page.raw, page.gold).score(outcome)


def report(programs, pages, profiles):
    """Prints what the programs make of the pages of their folds."""
    print(scoring.HEADER)
    with multiprocessing.Pool() as pool:
        for profile in profiles:
            scores = pool.map(score_page, list(zip(pages, outcomes(programs, profile, pages))), chunksize=32)
            groups = [page.group for page in pages]
            for name in [*sorted(set(groups)), "all but keep"]:
                chosen = [s for g, s in zip(groups, scores) if g == name or (name == "all but keep" and g != "keep")]
                print(scoring.row(name, profile, chosen), flush=True)
