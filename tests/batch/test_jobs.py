"""The same bytes, ledger and statistics, however many jobs work on them."""
import gzip
import pathlib
import random
import subprocess
import sys
import threading

import records
from harness import BatchTest, main

WARC_TOOLS = pathlib.Path(__file__).resolve().parent.parent / "warc"
JOBS = (1, 2, 8)


class Jobs(BatchTest):
    def each(self, *arguments, status=0, stdin=b"", outputs=()):
        """Runs with each number of jobs: (standard output, standard error, files), which must be the same."""
        runs = []
        for jobs in JOBS:
            out, err = self.finish("-j", jobs, "--stats", "stats.json", "--chaff", "ledger.jsonl", *arguments,
                                   status=status, stdin=stdin)
            runs.append((out, err, [self.tree(name) if (self.folder / name).is_dir() else self.read(name)
                                    for name in ("stats.json", "ledger.jsonl", *outputs)]))
        for jobs, run in zip(JOBS[1:], runs[1:]):
            self.assertTrue(run == runs[0], f"-j {jobs} gives something else than -j 1")
        return runs[0]

    def test_records_of_all_kinds(self):
        given, clean = records.jsonl(6000, large=2_000_000, final_newline=False)
        out, err, _ = self.each("-f", "jsonl", stdin=given, status=3)
        self.assertTrue(out == clean, "the clean records are not those expected")
        self.assertIn("(standard input):", err)
        lines = given.split(b"\n")
        named = sorted(int(message.split(":")[2]) for message in err.splitlines() if "stays as it is" in message)
        malformed = (b'"broken', b"no JSON", b"more follows", b"no UTF-8")
        self.assertEqual(named, [number for number, line in enumerate(lines, 1) if any(w in line for w in malformed)])
        self.assertEqual(self.stats()["failed"], len(named))

    def test_100_000_records(self):
        given, clean = records.jsonl(100_000, seed=15)
        out, _, _ = self.each("-f", "jsonl", stdin=given, status=3)
        self.assertTrue(out == clean)

    def test_the_ledger_leads_back_from_each(self):
        given, _ = records.jsonl(3000, seed=2)
        self.put("a.jsonl", given)
        self.each("a.jsonl", "-o", "clean.jsonl", status=3, outputs=["clean.jsonl"])
        restored, _ = self.finish("restore", "--chaff", "ledger.jsonl", "clean.jsonl")
        self.assertTrue(restored == given)

    def test_many_files_into_a_folder(self):
        rng = random.Random(3)
        for number in range(300):
            lines = [rng.choice(["Soup", "Loading...", "", "Stir [edit] well", "…"]) for _ in range(rng.randrange(40))]
            self.put(f"in/{number % 7}/{number}.txt", "\n".join(lines).encode())
        self.put("in/records.jsonl", records.jsonl(500)[0])
        self.put("in/more.jsonl.gz", gzip.compress(records.jsonl(300, seed=5)[0]))
        self.put("in/damaged.txt.gz", gzip.compress(b"never whole")[:-4])
        _, err, _ = self.each("-r", "in", "-o", "out/", status=3, outputs=["out"])
        self.assertIn("in/damaged.txt.gz: ", err)
        self.assertEqual(set(self.tree("in")) - {"damaged.txt.gz"}, set(self.tree("out/in")))

    def test_compressed_output(self):
        given, clean = records.jsonl(4000, seed=7)
        self.put("a.jsonl", given)
        for name, unpack in (("clean.jsonl.gz", ["gzip", "-dc"]), ("clean.jsonl.zst", ["zstd", "-dcq"])):
            with self.subTest(name):
                self.each("a.jsonl", "-o", name, status=3, outputs=[name])
                done = subprocess.run([*unpack, name], cwd=self.folder, capture_output=True, check=True)
                self.assertTrue(done.stdout == clean)

    def test_compressed_output_of_nothing(self):
        self.put("a.txt", b"Loading...\n")
        self.put("b.txt", b"")
        for name, unpack in (("clean.gz", ["gzip", "-dc"]), ("clean.zst", ["zstd", "-dcq"])):
            with self.subTest(name):
                self.each("a.txt", "b.txt", "-o", name, outputs=[name])
                done = subprocess.run([*unpack, name], cwd=self.folder, capture_output=True, check=True)
                self.assertEqual(done.stdout, b"")

    def test_compressed_output_of_little(self):
        self.put("a.txt", b"Soup\nLoading...\n")
        for name, unpack in (("clean.gz", ["gzip", "-dc"]), ("clean.zst", ["zstd", "-dcq"])):
            with self.subTest(name):
                self.each("a.txt", "-o", name, outputs=[name])
                done = subprocess.run([*unpack, name], cwd=self.folder, capture_output=True, check=True)
                self.assertEqual(done.stdout, b"Soup\n")

    def test_texts_and_wet_records_in_one_compressed_file(self):
        self.wet(10, 13, "a.wet")
        self.put("b.txt", b"Soup\nLoading...\n")
        self.each("b.txt", "a.wet", "b.txt", "-o", "clean.gz", outputs=["clean.gz"])
        self.finish("a.wet", "-o", "a.clean.wet")
        self.assertTrue(gzip.decompress(self.read("clean.gz")) == b"Soup\n" + self.read("a.clean.wet") + b"Soup\n")

    def test_input_that_comes_in_pieces_of_odd_sizes(self):
        given, clean = records.jsonl(2000, seed=8)
        rng, out = random.Random(4), []
        with self.start("-j", "2", "-f", "jsonl", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL) as run:
            reader = threading.Thread(target=lambda: out.append(run.stdout.read()))
            reader.start()
            rest = given
            while rest:
                size = rng.choice([1, 7, 100, 5000, 70_000])
                run.stdin.write(rest[:size])
                run.stdin.flush()
                rest = rest[size:]
            run.stdin.close()
            reader.join()
        self.assertTrue(out[0] == clean)

    def wet(self, count, seed, name):
        subprocess.run([sys.executable, WARC_TOOLS / "make_wet.py", str(count), str(seed), name], cwd=self.folder,
                       check=True)

    def compare(self, before, after):
        done = subprocess.run([sys.executable, WARC_TOOLS / "read_warc.py", "--compare", before, after],
                              cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr, "")
        self.assertEqual(done.returncode, 0)

    def test_wet_files(self):
        for name in ("a.warc.wet", "a.warc.wet.gz"):
            with self.subTest(name):
                self.wet(120, 11, name)
                self.each(name, "-o", "out/", outputs=["out"])
                self.compare(name, f"out/{name}")
                self.assertGreater(self.stats()["documents"], 100)
                self.assertNotEqual(self.read(name), self.read(f"out/{name}"))

    def test_wet_file_of_2_000_records(self):
        self.wet(2000, 14, "a.warc.wet.gz")
        for jobs in ("1", "8"):
            self.finish("-j", jobs, "a.warc.wet.gz", "-o", f"{jobs}.warc.wet.gz", "--stats", "stats.json")
        self.assertEqual(self.stats()["documents"], 2000)
        self.assertTrue(self.read("1.warc.wet.gz") == self.read("8.warc.wet.gz"))
        self.compare("a.warc.wet.gz", "8.warc.wet.gz")

    def test_wet_between_packed_and_plain(self):
        self.wet(40, 12, "a.warc.wet")
        self.finish("-j", "2", "a.warc.wet", "-o", "out.warc.wet.gz")
        self.finish("-j", "2", "a.warc.wet", "-o", "out.warc.wet")
        self.compare("a.warc.wet", "out.warc.wet.gz")
        self.compare("out.warc.wet.gz", "out.warc.wet")

    def test_one_slow_document_delays_only_its_own_place(self):
        # The first is far larger than all that may wait behind it.
        self.put("0.txt", b"Soup\nLoading...\n" * 40_000)
        names = ["0.txt"]
        for number in range(1, 400):
            names.append(f"{number}.txt")
            self.put(names[-1], b"%d\nLoading...\n" % number)
        out, _, _ = self.each(*names)
        self.assertEqual(out, b"Soup\n" * 40_000 + b"".join(b"%d\n" % number for number in range(1, 400)))


if __name__ == "__main__":
    main()
