"""How far a run is: a line on a terminal that is gone at the end, lines in a log where asked for, else nothing."""
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import threading
import time

from harness import DIRTY, PATIENCE_S, BatchTest, main

ERASE = "\r\x1b[K"


class Progress(BatchTest):
    def on_terminal(self, *arguments, columns=80, stdout=subprocess.DEVNULL, feed=b"", until=None, seconds=0.0):
        """What the run writes to a terminal as its standard error. `feed` is given again and again, until what was
        written fits the pattern `until`, or for so many seconds."""
        terminal, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        with self.start(*arguments, stdin=subprocess.PIPE, stdout=side if stdout is None else stdout,
                        stderr=side) as run:
            os.close(side)
            shown = []
            reader = threading.Thread(target=lambda: shown.extend(read_all(terminal)))
            reader.start()
            end = time.monotonic() + (PATIENCE_S if until else seconds)
            while feed and time.monotonic() < end:
                if until and re.search(until, b"".join(shown)):
                    break
                run.stdin.write(feed)
                run.stdin.flush()
                time.sleep(0.02)
            run.stdin.close()
            run.wait(PATIENCE_S)
            reader.join()
        os.close(terminal)
        self.assertEqual(run.returncode, 0)
        return b"".join(shown).decode().replace("\r\n", "\n")

    def test_line_shows_on_a_terminal_and_is_gone_at_the_end(self):
        shown = self.on_terminal("-f", "jsonl", feed=b'{"text":"Soup and salt\\nLoading..."}\n' * 50,
                                 until=rb"% chaff")
        self.assertRegex(shown, r"\d+ documents, [\d.]+ k?B, [\d.]+ k?B/s, 25\.0 % chaff")
        self.assertTrue(shown.startswith(ERASE))
        self.assertTrue(shown.endswith(ERASE), repr(shown[-50:]))
        self.assertNotIn("\n", shown)

    def test_messages_stand_alone_on_their_lines(self):
        shown = self.on_terminal("-f", "jsonl", "-v", feed=b'{"text":"Soup"}\n' * 3, until=rb"documents[^\n]*\n")
        for line in shown.split("\n"):
            text = line.split(ERASE)[-1]
            self.assertTrue(not text or text.startswith("dechaff: (standard input):"), repr(text))

    def test_line_is_no_wider_than_the_terminal(self):
        shown = self.on_terminal("-f", "jsonl", columns=30, feed=b'{"text":"Soup\\nLoading..."}\n' * 50,
                                 until=rb"documents")
        lines = [part for part in shown.split(ERASE) if part]
        self.assertTrue(lines)
        for line in lines:
            self.assertLess(len(line), 30, line)

    def test_remaining_time_of_named_files(self):
        self.put("a.jsonl", b'{"text":"Soup"}\n' * 200_000)
        shown = self.on_terminal("a.jsonl", "a.jsonl", "a.jsonl", "a.jsonl", "-j", "1")
        if ERASE in shown:
            self.assertRegex(shown, r"\d:\d\d left")

    def test_short_run_leaves_nothing_behind(self):
        self.put("a.txt", DIRTY)
        self.assertEqual(self.on_terminal("a.txt").rpartition(ERASE)[2], "")  # it may take long on a busy machine

    def test_text_on_the_same_terminal_is_not_written_over(self):
        shown = self.on_terminal("-f", "jsonl", stdout=None, seconds=0.8, feed=b'{"text":"Soup"}\n')
        self.assertEqual(set(shown.splitlines()), {'{"text":"Soup"}'})

    def test_quiet_shows_nothing(self):
        self.assertEqual(self.on_terminal("-q", "-f", "jsonl", seconds=0.8, feed=b'{"text":"Soup"}\n'), "")

    def test_pipe_gets_nothing_unless_asked(self):
        _, err = self.slowly("-f", "jsonl")
        self.assertEqual(err, "")

    def test_pipe_gets_lines_where_asked(self):
        out, err = self.slowly("-f", "jsonl", "--progress")
        self.assertEqual(out, b'{"text":"Soup"}\n' * 40)
        for line in err.splitlines():
            self.assertTrue(re.fullmatch(r"dechaff: \d+ documents, .*", line), line)
        self.assertNotIn("\x1b", err)

    def slowly(self, *arguments):
        with self.start(*arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
            for _ in range(40):
                run.stdin.write(b'{"text":"Soup"}\n')
                run.stdin.flush()
                time.sleep(0.01)
            out, err = run.communicate()
        self.assertEqual(run.returncode, 0)
        return out, err.decode()


def read_all(terminal):
    """All that is written to a terminal, until its other side is closed."""
    while True:
        select.select([terminal], [], [])
        try:
            data = os.read(terminal, 65536)
        except OSError:  # EIO: nobody has the other side open
            return
        if not data:
            return
        yield data


if __name__ == "__main__":
    main()
