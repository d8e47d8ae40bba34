"""Files that are replaced by their clean form: what stays of them, and the way back."""
import gzip
import os
import pathlib
import stat
import subprocess
import sys
import unittest

import records
from harness import CLEAN, DIRTY, BatchTest, main

WARC_TOOLS = pathlib.Path(__file__).resolve().parent.parent / "warc"


def identity(path):
    """What changes where a file is replaced or written to."""
    info = os.lstat(path)
    return info.st_ino, info.st_mtime_ns, info.st_size


class InPlace(BatchTest):
    def test_replaces_what_is_not_clean_and_nothing_else(self):
        dirty, clean = self.put("a.txt", DIRTY), self.put("b.txt", CLEAN)
        records_clean = self.put("c.jsonl", b'{"text":"Soup"}\n' * 100_000)
        packed_clean = self.put("d.txt.gz", gzip.compress(CLEAN, compresslevel=1))
        before = [identity(path) for path in (clean, records_clean, packed_clean)]
        inode = identity(dirty)[0]
        out, err = self.finish("-i", "a.txt", "b.txt", "c.jsonl", "d.txt.gz")
        self.assertEqual((out, err), (b"", ""))
        self.assertEqual(self.read("a.txt"), CLEAN)
        self.assertNotEqual(identity(dirty)[0], inode)
        self.assertEqual([identity(path) for path in (clean, records_clean, packed_clean)], before)
        self.assertEqual(sorted(self.tree()), ["a.txt", "b.txt", "c.jsonl", "d.txt.gz"])

    def test_keeps_the_mode(self):
        for mode in (0o600, 0o640, 0o755, 0o444, 0o4755):
            with self.subTest(oct(mode)):
                path = self.put("a.txt", DIRTY)
                path.chmod(mode)
                self.finish("-i", "a.txt")
                self.assertEqual(self.read("a.txt"), CLEAN)
                self.assertEqual(stat.S_IMODE(path.stat().st_mode), mode)
                path.unlink()

    @unittest.skipUnless(os.geteuid() == 0, "only root may give files away")
    def test_keeps_the_owner(self):
        path = self.put("a.txt", DIRTY)
        os.chown(path, 1234, 2345)
        path.chmod(0o2751)
        self.finish("-i", "a.txt")
        info = path.stat()
        self.assertEqual((info.st_uid, info.st_gid, stat.S_IMODE(info.st_mode)), (1234, 2345, 0o2751))

    def test_keeps_extended_attributes(self):
        path = self.put("a.txt", DIRTY)
        attributes = {"user.origin": b"https://a.example/", "user.empty": b"", "user.bytes": bytes(range(256))}
        try:
            for name, value in attributes.items():
                os.setxattr(path, name, value)
        except OSError as error:
            self.skipTest(f"this file system has none: {error}")
        self.finish("-i", "a.txt")
        self.assertEqual(self.read("a.txt"), CLEAN)
        kept = {name: os.getxattr(path, name) for name in os.listxattr(path) if name.startswith("user.")}
        self.assertEqual(kept, attributes)

    def test_follows_symbolic_links_and_keeps_them(self):
        self.put("d/a.txt", DIRTY)
        (self.folder / "near").symlink_to("d/a.txt")
        (self.folder / "d/up").symlink_to("../near")
        (self.folder / "far").symlink_to(self.folder / "d/up")
        self.finish("--in-place=.bak", "far")
        self.assertEqual(self.read("d/a.txt"), CLEAN)
        self.assertEqual(os.readlink(self.folder / "near"), "d/a.txt")
        self.assertEqual(os.readlink(self.folder / "far"), str(self.folder / "d/up"))
        self.assertEqual(self.read("far.bak"), DIRTY)
        self.assertFalse((self.folder / "far.bak").is_symlink())

    def test_of_hard_links_only_the_named_one_changes(self):
        self.put("a.txt", DIRTY)
        os.link(self.folder / "a.txt", self.folder / "b.txt")
        self.finish("-i", "a.txt")
        self.assertEqual((self.read("a.txt"), self.read("b.txt")), (CLEAN, DIRTY))

    def test_one_file_by_two_names(self):
        self.put("a.txt", DIRTY)
        (self.folder / "b.txt").symlink_to("a.txt")
        self.finish("-i", "a.txt", "./a.txt", "b.txt", "--chaff", "l.jsonl")
        self.assertEqual(self.read("a.txt"), CLEAN)
        self.finish("restore", "--undo", "--chaff", "l.jsonl")
        self.assertEqual(self.read("a.txt"), DIRTY)

    def test_backup(self):
        path = self.put("d/a.txt", DIRTY)
        path.chmod(0o640)
        inode = identity(path)[0]
        self.put("d/b.txt", CLEAN)
        self.finish("--in-place=.bak", "d/a.txt", "d/b.txt")
        self.assertEqual(self.tree("d"), {"a.txt": CLEAN, "a.txt.bak": DIRTY, "b.txt": CLEAN})
        backup = self.folder / "d/a.txt.bak"
        self.assertEqual((identity(backup)[0], stat.S_IMODE(backup.stat().st_mode)), (inode, 0o640))
        self.finish("--in-place=.bak", "d/a.txt", rules=self.other_rules)  # a backup that is there is replaced
        self.assertEqual(self.tree("d"), {"a.txt": b"Soup\n", "a.txt.bak": CLEAN, "b.txt": CLEAN})

    def test_backup_that_cannot_be_keeps_the_original(self):
        self.put("a.txt", DIRTY)
        (self.folder / "a.txt.bak").mkdir()
        _, err = self.finish("--in-place=.bak", "a.txt", status=3)
        self.assertIn("cannot keep the original", err)
        self.assertEqual(self.tree(), {"a.txt": DIRTY})

    def test_compressed_files_stay_compressed(self):
        self.put("a.txt.gz", gzip.compress(DIRTY))
        self.put("no_suffix", gzip.compress(DIRTY) + gzip.compress(DIRTY))
        self.finish("-i", "a.txt.gz", "no_suffix")
        self.assertEqual(gzip.decompress(self.read("a.txt.gz")), CLEAN)
        self.assertEqual(gzip.decompress(self.read("no_suffix")), CLEAN * 2)

    def test_is_not_for_folders_and_standard_input(self):
        (self.folder / "d").mkdir()
        self.put("a.txt", DIRTY)
        _, err = self.finish("-i", "-", "a.txt", status=2)
        self.assertIn("has no place of its own", err)
        self.assertEqual(self.read("a.txt"), DIRTY)
        _, err = self.finish("-i", "d", "a.txt", status=3)
        self.assertIn("d: is a folder", err)
        self.assertEqual(self.read("a.txt"), CLEAN)

    def test_file_that_is_written_to_meanwhile_stays(self):
        # A pipe holds the run up between the reading of the file and its end: it can go on once a.txt changed.
        path = self.put("a.txt", DIRTY * 100)
        os.mkfifo(self.folder / "list")
        with self.start("-i", "-j", "1", "--files-from", "list", "--chaff", "l.jsonl",
                        stderr=subprocess.PIPE) as run:
            with open(self.folder / "list", "wb") as names:
                names.write(b"a.txt\n")
                names.flush()
                self.wait_until(lambda: b"a.txt" in self.ledger_bytes())
                with path.open("ab") as file:
                    file.write(b"a line more\n")
            err = run.stderr.read().decode()
        self.assertEqual(run.returncode, 3)
        self.assertIn("a.txt: was changed", err)
        self.assertEqual(self.read("a.txt"), DIRTY * 100 + b"a line more\n")
        self.assertEqual(sorted(self.tree()), ["a.txt", "l.jsonl"])

    def ledger_bytes(self):
        path = self.folder / "l.jsonl"
        return path.read_bytes() if path.exists() else b""


