"""Bringing a file to the desk: each bad one gets a sentence, a good one is shown, applied once, and deleted."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from parvis.domain.access import Actor
from parvis.ingest.kinds import KINDS
from parvis.ingest.sheets import open_file
from parvis.models import Edition, ImportRun, LogEntry, Organisation, Person, Registration, Session
from parvis.services import import_runs
from parvis.web.desk import imports
from tests.factories.editions import an_edition
from tests.factories.import_files import sample_rows, workbook
from tests.ingest.samples import password_protected_xlsx, with_sheet_xml, xlsx

pytestmark = pytest.mark.django_db
HEADERS = ["Prénom", "Nom", "Courriel", "Organisation", "Code INSEE"]


@pytest.fixture
def edition() -> Edition:
    return an_edition()


def send(client: Client, content: bytes, name: str, *, kind: str = "", edition: Edition | None = None) -> Any:
    """Send a file as the form does, and run what waits for the commit."""
    data = {"file": SimpleUploadedFile(name, content), "kind": kind, "edition": edition.pk if edition else ""}
    return client.post("/desk/imports/new/", data)


@pytest.fixture
def brought(
    organiser_client: Client, edition: Edition, django_capture_on_commit_callbacks: Any
) -> Callable[..., tuple[str, str]]:
    """Return a function that sends a file, and gives the run's address and its page."""

    def bring(content: bytes, name: str, *, kind: str = "") -> tuple[str, str]:
        with django_capture_on_commit_callbacks(execute=True):
            answer = send(organiser_client, content, name, kind=kind, edition=edition)
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"], organiser_client.get(answer["Location"]).content.decode()

    return bring


def csv(*rows: list[str]) -> bytes:
    return "\n".join(";".join(row) for row in [HEADERS, *rows]).encode()


def person(n: int, **more: str) -> list[str]:
    row = {"first": f"Prénom{n}", "last": f"Nom{n}", "email": f"p{n}@example.org", "org": "Dijon", "code": "21231"}
    return list({**row, **more}.values())


