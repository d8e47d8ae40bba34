"""The way back: byte for byte, whole inputs and single documents."""
import gzip
import json
import pathlib
import subprocess
import sys

import records
from harness import BatchTest, main

WARC_TOOLS = pathlib.Path(__file__).resolve().parent.parent / "warc"


class Restore(BatchTest):
    def round_trip(self, name, *arguments, status=0):
        """Cleans a file and restores it: (its clean form, its original)."""
        self.finish(name, "-o", "clean", "--chaff", "l.jsonl", *arguments, status=status)
        self.finish("restore", "--chaff", "l.jsonl", "clean", "-o", "back")
        return self.read("clean"), self.read("back")

    def wet(self, count, name):
        subprocess.run([sys.executable, WARC_TOOLS / "make_wet.py", str(count), "5", name], cwd=self.folder,
                       check=True)
        return self.read(name)

    def test_json_lines(self):
        given, clean = records.jsonl(2000, large=300_000, final_newline=False)
        self.put("a.jsonl", given)
        self.assertTrue(self.round_trip("a.jsonl", status=3) == (clean, given))

    def test_warc(self):
        given = self.wet(40, "a.wet")
        clean, back = self.round_trip("a.wet")
        self.assertTrue(back == given)
        self.assertNotEqual(clean, given)

    def test_warc_through_compression(self):
        given = gzip.decompress(self.wet(30, "a.wet.gz"))
        self.finish("a.wet.gz", "-o", "clean.wet.gz", "--chaff", "l.jsonl.zst")
        out, _ = self.finish("restore", "--chaff", "l.jsonl.zst", "clean.wet.gz")
        self.assertTrue(out == given)

    def test_texts_between_nuls(self):
        given = b"Soup\nLoading...\nx\0\0Loading...\n\0no end [edit] here\n\0Loading...\nlast"
        self.put("a.txt", given)
        self.assertEqual(self.round_trip("a.txt", "-z"), (b"Soup\nx\0\0\0no end here\n\0last", given))

    def test_texts_between_lines(self):
        given = b"Soup\nLoading...\n-- 1 --\n-- 2 --\r\nx\nLoading...\n--x--\n-- 33 --\nLoading...\nlast"
        self.put("a.txt", given)
        clean = b"Soup\n-- 1 --\n-- 2 --\r\nx\n--x--\n-- 33 --\nlast"
        self.assertEqual(self.round_trip("a.txt", "--separator", "-- [0-9]+ --"), (clean, given))

    def test_text_in_windows(self):
        paragraph = "Größe ist alles.\nLoading...\nAuch hier…\n\n"
        for spelling in ("utf-8", "utf-8-sig", "utf-16", "windows-1252"):
            with self.subTest(spelling):
                given = (paragraph * 5000).encode(spelling)
                self.put("a.txt", given)
                clean, back = self.round_trip("a.txt", "--max-document", "64k")
                self.assertTrue(back == given)
                text = paragraph.replace("Loading...\n", "").replace("…", "...") * 5000
                mark = "\ufeff" if spelling == "utf-8-sig" else ""  # which only a step would take
                self.assertTrue(clean.decode() == mark + text)

    def test_text_in_windows_without_a_line_feed(self):
        given = "ä…€𝄞".encode() * 20_000
        self.put("a.txt", given)
        clean, back = self.round_trip("a.txt", "--max-document", "64k")
        self.assertTrue(back == given)
        self.assertTrue(clean.rstrip(b"\n") == "ä...€𝄞".encode() * 20_000)

    def test_windows_say_so(self):
        self.put("a.txt", DIRTY_TEXT * 10_000)
        _, err = self.finish("a.txt", "-o", "clean", "--max-document", "64k")
        self.assertRegex(err, r"^dechaff: a\.txt: is larger than a document may be \(65536 bytes\) and is cleaned in parts")
        self.assertEqual(err.count("\n"), 1)

    def test_record_larger_than_a_document(self):
        given = b'{"text":"' + rb"Soup\nLoading...\n\n" * 20_000 + b'","n":1}\n{"text":"Loading..."}\n'
        self.put("a.jsonl", given)
        clean, back = self.round_trip("a.jsonl", "--max-document", "64k")
        self.assertTrue(back == given)
        self.assertTrue(clean == b'{"text":"' + rb"Soup\n\n" * 20_000 + b'","n":1}\n{"text":""}\n')

    def test_several_inputs_in_one_stream(self):
        given = {"a.txt": DIRTY_TEXT, "b.jsonl": records.jsonl(60)[0], "c.txt": b"", "d.txt": b"is clean\n",
                 "e.jsonl": b'{"text":"is clean"}\n'}
        for name, content in given.items():
            self.put(name, content)
        clean, _ = self.finish(*given, "--chaff", "l.jsonl", status=3)
        out, _ = self.finish("restore", "--chaff", "l.jsonl", stdin=clean)
        self.assertEqual(out, b"".join(given.values()))

    def test_folder(self):
        given = {"a.txt": DIRTY_TEXT, "b/c.jsonl": records.jsonl(60)[0], "b/d.txt.gz": gzip.compress(DIRTY_TEXT),
                 "b/e.wet": self.wet(10, "e.wet"), "empty": b"", "b/clean.txt": b"Soup\n"}
        for name, content in given.items():
            self.put("in/" + name, content)
        self.finish("-r", "in", "-o", "out/", "--chaff", "l.jsonl", status=3)
        _, err = self.finish("restore", "--chaff", "l.jsonl", "out", "-o", "back")
        self.assertEqual(err, "dechaff: 6 restored, 0 as they were before\n")
        back = {name: gzip.decompress(content) if name.endswith(".gz") else content
                for name, content in self.tree("back/in").items()}
        self.assertEqual(back, given | {"b/d.txt.gz": DIRTY_TEXT})

    def test_folder_where_a_file_was_changed_or_lost(self):
        for name in "abc":
            self.put(f"in/{name}", DIRTY_TEXT)
        self.finish("-r", "in", "-o", "out/", "--chaff", "l.jsonl")
        self.put("out/in/a", b"edited\n")
        (self.folder / "out/in/b").unlink()
        _, err = self.finish("restore", "--chaff", "l.jsonl", "out", "-o", "back", status=3)
        self.assertIn("in/a: holds neither its original nor the clean form", err)
        self.assertIn("out/in/b: cannot open", err)
        self.assertEqual(self.tree("back"), {"in/c": DIRTY_TEXT})

    def test_single_documents(self):
        self.put("a.txt", DIRTY_TEXT)
        self.put("b.jsonl", b'{"id":1,"text":"kept"}\n{"id":2,"text":"Loading...\\n\\u00e9\\nend"}\n')
        self.put("c.wet", self.wet(10, "c.wet"))
        clean, _ = self.finish("a.txt", "b.jsonl", "c.wet", "--chaff", "l.jsonl")
        self.put("clean", clean)
        cases = {"a.txt": DIRTY_TEXT, "b.jsonl:2": "Loading...\né\nend".encode(), "c.wet:3": self.document("c.wet:3")}
        for name, text in cases.items():
            with self.subTest(name):
                out, _ = self.finish("restore", "--chaff", "l.jsonl", "--document", name, "clean")
                self.assertEqual(out, text)
        _, err = self.finish("restore", "--chaff", "l.jsonl", "--document", "none", "clean", status=3)
        self.assertIn("none", err)

    def document(self, name):
        """The text of a WARC record, by its number."""
        path, _, number = name.partition(":")
        at, data = 0, self.read(path)
        for _ in range(int(number)):
            head, _, rest = data[at:].partition(b"\r\n\r\n")
            size = int(head.rpartition(b"Content-Length: ")[2].split(b"\r\n")[0])
            block, at = rest[:size], at + len(head) + 4 + size + 4
        return block

    def test_text_of_a_single_document_alone(self):
        self.put("a.txt", DIRTY_TEXT)
        self.put("b.txt", b"Loading...\nother\n")
        self.finish("a.txt", "b.txt", "-o", "out/", "--chaff", "l.jsonl")
        out, _ = self.finish("restore", "--chaff", "l.jsonl", "--document", "b.txt", "out/b.txt")
        self.assertEqual(out, b"Loading...\nother\n")

    def test_other_clean_text_is_refused(self):
        self.put("a.jsonl", records.jsonl(200)[0])
        clean, _ = self.finish("a.jsonl", "--chaff", "l.jsonl", status=3)
        for name, other in {"a byte less": clean[:-1], "a byte more": clean + b"\n", "nothing": b"",
                            "another byte": clean.replace(b"Soup", b"soup", 1),
                            "another order": b"\n".join(clean.split(b"\n")[::-1])}.items():
            with self.subTest(name):
                _, err = self.finish("restore", "--chaff", "l.jsonl", stdin=other, status=3)
                self.assertIn("dechaff: ", err)


