#!/usr/bin/env python3
"""Golden runs: the program against the bytes that each case expects.

A case is a folder beside this file. It holds one of
  args   the arguments, quoted as for a shell; the program is run with them
  cmd    a command for `sh -c`, in which $DECHAFF is the program
and
  in.txt        standard input (none: empty)
  out.txt       standard output (none: empty)
  err.txt       standard error (none: empty)
  status        exit status (none: 0)
  ledger.jsonl  the file of that name that the run left (none: it left none)

A case is run in a copy of its folder without the expected files, with no user's settings in
reach, and compared byte for byte.
"""

import argparse
import difflib
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
EXPECTED = ("out.txt", "err.txt", "status", "ledger.jsonl")
# Whatever else stands in the environment stays out of the run.
PASSED_ON = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS")
TIMEOUT_S = 120


def cases():
    found = {path.parent for name in ("args", "cmd") for path in HERE.glob(f"*/{name}")}
    return sorted(found)


def environment(home, program):
    env = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    env |= {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_HOME")}
    return env | {"LC_ALL": "C.UTF-8", "DECHAFF": str(program)}


def command(case, program):
    if (case / "cmd").exists():
        return ["sh", "-c", (case / "cmd").read_text()]
    return [str(program), *shlex.split((case / "args").read_text())]


def run(case, program):
    """The bytes that the program gives where `case` has its expected files; None for no file."""
    with tempfile.TemporaryDirectory(prefix="dechaff-golden-") as scratch:
        home = Path(scratch, "home")
        home.mkdir()
        work = Path(scratch, case.name)
        shutil.copytree(case, work, symlinks=True, ignore=lambda folder, _: EXPECTED if Path(folder) == case else ())
        stdin = work / "in.txt"
        done = subprocess.run(
            command(case, program),
            input=stdin.read_bytes() if stdin.exists() else b"",
            capture_output=True,
            cwd=work,
            env=environment(home, program),
            timeout=TIMEOUT_S,
        )
        ledger = work / "ledger.jsonl"
        return {
            "out.txt": done.stdout or None,
            "err.txt": done.stderr or None,
            "status": b"%d\n" % done.returncode if done.returncode else None,
            "ledger.jsonl": ledger.read_bytes() if ledger.exists() else None,
        }


def wanted(case):
    got = {name: (case / name).read_bytes() if (case / name).exists() else None for name in EXPECTED}
    # An empty out.txt says the same as none, and a status of 0 too; an empty ledger is a file.
    for name, default in (("out.txt", b""), ("err.txt", b""), ("status", b"0")):
        if got[name] is not None and got[name].strip(b"\n" if name == "status" else b"") == default:
            got[name] = None
    return got


def difference(name, want, got):
    def lines(data):
        # Bytes that are no UTF-8, and line ends other than LF, must show up in the difference.
        text = (data or b"").decode("utf-8", "backslashreplace")
        return [repr(line)[1:-1] for line in text.split("\n")]

    if want is None or got is None:
        note = f"{name}: {'not expected' if want is None else 'expected, but there is none'}"
    else:
        note = f"{name}: differs"
    return [note, *difflib.unified_diff(lines(want), lines(got), "expected", "got", lineterm="")]


def accept(case, got):
    for name, data in got.items():
        path = case / name
        if data is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true", help="write what the program gives as expected")
    parser.add_argument("--only", metavar="NAME", action="append", help="run this case (repeatable)")
    parser.add_argument("--program", type=Path, default=ROOT / "build/dev/bin/dechaff", help="default: %(default)s")
    options = parser.parse_args()

    program = options.program.resolve()
    chosen = [case for case in cases() if not options.only or case.name in options.only]
    unknown = set(options.only or ()) - {case.name for case in chosen}
    if unknown or not program.exists():
        print(f"no such case: {', '.join(sorted(unknown))}" if unknown else f"no such program: {program}", file=sys.stderr)
        return 2

    failed = 0
    for case in chosen:
        want, got = wanted(case), run(case, program)
        if want == got:
            continue
        failed += 1
        if options.accept:
            accept(case, got)
            print(f"accepted {case.name}")
            continue
        print(f"FAILED {case.name}")
        for name in EXPECTED:
            if want[name] != got[name]:
                print(*difference(name, want[name], got[name]), sep="\n")
    print(f"{len(chosen)} golden cases, {failed} {'accepted' if options.accept else 'failed'}")
    return 1 if failed and not options.accept else 0


if __name__ == "__main__":
    sys.exit(main())