def one_run() -> ImportRun:
    return ImportRun.objects.get()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"PK\x03\x04 cut off half way", "participants.xlsx", "est endommagé"),
        (password_protected_xlsx(), "participants.xlsx", "mot de passe"),
        (csv(person(1)), "participants.xlsx", "nom trompeur"),
        (xlsx(("Participants", [["Prénom", "Nom"], ["A", "B"]])), "participants.xlsx", "Organisation"),
        (
            xlsx(("Participants", [["Prénom", "Nom", "Surname", "Organisation"], ["A", "B", "C", "D"]])),
            "p.xlsx",
            "« Nom »",
        ),
        (csv(), "participants.csv", "aucune ligne"),
        (b"\x89PNG\r\n\x1a\n0000", "participants.csv", "tableau lisible"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence_and_deleted(
    brought: Callable[..., tuple[str, str]], content: bytes, name: str, says: str
) -> None:
    _, page = brought(content, name, kind="participants")
    assert says in page.replace("\u202f", " ").replace("\u00a0", " ")
    run = one_run()
    assert run.status == "refused" and run.content is None
    assert not Registration.objects.exists() and not Person.objects.exists()


def test_an_empty_file_is_refused_at_the_form(organiser_client: Client, edition: Edition) -> None:
    answer = send(organiser_client, b"", "participants.csv", edition=edition)
    assert answer.status_code == 422
    assert "est vide" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_no_file_at_all(organiser_client: Client) -> None:
    answer = organiser_client.post("/desk/imports/new/", {"kind": "rooms"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choisissez d’abord un fichier" in page
    assert '<option value="rooms" selected' in page  # what was chosen is not lost


def test_two_hundred_megabytes_are_refused_before_they_are_parsed(
    organiser: Actor, organiser_client: Client, rf: RequestFactory
) -> None:
    class Watched(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1, /) -> bytes:
            assert size is not None and 0 < size <= 1024 * 1024, "the body is never held whole"
            piece = min(size, 200 * 1024 * 1024 - self.taken)
            self.taken += piece
            return b"x" * piece

    from parvis.models import Account

    request = rf.post("/desk/imports/new/", data=b"", content_type="multipart/form-data; boundary=x")
    request.META["CONTENT_LENGTH"] = str(200 * 1024 * 1024)
    request._stream = Watched()  # type: ignore[attr-defined]
    request._read_started = False  # type: ignore[attr-defined]
    request.user = Account.objects.get(pk=organiser.account_id)
    request.session = organiser_client.session  # type: ignore[assignment]
    request._messages = []  # type: ignore[attr-defined]
    answer = imports.import_new(request)
    assert answer.status_code == 413
    assert "50" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_forty_bad_cells_among_many_rows_are_all_told_and_nothing_is_saved(
    brought: Callable[..., tuple[str, str]], organiser_client: Client
) -> None:
    rows = [person(n, **({"email": "pas d’adresse"} if n % 10 == 3 and n < 370 else {})) for n in range(400)]
    address, page = brought(csv(*rows), "participants.csv", kind="participants")
    assert one_run().report["totals"]["refused"] == 37
    assert page.count("chip tint-brick") == 37
    assert "37 lignes sont refusées" in page
    assert "apply" not in page
    answer = organiser_client.post(f"{address}apply/", follow=True)
    assert "37 lignes sont refusées" in answer.content.decode()
    assert not Registration.objects.exists() and not Person.objects.exists()
    assert one_run().status == "checked"


def test_the_refused_rows_come_back_as_a_workbook_that_says_why(
    brought: Callable[..., tuple[str, str]], organiser_client: Client
) -> None:
    rows = [person(1), person(2, email="pas d’adresse"), person(3, org="Dijjon", code="")]
    address, _ = brought(csv(*rows), "participants.csv", kind="participants")
    answer = organiser_client.get(f"{address}refused.xlsx")
    assert answer.status_code == 200
    (sheet,) = open_file(answer.content, "refused.xlsx").sheets
    given = list(sheet.rows())
    assert [row.values["last_name"] for row in given] == ["Nom2", "Nom3"]
    assert given[0].errors[0].value == "pas d’adresse"
    assert [column.title for column in sheet.unknown] == ["Motif du refus", "Ligne du fichier"]


def test_two_people_with_one_address(brought: Callable[..., tuple[str, str]]) -> None:
    _, page = brought(csv(person(1), person(2, email="p1@example.org")), "participants.csv", kind="participants")
    assert "p1@example.org" in page and "Prénom1 Nom1" in page
    row = next(row for row in one_run().report["rows"] if row[2] == "refused")
    assert row[1] == 3 and row[5][0]["params"]["row"] == 2


def test_an_unknown_authority_comes_with_suggestions(brought: Callable[..., tuple[str, str]]) -> None:
    _, page = brought(csv(person(1, org="Dijjon", code="")), "participants.csv", kind="participants")
    assert "Dijon (21)" in page
    assert not Organisation.objects.filter(folded__startswith="dij").exists()


def test_a_date_outside_the_edition(brought: Callable[..., tuple[str, str]], edition: Edition) -> None:
    rows = sample_rows()
    sessions = [{**rows["sessions"][0], "date": date(2023, 9, 20), "ends_at": time(11, 0)}]
    _, page = brought(workbook({"rooms": rows["rooms"], "sessions": sessions}), "programme.xlsx")
    assert one_run().report["totals"]["refused"] == 1
    assert "20" in page and "hors" in page
    assert not Session.objects.exists()


def test_a_formula_that_was_never_calculated_is_named_with_its_column(brought: Callable[..., tuple[str, str]]) -> None:
    def written(place: str, text: str) -> str:
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    heads = "".join(written(f"{column}1", title) for column, title in zip("ABCDE", HEADERS, strict=True))
    cells = written("A2", "A") + '<c r="B2"><f>UPPER("b")</f></c>'
    rest = written("C2", "a@example.org") + written("D2", "Dijon") + written("E2", "21231")
    content = with_sheet_xml(f'<row r="1">{heads}</row><row r="2">{cells}{rest}</row>')
    _, page = brought(content, "participants.xlsx", kind="participants")
    assert one_run().report["totals"]["refused"] == 1
    assert "formule" in page


def test_a_good_file_is_shown_applied_once_and_deleted(
    brought: Callable[..., tuple[str, str]], organiser_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    address, page = brought(workbook(sample_rows()), "tout.xlsx")
    assert "Appliquer" in page and one_run().status == "checked"
    assert not Registration.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        answer = organiser_client.post(f"{address}apply/")
    assert answer.status_code == 302
    run = one_run()
    assert run.status == "applied" and run.content is None and run.applied_at is not None
    assert Registration.objects.count() == 3
    assert LogEntry.objects.filter(action="import.applied").count() == 1
    again = organiser_client.post(f"{address}apply/", follow=True)
    assert "déjà été appliqué" in again.content.decode()
    assert Registration.objects.count() == 3
    assert organiser_client.get(f"{address}refused.xlsx").status_code == 404


def test_the_same_file_again_has_nothing_to_apply(
    brought: Callable[..., tuple[str, str]], organiser_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    address, _ = brought(workbook(sample_rows()), "tout.xlsx")
    with django_capture_on_commit_callbacks(execute=True):
        organiser_client.post(f"{address}apply/")
    _, page = brought(workbook(sample_rows()), "tout.xlsx")
    assert "rien à appliquer" in page


def test_what_changed_since_it_was_shown_is_checked_and_shown_again(
    brought: Callable[..., tuple[str, str]], organiser_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    address, _ = brought(csv(person(1)), "participants.csv", kind="participants")
    other, _ = brought(csv(person(1)), "participants.csv", kind="participants")
    with django_capture_on_commit_callbacks(execute=True):
        organiser_client.post(f"{other}apply/")
    with django_capture_on_commit_callbacks(execute=True):
        organiser_client.post(f"{address}apply/")
    assert Registration.objects.count() == 1
    page = organiser_client.get(address).content.decode()
    assert "rien à appliquer" in page


def test_discarded_means_deleted(brought: Callable[..., tuple[str, str]], organiser_client: Client) -> None:
    address, _ = brought(csv(person(1)), "participants.csv", kind="participants")
    organiser_client.post(f"{address}discard/")
    assert one_run().status == "discarded" and one_run().content is None
    answer = organiser_client.post(f"{address}apply/", follow=True)
    assert "abandonné" in answer.content.decode()
    assert not Registration.objects.exists()


def test_a_task_that_comes_twice_does_nothing_the_second_time(
    brought: Callable[..., tuple[str, str]],
    organiser: Actor,
    organiser_client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    from parvis.tasks.imports import apply_import_run, check_import

    address, _ = brought(csv(person(1)), "participants.csv", kind="participants")
    run = one_run()
    before = run.report
    check_import(str(run.guid), organiser.account_id)
    assert one_run().report == before
    with django_capture_on_commit_callbacks(execute=True):
        organiser_client.post(f"{address}apply/")
    apply_import_run(str(run.guid), organiser.account_id)
    assert LogEntry.objects.filter(action="import.applied").count() == 1


def test_only_who_may_import_may(
    door_client: Client, read_only_client: Client, press_client: Client, organiser: Actor, edition: Edition
) -> None:
    run = import_runs.receive_file(actor=organiser, filename="a.csv", content=b"x", edition_id=edition.pk)
    for client in (door_client, read_only_client, press_client):
        for address in ("", "new/", "templates/rooms.xlsx", f"{run.guid}/", f"{run.guid}/refused.xlsx"):
            assert client.get(f"/desk/imports/{address}").status_code == 403, address
        for step in ("apply", "discard"):
            assert client.post(f"/desk/imports/{run.guid}/{step}/").status_code == 403
        assert client.get(f"/desk/imports/{run.guid}/progress/").status_code == 404
    assert Client().get("/desk/imports/").status_code == 302
    assert send(read_only_client, b"x", "a.csv").status_code == 403


def test_the_form_is_protected_against_forgery(organiser: Actor) -> None:
    from parvis.models import Account

    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(pk=organiser.account_id), "django.contrib.auth.backends.ModelBackend")
    assert send(client, csv(person(1)), "participants.csv").status_code == 403
    assert not ImportRun.objects.exists()


def test_every_template_is_given_and_read_back(organiser_client: Client) -> None:
    for key, kind in KINDS.items():
        for language in ("fr", "en"):
            answer = organiser_client.get(f"/desk/imports/templates/{key}.xlsx?lang={language}")
            assert answer.status_code == 200
            assert answer["Content-Disposition"].startswith("attachment")
            assert kind.name(language)
    assert organiser_client.get("/desk/imports/templates/nothing.xlsx").status_code == 404


def test_progress_is_told(brought: Callable[..., tuple[str, str]], organiser_client: Client) -> None:
    address, _ = brought(csv(person(1), person(2)), "participants.csv", kind="participants")
    told = organiser_client.get(f"{address}progress/").json()
    assert told == {"running": False, "done": 2, "total": 2}


def test_the_pages_read_a_constant_number_of_rows(
    brought: Callable[..., tuple[str, str]], organiser_client: Client, django_assert_max_num_queries: Any
) -> None:
    address, _ = brought(csv(person(1)), "a.csv", kind="participants")
    with CaptureQueriesContext(connection) as queries:
        organiser_client.get(address)
        few = len(queries)  # counted here: the next request empties the list
    with CaptureQueriesContext(connection) as queries:
        organiser_client.get("/desk/imports/")
        few_runs = len(queries)
    many, _ = brought(csv(*[person(n) for n in range(150)]), "b.csv", kind="participants")
    brought(csv(person(5)), "c.csv", kind="participants")
    with django_assert_max_num_queries(few):
        page = organiser_client.get(many).content.decode()
    assert "Page 1 sur 2" in page
    with django_assert_max_num_queries(few_runs):
        organiser_client.get("/desk/imports/")


def test_the_list_says_what_to_do_when_empty(organiser_client: Client) -> None:
    page = organiser_client.get("/desk/imports/").content.decode()
    assert "/desk/imports/new/" in page and "Rien n’a encore été importé" in page


def test_a_report_reads_in_english_too(brought: Callable[..., tuple[str, str]], organiser_client: Client) -> None:
    address, _ = brought(csv(person(1, email="nothing")), "a.csv", kind="participants")
    page = organiser_client.get(f"/en{address}").content.decode()
    assert "One row is refused" in page and "is not one e-mail address" in page
