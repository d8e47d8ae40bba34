"""Machines and files that fail: what is sound is done, what is not is named, nothing is half there."""
import contextlib
import gzip
import os
import pathlib
import resource
import shutil
import struct
import subprocess

import records
from harness import CLEAN, DIRTY, PROGRAM, BatchTest, main


@contextlib.contextmanager
def small_disk(test, size="1m"):
    """A file system of that size as `disk` in the folder of the test, which is skipped where that is not allowed."""
    path = test.folder / "disk"
    path.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", path], capture_output=True, text=True,
                          check=False) if shutil.which("mount") else None
    if done is None or done.returncode != 0:
        test.skipTest("mounting is not allowed here")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", path], check=True)


class FullDisk(BatchTest):
    LARGE = DIRTY * 90_000  # 2.4 MB, and clean 1.4 MB

    def fails(self, *arguments):
        _, err = self.finish(*arguments, status=3)
        self.assertIn("No space left on device", err)
        return err

    def test_output_file(self):
        self.put("a.txt", self.LARGE)
        with small_disk(self):
            self.put("disk/out.txt", b"before\n")
            self.fails("a.txt", "-o", "disk/out.txt")
            self.assertEqual(self.tree("disk"), {"out.txt": b"before\n"})
            self.fails("a.txt", "-o", "disk/new.txt")
            self.assertEqual(self.tree("disk"), {"out.txt": b"before\n"})

    def test_output_folder(self):
        small = {f"in/{number}.txt": DIRTY for number in range(5)}
        for name, content in {**small, "in/5.txt": self.LARGE, "in/6.txt": DIRTY}.items():
            self.put(name, content)
        for ledger in ((), ("--chaff", "l.jsonl")):
            with self.subTest(ledger), small_disk(self) as disk:
                self.fails("-r", "in", "-o", "disk", *ledger)
                done = self.tree("disk/in")
                self.assertEqual(set(done.values()) - {CLEAN}, set())
                self.assertNotIn("5.txt", done)
            disk.rmdir()

    def test_in_place(self):
        with small_disk(self, "5m"):
            for number in range(3):
                self.put(f"disk/{number}.txt", DIRTY)
            self.put("disk/3.txt", self.LARGE + self.LARGE)
            self.put("disk/4.txt", DIRTY)
            before = self.tree("disk")
            err = self.fails("-i", "-r", "disk", "-j", "2", "--chaff", "l.jsonl")
            self.assertIn("disk/3.txt: ", err)
            after = self.tree("disk")
            self.assertEqual(set(after), set(before))
            self.assertTrue(all(after[name] in (before[name], CLEAN) for name in before))
            self.assertTrue(after["3.txt"] == before["3.txt"])
            self.finish("restore", "--undo", "--chaff", "l.jsonl")
            self.assertTrue(self.tree("disk") == before)

    def test_undo(self):
        with small_disk(self, "3m") as disk:
            for number in range(3):
                self.put(f"disk/{number}.txt", DIRTY + b"%d" % number)
            self.put("disk/large.txt", b"Loading...\n" * 100_000)
            before = self.tree("disk")
            self.finish("-i", "-r", "disk", "--chaff", "l.jsonl")
            filling = disk / "filling"
            filling.write_bytes(bytes(2_500_000))
            self.assertIn("disk/large.txt: ", self.undo_fails())
            self.assertEqual(self.tree("disk")["1.txt"], before["1.txt"])
            filling.unlink()
            self.finish("restore", "--undo", "--chaff", "l.jsonl")
            self.assertTrue(self.tree("disk") == before)

    def undo_fails(self):
        _, err = self.finish("restore", "--undo", "--chaff", "l.jsonl", status=3)
        self.assertIn("No space left on device", err)
        return err

    def test_ledger(self):
        before = {f"in/{number}.txt": DIRTY * 2000 + b"%d\n" % number for number in range(30)}
        for name, content in before.items():
            self.put(name, content)
        with small_disk(self):
            self.fails("-i", "-r", "in", "--chaff", "disk/l.jsonl")
            after = {f"in/{name}": content for name, content in self.tree("in").items()}
            self.assertEqual(set(after), set(before))
            changed = [name for name in before if after[name] != before[name]]
            self.finish("restore", "--undo", "--chaff", "disk/l.jsonl", status=0)
            self.assertTrue({f"in/{name}": content for name, content in self.tree("in").items()} == before, changed)

    def test_statistics(self):
        self.put("a.txt", DIRTY)
        with small_disk(self, "16k") as disk:
            (disk / "filling").write_bytes(bytes(16 * 1024))
            _, err = self.finish("a.txt", "--stats", "disk/stats.json", status=3)
            self.assertIn("No space left on device", err)
            self.assertEqual(list(self.tree("disk")), ["filling"])