class Undo(BatchTest):
    def undo(self, status=0):
        _, err = self.finish("restore", "--undo", "--chaff", "l.jsonl", status=status)
        return err

    def test_all_formats(self):
        subprocess.run([sys.executable, WARC_TOOLS / "make_wet.py", "12", "5", "d.wet.gz"], cwd=self.folder, check=True)
        self.put("a.txt", DIRTY)
        self.put("b.jsonl", records.jsonl(100)[0])
        self.put("c.txt.gz", gzip.compress(DIRTY))
        self.put("e.txt", CLEAN)
        before = self.tree()
        self.finish("-i", *sorted(before), "--chaff", "l.jsonl", status=3)
        after = self.tree()
        self.assertEqual([name for name in before if after[name] == before[name]], ["e.txt"])
        self.assertEqual(self.undo(), "dechaff: 4 restored, 1 as they were before\n")
        back = self.tree()
        del back["l.jsonl"]
        for name in ("c.txt.gz", "d.wet.gz"):
            self.assertTrue(gzip.decompress(back.pop(name)) == gzip.decompress(before.pop(name)))
        self.assertTrue(back == before)
        subprocess.run([sys.executable, WARC_TOOLS / "read_warc.py", "d.wet.gz"], cwd=self.folder, check=True,
                       stdout=subprocess.DEVNULL)  # a member for each record

    def test_keeps_mode_and_links(self):
        path = self.put("a.txt", DIRTY)
        path.chmod(0o640)
        (self.folder / "link").symlink_to("a.txt")
        self.finish("-i", "link", "--chaff", "l.jsonl")
        self.undo()
        self.assertEqual((self.read("a.txt"), stat.S_IMODE(path.stat().st_mode)), (DIRTY, 0o640))
        self.assertTrue((self.folder / "link").is_symlink())

    def test_twice_is_as_once(self):
        self.put("a.txt", DIRTY)
        self.finish("-i", "a.txt", "--chaff", "l.jsonl")
        self.undo()
        self.assertEqual(self.undo(), "dechaff: 0 restored, 1 as they were before\n")
        self.assertEqual(self.read("a.txt"), DIRTY)

    def test_two_runs_go_back_to_the_first_original(self):
        for number in range(40):
            self.put(f"{number}.txt", DIRTY + b"%d\n" % number)
        before = self.tree()
        self.finish("-i", *before, "--chaff", "l.jsonl")
        self.finish("-i", *before, "--chaff", "l.jsonl", rules=self.other_rules)
        self.assertEqual(self.read("7.txt"), b"Soup\n7\n")
        self.assertEqual(self.undo(), "dechaff: 40 restored, 0 as they were before\n")
        after = self.tree()
        del after["l.jsonl"]
        self.assertEqual(after, before)

    def test_two_runs_that_lead_in_a_circle(self):
        rule = '[[step]]\nid = "turn.%s"\nwhy = "a circle"\nchars = ["U+%04X"]\nto = "%s"\n'
        for name, given, to in (("there", "a", "b"), ("back", "b", "a")):
            pathlib.Path(self.home, f"{name}.toml").write_text(rule % (name, ord(given), to))
        self.put("a.txt", b"aaa\n")
        for name in ("there", "back"):
            self.finish("-i", "a.txt", "--chaff", "l.jsonl", rules=f"{self.home}/{name}.toml")
        self.undo()
        self.assertEqual(self.read("a.txt"), b"aaa\n")

    def test_file_that_is_neither_old_nor_new_stays(self):
        for name in ("a.txt", "b.txt", "c.txt"):
            self.put(name, DIRTY)
        self.finish("-i", "a.txt", "b.txt", "c.txt", "--chaff", "l.jsonl")
        self.put("a.txt", b"edited\n")
        (self.folder / "b.txt").unlink()
        err = self.undo(status=3)
        self.assertIn("a.txt: holds neither its original nor the clean form", err)
        self.assertIn("b.txt: ", err)
        self.assertEqual((self.read("a.txt"), self.read("c.txt")), (b"edited\n", DIRTY))

    def test_of_what_was_not_replaced(self):
        # A gzip file that ends too early is read in part and stays; so does a record that no record was of.
        half = gzip.compress(records.jsonl(3000)[0])
        self.put("a.jsonl.gz", half[:len(half) // 2])
        self.put("b.txt.gz", gzip.compress(DIRTY)[:-4])
        self.put("c.txt", DIRTY)
        before = self.tree()
        self.finish("-i", *sorted(before), "--chaff", "l.jsonl", status=3)
        self.assertEqual(self.read("c.txt"), CLEAN)
        self.assertEqual(self.undo(), "dechaff: 1 restored, 0 as they were before\n")
        after = self.tree()
        del after["l.jsonl"]
        self.assertEqual(after, before)

    def test_ledger_that_is_there_goes_on(self):
        self.put("a.txt", DIRTY)
        self.finish("-i", "a.txt", "--chaff", "l.jsonl")
        first = self.read("l.jsonl").splitlines()
        self.put("b.txt", DIRTY)
        self.finish("-i", "b.txt", "--chaff", "l.jsonl")
        second = self.read("l.jsonl").splitlines()
        self.assertEqual(second[:len(first) - 1], first[:-1])
        self.assertEqual(self.undo(), "dechaff: 2 restored, 0 as they were before\n")
        self.assertEqual((self.read("a.txt"), self.read("b.txt")), (DIRTY, DIRTY))

    def test_what_is_no_ledger_is_not_written_to(self):
        self.put("a.txt", DIRTY)
        self.put("notes", b"not to be lost\n")
        _, err = self.finish("-i", "a.txt", "--chaff", "notes", status=3)
        self.assertIn("this is no ledger", err)
        self.assertEqual(self.tree(), {"a.txt": DIRTY, "notes": b"not to be lost\n"})

    def test_where_nothing_can_be_written(self):
        # The folder takes no new file; each of the others goes back.
        for name in ("0/a.txt", "1/a.txt", "2/a.txt"):
            self.put(name, DIRTY)
        self.finish("-i", "0/a.txt", "1/a.txt", "2/a.txt", "--chaff", "l.jsonl")
        (self.folder / "1").rename(self.folder / "away")
        self.assertIn("1/a.txt: cannot open", self.undo(status=3))
        (self.folder / "away").rename(self.folder / "1")
        self.assertEqual(self.undo(), "dechaff: 1 restored, 2 as they were before\n")


if __name__ == "__main__":
    main()
