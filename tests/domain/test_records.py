"""Frozen records come back from JSON as they went, and older and newer ones can be read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from parvis.domain.records import read_record, write_record


@dataclass(frozen=True)
class Leaf:
    name: str
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tree:
    leaves: list[Leaf]
    numbers: list[int] = field(default_factory=list)
    top: Leaf | None = None
    seats: int | None = None


TREE = Tree([Leaf("a", {"fr": "A"}), Leaf("b")], [1, 2], Leaf("c"), 3)


@pytest.mark.parametrize("tree", [TREE, Tree([]), Tree([Leaf("a")], [], None, None)])
def test_what_is_written_comes_back(tree: Tree) -> None:
    assert read_record(Tree, json.loads(json.dumps(write_record(tree)))) == tree


def test_a_record_of_a_newer_version_is_read() -> None:
    written = {"leaves": [{"name": "a", "colour": "red"}], "roots": 2}
    assert read_record(Tree, written) == Tree([Leaf("a")])


def test_a_record_of_an_older_version_takes_the_defaults() -> None:
    assert read_record(Tree, {"leaves": [], "top": {"name": "c"}}) == Tree([], [], Leaf("c"))


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ValueError, match="Tree lacks leaves"):
        read_record(Tree, {"numbers": []})


def test_lists_are_copies() -> None:
    written = {"leaves": [], "numbers": [1]}
    read_record(Tree, written).numbers.append(2)
    assert written["numbers"] == [1]
