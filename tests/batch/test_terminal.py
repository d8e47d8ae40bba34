"""What others wrote does not steer the terminal: names of files, rules, ledgers and settings are shown escaped there."""
import os
import pty
import re
import tty

from harness import BatchTest, DIRTY, main

EVIL = "\x1b]0;owned\x07\x1b[2J\u202e\x9b31m"


class Terminal(BatchTest):
    def on_terminal(self, *arguments, stream="stderr", rules=None):
        """What the program writes to a stream that is a terminal."""
        ours, theirs = pty.openpty()
        tty.setraw(theirs)
        with open(os.devnull, "wb") as nowhere:
            streams = {"stdin": nowhere, "stdout": nowhere, "stderr": nowhere} | {stream: theirs}
            with self.start(*arguments, rules=rules, **streams) as run:
                os.close(theirs)
                out = b""
                while True:
                    try:
                        piece = os.read(ours, 65536)
                    except OSError:  # nobody writes any more
                        break
                    if not piece:
                        break
                    out += piece
        os.close(ours)
        # The progress line may be wiped.
        return out.decode().replace("\r\x1b[K", "")

    def assert_harmless(self, shown):
        self.assertTrue(shown)
        self.assertIsNone(re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown), repr(shown))
        self.assertIn("\\u{001B}", shown)

    def test_names_of_files(self):
        self.assert_harmless(self.on_terminal(EVIL + ".txt"))

    def test_names_of_records(self):
        self.put(EVIL + ".jsonl", b"no record\n")
        self.assert_harmless(self.on_terminal(EVIL + ".jsonl"))

    def test_mistakes_in_rules(self):
        path = self.put("r.toml", f"[[rule]]\nid = 'x'\nscope = \"{EVIL}\"\n".replace("\x1b", "\\u001b")
                        .replace("\x07", "\\u0007").replace("\x9b", "\\u009b").encode())
        self.assert_harmless(self.on_terminal("a.txt", rules=path))

    def test_rules_that_are_shown(self):
        path = self.put("r.toml", f"[[rule]]\nid = 'x.y'\nwhy = \"{EVIL}\"\nlines = ['a']\n".replace("\x1b", "\\u001b")
                        .replace("\x07", "\\u0007").replace("\x9b", "\\u009b").encode())
        os.rename(path, self.folder / (EVIL + ".toml"))
        shown = self.on_terminal("rules", "list", stream="stdout", rules=self.folder / (EVIL + ".toml"))
        self.assert_harmless(shown)

    def command(self, *arguments, rules=None):
        if arguments[:1] != ("rules",):
            return super().command(*arguments, rules=rules)
        first = super().command(rules=rules)
        return [first[0], *(os.fsencode(word) for word in arguments), *first[1:]]

    def test_ledgers_of_others(self):
        self.put("a.txt", DIRTY)
        self.finish("a.txt", "-o", "out", "--chaff", "l.jsonl")
        ledger = self.read("l.jsonl").replace(b'"a.txt"', b'"\\u001b]0;owned\\u0007"')
        self.put("l.jsonl", ledger)
        shown = self.on_terminal("restore", "--chaff", "l.jsonl", "out")
        self.assertNotIn("\x1b", shown)

    def test_differences(self):
        self.put(EVIL, EVIL.encode() + b"\nLoading...\n")
        self.assert_harmless(self.on_terminal("--diff", EVIL, stream="stdout"))

    def test_explanations(self):
        self.put("a.txt", EVIL.encode() + b"\nLoading...\n")
        shown = self.on_terminal("explain", "--color", "never", "a.txt", stream="stdout")
        self.assertNotIn("\x1b", shown)

    def test_what_is_no_terminal_gets_the_names_as_they_are(self):
        _, err = self.finish("\x1b.txt", status=3)
        self.assertIn("\x1b.txt", err)


if __name__ == "__main__":
    main()
