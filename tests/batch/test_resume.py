"""Runs into a folder that go on where another one ended."""
import gzip
import os
import shutil
import subprocess
import time

import records
from harness import CLEAN, DIRTY, BatchTest, main


def identity(path):
    info = os.lstat(path)
    return info.st_ino, info.st_mtime_ns


class Resume(BatchTest):
    def setUp(self):
        super().setUp()
        for number in range(30):
            self.put(f"in/{number % 3}/{number}.txt", DIRTY + b"%d\n" % number)
        self.put("in/r.jsonl.gz", gzip.compress(records.jsonl(200)[0]))
        self.before = self.tree("in")

    def run_again(self, *options, status=0):
        self.finish("-r", "in", "-o", "out/", "--resume", "--stats", "stats.json", *options, status=status)
        return self.stats()["documents"]

    def identities(self):
        return {name: identity(self.folder / "out" / name) for name in self.tree("out")}

    def test_without_a_ledger_by_time(self):
        whole = self.run_again(status=3)
        first = self.identities()
        self.assertEqual(self.run_again(), 0)
        self.assertEqual(self.identities(), first)
        (self.folder / "out/in/1/4.txt").unlink()
        os.utime(self.folder / "in/2/5.txt")
        os.utime(self.folder / "out/in/0/6.txt", ns=(0, 0))
        self.assertEqual(self.run_again(), 3)
        self.assertEqual(len(self.identities()), len(first))
        os.utime(self.folder / "in/r.jsonl.gz")
        self.assertEqual(self.run_again(status=3), whole - 30)

    def test_with_a_ledger(self):
        self.run_again("--chaff", "l.jsonl", status=3)
        first = self.identities()
        (self.folder / "out/in/1/4.txt").unlink()
        self.put("in/new.txt", DIRTY)
        self.assertEqual(self.run_again("--chaff", "l.jsonl"), 2)
        now = self.identities()
        self.assertEqual({name: now[name] for name in first if name != "in/1/4.txt"},
                         {name: first[name] for name in first if name != "in/1/4.txt"})
        self.assertEqual(self.run_again("--chaff", "l.jsonl"), 0)
        self.restored({**self.before, "new.txt": DIRTY}, "l.jsonl")

    def test_what_the_ledger_does_not_name_is_done(self):
        self.run_again(status=3)
        self.assertGreater(self.run_again("--chaff", "l.jsonl", status=3), 30)
        self.restored(self.before, "l.jsonl")

    def test_without_resume_all_is_done_and_the_ledger_begins_anew(self):
        self.run_again("--chaff", "l.jsonl", status=3)
        self.finish("-r", "in", "-o", "out/", "--chaff", "l.jsonl", status=3)
        self.assertEqual(self.read("l.jsonl").count(b'"in/1/4.txt","begin"'), 1)
        self.restored(self.before, "l.jsonl")

    def restored(self, want, ledger):
        shutil.rmtree(self.folder / "back", ignore_errors=True)
        self.finish("restore", "--chaff", ledger, "out", "-o", "back")
        unpacked = {name: gzip.decompress(content) if name.endswith(".gz") else content
                    for name, content in {**self.tree("back/in"), **{"": b""}}.items()}
        del unpacked[""]
        want = {name: gzip.decompress(content) if name.endswith(".gz") else content for name, content in want.items()}
        self.assertTrue(unpacked == want)

    def killed(self, ledger):
        """Kills a run between its inputs, again and again, then lets one come to its end."""
        for number in (5, 12, 25):
            with self.start("-j", "1", "--files-from", "-", "-o", "out/", "--resume", "--chaff", ledger,
                            stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
                names = [f"in/{n % 3}/{n}.txt\n".encode() for n in range(number)]
                run.stdin.write(b"".join(names))
                run.stdin.flush()
                time.sleep(0.05 * (number % 4))  # for the moment to be another; any will do
                run.kill()
        done = {name for name, content in self.tree("out").items()}
        documents = self.run_again("--chaff", ledger, status=3)
        self.assertLessEqual(len(done), 30)
        self.assertGreaterEqual(documents, 30 - len(done))
        self.restored(self.before, ledger)

    def test_after_a_kill_with_ledgers_of_all_kinds(self):
        for ledger in ("l.jsonl", "l.jsonl.gz", "l.jsonl.zst"):
            with self.subTest(ledger):
                self.killed(ledger)
                shutil.rmtree(self.folder / "out")

    def test_of_a_ledger_that_was_cut_anywhere(self):
        for ledger in ("l.jsonl", "l.jsonl.gz", "l.jsonl.zst"):
            self.finish("-r", "in", "-i", "--chaff", ledger, status=3)
            whole, clean = self.read(ledger), self.tree("in")
            # Compressed, the first bytes come in one piece: one of them alone is nothing that a run leaves.
            parts = [0, 1] if ledger == "l.jsonl" else [0]
            for part in (*parts, 20, len(whole) // 3, len(whole) // 2, len(whole) - 30, len(whole) - 1):
                with self.subTest(f"{ledger} cut at {part}"):
                    self.put(ledger, whole[:part])
                    self.finish("-r", "in", "-i", "--chaff", ledger, "--resume", status=None)
                    self.assertEqual(self.tree("in"), clean)
                    self.finish("restore", "--chaff", ledger, "--undo")
                    for name, content in self.before.items():
                        self.put("in/" + name, content)
                    self.finish("-r", "in", "-i", status=3)
            (self.folder / ledger).unlink()
            for name, content in self.before.items():
                self.put("in/" + name, content)


if __name__ == "__main__":
    main()
