#!/usr/bin/env python3
"""Lines that ran, by folder of src/, from the summary of llvm-cov: coverage.py [--least PERCENT] NAME ROOT < JSON."""
import argparse
import collections
import json
import os
import sys

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--least", type=float, default=0, metavar="PERCENT")
parser.add_argument("name")
parser.add_argument("root")
options = parser.parse_args()

lines = collections.defaultdict(lambda: [0, 0])
for file in json.load(sys.stdin)["data"][0]["files"]:
    path = os.path.normpath(file["filename"])
    if not path.startswith(options.root):
        continue
    folder = path[len(options.root):].split("/")[0]
    for name in (folder, "all"):
        lines[name][0] += file["summary"]["lines"]["covered"]
        lines[name][1] += file["summary"]["lines"]["count"]
# The program's own sources are no library.
library = [sum(lines[name][i] for name in lines if name not in ("all", "cli")) for i in (0, 1)]
percents = {name: 100 * covered / count for name, (covered, count) in {**lines, "library": library}.items() if count}
reached = ", ".join(f"{name} {percent:.1f} %" for name, percent in percents.items() if percent > 0)
print(f"{options.name}: {library[0]} lines of the library; {reached}")
sys.exit(percents.get("library", 0) < options.least)
