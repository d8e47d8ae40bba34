"""An optimised program is built as cmake/hardening.cmake wants it: hardened.py PROGRAM."""
import re
import subprocess
import sys


def readelf(*arguments):
    return subprocess.run(["readelf", "--wide", *arguments], capture_output=True, text=True, check=True,
                          env={"LC_ALL": "C"}).stdout


program = sys.argv[1]
headers, segments, dynamic = readelf("-h", program), readelf("-l", program), readelf("-d", program)
symbols = readelf("--dyn-syms", program)
checks = {
    "its code may lie anywhere (PIE)": re.search(r"Type:\s+DYN", headers) and "(FLAGS_1)" in dynamic
                                       and re.search(r"FLAGS_1.*PIE", dynamic),
    "the tables of the linker are read-only (full RELRO)": "GNU_RELRO" in segments and re.search(r"FLAGS.*NOW", dynamic),
    "the stack holds no code": re.search(r"GNU_STACK.* RW ", segments),
    "no segment can be written and run": not re.search(r"LOAD.* RWE ", segments),
    "a stack that was written over is noticed": "__stack_chk_fail" in symbols,
    "calls of libc know the sizes (_FORTIFY_SOURCE)":
        re.search(r"__\w+_chk@", symbols.replace("__stack_chk", "")),
    "nothing is searched for beside the program but its library":
        not re.search(r"R(UN)?PATH.*\[(?!\$ORIGIN)[^\]/]", dynamic),
}
wrong = [what for what, holds in checks.items() if not holds]
for what in wrong:
    print(f"does not hold: {what}")
sys.exit(1 if wrong else 0)
