#!/usr/bin/env python3
"""Tests make_wet.py and read_warc.py against each other."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import make_wet

HERE = pathlib.Path(__file__).parent


class Tools(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.records = list(make_wet.records(40, 1))

    def run_tool(self, name, *arguments):
        return subprocess.run([sys.executable, HERE / name, *map(str, arguments)], capture_output=True, text=True)

    def put(self, name, *parts):
        (self.folder / name).write_bytes(b"".join(parts))
        return self.folder / name

    def assert_reads(self, path):
        done = self.run_tool("read_warc.py", path)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def assert_fails(self, message, *arguments):
        done = self.run_tool("read_warc.py", *arguments)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(message, done.stderr)

    def conversion(self):
        """The number of a conversion record with a text to change."""
        return next(i for i, data in enumerate(self.records) if b"conversion" in data and len(data) > 2000)

    def changed(self, number, old, new):
        self.assertIn(old, self.records[number])
        return [*self.records[:number], self.records[number].replace(old, new, 1), *self.records[number + 1:]]

    def test_made_files_are_read_and_are_the_same_each_time(self):
        outputs = set()
        for name in ("a.warc", "b.warc", "a.warc.gz", "b.warc.gz"):
            self.assertEqual(self.run_tool("make_wet.py", 40, 1, self.folder / name).returncode, 0)
            outputs.add(self.assert_reads(self.folder / name))
        self.assertEqual(len(outputs), 1)
        types = [line.split()[0] for line in outputs.pop().splitlines()]
        self.assertEqual(types[0], "warcinfo")
        self.assertEqual(types.count("conversion"), 40)
        self.assertEqual(set(types), {"warcinfo", "request", "response", "metadata", "conversion"})
        for form in ("warc", "warc.gz"):
            self.assertEqual((self.folder / f"a.{form}").read_bytes(), (self.folder / f"b.{form}").read_bytes())

    def test_seeds_differ(self):
        self.assertNotEqual(self.records, list(make_wet.records(40, 2)))

    def test_texts_are_of_all_lengths(self):
        records = [data for data in make_wet.records(300, 3) if b": conversion" in data]
        lengths = [len(data.partition(b"\r\n\r\n")[2]) - 4 for data in records]
        self.assertEqual(min(lengths), 0)
        self.assertGreater(max(lengths), 90 * 1024)

    def test_damage_is_told(self):
        number, whole = self.conversion(), self.records
        language = b"WARC-Identified-Content-Language: "
        cases = {
            "block digest": [*whole[:number], whole[number][:-5] + b"#\r\n\r\n"],
            "behind the block": [*whole[:-1], whole[-1][:-1]],
            "no version line": [whole[0], b"\r\n", *whole[1:]],
            "no warc-date": self.changed(number, b"WARC-Date", b"WARC-Data"),
            "more than one content-length": self.changed(number, b"WARC-Date", b"Content-Length: 0\r\nWARC-Date"),
            "Content-Length is no number": self.changed(number, b"Content-Length: ", b"Content-Length: +"),
            "unknown algorithm": self.changed(number, b"WARC-Block-Digest: ", b"WARC-Block-Digest: x"),
            "no field": self.changed(number, language, b"\n" + language),
        }
        for message, parts in cases.items():
            with self.subTest(message):
                self.assert_fails(message, self.put("a.warc", *parts))

    def test_a_gzip_member_is_a_record(self):
        members = [make_wet.member(data) for data in self.records]
        two = make_wet.member(self.records[1] + self.records[2])
        half = len(self.records[1]) // 2
        halves = [make_wet.member(self.records[1][:half]), make_wet.member(self.records[1][half:])]
        cases = {
            "more than one record": [members[0], two],
            "record 2": [members[0], *halves],
            "ends inside": [members[0], members[1][:-1]],
            "no gzip member": [members[0], self.records[1]],
        }
        for message, parts in cases.items():
            with self.subTest(message):
                self.assert_fails(message, self.put("a.warc.gz", *parts))

    def test_only_texts_may_differ(self):
        number = self.conversion()
        crawl = make_wet.Crawl(1)
        fields = crawl.head("conversion", crawl.record_id(), crawl.date())
        text = [make_wet.record([*fields, ("WARC-Block-Digest", make_wet.labelled_digest(block, "sha1 hex"))], block)
                for block in (b"Soup and cookies", b"Soup")]
        before = self.put("a.warc", *self.records, text[0])
        self.assert_fails("only the first", "--compare", before, self.put("b.warc", *self.records))
        swapped = [self.records[0], *reversed(self.records[1:]), text[0]]
        self.assert_fails("another id", "--compare", before, self.put("b.warc", *swapped))
        self.assert_fails("another header", "--compare", before,
                          self.put("b.warc", *self.changed(number, b"2024-02", b"2025-02"), text[0]))
        self.assert_fails("it is no text", "--compare", before,
                          self.put("b.warc", *self.changed(0, b"WARC/1.1", b"WARC/1.0"), text[0]))
        for after in (self.put("b.warc", *self.records, text[1]),
                      self.put("b.warc.gz", *map(make_wet.member, [*self.records, text[1]]))):
            done = self.run_tool("read_warc.py", "--compare", before, after)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))


if __name__ == "__main__":
    unittest.main()
