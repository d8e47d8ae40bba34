#!/usr/bin/env python3
"""Runs the console blocks of a Markdown file and compares what they print.

    run_console.py PROGRAM FILE.md            fails where an output differs
    run_console.py --accept PROGRAM FILE.md   writes the outputs into the file

In a block ```console, a line "$ COMMAND" is run by bash in one folder for the whole file, with the program on the path
as `dechaff`; the lines up to the next are what it must print, standard error included, and a last line "[N]" its exit
status where that is not 0. `$ cat NAME` of a file that is not there makes it: its text is what follows.

A block ```console needs=TOOL is passed over where there is no such tool. A line "<!-- $ COMMAND -->" between blocks is run
too, and must succeed; it prepares or checks what readers need not see. $ROOT is the source tree.
"""
import argparse
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PART = re.compile(
    r"(?P<fence>^```console(?: needs=(?P<tool>\S+))?\n)(?P<block>.*?)(?=^```$)|^<!-- \$ (?P<hidden>[^\n]*) -->$", re.M | re.S)


def environment(program, folder):
    path = folder / ".bin"
    path.mkdir()
    (path / "dechaff").symlink_to(program)
    config = folder / ".config"
    config.mkdir()
    return {"PATH": f"{path}:{os.environ['PATH']}", "HOME": str(config), "XDG_CONFIG_HOME": str(config),
            "LC_ALL": "C.UTF-8", "ROOT": str(ROOT)}


def run(command, folder, env):
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    status = f"[{done.returncode}]\n" if done.returncode else ""
    out = done.stdout
    return out + ("" if not out or out.endswith("\n") else "\n") + status


def commands(block):
    """(command, expected output) pairs."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected


def replay(block, folder, env):
    out = ""
    for command, expected in commands(block):
        made = re.fullmatch(r"cat (\S+)", command)
        if made and not (folder / made[1]).exists():
            (folder / made[1]).write_text(expected, encoding="utf-8")
        out += f"$ {command}\n" + run(command, folder, env)
    return out


def replay_part(part, folder, env):
    if part["hidden"]:
        # `run` ends what failed with its status in brackets: none of these commands prints anything else.
        failure = run(part["hidden"], folder, env)
        return part[0] + (f"\n{failure}" if failure else "")
    if part["tool"] and not shutil.which(part["tool"]):
        print(f"passed over a block: there is no {part['tool']}")
        return part[0]
    return part["fence"] + replay(part["block"], folder, env)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("file", type=pathlib.Path)
    options = parser.parse_args()
    text = options.file.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        env = environment(options.program.resolve(), folder)
        ran = PART.sub(lambda part: replay_part(part, folder, env), text)
    if not PART.search(text):
        sys.exit(f"{options.file}: no console block")
    if options.accept:
        options.file.write_text(ran, encoding="utf-8")
    elif ran != text:
        sys.stdout.writelines(difflib.unified_diff(text.splitlines(True), ran.splitlines(True), str(options.file), "as run"))
        sys.exit(1)


if __name__ == "__main__":
    main()