class Inputs(BatchTest):
    def test_bad_ones_among_good_ones(self):
        good = {f"{number}.txt": DIRTY for number in range(6)}
        for name, content in good.items():
            self.put(name, content)
        (self.folder / "folder").mkdir()
        (self.folder / "nowhere").symlink_to("none")
        (self.folder / "circle").symlink_to("circle")
        names = ["0.txt", "none.txt", "1.txt", "folder", "2.txt", "nowhere", "3.txt", "circle", "4.txt", "0.txt/x", "5.txt"]
        for jobs in ("1", "4"):
            with self.subTest(jobs):
                out, err = self.finish(*names, "-j", jobs, "--stats", "stats.json", status=3)
                self.assertEqual(out, CLEAN * 6)
                named = [line.split(": ")[1] for line in err.splitlines()]
                self.assertEqual(named, ["none.txt", "folder", "nowhere", "circle", "0.txt/x"])
                self.assertEqual((self.stats()["documents"], self.stats()["failed"]), (6, 5))

    def as_nobody(self):
        """Root may read all: options for a process that may not."""
        if os.geteuid() != 0:
            return {}
        someone = {"user": 65534, "group": 65534, "extra_groups": []}
        for path in (self.folder.parent, self.folder, pathlib.Path(self.home)):
            path.chmod(0o755)
        if subprocess.run(["test", "-x", PROGRAM], check=False, **someone).returncode != 0:
            self.skipTest("only root may reach the program")
        return someone

    def test_unreadable(self):
        self.put("a.txt", DIRTY)
        self.put("b.txt", DIRTY).chmod(0)
        self.put("d/c.txt", DIRTY)
        (self.folder / "d").chmod(0)
        self.addCleanup((self.folder / "d").chmod, 0o700)
        out, err = self.finish("b.txt", "-r", "d", "a.txt", status=3, **self.as_nobody())
        self.assertEqual(out, CLEAN)
        self.assertIn("b.txt: cannot open: Permission denied", err)
        self.assertIn("d: cannot open the folder: Permission denied", err)

    def test_vanished_while_the_run_was_on(self):
        self.put("a.txt", DIRTY)
        self.put("b.txt", DIRTY)
        self.put("c.txt", DIRTY)
        with self.start("-i", "-j", "2", "--files-from", "-", stdin=subprocess.PIPE, stderr=subprocess.PIPE) as run:
            run.stdin.write(b"a.txt\n")
            run.stdin.flush()
            (self.folder / "b.txt").unlink()
            _, err = run.communicate(b"b.txt\nc.txt\n")
        self.assertEqual(run.returncode, 3)
        self.assertEqual(err, b"dechaff: b.txt: cannot open: No such file or directory\n")
        self.assertEqual(self.tree(), {"a.txt": CLEAN, "c.txt": CLEAN})


