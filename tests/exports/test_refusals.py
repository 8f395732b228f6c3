"""A refusal is said in the reader's language; names and titles that people typed stay as they are."""

from __future__ import annotations

import json

import pytest
from django.utils.translation import override

from parvis.domain.access import PERMISSION_NAMES, ROLE_NAMES, Permission, Role
from parvis.domain.changes import AlreadyThere
from parvis.domain.editions import EDITION_STATUS_NAMES, EditionIsClosed, EditionStatus
from parvis.domain.import_runs import reason_record
from parvis.domain.refusals import N_, ChangedMeanwhile, NotAllowed
from parvis.exports.refusals import say
from parvis.web.desk.import_reports import say_reason


def test_a_name_that_reads_like_a_word_of_ours_is_not_translated() -> None:
    assert str(ROLE_NAMES[Role.ORGANISER]) == "Organiser"
    with override("fr"):
        assert say(ChangedMeanwhile(who="Organiser")).startswith("Organiser a")
        assert say(ChangedMeanwhile(who=N_("Somebody else"))).startswith("Quelqu’un d’autre a")
        assert "« Draft »" in say(AlreadyThere(what="« Draft »"))


@pytest.mark.parametrize(
    "refusal",
    [
        NotAllowed(permission=PERMISSION_NAMES[Permission.PUBLISH]),
        EditionIsClosed(current=EDITION_STATUS_NAMES[EditionStatus.ARCHIVED]),
    ],
)
def test_our_own_words_are_translated(refusal: NotAllowed | EditionIsClosed) -> None:
    with override("fr"):
        said = say(refusal)
    (word,) = refusal.params.values()
    assert str(word) not in said
    with override("en"):
        assert str(word) in say(refusal)


def test_a_report_that_was_kept_still_knows_which_words_are_ours() -> None:
    kept = json.loads(json.dumps(reason_record(ChangedMeanwhile(who=N_("Somebody else")))))
    typed = json.loads(json.dumps(reason_record(ChangedMeanwhile(who="Organiser"))))
    with override("fr"):
        assert say_reason(kept).startswith("Quelqu’un d’autre a")
        assert say_reason(typed).startswith("Organiser a")
