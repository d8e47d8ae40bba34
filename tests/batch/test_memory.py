"""Memory does not grow with the input, only with the documents that are worked on."""
import os
import random
import subprocess
import sys
import threading
import unittest

from harness import LONG, BatchTest, main

MB = 1 << 20
LINE = b'{"id":12345,"text":"Soup, and a word or two.\\nLoading...\\nStir it well."}\n'
CLEAN_LINE = LINE.replace(b"Loading...\\n", b"")
BLOCK = LINE * 10_000


class Memory(BatchTest):
    def peak(self, *arguments, blocks=0):
        """Bytes that the program held at most, while it was given so many blocks of small records."""
        run = subprocess.Popen(self.command(*arguments), cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        sizes = []
        reader = threading.Thread(
            target=lambda: sizes.append(sum(map(len, iter(lambda: run.stdout.read(MB), b"")))))
        reader.start()
        with run.stdin as pipe:
            for _ in range(blocks):
                pipe.write(BLOCK)
        reader.join()
        run.stdout.close()
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(run.returncode, 0)
        self.size_out = sizes[0]
        return usage.ru_maxrss * 1024

    def tell(self, what, peak):
        print(f"\n{what}: {peak / MB:.0f} MB at most", file=sys.stderr)

    def through_a_pipe(self, size, *options):
        blocks = size // len(BLOCK)
        peak = self.peak("-f", "jsonl", *options, blocks=blocks)
        self.assertEqual(self.size_out, blocks * 10_000 * len(CLEAN_LINE))
        self.tell(f"{size / MB:.0f} MB of small records through a pipe {' '.join(options)}", peak)
        return peak

    def test_records_through_a_pipe(self):
        # The window is full long before the shorter one has ended.
        short, long = (self.through_a_pipe(size * MB, "-j", "2") for size in (16, 40))
        self.assertLess(long - short, 8 * MB)

    @unittest.skipUnless(LONG, "takes minutes: DECHAFF_LONG_TESTS=1")
    def test_4_gb_of_records_through_a_pipe(self):
        for options in ((), ("-j", "1"), ("-j", "8")):
            self.assertLess(self.through_a_pipe(4 << 30, *options), 200 * MB)

    def test_many_small_files(self):
        for number in range(3000):
            self.put(f"in/{number % 10}/{number}.txt", b"Soup\nLoading...\n")
        few = self.peak("-r", "in/0", "-j", "8", "--chaff", "l.jsonl", "-o", "few/")
        many = self.peak("-r", "in", "-j", "8", "--chaff", "l.jsonl", "-o", "out/")
        self.tell("3,000 small files, -j 8", many)
        self.assertLess(many - few, 8 * MB)

    def large_record(self, size):
        rng = random.Random(1)
        words = [b"".join(rng.choices([b"la", b"ri", b"to", b"en"], k=rng.randint(1, 4))) for _ in range(2000)]
        lines = [b" ".join(rng.choices(words, k=rng.randint(3, 20))) for _ in range(5000)] + [b"Loading..."]
        text, left = [], size
        while left > 0:
            text.append(rng.choice(lines))
            left -= len(text[-1]) + 2
        self.put("a.jsonl", b'{"text":"' + rb"\n".join(text) + b'"}\n')

    def of_one_large_record(self, size):
        least = self.peak("-f", "jsonl")
        self.large_record(size)
        grown = self.peak("a.jsonl", "-j", "2") - least
        self.tell(f"one record of {size // MB} MB ({grown / size:.1f} times its size)", grown + least)
        return grown

    def test_one_large_record(self):
        self.assertLess(self.of_one_large_record(6 * MB), 10 * 6 * MB)

    @unittest.skipUnless(LONG, "takes minutes: DECHAFF_LONG_TESTS=1")
    def test_record_of_100_mb(self):
        self.assertLess(self.of_one_large_record(100 * MB), 10 * 100 * MB)


if __name__ == "__main__":
    main()
