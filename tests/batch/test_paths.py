"""Names of all kinds, and where their clean forms go."""
import os
import pathlib

from harness import CLEAN, DIRTY, BatchTest, main

NAMES = [b"plain.txt", b"two words", b"-dash", b"--help", b"line\nbreak", b"tab\there", b"no utf-8 \xff\xfe", b"quote'\"\\",
         "größe".encode(), b"{\"json\":1}", b" leading", b"*?[a]", b"%s$HOME", b"a:3", b"n" * 250]


class Paths(BatchTest):
    def names_of(self, folder):
        """Relative paths below a folder, as bytes."""
        root = os.fsencode(self.folder / folder)
        return {os.path.relpath(os.path.join(at, name), root) for at, _, names in os.walk(root) for name in names}

    def content(self, *parts):
        return pathlib.Path(os.fsdecode(os.path.join(os.fsencode(self.folder), *parts))).read_bytes()

    def test_strange_names_into_a_folder_and_back(self):
        for name in NAMES:
            self.put(b"in/" + name, DIRTY + b"%d\n" % len(name))
        self.finish("-r", "in", "-o", "out/", "--chaff", "l.jsonl", "-v")
        self.assertEqual(self.names_of("out/in"), set(NAMES))
        for name in NAMES:
            self.assertEqual(self.content(b"out/in", name), CLEAN + b"%d\n" % len(name), name)
        _, err = self.finish("restore", "--chaff", "l.jsonl", "out", "-o", "back")
        self.assertEqual(err, f"dechaff: {len(NAMES)} restored, 0 as they were before\n")
        for name in NAMES:
            self.assertEqual(self.content(b"back/in", name), DIRTY + b"%d\n" % len(name), name)

    def test_strange_names_in_place_and_back(self):
        for name in NAMES:
            self.put(b"in/" + name, DIRTY)
        self.finish("-i", "--chaff", "../l.jsonl", "--", *NAMES, cwd=self.folder / "in")
        self.assertEqual({self.content(b"in", name) for name in NAMES}, {CLEAN})
        self.assertEqual(self.names_of("in"), set(NAMES))
        self.finish("-i", "--chaff", "../l.jsonl", "--resume", "--", *NAMES, cwd=self.folder / "in")
        self.finish("restore", "--undo", "--chaff", "../l.jsonl", cwd=self.folder / "in")
        self.assertEqual({self.content(b"in", name) for name in NAMES}, {DIRTY})

    def test_lists(self):
        for name in NAMES:
            self.put(b"in/" + name, DIRTY)
        self.put("null", b"".join(b"in/" + name + b"\0" for name in NAMES))
        self.finish("--files-from", "null", "-0", "-o", "out/")
        self.assertEqual(self.names_of("out/in"), set(NAMES))
        out, _ = self.finish("--files-from", "-", "-0", stdin=self.read("null").removesuffix(b"\0"))
        self.assertEqual(out, CLEAN * len(NAMES))
        lines = [name for name in NAMES if b"\n" not in name]
        out, _ = self.finish("--files-from", "-", stdin=b"\n\n".join(b"in/" + name for name in lines))
        self.assertEqual(out, CLEAN * len(lines))

    def test_nothing_is_written_outside_the_folder(self):
        self.put("top.txt", DIRTY)
        self.put("a/b/c.txt", DIRTY)
        self.put("a/d.txt", DIRTY)
        self.put("e/f.txt", DIRTY)
        absolute = str(self.folder / "e/f.txt")
        self.finish("../../top.txt", "../d.txt", "./c.txt", "../../a/./b/../../a/b/c.txt", absolute, "-o",
                    "../../out/", cwd=self.folder / "a/b")
        want = {b"top.txt", b"d.txt", b"c.txt", b"a/b/c.txt", os.fsencode(absolute.lstrip("/"))}
        self.assertEqual(self.names_of("out"), want)
        self.assertEqual(self.names_of(".") - {b"out/" + name for name in want},
                         {b"top.txt", b"a/b/c.txt", b"a/d.txt", b"e/f.txt"})

    def test_folders_by_relative_and_absolute_paths(self):
        for name in ("d/a.txt", "d/e/b.txt"):
            self.put(name, DIRTY)
        (self.folder / "w").mkdir()
        self.finish("-r", "../d", "-o", "out/", cwd=self.folder / "w")
        self.assertEqual(self.names_of("w/out"), {b"d/a.txt", b"d/e/b.txt"})
        self.finish("-r", self.folder / "d", "-o", "out2/", cwd=self.folder / "w")
        below = os.fsencode(str(self.folder).lstrip("/"))
        self.assertEqual(self.names_of("w/out2"), {below + b"/d/a.txt", below + b"/d/e/b.txt"})

    def test_two_inputs_of_one_place(self):
        self.put("a.txt", DIRTY)
        self.put("d/a.txt", CLEAN)
        _, err = self.finish("--files-from", "-", "-o", "out/", cwd=self.folder / "d", stdin=b"a.txt\n../a.txt\n",
                             status=3)
        self.assertIn("../a.txt: would become out/a.txt, as another input has", err)
        self.assertEqual(self.read("d/out/a.txt"), CLEAN)

    def test_output_folder_within_the_input_is_not_read(self):
        for name in ("a.txt", "d/b.txt"):
            self.put(name, DIRTY)
        for _ in range(3):
            self.finish("-r", ".", "-o", "d/out/")
            self.assertEqual(self.tree("d/out"), {"a.txt": CLEAN, "d/b.txt": CLEAN})
        self.finish("-r", "d/out", "-o", "d/out/more/")
        self.assertEqual(self.tree("d/out/more"), {"d/out/a.txt": CLEAN, "d/out/d/b.txt": CLEAN})

    def test_ledger_within_the_input_is_refused_as_input(self):
        self.put("in/a.txt", DIRTY)
        _, err = self.finish("-r", "in", "-i", "--chaff", "in/l.jsonl", status=3)
        self.assertIn("in/l.jsonl: is written by this run", err)
        self.assertEqual(self.read("in/a.txt"), CLEAN)

    def test_folder_that_a_file_stands_in_place_of(self):
        self.put("in/a/x.txt", DIRTY)
        self.put("in/b.txt", DIRTY)
        self.put("out/in/a", b"in the way\n")
        _, err = self.finish("-r", "in", "-o", "out/", status=3)
        self.assertIn("out/in/a/x.txt: ", err)
        self.assertEqual(self.tree("out/in"), {"a": b"in the way\n", "b.txt": CLEAN})


if __name__ == "__main__":
    main()
