"""What the program makes of texts."""
import subprocess
import tempfile
from pathlib import Path


def clean(program, profile, texts):
    """Each of `texts`, cleaned under `profile` in one run of the program."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        names = [f"{number}.txt" for number in range(len(texts))]
        for name, text in zip(names, texts):
            (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        if names:
            subprocess.run([program, "-q", "-p", profile, "-o", "out/", *names], check=True, cwd=folder)
        return [(folder / "out" / name).read_bytes().decode("utf-8") for name in names]
