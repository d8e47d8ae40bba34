"""A machine that fails at every single call in turn (shim.cpp): what a run leaves behind is whole, and it says so.

Each scenario is run once as it should go; then once for each call of each kind that it made, with that call failing.
Whatever happens:

- the program ends by itself, with a status that tells: 0 only where everything is as it should be;
- a call that was interrupted, or did less than was asked, changes nothing at all;
- what went wrong is said, with a name and the system's reason;
- every file is wholly as before or wholly as after, but for what a run appends to, its ledger, which may end early;
- no other file is left behind;
- what a run in place has changed is put back by its ledger, and the run can be made again.

DECHAFF_LONG_TESTS=1 tries every call; without it, some of each kind are taken.
DECHAFF_FAULT_KINDS=read,write tries no others.
"""
import gzip
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
from dataclasses import dataclass, field

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "batch"))
from harness import CLEAN, DIRTY, LONG, PROGRAM, RULES, environment, main  # noqa: E402

SHIM = os.path.abspath(os.environ["DECHAFF_FAULTS"])
PATIENCE_S = 60
KINDS = [kind for kind in os.environ.get("DECHAFF_FAULT_KINDS", "").split(",") if kind]

REASONS = {"EIO": "Input/output error", "ENOSPC": "No space left on device", "EMFILE": "Too many open files",
           "ENOMEM": "emory", "EAGAIN": "Resource temporarily unavailable"}

# What each kind of call may fail with; behind "+", with all that follow.
FAULTS = {
    "read": ["EIO", "EINTR", "short", "short+"],
    "write": ["ENOSPC", "ENOSPC+", "EIO", "EINTR", "short", "short+"],
    "open": ["EIO", "EINTR", "EMFILE+"],
    "close": ["EIO", "EINTR"],
    "fsync": ["EIO", "EINTR"],
    "rename": ["EIO", "ENOSPC"],
    "change": ["EIO", "ENOSPC"],
    "stat": ["EIO"],
    "mmap": ["ENOMEM"],
    "thread": ["EAGAIN"],
    "malloc": ["ENOMEM", "ENOMEM+"],
}
SURVIVED = ("EINTR", "short")  # as if nothing had happened
MOST_CALLS = 5  # of each kind and scenario, without DECHAFF_LONG_TESTS
MOST_ALLOCATIONS = 20  # the same of memory, which is asked for in many more places

ZSTD = shutil.which("zstd")
LINES = b'{"id":1,"text":"Soup\\nLoading...\\nStir."}\n{"id":2,"text":"kept"}\n'


KEPT_OR_CLEAN = set(LINES.splitlines()) | {b'{"id":1,"text":"Soup\\nStir."}'}


def plain(content):
    if content.startswith(b"\x1f\x8b"):
        return gzip.decompress(content)
    if content.startswith(b"\x28\xb5\x2f\xfd"):
        return subprocess.run(["zstd", "-qdc"], input=content, capture_output=True, check=True).stdout
    return content


def zstd(content):
    return subprocess.run(["zstd", "-qc"], input=content, capture_output=True, check=True).stdout


@dataclass
class Scenario:
    arguments: list
    given: dict = field(default_factory=dict)  # files, by name
    stdin: bytes = b""
    before: list = field(default_factory=list)  # a run that leads to what is given
    ledger: str = ""  # may end early
    statistics: str = ""  # tell of what failed
    in_place: bool = False


TREE = {"in/a.txt": DIRTY, "in/b/c.txt": DIRTY + b"more\n", "in/clean.txt": CLEAN}

