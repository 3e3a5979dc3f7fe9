"""The fuzz target itself, for a moment: long enough to see that it runs, and that nothing near the examples fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from fuzz.mutations import mutated
from fuzz.seeds import files_of, seeds

ROOT = Path(__file__).parents[2]


def test_a_short_run_finds_nothing(tmp_path: Path) -> None:
    arguments = ["--seconds", "5", "--mutations", "--failures", str(tmp_path / "failures")]
    done = subprocess.run(
        [sys.executable, "-m", "fuzz.report", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert ", 0 defects (seed 1)" in done.stdout


def test_an_input_has_a_number_and_is_always_the_same() -> None:
    texts = seeds()
    assert [mutated(texts, 1, number) for number in range(20)] == [mutated(texts, 1, number) for number in range(20)]
    assert mutated(texts, 1, 3) != mutated(texts, 2, 3)


def test_an_input_is_a_folder_of_files() -> None:
    data = b"a: 1\n#file: shop/web.yaml\nb: 2\n#file: ../../etc/passwd\nc: 3\n#file: /etc/x\n#file: ..\nd: 4\n"
    assert list(files_of(data)) == [
        ("manifest.yaml", b"a: 1"),
        ("shop/web.yaml", b"b: 2"),
        ("etc/passwd", b"c: 3"),
        ("etc/x", b""),
    ]
