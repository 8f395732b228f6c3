"""One notice per person, with what changed for them and nothing else."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.programme.differences import ChangeKind, difference
from parvis.domain.programme.notices import (
    Capacity,
    Interest,
    NoticeKind,
    Recipient,
    notice_sentence,
    notices_of,
)
from parvis.domain.programme.release import InterventionContent, ReleaseContent, RoomContent
from tests.domain.programme.test_differences import a_release, a_session

ANNE = Recipient("anne@example.org", "Anne", "fr")
BOB = Recipient("bob@example.org", "Bob", "en")
ROOMS = [RoomContent("a", "Salle A", 50), RoomContent("b", "Salle B", 50)]


def said(*names: str) -> list[InterventionContent]:
    return [InterventionContent(name, "speaker", {}) for name in names]


def programme(*sessions: object) -> ReleaseContent:
    return replace(a_release(*sessions), rooms=ROOMS)  # type: ignore[arg-type]


def kinds(content: ReleaseContent, after: ReleaseContent, *interests: Interest) -> dict[str, list[str]]:
    return {
        notice.recipient.email: [
            str(line.change.kind) if line.kind is NoticeKind.CHANGED else str(line.kind) for line in notice.lines
        ]
        for notice in notices_of(content, after, interests)
    }


def test_only_those_concerned_are_told() -> None:
    before = programme(a_session("g1"), a_session("g2"))
    after = programme(a_session("g1", room="b"), a_session("g2"))
    told = kinds(
        before,
        after,
        Interest(ANNE, Capacity.ENROLLED, session="g1"),
        Interest(BOB, Capacity.ENROLLED, session="g2"),
    )
    assert told == {"anne@example.org": ["room"]}


def test_who_joins_and_who_leaves_read_just_that() -> None:
    before = programme(a_session("g1", interventions=said("anne", "carl")))
    after = programme(a_session("g1", interventions=said("bob", "carl"), room="b"))
    told = kinds(
        before,
        after,
        Interest(ANNE, Capacity.SPEAKER, session="g1", person="anne"),
        Interest(BOB, Capacity.SPEAKER, session="g1", person="bob"),
        Interest(Recipient("carl@example.org", "Carl", "fr"), Capacity.SPEAKER, session="g1", person="carl"),
    )
    assert told == {
        "anne@example.org": ["left"],
        "bob@example.org": ["joined"],
        "carl@example.org": ["room", "speakers"],
    }


def test_concerned_twice_each_change_is_read_once() -> None:
    before, after = programme(a_session("g1")), programme(a_session("g1", status="cancelled"))
    found = notices_of(
        before,
        after,
        [
            Interest(ANNE, Capacity.ENROLLED, session="g1"),
            Interest(ANNE, Capacity.INTERPRETER, session="g1"),
            Interest(ANNE, Capacity.ROOM_HOST, room="a"),
        ],
    )
    assert len(found) == 1
    assert [line.change.kind for line in found[0].lines] == [ChangeKind.CANCELLED]
    assert found[0].capacities == (Capacity.ENROLLED, Capacity.INTERPRETER, Capacity.ROOM_HOST)


def test_hosts_of_the_room_left_and_of_the_room_entered_are_told_but_not_of_names() -> None:
    before = programme(a_session("g1", interventions=said("anne")))
    hosts = [
        Interest(ANNE, Capacity.ROOM_HOST, room="a"),
        Interest(BOB, Capacity.ROOM_HOST, room="b"),
    ]
    moved = programme(a_session("g1", interventions=said("anne"), room="b"))
    assert kinds(before, moved, *hosts) == {"anne@example.org": ["room"], "bob@example.org": ["room"]}
    renamed = programme(a_session("g1", interventions=said("carl"), title={"fr": "Autre titre"}))
    assert kinds(before, renamed, *hosts) == {}


def test_a_first_release_tells_nobody() -> None:
    assert notices_of(None, programme(a_session("g1")), [Interest(ANNE, Capacity.ENROLLED, session="g1")]) == []


def test_a_session_that_loses_its_time_says_so_without_an_empty_place() -> None:
    before, after = programme(a_session("g1")), programme(a_session("g1", starts_at="", ends_at="", room=""))
    (notice,) = notices_of(before, after, [Interest(ANNE, Capacity.ENROLLED, session="g1")])
    assert [line.change.kind for line in notice.lines] == [ChangeKind.UNTIMED]
    sentence = notice_sentence(notice.lines[0], "fr", translate=str)
    assert "18\u00a0septembre" in sentence
    assert sentence.endswith("its time is to be announced.")


changes = st.fixed_dictionaries(
    {},
    optional={
        "room": st.sampled_from(["a", "b"]),
        "status": st.sampled_from(["confirmed", "cancelled"]),
        "starts_at": st.sampled_from(["2023-09-18T09:30+02:00", "2023-09-18T10:00+02:00"]),
        "interventions": st.sampled_from([said(), said("anne"), said("bob"), said("anne", "bob")]),
    },
)


@given(st.lists(changes, min_size=4, max_size=4), st.lists(changes, min_size=4, max_size=4))
def test_who_speaks_in_a_changed_session_hears_of_it_and_nobody_else(
    old: list[dict[str, object]], new: list[dict[str, object]]
) -> None:
    before = programme(*(a_session(f"g{n}", **given) for n, given in enumerate(old)))
    after = programme(*(a_session(f"g{n}", **given) for n, given in enumerate(new)))
    interests = [Interest(ANNE, Capacity.SPEAKER, session=f"g{n}", person="anne") for n in range(4)]
    told = {guid for notice in notices_of(before, after, interests) for guid in notice.sessions}
    hers = {
        session.guid
        for content in (before, after)
        for session in content.sessions
        if any(item.person == "anne" for item in session.interventions)
    }
    assert told == hers & {change.session for change in difference(before, after)}