SCENARIOS = {
    "stdin_to_stdout": Scenario(["-j", "1"], stdin=DIRTY),
    "file_to_file": Scenario(["a.txt", "-o", "out.txt"], {"a.txt": DIRTY}),
    "file_over_a_file": Scenario(["a.txt", "-o", "out.txt"], {"a.txt": DIRTY, "out.txt": b"what was there\n"}),
    "files_to_folder": Scenario(["-r", "in", "-o", "out/", "-j", "1"], TREE),
    "files_to_folder_by_two": Scenario(["-r", "in", "-o", "out/", "-j", "2"], TREE | {"in/d.txt": DIRTY * 9000}),
    "in_place": Scenario(["-i", "-r", "in", "-j", "1"], TREE, in_place=True),
    "in_place_with_a_copy": Scenario(["-i.bak", "in/a.txt"], TREE, in_place=True),
    "in_place_with_ledger": Scenario(["-i", "-r", "in", "-j", "1", "--chaff", "l.jsonl"], TREE, ledger="l.jsonl",
                                     in_place=True),
    "in_place_with_ledger_again": Scenario(
        ["-i", "-r", "in", "-j", "1", "--chaff", "l.jsonl", "--resume"], TREE | {"in/new.txt": DIRTY},
        before=["-i", "in/a.txt", "--chaff", "l.jsonl"], ledger="l.jsonl", in_place=True),
    "resume_into_a_folder": Scenario(
        ["in/a.txt", "in/b/c.txt", "-o", "out/", "-j", "1", "--chaff", "l.jsonl.gz", "--resume"], TREE,
        before=["in/a.txt", "-o", "out/", "--chaff", "l.jsonl.gz"], ledger="l.jsonl.gz"),
    "records": Scenario(["a.jsonl", "-o", "out.jsonl", "-j", "1"], {"a.jsonl": LINES}),
    "gzip": Scenario(["a.jsonl.gz", "-o", "out.jsonl.gz", "--chaff", "l.jsonl.gz"],
                     {"a.jsonl.gz": gzip.compress(LINES, mtime=0)}, ledger="l.jsonl.gz"),
    "zstd": Scenario(["a.jsonl.zst", "-o", "out.jsonl.zst", "--chaff", "l.jsonl.zst"],
                     {"a.jsonl.zst": zstd(LINES)} if ZSTD else {}, ledger="l.jsonl.zst"),
    "ledger_and_statistics": Scenario(["--chaff", "l.jsonl", "--stats", "s.json", "-j", "1", "in/a.txt"], TREE,
                                      ledger="l.jsonl", statistics="s.json"),
    "restore_to_stdout": Scenario(["restore", "--chaff", "l.jsonl", "out.txt"], {"in/a.txt": DIRTY},
                                  before=["in/a.txt", "-o", "out.txt", "--chaff", "l.jsonl"]),
    "restore_a_folder": Scenario(["restore", "--chaff", "l.jsonl", "out", "-o", "back"], TREE,
                                 before=["-r", "in", "-o", "out/", "--chaff", "l.jsonl"]),
    "undo": Scenario(["restore", "--undo", "--chaff", "l.jsonl"], TREE,
                     before=["-i", "-r", "in", "--chaff", "l.jsonl"], in_place=True),
    "settings_and_rules": Scenario(
        ["--no-default-rules", "a.txt"],
        {"a.txt": DIRTY, ".dechaff.toml": b'rules = ["rules"]\n', "rules/small.toml": b'include = ["more.txt"]\n' +
         RULES.encode(), "rules/more.txt": b"Stir well.\n"}),
    "explain": Scenario(["explain", "a.txt"], {"a.txt": DIRTY}),
    "check_and_diff": Scenario(["--diff", "a.txt"], {"a.txt": DIRTY}),
}


class Trial:
    """One run in a folder of its own."""

    def __init__(self, scenario, scratch):
        self.scenario = scenario
        self.root = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        self.folder = self.root / "work"
        self.home = self.root / "home"
        self.home.mkdir()
        (self.home / "small.toml").write_text(RULES)
        self.put_given()

    def put_given(self):
        self.folder.mkdir()
        for name, content in self.scenario.given.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def run(self, arguments, fault=None):
        command = [PROGRAM, *arguments]
        if "--no-default-rules" not in arguments and arguments[0] != "restore":
            at = 2 if arguments[0] == "explain" else 1
            command[at:at] = ["--no-default-rules", "--rules", str(self.home / "small.toml")]
        env = environment(str(self.home))
        self.log = self.root / "log"
        self.log.unlink(missing_ok=True)
        if fault is not None:
            env |= {"LD_PRELOAD": SHIM, "DECHAFF_FAULT": fault, "DECHAFF_FAULT_LOG": str(self.log)}
        return subprocess.run(command, cwd=self.folder, env=env, input=self.scenario.stdin, capture_output=True,
                              timeout=PATIENCE_S, check=False)

    def prepare(self):
        if not self.scenario.before:
            return
        done = self.run(self.scenario.before)
        assert done.returncode == 0, done.stderr

    def tree(self):
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in self.folder.rglob("*")
                if path.is_file() or path.is_symlink()}

    def end(self):
        shutil.rmtree(self.root)


