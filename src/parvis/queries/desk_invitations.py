"""Who is to speak at an edition, and what they have answered: as the desk lists them, who has still to answer first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from parvis.domain.access import Actor, Permission
from parvis.domain.editions import EditionStatus
from parvis.domain.programme.invitations import (
    InvitationState,
    check_may_invite,
    check_may_remind,
    language_of,
    state_of,
)
from parvis.domain.programme.sessions import InterventionAnswer, SessionStatus
from parvis.domain.refusals import NotFound, Refusal
from parvis.domain.registrations import COUNTED_STATUSES
from parvis.domain.text import fold
from parvis.models import Availability, Intervention, Invitation, Mail, Person, Registration
from parvis.queries.desk_editions import DeskEdition
from parvis.queries.invitations import dressed, list_hours, takes_place, unanswered
from parvis.queries.paging import RowsPage, page_of

Rows = QuerySet[Any, Any]  # people, with what the list adds to them
_RANKS = {state: rank for rank, state in enumerate(InvitationState)}
_BY_RANK = list(InvitationState)


@dataclass(frozen=True, slots=True)
class InvitationFilters:
    """What narrows the list.

    `answer` keeps those who gave that answer about one session at least; `lacks` is "email", "mandate", "photograph",
    "biography" or "hours".
    """

    q: str = ""
    state: str = ""
    answer: str = ""
    lacks: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """Somebody who is to speak: where they stand, their interventions by time, and the invitation if there is one."""

    person: Person
    state: InvitationState
    interventions: list[Intervention]
    invitation: Invitation | None
    has_hours: bool

    @property
    def waiting(self) -> list[Intervention]:
        """Those that take place and about which nothing was answered."""
        return unanswered(self.interventions)


def _answers(edition_id: int, answer: InterventionAnswer) -> Coalesce:
    """Count the answers of one kind about sessions that take place."""
    rows = Intervention.objects.filter(person=OuterRef("pk"), session__edition_id=edition_id, answer=answer)
    counted = rows.exclude(session__status=SessionStatus.CANCELLED).order_by().values("person")
    return Coalesce(Subquery(counted.annotate(many=Count("pk")).values("many")), 0, output_field=IntegerField())


def speakers(edition: DeskEdition, *, today: date) -> Rows:
    """Return those who are to speak at an edition or were invited to it, with `state` as the rank of where they stand.

    The rule is `domain.programme.invitations.state_of`; a test holds the two together.
    """
    invited = Invitation.objects.filter(edition_id=edition.pk, person=OuterRef("pk"))
    named = Intervention.objects.filter(session__edition_id=edition.pk, person=OuterRef("pk"))
    sent = Q(sent_at__isnull=False)

    def rank(state: InvitationState) -> Value:
        return Value(_RANKS[state])

    return (
        Person.objects.filter(Exists(named) | Exists(invited), erased_at__isnull=True)
        .annotate(
            unanswered=_answers(edition.pk, InterventionAnswer.NONE),
            accepted=_answers(edition.pk, InterventionAnswer.ACCEPTED),
            declined=_answers(edition.pk, InterventionAnswer.DECLINED),
            sent_at=Subquery(invited.values("sent_at")[:1]),
            answer_by=Subquery(invited.values("answer_by")[:1]),
        )
        .annotate(
            state=Case(
                When(Q(unanswered__gt=0) & ~sent, then=rank(InvitationState.NOT_INVITED)),
                When(Q(unanswered__gt=0, answer_by__lt=today), then=rank(InvitationState.LATE)),
                When(unanswered__gt=0, then=rank(InvitationState.WAITING)),
                When(accepted__gt=0, then=rank(InvitationState.ACCEPTED)),
                When(declined__gt=0, then=rank(InvitationState.DECLINED)),
                default=rank(InvitationState.NOTHING_LEFT),
                output_field=IntegerField(),
            )
        )
    )


def _lacking(rows: Rows, edition: DeskEdition, what: str) -> Rows:
    if what == "email":
        return rows.filter(email="")
    if what == "photograph":
        return rows.filter(photograph="")
    if what == "biography":
        fr = Q(biography_fr="") | Q(biography_fr__isnull=True)
        return rows.filter(fr & (Q(biography_en="") | Q(biography_en__isnull=True)))
    if what == "mandate":
        spoken = Intervention.objects.filter(person=OuterRef("pk"), session__edition_id=edition.pk)
        spoken = spoken.exclude(session__status=SessionStatus.CANCELLED).exclude(answer=InterventionAnswer.DECLINED)
        return rows.filter(Exists(spoken.filter(mandate__isnull=True)))
    if what == "hours":
        return rows.filter(~Exists(Availability.objects.filter(edition_id=edition.pk, person=OuterRef("pk"))))
    return rows


def _matching(edition: DeskEdition, filters: InvitationFilters, today: date) -> Rows:
    rows = _lacking(speakers(edition, today=today), edition, filters.lacks)
    if filters.state in set(InvitationState):
        rows = rows.filter(state=_RANKS[InvitationState(filters.state)])
    if filters.answer in {InterventionAnswer.ACCEPTED, InterventionAnswer.DECLINED}:
        rows = rows.filter(**{f"{filters.answer}__gt": 0})
    for word in fold(filters.q).split():
        in_title = Intervention.objects.filter(person=OuterRef("pk"), session__edition_id=edition.pk)
        rows = rows.filter(Q(folded__contains=word) | Exists(in_title.filter(session__folded__contains=word)))
    if filters.sort == "name":
        return rows.order_by("folded", "id")
    if filters.sort == "sent":
        return rows.order_by(F("sent_at").asc(nulls_first=True), "folded", "id")
    return rows.order_by("state", "folded", "id")


def _with_lines(rows: Rows, edition: DeskEdition) -> Rows:
    """Fetch what a line shows: three queries besides."""
    spoken = (
        Intervention.objects.filter(session__edition_id=edition.pk)
        .select_related("session__placement__room", "mandate__organisation")
        .order_by(F("session__placement__starts_at").asc(nulls_last=True), "session__code", "pk")
    )
    hours = Availability.objects.filter(edition_id=edition.pk, person=OuterRef("pk"))
    invited = Invitation.objects.filter(edition_id=edition.pk)
    found: Rows = rows.annotate(has_hours=Exists(hours))
    return found.prefetch_related(
        Prefetch("interventions", queryset=spoken, to_attr="spoken"),
        Prefetch("invitations", queryset=invited, to_attr="invited"),
    )


def _line(row: Any, today: date) -> SpeakerLine:
    """Return a person, fetched by `_with_lines`, as a line of the list."""
    live = [item for item in row.spoken if takes_place(item)]
    invitation = row.invited[0] if row.invited else None

    def count(answer: InterventionAnswer) -> int:
        return sum(1 for item in live if item.answer == answer)

    state = state_of(
        invited=invitation is not None and invitation.sent_at is not None,
        unanswered=count(InterventionAnswer.NONE),
        accepted=count(InterventionAnswer.ACCEPTED),
        declined=count(InterventionAnswer.DECLINED),
        answer_by=invitation.answer_by if invitation is not None else None,
        today=today,
    )
    return SpeakerLine(row, state, row.spoken, invitation, row.has_hours)


def list_speakers(
    actor: Actor, *, edition: DeskEdition, filters: InvitationFilters, today: date, page: int = 1
) -> RowsPage[Any]:
    """Return one page of those who are to speak; its rows are `SpeakerLine`. Five queries. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    found: RowsPage[Any] = page_of(
        _matching(edition, filters, today),
        number=page,
        dressed=lambda rows: _with_lines(rows, edition),
    )
    lines = [_line(row, today) for row in found]
    return RowsPage(lines, found.number, found.pages, found.total, found.first)