class Meta(BatchTest):
    GIVEN = (b'{"text":"Soup\\nLoading...","id":1}\n'
             b'{"did": {"a":[1, 2]} , "text":"Loading...\\n"}\n'
             b'{"text":"clean already","did":null}\n'
             b'{"id":4,"title":"none"}\n'
             b'{}\n'
             b'no JSON\n')

    def clean(self, given):
        out, _ = self.finish("-f", "jsonl", "--meta", "did", "--chaff", "l.jsonl", stdin=given, status=3)
        return out

    def test_says_what_was_done(self):
        lines = self.clean(self.GIVEN).splitlines()
        first, second = json.loads(lines[0]), json.loads(lines[1])
        self.assertEqual(first["did"]["rules"], {"small.loading": {"lines": 1, "bytes": 11}})
        self.assertEqual(first["did"]["removed"], 0.5)
        self.assertEqual(list(first), ["text", "id", "did"])
        self.assertEqual(list(second), ["did", "text"])
        self.assertEqual(lines[3:], self.GIVEN.splitlines()[3:])

    def test_goes_again_by_restore(self):
        out, _ = self.finish("restore", "--chaff", "l.jsonl", stdin=self.clean(self.GIVEN))
        self.assertEqual(out, self.GIVEN)

    def test_twice_changes_nothing_but_what_it_says(self):
        once = self.clean(self.GIVEN).splitlines()
        twice = self.clean(b"\n".join(once) + b"\n").splitlines()
        for first, second in zip(once[:3], twice[:3], strict=True):
            before, after = json.loads(first), json.loads(second)
            self.assertEqual(after["did"]["rules"], {})
            self.assertEqual(list(before), list(after))
            del before["did"], after["did"]
            self.assertEqual(before, after)
        self.assertEqual(once[3:], twice[3:])
        thrice = self.clean(b"\n".join(twice) + b"\n").splitlines()
        self.assertEqual(twice, thrice)


DIRTY_TEXT = b"Soup\r\nLoading...\nStir [edit] well.\n\nNo end \xff"

if __name__ == "__main__":
    main()