class Damaged(BatchTest):
    def given(self):
        whole = {"a.txt": DIRTY * 3000, "b.jsonl": b"".join(b'{"text":"Soup\\nLoading...","id":%d}\n' % number
                                                              for number in range(3000))}
        packed = {}
        for name, content in whole.items():
            packed[name + ".gz"] = gzip.compress(content)
            if shutil.which("zstd"):
                packed[name + ".zst"] = subprocess.run(["zstd", "-qc"], input=content, capture_output=True,
                                                       check=True).stdout
        out = {"good.txt": DIRTY}
        for name, content in packed.items():
            half = len(content) // 2
            out["cut." + name] = content[:-1]
            out["half." + name] = content[:half]
            out["flipped." + name] = content[:half] + bytes([content[half] ^ 0x55]) + content[half + 1:]
            out["more." + name] = content + b"and what is none"
        return out

    def setUp(self):
        super().setUp()
        self.before = self.given()
        for name, content in self.before.items():
            self.put("in/" + name, content)

    def names(self, err):
        """Of all inputs that messages are about, whatever line of theirs."""
        return {line.split(": ")[1].split(":")[0].removeprefix("in/") for line in err.splitlines()}

    def test_into_a_folder(self):
        for jobs in ("1", "3"):
            with self.subTest(jobs):
                _, err = self.finish("-r", "in", "-o", "out/", "-j", jobs, "--chaff", "l.jsonl", status=3)
                self.assertEqual(self.names(err), set(self.before) - {"good.txt"})
                self.assertEqual(self.tree("out"), {"in/good.txt": CLEAN})
                _, err = self.finish("restore", "--chaff", "l.jsonl", "out", "-o", "back")
                self.assertEqual(self.tree("back"), {"in/good.txt": DIRTY})
                shutil.rmtree(self.folder / "out")

    def test_in_place(self):
        _, err = self.finish("-r", "in", "-i", "--chaff", "l.jsonl", status=3)
        self.assertEqual(self.names(err), set(self.before) - {"good.txt"})
        self.assertTrue(self.tree("in") == self.before | {"good.txt": CLEAN})
        self.finish("restore", "--undo", "--chaff", "l.jsonl")
        self.assertTrue(self.tree("in") == self.before)

    def test_into_a_stream(self):
        out, err = self.finish("in/half.b.jsonl.gz", "in/good.txt", "in/cut.a.txt.gz", "--chaff", "l.jsonl", status=3)
        self.assertEqual(self.names(err), {"half.b.jsonl.gz", "cut.a.txt.gz"})
        self.assertTrue(out.startswith(b'{"text":"Soup","id":0}\n'))
        self.assertTrue(out.endswith(CLEAN))
        back, _ = self.finish("restore", "--chaff", "l.jsonl", stdin=out)
        self.assertTrue(back.endswith(DIRTY))


