"""What the tests of runs over many inputs share: the program, a folder for each test, rules and records."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.path.abspath(os.environ["DECHAFF"])
PATIENCE_S = 300  # however busy the machine is
LONG = bool(os.environ.get("DECHAFF_LONG_TESTS"))  # those that take minutes, too

# A line, a stretch of one, and a character to take: enough to see what goes where.
RULES = """\
[pack]
name = "small"

[[rule]]
id = "small.loading"
why = "a placeholder"
lines = ["Loading..."]

[[rule]]
id = "small.edit"
why = "an edit link"
scope = "span"
raw = true
pattern = '\\[edit\\]'

[[step]]
id = "small.dots"
why = "three dots"
chars = ["U+2026"]
to = "..."
"""

OTHER_RULES = """\
[[rule]]
id = "other.stir"
why = "the other run takes another line"
lines = ["Stir well."]
"""

DIRTY = b"Soup\nLoading...\nStir well.\n"
CLEAN = b"Soup\nStir well.\n"


def environment(home):
    """Whatever else stands in the environment, settings of the user among it, stays out of the run."""
    passed_on = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS")
    env = {name: os.environ[name] for name in passed_on if name in os.environ}
    env |= {name: home for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_HOME")}
    return env | {"LC_ALL": "C.UTF-8", "TMPDIR": os.environ.get("TMPDIR", "/tmp")}


class BatchTest(unittest.TestCase):
    """Each test has a folder of its own, `self.folder`; the program runs in it, with RULES alone."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="dechaff-batch-")
        self.addCleanup(scratch.cleanup)
        self.home = os.path.join(scratch.name, "home")
        self.folder = pathlib.Path(scratch.name, "work")
        os.mkdir(self.home)
        self.folder.mkdir()
        self.rules = os.path.join(self.home, "small.toml")
        self.other_rules = os.path.join(self.home, "other.toml")
        pathlib.Path(self.rules).write_text(RULES)
        pathlib.Path(self.other_rules).write_text(OTHER_RULES)

    def command(self, *arguments, rules=None):
        """Arguments may be anything with a path in it, bytes too."""
        words = [os.fsencode(word if isinstance(word, (str, bytes)) else str(word)) for word in arguments]
        if words and words[0] == b"restore":
            return [os.fsencode(PROGRAM), *words]
        return [os.fsencode(PROGRAM), b"--no-default-rules", b"--rules", os.fsencode(rules or self.rules), *words]

    def start(self, *arguments, rules=None, **options):
        """The running program; standard streams are those of the caller unless given."""
        return subprocess.Popen(self.command(*arguments, rules=rules), cwd=options.pop("cwd", self.folder),
                                env=environment(self.home), **options)

    def finish(self, *arguments, status=0, stdin=b"", rules=None, **options):
        """Runs the program to its end: (standard output, standard error). No status is any that is not wrong usage."""
        done = subprocess.run(self.command(*arguments, rules=rules), cwd=options.pop("cwd", self.folder),
                              env=environment(self.home), input=stdin, capture_output=True, timeout=PATIENCE_S,
                              check=False, **options)
        allowed = (0, 3) if status is None else (status,)
        self.assertIn(done.returncode, allowed, done.stderr.decode(errors="replace")[-2000:])
        return done.stdout, done.stderr.decode(errors="surrogateescape")

    def put(self, name, content):
        """Writes a file below the folder."""
        path = self.folder / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def read(self, name):
        return (self.folder / os.fsdecode(name)).read_bytes()

    def tree(self, below="."):
        """All files below a folder, by their path."""
        root = self.folder / below
        return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def wait_until(self, holds):
        """For what another process does."""
        end = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > end:
                self.fail("what was waited for did not come")
            time.sleep(0.01)

    def stats(self, name="stats.json"):
        return json.loads(self.read(name))


def main():
    unittest.main(module=sys.modules["__main__"], verbosity=2, argv=[sys.argv[0], *sys.argv[1:]])
