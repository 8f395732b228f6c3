"""What changed between two releases, and in which words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parvis.domain.programme.differences import CHANGE_SENTENCES, ChangeKind, difference, sentence_of
from parvis.domain.programme.release import (
    EditionContent,
    FederationContent,
    InterventionContent,
    ReleaseContent,
    RoomContent,
    SessionContent,
    SpeakerContent,
    from_json,
    in_language,
    to_json,
)


def a_session(guid: str = "g1", **more: object) -> SessionContent:
    given: dict[str, object] = {
        "guid": guid,
        "code": guid,
        "slug": guid,
        "format": "workshop",
        "title": {"fr": f"Atelier {guid}", "en": f"Workshop {guid}"},
        "abstract": {},
        "host": {},
        "group": {},
        "status": "confirmed",
        "members_only": False,
        "spoken": [],
        "interpreted": [],
        "sdgs": [],
        "capacity": None,
        "room": "a",
        "starts_at": "2023-09-18T09:30+02:00",
        "ends_at": "2023-09-18T11:00+02:00",
        "interventions": [],
    }
    return SessionContent(**{**given, **more})  # type: ignore[arg-type]


def a_release(*sessions: SessionContent) -> ReleaseContent:
    return ReleaseContent(
        federation=FederationContent(name={"fr": "F"}),
        edition=EditionContent("e", 14, "2023", {"fr": "Rencontres"}, {}, {}, "2023-09-18", "2023-09-19", ""),
        rooms=[RoomContent("a", "Salle A", 50), RoomContent("b", "Salle B", 20)],
        sessions=list(sessions),
        speakers=[SpeakerContent("p", "zoe", "Zoé", "Été", "ete zoe", [{"fr": "Maire"}])],
    )


CHANGES = {
    ChangeKind.CANCELLED: {"status": "cancelled"},
    ChangeKind.MOVED: {"starts_at": "2023-09-18T10:30+02:00"},
    ChangeKind.UNTIMED: {"starts_at": "", "ends_at": "", "room": ""},
    ChangeKind.ROOM: {"room": "b"},
    ChangeKind.SPEAKERS: {"interventions": [InterventionContent("zoe", "speaker", {})]},
    ChangeKind.TITLE: {"title": {"fr": "Autre", "en": "Other"}},
}


@pytest.mark.parametrize(("kind", "change"), CHANGES.items())
def test_each_change_is_named_once(kind: ChangeKind, change: dict[str, object]) -> None:
    before, after = a_session(), replace(a_session(), **change)  # type: ignore[arg-type]
    assert [c.kind for c in difference(a_release(before), a_release(after))] == [kind]


def test_new_removed_and_restored() -> None:
    before = a_release(a_session("g1"), a_session("g2", status="cancelled"))
    after = a_release(a_session("g2"), a_session("g3"))
    assert [(c.kind, c.session) for c in difference(before, after)] == [
        (ChangeKind.RESTORED, "g2"),
        (ChangeKind.NEW, "g3"),
        (ChangeKind.REMOVED, "g1"),
    ]


def test_nothing_changed_and_a_first_release() -> None:
    same = a_release(a_session())
    assert difference(same, same) == []
    assert difference(None, same) == []


def test_sentences_take_the_readers_language() -> None:
    moved = replace(a_session(), starts_at="2023-09-18T10:30+02:00")
    (change,) = difference(a_release(a_session()), a_release(moved))
    said = sentence_of(change, "en", translate=lambda text: text).replace("\u00a0", " ")
    assert said == "“Workshop g1” moves from Monday 18 September, 9.30 to Monday 18 September, 10.30."
    assert set(CHANGE_SENTENCES) == set(ChangeKind)


def test_a_release_survives_its_json_and_unknown_keys() -> None:
    content = a_release(a_session(interventions=[InterventionContent("zoe", "speaker", {"fr": "Maire"})]))
    assert from_json(to_json(content)) == content
    assert from_json({**to_json(content), "invented_later": 1}) == content
    with pytest.raises(ValueError, match="edition"):
        from_json({"federation": {"name": {}}})


def test_texts_fall_back_to_french_and_then_to_any() -> None:
    assert in_language({"fr": "oui", "en": "yes"}, "en") == "yes"
    assert in_language({"fr": "oui"}, "ar") == "oui"
    assert in_language({"es": "sí"}, "en") == "sí"
    assert in_language({}, "en") == ""
