"""Runs that are ended from outside: what they leave is whole, and the next run goes on."""
import os
import random
import re
import signal
import subprocess
import time

import records
from harness import CLEAN, DIRTY, LONG, PATIENCE_S, BatchTest, main

FILES = 500


def identity(path):
    info = os.lstat(path)
    return info.st_ino, info.st_mtime_ns


class Killed(BatchTest):
    """By SIGKILL, at any moment."""

    def given(self):
        """Small files of both formats; each fourth is clean already."""
        out = {}
        for number in range(FILES):
            name = f"{number % 5}/{number}"
            if number % 10 == 3:
                out[name + ".jsonl"] = records.jsonl(20, seed=number)[0]
            else:
                out[name + ".txt"] = (CLEAN if number % 4 == 0 else DIRTY) + b"%d\n" % number
        return out

    def clean_forms(self, given):
        for name, content in given.items():
            self.put("expected/" + name, content)
        begun = time.monotonic()
        self.finish("-r", "expected", "-i", status=3)
        self.seconds = time.monotonic() - begun
        return self.tree("expected")

    def kill_somewhere(self, rng, names, ledger):
        """Kills a run in the midst of its work: as the list of its inputs does not end, it cannot be done before."""
        with self.start("-i", "-j", "2", "--files-from", "-", "--chaff", ledger, "--resume", stdin=subprocess.PIPE,
                        stderr=subprocess.DEVNULL) as run:
            run.stdin.write(b"".join(b"in/%s\n" % os.fsencode(name) for name in names[:rng.randrange(len(names))]))
            run.stdin.flush()
            time.sleep(rng.uniform(0, self.seconds))  # for the moment to be another; any will do
            run.kill()
        self.assertEqual(run.returncode, -signal.SIGKILL)

    def check_whole(self, given, clean, kills=0):
        """After so many kills: each file is wholly old or wholly new; the names of those that are new."""
        now = self.tree("in")
        litter = [name for name in now if name not in given]
        # A name goes over to a successor in two steps; killed in between, the successor has another one.
        for name in litter:
            folder, _, hidden = name.rpartition("/")
            match = re.fullmatch(r"\.(.*)\.dechaff-0", hidden)
            self.assertTrue(match and now[name] == clean[f"{folder}/{match[1]}"], name)
            del now[name]
        self.assertLessEqual(len(litter), kills)
        self.assertEqual(set(now), set(given))
        for name, content in now.items():
            self.assertIn(content, (given[name], clean[name]), name)
        return {name for name in now if now[name] != given[name]}

    def killed_again_and_again(self, ledger, seed):
        given = self.given()
        clean = self.clean_forms(given)
        for name, content in given.items():
            self.put("in/" + name, content)
        rng = random.Random(seed)
        for kills in range(1, 9 if LONG else 5):
            self.kill_somewhere(rng, sorted(given), ledger)
            new = self.check_whole(given, clean, kills)
            if kills == 2 and (self.folder / ledger).exists():
                self.undo(ledger, given)
        before = {name: identity(self.folder / "in" / name) for name in new}
        self.finish("-r", "in", "-i", "--chaff", ledger, "--resume", status=None)
        self.assertEqual({name: identity(self.folder / "in" / name) for name in new}, before)
        self.assertEqual(self.check_whole(given, clean), {name for name in given if given[name] != clean[name]})
        self.undo(ledger, given)

    def undo(self, ledger, given):
        """What the ledger recorded leads back, whatever became of the run."""
        self.finish("restore", "--undo", "--chaff", ledger)
        now = {name: content for name, content in self.tree("in").items() if ".dechaff-" not in name}
        self.assertEqual(now, given)

    def test_at_random_moments(self):
        self.killed_again_and_again("l.jsonl", seed=1)

    def test_at_random_moments_with_a_ledger_in_zstd(self):
        self.killed_again_and_again("l.jsonl.zst", seed=2)

    def test_at_random_moments_with_a_ledger_in_gzip(self):
        self.killed_again_and_again("l.jsonl.gz", seed=3)


