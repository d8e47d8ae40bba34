#!/usr/bin/env python3
"""Breaks the code on purpose, in one place at a time, and says which breaks no test notices.

mutate.py [--sample N] [--seed S] FILE...   breaks chosen places of these sources: comparisons, logic, constants, calls
mutate.py --promises                        breaks each promise of docs/reliability.md, for its tests and its fuzz target

Builds and tests in build/dev, which must be configured with tests. A source is as it was when it is done. A break that
survives is either equal to the original, or a test that is missing.
"""
import argparse
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "dev"
PATIENCE_S = 600

# What a line holds → what it holds then.
OPERATORS = [
    (r" <= ", " < "), (r" >= ", " > "), (r" < ", " <= "), (r" > ", " >= "), (r" == ", " != "), (r" != ", " == "),
    (r" && ", " || "), (r" \|\| ", " && "), (r" \+ 1\b", ""), (r" - 1\b", ""), (r" \+ ", " - "), (r" - ", " + "),
    (r"\btrue\b", "false"), (r"\bfalse\b", "true"), (r"\bif \(!", "if ("), (r"\bcontinue;", ";"), (r"\bmin\(", "max("),
    (r"\bmax\(", "min("), (r"^ +[\w.\->]+\([^;{}]*\);$", ""), (r"^ +[\w.\[\]]+ [+|&]?= [^;{}]*;$", ""),
]

# What is promised; the source, what stands there, what is to stand there instead; the tests (of ctest) and the fuzz
# target that must notice, by its corpus alone.
PROMISES = [
    ("valid UTF-8 comes out", "src/text/decode.cpp",
     "    out.text += replacement;\n    ++out.invalid;", "    out.text += bytes.substr(at, size);\n    ++out.invalid;",
     r"^text\.Decode", "decode"),
    ("in the normal form that was asked for", "src/text/form.cpp",
     "} else if (!is_normalised(", "} else if (begin > 0 && !is_normalised(", r"^text\.", "normalise"),
    ("cleaning what is clean changes nothing", "src/apply/stage.cpp",
     "if (outcome == Pass::nothing) return true;", "return true;", r"^apply\.", "clean"),
    ("restore gives the original back", "src/apply/rebuild.cpp",
     "at_ += change.added.size();", "at_ += change.removed.size();", r"^apply\.", "restore"),
    ("a ledger that was changed is refused", "src/apply/rebuild.cpp",
     "out_.size() != bytes_ || hash_of(out_) != hash_", "out_.size() != bytes_", r"^apply\.", "restore"),
    ("the same bytes for any number of jobs", "src/io/pipeline.hpp",
     "slot = &slots_[next_++];", "slot = &slots_[next_++];\n        if (next_ % 2 == 0) std::swap(slot->job, slots_[next_ - 2].job);",
     r"^io\.|^batch\.jobs", "batch"),
    ("no state is carried from one document to the next", "src/match/matcher.cpp",
     "scratch.marks.wipe(probes + block_rules_.size());", "", r"^(apply|match)\.", "clean"),
    ("memory is bounded", "src/io/gzip.cpp",
     "Tail tail(out, room);", "Tail tail(out, 2 * room);", r"^io\.|^batch\.memory", "codec"),
    ("the prefilter changes no hit", "src/match/sieve.cpp",
     "needs.empty() || (!starts.empty() && ", "needs.empty() || (", r"^match\.", "match"),
    ("records that are not cleaned stay as they are", "src/io/json_record.cpp",
     "begin + raw.size(), edit.raw", "begin + edit.size, edit.raw", r"^io\.|^golden\.jsonl", "json_record"),
    ("a damaged image of the rules is as good as none", "src/rules/image.cpp",
     "if (!bytes.starts_with(head_of(hash_of_all(bytes.substr(head))))) return out;", "", r"^rules\.Images", "image"),
]

# The tests of what a folder of src/ does, the fast ones first.
TESTS = {
    "decide": ["decide_test", "clean_test", "texts_test"],
    "apply": ["ledger_test", "clean_test", "texts_test"],
}


def run(*command):
    """Whether it ends well, in time."""
    try:
        return subprocess.run(command, cwd=ROOT, timeout=PATIENCE_S, capture_output=True, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def breaks_of(path):
    """(line, column, changed line) for each."""
    out = []
    for number, line in enumerate(path.read_text().splitlines()):
        if re.match(r"\s*(//|#|using|template|static_assert)", line):
            continue
        code = line.split("  //")[0]
        for pattern, into in OPERATORS:
            for found in re.finditer(pattern, code):
                out.append((number, found.start(), line[:found.start()] + into + line[found.end():]))
    return out


class Broken:
    """A source that holds something else for a while."""

    def __init__(self, path, content):
        self.path, self.content, self.before = path, content, path.read_text()

    def __enter__(self):
        self.path.write_text(self.content)

    def __exit__(self, *_):
        self.path.write_text(self.before)


def build(*targets):
    return run("cmake", "--build", str(BUILD), "--target", *targets)


def break_promises():
    survived = 0
    for name, source, here, instead, tests, target in PROMISES:
        path = ROOT / source
        content = path.read_text()
        if content.count(here) != 1:
            sys.exit(f"{source}: holds this {content.count(here)} times: {here}")
        with Broken(path, content.replace(here, instead)):
            if not build("all"):
                sys.exit(f"{name}: does not compile")
            noticed = {kind: not run("ctest", "--test-dir", str(BUILD), "-j2", "-LE", "slow", "-R", pattern)
                       for kind, pattern in (("tests", tests), ("fuzz", rf"^fuzz\.{target}$"))}
        print(f"{name}: " + ", ".join(f"{kind} {'notice' if yes else 'DO NOT NOTICE'}" for kind, yes in noticed.items()),
              flush=True)
        survived += not all(noticed.values())
    return survived


def break_places(files, sample, seed):
    breaks = [(path, *one) for path in files for one in breaks_of(path)]
    random.Random(seed).shuffle(breaks)
    tried = survived = 0
    for path, number, column, line in breaks:
        if tried == sample:
            break
        lines = path.read_text().splitlines()
        before, lines[number] = lines[number], line
        tests = TESTS[path.resolve().relative_to(ROOT).parts[1]]
        with Broken(path, "\n".join(lines) + "\n"):
            if not build(*tests):
                continue  # the compiler notices
            tried += 1
            if not all(run(str(BUILD / "tests" / folder_of(test) / test)) for test in tests):
                continue
        survived += 1
        print(f"{path}:{number + 1}:{column + 1}: not noticed:\n-{before}\n+{line}", flush=True)
    print(f"{tried} breaks, {tried - survived} noticed", flush=True)
    return survived


def folder_of(test):
    return "decide" if test == "decide_test" else "apply"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--promises", action="store_true", help="break the promises")
    parser.add_argument("--sample", type=int, default=40, metavar="N", help="how many places to break (default: 40)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="which ones (default: 1)")
    parser.add_argument("files", nargs="*", type=pathlib.Path, metavar="FILE")
    options = parser.parse_args()
    if options.promises == bool(options.files):
        parser.error("either --promises or sources")
    survived = break_promises() if options.promises else break_places(options.files, options.sample, options.seed)
    build("all")
    return survived > 0


if __name__ == "__main__":
    sys.exit(main())