class Faults(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="dechaff-faults-")
        self.addCleanup(scratch.cleanup)
        self.scratch = scratch.name

    def enumerate(self, scenario):
        trial = Trial(scenario, self.scratch)
        trial.prepare()
        self.before = trial.tree()
        done = trial.run(scenario.arguments, "none:0:EIO")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.out, self.err, self.after = done.stdout, done.stderr, trial.tree()
        counts = dict(part.split("=") for part in trial.log.read_text().split())
        trial.end()
        tried = 0
        for kind, faults in FAULTS.items():
            if KINDS and kind not in KINDS:
                continue
            for fault in faults:
                for number in self.numbers(int(counts[kind]), MOST_ALLOCATIONS if kind == "malloc" else MOST_CALLS):
                    spec = f"{kind}:{number}{'+' if fault.endswith('+') else ''}:{fault.rstrip('+')}"
                    with self.subTest(spec):
                        tried += self.fail_at(scenario, spec, fault.rstrip("+"))
        self.assertGreater(tried, 0)
        print(f"{tried} faults", end=" ", file=sys.stderr, flush=True)

    @staticmethod
    def numbers(count, most):
        return range(1, count + 1, 1 if LONG else max(1, -(-count // most)))

    def fail_at(self, scenario, spec, fault):
        """Whether the fault was reached."""
        trial = Trial(scenario, self.scratch)
        trial.prepare()
        done = trial.run(scenario.arguments, spec)
        log = trial.log.read_text() if trial.log.exists() else ""
        told = f"{log!r} status {done.returncode}: {done.stderr.decode(errors='replace')[-500:]}"
        after = trial.tree()
        if done.returncode == 0:
            # An input that a resumed run cannot compare with its record is done, and recorded, again.
            without = {scenario.ledger} if scenario.before else set()
            self.assertEqual((done.stdout, {name: after[name] for name in after.keys() - without}),
                             (self.out, {name: self.after[name] for name in self.after.keys() - without}), told)
        else:
            self.assertNotIn(fault, SURVIVED, told)
            self.assertIn(done.returncode, (2, 3), told)
            self.check_message(done.stderr.decode(errors="replace"), fault, spec, told)
            self.assertTrue(self.out.startswith(done.stdout), told)
            self.check_files(scenario, after, told)
            if done.returncode == 2:  # a pattern file or setting that could not be read
                self.assertEqual(after, self.before, told)
        if done.returncode != 0 and scenario.in_place:
            self.check_mending(scenario, trial, told)
        trial.end()
        return "=" in log and "\n" in log

    def check_message(self, message, fault, spec, told):
        self.assertTrue(message, told)
        if spec.startswith("stat"):
            return  # what is not known to be there is as good as not there
        reasons = [REASONS[fault]]
        if fault == "ENOMEM":
            reasons.append(REASONS["EAGAIN"])  # as the C library says it of a thread
        self.assertTrue(any(reason in message for reason in reasons), told)
        if fault not in ("ENOMEM", "EAGAIN"):
            named = [*self.before, *self.after, "(standard", "small.toml", "in/", "in:", "rules"]
            self.assertTrue(any(name in message for name in named), told)

    def check_files(self, scenario, after, told):
        for name, content in after.items():
            self.assertIn(name, self.before.keys() | self.after.keys(), told)
            if name == scenario.ledger:
                self.check_ledger(name, content, told)
            elif name == scenario.statistics:
                json.loads(content)
            elif "the line stays as it is" in told:  # a record for which there was no memory
                self.assertLessEqual(set(plain(content).splitlines()), KEPT_OR_CLEAN, told)
            else:
                self.assertIn(content, (self.before.get(name), self.after.get(name)), f"{name}: {told}")
        self.assertLessEqual(self.before.keys(), after.keys(), told)

    def check_ledger(self, name, content, told):
        """It may end early or tell of inputs that failed; and what a run finished that went before, it holds."""
        if name.endswith(".jsonl"):
            known = set(self.after[name].split(b"\n")) | set(self.before.get(name, b"").split(b"\n"))
            whole = content.split(b"\n")[:-1]
            self.assertEqual([line for line in whole
                              if line not in known and b'"failed"' not in line and not line.startswith(b'{"end"')],
                             [], told)
        if name in self.before and name.endswith(".jsonl"):
            records = self.before[name].rpartition(b'{"end"')[0]
            self.assertTrue(content.startswith(records[:records.rfind(b"\n")]), told)

    def check_mending(self, scenario, trial, told):
        """By hand, when the machine is sound again."""
        if scenario.ledger and trial.tree().get(scenario.ledger):
            done = trial.run(["restore", "--undo", "--chaff", scenario.ledger])
            self.assertEqual(done.returncode, 0, f"{told} undo: {done.stderr}")
            tree = trial.tree()
            self.assertEqual({name: tree[name] for name in scenario.given}, scenario.given, told)
        done = trial.run(scenario.arguments)
        self.assertEqual(done.returncode, 0, f"{told} again: {done.stderr}")
        tree = trial.tree()
        self.assertEqual({name: tree[name] for name in scenario.given},
                         {name: self.after[name] for name in scenario.given}, told)


class Clean(Faults):
    """Results: to standard output, to files, in place."""


class Ledger(Faults):
    """Results and the records that they depend on."""


class Restore(Faults):
    """The way back."""


def add(name, scenario):
    def test(self):
        if name == "zstd" and not ZSTD:
            self.skipTest("needs the zstd tool")
        self.enumerate(scenario)

    kind = Restore if "restore" in scenario.arguments else Ledger if scenario.ledger else Clean
    setattr(kind, f"test_{name}", test)


for name, scenario in SCENARIOS.items():
    add(name, scenario)

if __name__ == "__main__":
    main()