def access_speakers_to_export(
    actor: Actor, *, edition: DeskEdition, filters: InvitationFilters, today: date
) -> list[SpeakerLine]:
    """Return all those whom the filters leave, as lines. Three queries. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return [_line(row, today) for row in _with_lines(_matching(edition, filters, today), edition)]


def list_speaker_ids(actor: Actor, *, edition: DeskEdition, filters: InvitationFilters, today: date) -> list[int]:
    """Return the keys of all those whom the filters leave. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return list(_matching(edition, filters, today).values_list("pk", flat=True))


def count_states(actor: Actor, *, edition: DeskEdition, today: date) -> dict[InvitationState, int]:
    """Return how many stand where, in the list's order. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    counted = dict(speakers(edition, today=today).order_by().values_list("state").annotate(many=Count("pk")))
    return {state: counted.get(rank, 0) for rank, state in enumerate(_BY_RANK)}


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who is to be written to: in which language, or why not."""

    line: SpeakerLine
    language: str
    refusal: Refusal | None


def list_addressees(
    actor: Actor,
    *,
    edition: DeskEdition,
    person_ids: list[int],
    remind: bool,
    now: datetime,
) -> list[Addressee]:
    """Return whom an invitation (or a reminder) would reach, by name, with why it would not. Four queries.

    An invitation that was sent is not sent anew here. Raises `NotAllowed`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    today = now.astimezone(edition.zone).date()
    known = speakers(edition, today=today).filter(pk__in=person_ids).order_by("folded", "id")
    registered = Registration.objects.filter(
        edition_id=edition.pk, person_id__in=person_ids, status__in=sorted(COUNTED_STATUSES)
    )
    spoken = dict(registered.order_by("pk").values_list("person_id", "language"))
    found = []
    for row in _with_lines(known, edition):
        line = _line(row, today)
        invitation = line.invitation
        language = language_of(
            invitation.language if invitation is not None else None, spoken.get(row.pk), *row.languages
        )
        found.append(Addressee(line, language, refusal_of(line, edition.status, remind=remind, now=now)))
    return found


def refusal_of(line: SpeakerLine, status: EditionStatus, *, remind: bool, now: datetime) -> Refusal | None:
    """Return why somebody would not be invited, or reminded, at `now`; None where they would. No query."""
    name, invitation = str(line.person), line.invitation
    live = [item for item in line.interventions if takes_place(item)]
    try:
        check_may_invite(name=name, email=line.person.email, sessions=len(live), status=status)
        if remind:
            check_may_remind(
                name=name,
                sent_at=invitation.sent_at if invitation is not None else None,
                reminded_at=invitation.reminded_at if invitation is not None else None,
                reminders=invitation.reminders if invitation is not None else 0,
                unanswered=len(line.waiting),
                now=now,
            )
    except Refusal as refusal:
        return refusal
    return None


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """What the desk shows of one person's invitation: their line, their hours, and the mails that left about it."""

    line: SpeakerLine
    hours: list[Any]
    mails: list[Mail]


def access_speaker(actor: Actor, *, edition: DeskEdition, person_id: int, today: date) -> SpeakerPage:
    """Return one person who is to speak, or was invited. Five queries. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    row = _with_lines(speakers(edition, today=today).filter(pk=person_id), edition).first()
    if row is None:
        raise NotFound
    line = _line(row, today)
    mails: list[Mail] = []
    if line.invitation is not None:
        about = Mail.objects.filter(key__startswith=f"invitation:{line.invitation.pk}:")
        mails = list(about.defer("body_text", "body_html").order_by("-created_at", "-id")[:20])
    return SpeakerPage(line, list_hours(person_id, edition.pk), mails)


def invited_to(edition_id: int, person_ids: list[int]) -> dict[int, Invitation]:
    """Return the invitations of some people to an edition, by person. One query."""
    return {row.person_id: row for row in Invitation.objects.filter(edition_id=edition_id, person_id__in=person_ids)}


def access_invitation(actor: Actor, *, edition_id: int, person_id: int) -> Invitation:
    """Return somebody's invitation with all that its mail shows. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    found = dressed(Invitation.objects.filter(edition_id=edition_id, person_id=person_id)).first()
    if found is None:
        raise NotFound
    return found