class DamagedWarc(BatchTest):
    RECORD = (b"WARC/1.1\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:%d>\r\n"
              b"WARC-Date: 2024-01-01T00:00:00Z\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n")

    def record(self, number, text):
        return self.RECORD % (number, len(text), text)

    def test_is_named_and_passed_on_within_the_compression(self):
        records_ = [self.record(number, DIRTY) for number in range(5)]
        records_[2] = records_[2].replace(b"Content-Length: ", b"Content-Length: x")
        clean = [self.record(number, CLEAN) for number in range(5)]
        clean[2] = records_[2]
        self.put("a.wet.gz", b"".join(gzip.compress(record) for record in records_))
        for target in (("-o", "out.wet.gz"), ("-o", "out/")):
            _, err = self.finish("a.wet.gz", *target, "--chaff", "l.jsonl", status=3)
            self.assertIn("a.wet.gz: record 3 at byte", err)
        self.assertEqual(gzip.decompress(self.read("out.wet.gz")), b"".join(clean))
        self.assertEqual(gzip.decompress(self.read("out/a.wet.gz")), b"".join(clean))
        back, _ = self.finish("restore", "--chaff", "l.jsonl", "out/a.wet.gz")
        self.assertEqual(back, b"".join(records_))

    def test_record_that_is_too_large_stays_one_member(self):
        records_ = [self.record(1, DIRTY), self.record(2, DIRTY * 100_000), self.record(3, DIRTY)]
        self.put("a.wet.gz", b"".join(gzip.compress(record) for record in records_))
        _, err = self.finish("a.wet.gz", "-o", "out.wet.gz", "--max-document", "64k", "--chaff", "l.jsonl", status=3)
        self.assertIn("a.wet.gz: record 2 at byte", err)
        packed = self.read("out.wet.gz")
        want = self.record(1, CLEAN) + records_[1] + self.record(3, CLEAN)
        self.assertTrue(gzip.decompress(packed) == want)
        self.assertEqual(packed.count(b"\x1f\x8b\x08"), 3)
        back, _ = self.finish("restore", "--chaff", "l.jsonl", "out.wet.gz")
        self.assertTrue(back == b"".join(records_))

    def test_records_that_stay_are_in_no_difference(self):
        self.put("a.wet", self.record(1, DIRTY) + self.record(2, DIRTY * 100_000) + b"no record\n")
        out, _ = self.finish("a.wet", "--diff", "--max-document", "64k", status=3)
        self.assertEqual([line for line in out.split(b"\n") if line.startswith((b"-", b"+"))],
                         [b"--- a.wet:1", b"+++ a.wet:1 (clean)", b"-Loading..."])

    def test_dictionary_is_refused_once(self):
        if not shutil.which("zstd"):
            self.skipTest("zstd makes the dictionary")
        for number in range(200):
            self.put(f"records/{number}", self.record(number, DIRTY + b"%d\n" % (number * number)))
        zstd = ["zstd", "-q", "-f"]
        subprocess.run([*zstd, "--train", *(f"records/{number}" for number in range(200)), "-o", "dictionary",
                        "--maxdict=1024"], cwd=self.folder, check=True)
        dictionary = self.read("dictionary")
        packed = struct.pack("<II", 0x184D2A5D, len(dictionary)) + dictionary
        for number in range(20):
            packed += subprocess.run([*zstd, "-c", "-D", "dictionary", f"records/{number}"], cwd=self.folder, check=True,
                                     capture_output=True).stdout
        self.put("a.wet.zst", packed)
        for arguments in ((), ("-i",), ("-o", "out/")):
            out, err = self.finish("a.wet.zst", *arguments, status=3)
            self.assertEqual(out, b"")
            self.assertEqual(len(err.splitlines()), 1, err)
            self.assertIn("a.wet.zst: a zstd frame needs a dictionary, and none is taken; compress it without one", err)
        self.assertEqual(self.read("a.wet.zst"), packed)

    def test_lost_member_keeps_a_file_in_place(self):
        members = [gzip.compress(self.record(number, DIRTY)) for number in range(5)]
        members[2] = members[2][:40] + b"\xff" * 40 + members[2][80:]
        self.put("a.wet.gz", b"".join(members))
        _, err = self.finish("a.wet.gz", "-i", status=3)
        self.assertIn("a.wet.gz: ", err)
        self.assertEqual(self.read("a.wet.gz"), b"".join(members))
        self.finish("a.wet.gz", "-o", "out.wet", status=3)
        want = b"".join(self.record(number, CLEAN) for number in (0, 1, 3, 4))
        out = self.read("out.wet")
        self.assertTrue(out.startswith(want[:len(want) // 2]) and out.endswith(want[len(want) // 2:]))


class FewDescriptors(BatchTest):
    def limited(self, *arguments):
        done = subprocess.run(self.command(*arguments), cwd=self.folder, capture_output=True, check=False,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)))
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout

    def test_are_enough_for_20_000_files(self):
        clean = {}
        for number in range(20_000):
            self.put(f"in/{number % 50}/{number}.txt", DIRTY + b"%d\n" % number)
            clean[f"{number % 50}/{number}.txt"] = CLEAN + b"%d\n" % number
        out = self.limited("-j", "8", "-r", "in")
        in_order = sorted(clean, key=lambda name: name.split("/"))
        self.assertTrue(out == b"".join(clean[name] for name in in_order))
        self.limited("-j", "8", "-r", "in", "-o", "out/", "--chaff", "l.jsonl")
        self.assertTrue(self.tree("out/in") == clean)

    def test_are_enough_in_place(self):
        for number in range(1000):
            self.put(f"in/{number % 50}/{number}.txt", DIRTY + b"%d\n" % number)
        self.limited("-j", "8", "-r", "in", "-i", "--chaff", "l.jsonl", "--stats", "stats.json")
        self.assertTrue(self.tree("in") == {f"{number % 50}/{number}.txt": CLEAN + b"%d\n" % number
                                            for number in range(1000)})


if __name__ == "__main__":
    main()