class Finished(BatchTest):
    """What a run that goes on does not do again."""

    def test_inputs_are_not_done_again(self):
        for number in range(60):
            self.put(f"in/{number}.txt", DIRTY + b"%d\n" % number)
        with self.start("-i", "-j", "1", "--chaff", "l.jsonl", "--files-from", "-", stdin=subprocess.PIPE) as run:
            # 16 files are put into their place together; so after 40 names some are, and some are not.
            run.stdin.write(b"".join(b"in/%d.txt\n" % number for number in range(40)))
            run.stdin.flush()
            self.wait_until(lambda: self.read("in/15.txt") != DIRTY + b"15\n")
            run.kill()
        done = {name: identity(self.folder / "in" / name) for name, content in self.tree("in").items()
                if b"Loading" not in content}
        self.assertGreaterEqual(len(done), 16)
        self.finish("-r", "in", "-i", "--chaff", "l.jsonl", "--stats", "stats.json", "--resume")
        self.assertEqual(self.stats()["documents"], 60 - len(done))
        self.assertEqual({name: identity(self.folder / "in" / name) for name in done}, done)
        self.finish("-r", "in", "-i", "--chaff", "l.jsonl", "--stats", "stats.json", "--resume")
        self.assertEqual(self.stats()["documents"], 0)
        self.finish("restore", "--undo", "--chaff", "l.jsonl")
        self.assertEqual(self.tree("in"), {f"{number}.txt": DIRTY + b"%d\n" % number for number in range(60)})


class Interrupted(BatchTest):
    """By SIGINT, SIGTERM or SIGHUP: what was begun is finished."""

    def interrupted(self, number, *arguments, first, after):
        """Sends a signal once `first` was given and `after` holds: (standard output, standard error)."""
        with self.start(*arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
            run.stdin.write(first)
            run.stdin.flush()
            self.wait_until(after)
            run.send_signal(number)
            out, err = run.stdout.read(), run.stderr.read().decode()
        self.assertEqual(run.returncode, -number, err)
        return out, err

    def test_in_place_run_is_whole_and_goes_on(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number.name):
                for name in range(50):
                    self.put(f"{name}.txt", DIRTY)
                names = [b"%d.txt\n" % name for name in range(50)]
                ledger = self.folder / "l.jsonl"
                _, err = self.interrupted(
                    number, "-i", "-j", "2", "--files-from", "-", "--chaff", "l.jsonl", "--stats", "stats.json",
                    first=b"".join(names[:30]), after=lambda: ledger.exists() and b'"7.txt"' in ledger.read_bytes())
                self.assertEqual(err, "")
                done = [name for name, content in self.tree().items() if content == CLEAN]
                self.assertEqual(self.stats()["documents"], len(done))
                self.assertIn(b'{"end":true', ledger.read_bytes().splitlines()[-1])
                self.finish("-i", *(f"{name}.txt" for name in range(50)), "--chaff", "l.jsonl", "--resume",
                            "--stats", "stats.json")
                self.assertEqual(self.stats()["documents"], 50 - len(done))
                self.finish("restore", "--undo", "--chaff", "l.jsonl")
                self.assertEqual({self.read(f"{name}.txt") for name in range(50)}, {DIRTY})
                self.assertEqual(len(self.tree()), 52)
                ledger.unlink()

    def test_stream_ends_with_a_whole_record(self):
        line, clean = b'{"text":"Soup\\nLoading..."}\n', b'{"text":"Soup"}\n'
        ledger = self.folder / "l.jsonl"
        for jobs in ("1", "2"):
            with self.subTest(jobs):
                # The last line is not whole yet when the signal comes.
                out, err = self.interrupted(
                    signal.SIGINT, "-f", "jsonl", "-j", jobs, "--chaff", "l.jsonl", first=line * 100 + line[:12],
                    after=lambda: ledger.exists() and b'"-:100"' in ledger.read_bytes())
                self.assertEqual((out, err), (clean * 100, ""))
                back, _ = self.finish("restore", "--chaff", "l.jsonl", stdin=out)
                self.assertEqual(back, line * 100)
                ledger.unlink()

    def test_text_that_was_not_read_to_its_end_is_not_begun(self):
        self.put("a.txt", DIRTY)
        ledger = self.folder / "l.jsonl"
        out, err = self.interrupted(signal.SIGINT, "a.txt", "-", "-j", "1", "--chaff", "l.jsonl", first=b"Loading...\nand",
                                    after=lambda: ledger.exists() and b'"a.txt"' in ledger.read_bytes())
        self.assertEqual((out, err), (CLEAN, ""))
        back, _ = self.finish("restore", "--chaff", "l.jsonl", stdin=out)
        self.assertEqual(back, DIRTY)

    def test_output_file_is_not_half_there(self):
        self.put("b.txt", b"before\n")
        ledger = self.folder / "l.jsonl"
        self.interrupted(signal.SIGTERM, "-f", "jsonl", "-o", "b.txt", "--chaff", "l.jsonl", first=b'{"text":"a"}\n' * 9,
                         after=lambda: ledger.exists() and b'"input"' in ledger.read_bytes())
        self.assertEqual(self.read("b.txt"), b"before\n")
        self.assertEqual(sorted(self.tree()), ["b.txt", "l.jsonl"])

    def test_second_signal_ends_at_once(self):
        # The first is heeded while the text of a document is on its way to a reader that does not read.
        self.put("a.txt", b"Soup\n" * 2_000_000)
        with self.start("a.txt", stdout=subprocess.PIPE) as run:
            run.stdout.read(1)
            run.send_signal(signal.SIGINT)
            time.sleep(0.1)
            self.assertIsNone(run.poll())

            def ended():
                run.send_signal(signal.SIGINT)  # two that come at once are one
                return run.poll() is not None
            self.wait_until(ended)
            self.assertEqual(run.returncode, -signal.SIGINT)

    def test_ignored_signals_stay_ignored(self):
        with self.start("-f", "jsonl", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)) as run:
            run.stdin.write(b'{"text":"a"}\n')
            run.stdin.flush()
            self.assertEqual(run.stdout.readline(), b'{"text":"a"}\n')
            run.send_signal(signal.SIGINT)
            run.stdin.write(b'{"text":"b"}\n')
            run.stdin.close()
            self.assertEqual(run.stdout.read(), b'{"text":"b"}\n')
        self.assertEqual(run.returncode, 0)


