#!/usr/bin/env python3
"""Checks what `dechaff generate` makes: that it is complete, and that those who read it take it.

    generated.py PROGRAM

groff, zsh and fish are asked where they are at hand; bash is needed.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

COMMANDS = ("clean", "explain", "restore", "rules list", "rules show", "rules check", "rules test", "generate", "help")

# What is typed, the last word being completed, and words that must be offered; a leading ! says not.
COMPLETIONS = [
    (["expl"], ["explain"]),
    (["rul"], ["rules"]),
    (["rules", ""], ["list", "show", "check", "test"]),
    (["rules", "li"], ["list", "!check"]),
    (["--rec"], ["--recursive"]),
    (["clean", "--rec"], ["--recursive"]),
    (["--form", "nf"], ["nfc", "nfd", "nfkc", "nfkd", "!none"]),
    (["--form", "=", "nf"], ["nfc"]),
    (["--form", "="], ["nfc", "none"]),
    (["-p", ""], ["safe", "article", "normalise"]),
    (["-r", "--profile", "art"], ["article"]),
    (["explain", "--color", ""], ["auto", "always", "never"]),
    (["explain", "--"], ["--color", "--form", "!--chaff"]),
    (["restore", "--"], ["--chaff", "--document", "!--form"]),
    (["rules", "test", "--cor"], ["--corpus"]),
    (["rules", "list", "--"], ["--enable", "!--corpus"]),
    (["generate", ""], ["man", "bash", "zsh", "fish"]),
    (["help", "exit"], ["exit-status"]),
    (["--url", ""], ["!--form"]),
    (["--", "--rec"], ["!--recursive"]),
    (["--chaff", "--rec"], ["!--recursive"]),
]

failures = []


def check(true, message):
    if not true:
        failures.append(message)


def output(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, **options).stdout


def man_has(page, option):
    return option.replace("-", "\\-") in page


def check_complete(program, made):
    for command in COMMANDS:
        name = "options" if command == "clean" else command
        words = command.split()
        shown = output(program, "help", *([name] if command == "clean" else words))
        short = output(program, *words, "--help")
        options = set(re.findall(r"(?<![\w-])(--?[a-zA-Z0-9][a-z-]*)(?=[ ,=\[\n])", "\n".join(
            line for line in (shown + short).splitlines() if re.match(r" +-", line))))
        check({"-h", "--help"} <= options, f"{command}: --help does not name itself")
        for option in options:
            check(man_has(made["man"], option), f"man: no {option} of {command}")
            check(re.search(rf"(?<![\w-]){option}(?![\w-])", made["bash"]), f"bash: no {option} of {command}")
            check(re.search(rf"(?<![\w-]){option}(?![a-zA-Z0-9-])", made["zsh"]), f"zsh: no {option} of {command}")
            fish = f" -l {option[2:]}" if option.startswith("--") else f" -s {option[1:]}"
            check(re.search(rf"= '{command}'.*{fish}\b", made["fish"]), f"fish: no {option} of {command}")


def check_man(page, folder):
    check(page.startswith('.TH DECHAFF 1 "" '), "man: no heading without a date")
    for section in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "EXIT STATUS", "FILES", "ENVIRONMENT"):
        check(re.search(rf'^\.SH "?{section}"?$', page, re.M), f"man: no section {section}")
    known = r"\.(TH|SH|SS|TP|B|PP|br)\b"
    for line in page.splitlines():
        check(line and (not line.startswith((".", "'")) or re.match(known, line)), f"man: odd line {line!r}")
    check(page.isascii(), "man: other characters than ASCII")
    if shutil.which("groff"):
        path = folder / "dechaff.1"
        path.write_text(page)
        said = subprocess.run(["groff", "-man", "-ww", "-Tascii", "-z", str(path)], capture_output=True, text=True)
        check(said.returncode == 0 and not said.stderr, f"groff: {said.stderr}")


def check_bash(script, folder):
    path = folder / "dechaff.bash"
    path.write_text(script)
    for typed, wanted in COMPLETIONS:
        done = subprocess.run(
            ["bash", "-c", 'set -u; source "$0"; COMP_WORDS=(dechaff "$@"); COMP_CWORD=$#; _dechaff; '
             'printf "%s\\n" "${COMPREPLY[@]+"${COMPREPLY[@]}"}"', str(path), *typed],
            capture_output=True, text=True, cwd=folder)
        offered = done.stdout.split()
        check(done.returncode == 0 and not done.stderr, f"bash: {typed}: {done.stderr}")
        for word in wanted:
            there = word.lstrip("!") in offered
            check(there != word.startswith("!"), f"bash: {typed}: {word} is {'' if there else 'not '}in {offered}")


def check_fish(script, folder):
    if not shutil.which("fish"):
        return
    path = folder / "dechaff.fish"
    path.write_text(script)
    for typed, wanted in COMPLETIONS:
        # There, --form=nf is one word, and options are offered as values too.
        if "=" in typed or "--chaff" in typed:
            continue
        done = subprocess.run(["fish", "-c", f"source {path}; complete -C 'dechaff {' '.join(typed)}'"],
                              capture_output=True, text=True, cwd=folder, env={"HOME": str(folder), "PATH": "/usr/bin:/bin"})
        offered = [line.split("\t")[0] for line in done.stdout.splitlines()]
        check(done.returncode == 0 and not done.stderr, f"fish: {typed}: {done.stderr}")
        for word in wanted:
            # Behind a short option, fish writes the value to it.
            there = any(line in (word.lstrip("!"), "-p" + word) for line in offered)
            check(there != word.startswith("!"), f"fish: {typed}: {word} is {'' if there else 'not '}in {offered}")


def check_syntax(shell, script, folder):
    if not shutil.which(shell):
        return
    path = folder / f"script.{shell}"
    path.write_text(script)
    said = subprocess.run([shell, "-n", str(path)], capture_output=True, text=True)
    check(said.returncode == 0 and not said.stderr, f"{shell}: {said.stderr}")


def main():
    program = sys.argv[1]
    made = {what: output(program, "generate", what) for what in ("man", "bash", "zsh", "fish")}
    check(made == {what: output(program, "generate", what) for what in made}, "not the same twice")
    check(len(output(program, "--help").splitlines()) < 60, "--help is long")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_complete(program, made)
        check_man(made["man"], folder)
        check_bash(made["bash"], folder)
        check_fish(made["fish"], folder)
        for shell in ("bash", "zsh", "fish"):
            check_syntax(shell, made[shell], folder)
    if failures:
        sys.exit("\n".join(failures))


if __name__ == "__main__":
    main()
