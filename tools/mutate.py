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

# Promise, source, what stands there, what is to stand there, tests that notice, fuzz target that notices.
PROMISES = [
    ("valid UTF-8 comes out", "src/text/decode.cpp", None, None, "text", "decode"),
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