class ClosedStreams(BatchTest):
    def test_reader_that_goes_away_ends_the_run_quietly(self):
        for name, content in (("a.txt", DIRTY * 20_000), ("a.jsonl", b'{"text":"Soup\\nLoading..."}\n' * 20_000)):
            for jobs in ("1", "2"):
                with self.subTest(name + " -j " + jobs):
                    self.put(name, content)
                    with self.start(name, "-q", "-j", jobs, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
                        run.stdout.read(1)
                        run.stdout.close()
                        err = run.stderr.read()
                    self.assertEqual((run.returncode, err), (-signal.SIGPIPE, b""))

    def test_reader_that_goes_away_while_input_is_waited_for(self):
        with self.start("-f", "jsonl", "-j", "2", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                        stderr=subprocess.PIPE) as run:
            run.stdin.write(b'{"text":"a"}\n')
            run.stdin.flush()
            run.stdout.readline()
            run.stdout.close()
            run.stdin.write(b'{"text":"b"}\n')
            run.stdin.flush()
            self.assertEqual(run.wait(PATIENCE_S), -signal.SIGPIPE)
            self.assertEqual(run.stderr.read(), b"")

    def test_reader_that_goes_away_while_a_list_is_waited_for(self):
        self.put("a.txt", DIRTY)
        for jobs in ("1", "2"):
            with self.subTest(jobs), self.start("--files-from", "-", "-j", jobs, stdin=subprocess.PIPE,
                                                stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
                run.stdin.write(b"a.txt\n")
                run.stdin.flush()
                run.stdout.read(len(CLEAN))
                run.stdout.close()
                run.stdin.write(b"a.txt\n")
                run.stdin.flush()
                self.assertEqual(run.wait(PATIENCE_S), -signal.SIGPIPE)
                self.assertEqual(run.stderr.read(), b"")

    def closed(self, number, *arguments):
        """Runs with a standard stream closed: (status, standard output, standard error)."""
        done = subprocess.run(self.command(*arguments), cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True,
                              check=False, preexec_fn=lambda: os.close(number))
        return done.returncode, done.stdout, done.stderr

    def test_closed_standard_input(self):
        self.put("a.txt", DIRTY)
        self.assertEqual(self.closed(0, "a.txt"), (0, CLEAN, b""))
        status, out, err = self.closed(0, "-", "a.txt")
        self.assertEqual((status, out), (3, CLEAN))
        self.assertIn(b"(standard input): ", err)

    def test_closed_standard_error(self):
        self.put("a.txt", DIRTY)
        status, out, _ = self.closed(2, "none.txt", "a.txt", "--chaff", "l.jsonl", "--progress", "-v")
        self.assertEqual((status, out), (3, CLEAN))
        self.assertEqual(self.read("l.jsonl")[:20], b'{"dechaff":"ledger",')

    def test_closed_standard_output(self):
        self.put("a.txt", DIRTY)
        status, _, err = self.closed(1, "a.txt", "--chaff", "l.jsonl")
        self.assertEqual(status, 3)
        self.assertIn(b"(standard output): ", err)
        self.assertEqual(self.read("l.jsonl")[:20], b'{"dechaff":"ledger",')
        self.assertEqual(self.closed(1, "-i", "a.txt")[0], 0)
        self.assertEqual(self.read("a.txt"), CLEAN)


if __name__ == "__main__":
    main()
