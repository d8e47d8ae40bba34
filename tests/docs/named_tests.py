"""The tests, golden runs, corpora and fuzz targets that documents name are there: named_tests.py CTEST BUILD ROOT DOCUMENT..."""
import fnmatch
import pathlib
import re
import subprocess
import sys

ctest, build, root, *documents = sys.argv[1:]
listed = subprocess.run([ctest, "--test-dir", build, "--show-only"], capture_output=True, text=True, check=True).stdout
tests = [name.split("  #")[0] for name in re.findall(r"Test +#\d+: (.+)", listed)]
root = pathlib.Path(root)
golden = [path.name for path in (root / "tests/golden").iterdir()]
folders = "|".join(path.name for path in (root / "tests").iterdir() if path.is_dir())
targets = [path.stem for path in (root / "fuzz").glob("fuzz_*.cpp")]
corpora = [path.name for path in (root / "fuzz/corpus").glob("*/*")]


def there(names, pattern):
    return bool(fnmatch.filter(names, pattern) or fnmatch.filter(names, pattern + "*"))


missing, named = [], 0
for document in documents:
    text = (root / document).read_text(encoding="utf-8")
    for names, found in ((golden, re.findall(r"golden `([^`]+)`", text)), (corpora, re.findall(r"corpus `([^`]+)`", text)),
                         (targets, re.findall(r"`(fuzz_\w+)`", text)),
                         (tests, re.findall(rf"`((?:{folders})\.[^`]+)`", text))):
        named += len(found)
        missing += [f"{document}: {name}" for name in found if not there(names, name)]
if named == 0 or missing:
    sys.exit("\n".join(missing) or "no test is named")
