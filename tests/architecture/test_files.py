"""How files are named, how long they are, and what must never be in them."""

from __future__ import annotations

import re

from tests.architecture.sources import PACKAGE, ROOT, python_files, shown, tracked_files

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "stuff", "base_utils"}
LONGEST = 400
# A file may be longer only with its reason here.
ALLOWED_LONGER: dict[str, str] = {
    "parvis": "the launcher must be one file: it runs before anything else is there",
}
CODE = {".py", ".js", ".css", ".html", ".sh"}
GENERATED = {"package-lock.json", "uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"}
REGISTRY = re.compile(
    r"https?://[^\s\"'<>)]*(?:pypi|pythonhosted|npmjs|artifactory|nexus|devpi|registry\.|/simple/)[^\s\"'<>)]*", re.I
)
INDEX_OPTION = re.compile(r"^\s*(?:--index-url|--extra-index-url|-i)\s|^--find-links", re.M)


def test_modules_are_named_after_what_they_hold() -> None:
    vague = [
        shown(path) for path in python_files(PACKAGE, ROOT / "config", ROOT / "tests") if path.stem in FORBIDDEN_NAMES
    ]
    vague += [shown(path) for path in PACKAGE.rglob("*") if path.is_dir() and path.name in FORBIDDEN_NAMES]
    assert not vague, f"Name these after what they hold: {', '.join(vague)}"


def test_files_stay_short() -> None:
    long = []
    for path in tracked_files():
        if "vendor" in path.parts or "migrations" in path.parts:
            continue
        if path.suffix in CODE or shown(path) == "parvis":
            lines = path.read_text(encoding="utf-8").count("\n")
            if lines > LONGEST and shown(path) not in ALLOWED_LONGER:
                long.append(f"{shown(path)} ({lines} lines)")
    assert not long, f"Split these by what they do, or give a reason in ALLOWED_LONGER: {', '.join(long)}"


def test_reasons_are_given_only_where_needed() -> None:
    needless = [
        name
        for name in ALLOWED_LONGER
        if not (ROOT / name).is_file() or (ROOT / name).read_text(encoding="utf-8").count("\n") <= LONGEST
    ]
    assert not needless, f"No longer needed in ALLOWED_LONGER: {', '.join(needless)}"


def test_no_registry_address_is_kept() -> None:
    found = []
    for path in tracked_files():
        assert path.name not in GENERATED, f"{shown(path)} records registry addresses: remove it (design.md)"
        if path.stat().st_size > 3_000_000 or "vendor" in path.parts:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{shown(path)}: {match.group()}" for match in REGISTRY.finditer(text)]
        if path.name.startswith("requirements") and INDEX_OPTION.search(text):
            found.append(f"{shown(path)}: an index option")
    assert not found, f"Take these addresses out: {', '.join(found)}"


def test_every_locked_package_carries_hashes() -> None:
    for name in ("requirements.lock.txt", "requirements-dev.lock.txt"):
        blocks = re.split(r"\n(?=[a-zA-Z0-9])", (ROOT / name).read_text(encoding="utf-8"))
        bare = [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]
        assert not bare, f"{name}: run ./parvis lock; without a hash: {', '.join(bare)}"


def test_no_emoji_anywhere() -> None:
    emoji = re.compile("[\U0001f300-\U0001faff\u2600-\u26ff\u2705\u274c\u2b50]")
    found = []
    for path in tracked_files():
        if path.suffix in CODE | {".md", ".po", ".txt", ".toml", ".csv"} and "vendor" not in path.parts:
            found += [shown(path)] if emoji.search(path.read_text(encoding="utf-8", errors="ignore")) else []
    assert not found, f"Say it in words instead: {', '.join(found)}"
