"""What is costly is made once, by however many it is asked for, and a crowd cannot exhaust the machine."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from parvis.gateways.kept_files import KeptFiles, TooManyDocuments
from tests.architecture.sources import ROOT


def key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


class Press:
    """Makes documents slowly, and counts how many at once."""

    def __init__(self, seconds: float = 0.1) -> None:
        self.seconds = seconds
        self.made = 0
        self.running = 0
        self.most = 0
        self.counting = threading.Lock()

    def make(self, name: str) -> bytes:
        with self.counting:
            self.made += 1
            self.running += 1
            self.most = max(self.most, self.running)
        time.sleep(self.seconds)
        with self.counting:
            self.running -= 1
        return name.encode()


def ask_at_once(files: KeptFiles, press: Press, names: list[str]) -> list[bytes | TooManyDocuments]:
    gate = threading.Barrier(len(names))
    answers: list[bytes | TooManyDocuments] = []

    def ask(name: str) -> None:
        gate.wait()
        try:
            answers.append(files.get_or_make(key(name), lambda: press.make(name)))
        except TooManyDocuments as refusal:
            answers.append(refusal)

    readers = [threading.Thread(target=ask, args=(name,)) for name in names]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return answers


def test_a_document_is_made_once_and_kept(tmp_path: Path) -> None:
    press = Press(0)
    for _ in range(3):
        assert KeptFiles(tmp_path).get_or_make(key("a"), lambda: press.make("a")) == b"a"
    assert press.made == 1


def test_many_who_want_the_same_wait_for_one(tmp_path: Path) -> None:
    press = Press()
    answers = ask_at_once(KeptFiles(tmp_path, waiting=50), press, ["same"] * 20)
    assert answers == [b"same"] * 20
    assert press.made == 1


def test_few_are_made_at_the_same_time(tmp_path: Path) -> None:
    press = Press()
    answers = ask_at_once(KeptFiles(tmp_path, at_once=2, waiting=50), press, [f"document {n}" for n in range(12)])
    assert len([answer for answer in answers if isinstance(answer, bytes)]) == 12
    assert press.made == 12
    assert press.most <= 2


def test_a_crowd_is_refused_and_told_to_come_back(tmp_path: Path) -> None:
    press = Press(0.5)
    answers = ask_at_once(KeptFiles(tmp_path, at_once=1, waiting=3), press, [f"document {n}" for n in range(12)])
    refused = [answer for answer in answers if isinstance(answer, TooManyDocuments)]
    assert len(refused) == 9
    assert "half a minute" in str(refused[0])
    assert press.made == 3


def test_who_has_it_already_is_served_meanwhile(tmp_path: Path) -> None:
    files, press = KeptFiles(tmp_path, at_once=1, waiting=1), Press(0.6)
    files.get_or_make(key("known"), lambda: b"known")
    slow = threading.Thread(target=lambda: files.get_or_make(key("slow"), lambda: press.make("slow")))
    slow.start()
    began = time.monotonic()
    assert files.get_or_make(key("known"), lambda: b"again") == b"known"
    assert time.monotonic() - began < 0.4
    slow.join()


def test_nobody_waits_for_ever(tmp_path: Path) -> None:
    files, press = KeptFiles(tmp_path, at_once=1, patience_s=0.15), Press(0.8)
    slow = threading.Thread(target=lambda: files.get_or_make(key("slow"), lambda: press.make("slow")))
    slow.start()
    time.sleep(0.1)
    with pytest.raises(TooManyDocuments):
        files.get_or_make(key("other"), lambda: b"other")
    slow.join()


def test_a_document_that_fails_is_not_kept_and_frees_its_place(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path, at_once=1, waiting=1)

    def fail() -> bytes:
        raise ValueError("no ink")

    for _ in range(3):
        with pytest.raises(ValueError, match="no ink"):
            files.get_or_make(key("a"), fail)
    assert files.get_or_make(key("a"), lambda: b"a") == b"a"


def test_processes_share_what_is_made(tmp_path: Path) -> None:
    """Two processes at once: each document is made by one of them, and never more than one at a time."""
    script = f"""
import sys, time
from pathlib import Path
from parvis.gateways.kept_files import KeptFiles
folder = Path({str(tmp_path)!r})
def make(name):
    with (folder / "journal.txt").open("a") as journal:
        journal.write(f"+{{name}}\\n"); journal.flush()
        time.sleep(0.15)
        journal.write(f"-{{name}}\\n")
    return name.encode()
files = KeptFiles(folder, at_once=1)
for name in ("aa", "bb", "cc"):
    files.get_or_make((name * 32), lambda: make(name))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    running = [subprocess.Popen([sys.executable, "-c", script], env=environment) for _ in range(3)]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    journal = (tmp_path / "journal.txt").read_text().split()
    assert sorted(journal) == ["+aa", "+bb", "+cc", "-aa", "-bb", "-cc"]
    assert all(journal[n][1:] == journal[n + 1][1:] for n in (0, 2, 4)), "two were made at the same time"


def test_what_was_read_the_longest_ago_makes_room(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path, most_bytes=350)
    for n in range(3):
        files.get_or_make(key(str(n)), lambda: b"x" * 100)
    for n, age in ((0, 300), (1, 9000), (2, 200)):
        kept = next(tmp_path.glob(f"{key(str(n))[:2]}/{key(str(n))[2:]}*"))
        os.utime(kept, (time.time() - age, time.time() - age))
    files.get_or_make(key("1"), lambda: b"lost")  # read again: an hour was over, so its date moves
    files.get_or_make(key("new"), lambda: b"x" * 100)
    assert files.get_or_make(key("1"), lambda: b"lost") == b"x" * 100
    assert files.get_or_make(key("0"), lambda: b"made anew") == b"made anew"


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    press = Press(0)
    files = KeptFiles(blocked / "below")
    for _ in range(2):
        assert files.get_or_make(key("a"), lambda: press.make("a")) == b"a"
    assert press.made == 2
    assert "cannot be kept" in caplog.text
