"""Takes in sessions with their placements, and who takes the floor in them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from parvis.domain.imports import (
    DateOutsideEdition,
    EndBeforeBeginning,
    ImportRow,
    PlacementIncomplete,
    RowPlan,
    UnknownRoom,
    UnknownSession,
)
from parvis.domain.network.folding import LONGEST_FOLDED
from parvis.domain.programme.sessions import USUAL_DURATION_MIN, SessionFormat
from parvis.domain.programme.texts import changed_texts, checks_left
from parvis.domain.slugs import slug_of
from parvis.domain.text import fold
from parvis.domain.timetable.moves import Standing
from parvis.models import Checkpoint, Edition, Intervention, Placement, Room, Session, SessionTheme, Theme
from parvis.services.imports.editions import rooms_of
from parvis.services.imports.groups import group_named
from parvis.services.imports.organisations import Organisations
from parvis.services.imports.people import People
from parvis.services.imports.workspace import Workspace


class Programme:
    """The edition's sessions with their placements and interventions, by code."""

    def __init__(self, workspace: Workspace, edition: Edition) -> None:
        self.workspace = workspace
        self.edition = edition
        self.sessions: dict[str, Session] = {
            s.code: s for s in Session.objects.filter(edition=edition).select_related("group", "host")
        }
        self.slugs = {s.slug for s in self.sessions.values()}
        self.placements: dict[str, Placement] = {
            p.session.code: p for p in Placement.objects.filter(session__edition=edition).select_related("session")
        }
        self.stood = {code: _standing(placement) for code, placement in self.placements.items()}
        self.themes: dict[str, Theme] = {theme.slug: theme for theme in Theme.objects.all()}
        self.named: dict[str, list[SessionTheme]] = {}
        for item in SessionTheme.objects.filter(session__edition=edition).select_related("session", "theme"):
            self.named.setdefault(item.session.code, []).append(item)
        self.interventions: dict[tuple[str, int, str], Intervention] = {
            (i.session.code, i.person_id, i.role): i
            for i in Intervention.objects.filter(session__edition=edition).select_related("session")
        }
        self.doors: set[str] = set(Checkpoint.objects.filter(edition=edition).values_list("code", flat=True))

    @classmethod
    def of(cls, workspace: Workspace) -> Programme:
        """Return the workspace's own, read at the first use. The caller has checked that there is an edition."""
        if "programme" not in workspace.shelf:
            if workspace.edition is None:  # pragma: no cover - plan.py asks for the edition first
                raise ValueError("a programme belongs to an edition")
            workspace.shelf["programme"] = cls(workspace, workspace.edition)
        shelf: Programme = workspace.shelf["programme"]
        return shelf

    def moves(self) -> list[tuple[Session, Standing, Standing]]:
        """Return which sessions stand elsewhere than before the import, in their order; most do not."""
        found = []
        for code, placement in self.placements.items():
            stands = _standing(placement)
            stood = self.stood.get(code) or Standing(None, None, stands.duration_min)
            if stood != stands:
                found.append((placement.session, stood, stands))
        return found

    def session(self, code: str) -> Session:
        """Return the session of a code, or raise `UnknownSession`."""
        session = self.sessions.get(code)
        if session is None:
            raise UnknownSession(code=code, field="session_code")
        return session

    def theme(self, name_fr: str, name_en: str) -> Theme:
        """Return the theme of a name, made if new."""
        slug = slug_of(name_fr, longest=60)
        if slug not in self.themes:
            self.themes[slug] = self.workspace.add(Theme(slug=slug, name_fr=name_fr, name_en=name_en or None))
        return self.themes[slug]


def moves_of(workspace: Workspace) -> list[tuple[Session, Standing, Standing]]:
    """Return where an import has put sessions, once it is flushed; nothing where it is about something else."""
    return Programme.of(workspace).moves() if "programme" in workspace.shelf else []


def _standing(placement: Placement) -> Standing:
    return Standing.between(placement.room_id, placement.starts_at, placement.ends_at, pinned=placement.pinned)


def take_session(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    """Plan one session and, when the row says when and where, its placement."""
    v = row.values
    code = str(v["code"])
    plan.label = f"{code} {v['title_fr']}"
    programme = Programme.of(workspace)
    placed = _placing(workspace, row, programme.edition)
    session = programme.sessions.get(code)
    if session is None:
        slug = slug_of(str(v["title_fr"]), programme.slugs)
        programme.slugs.add(slug)
        session = workspace.add(Session(edition=programme.edition, code=code, slug=slug, duration_min=0))
        programme.sessions[code] = session
        plan.created()
    duration = v.get("duration")
    if placed is not None:
        duration = int((placed[2] - placed[1]).total_seconds() // 60)
    elif duration is None and session._state.adding:
        duration = USUAL_DURATION_MIN[SessionFormat(str(v["format"]))]
    values: dict[str, object] = {
        name: v.get(name)
        for name in (
            "format",
            "title_fr",
            "title_en",
            "abstract_fr",
            "abstract_en",
            "summary_fr",
            "summary_en",
            "capacity",
            "members_only",
            "spoken",
            "interpreted",
            "sdgs",
            "status",
        )
    }
    values["duration_min"] = duration
    titles = [fold(str(v.get(name) or getattr(session, name, "") or "")) for name in ("title_fr", "title_en")]
    workspace.set(session, {"folded": " ".join(filter(None, titles))[:LONGEST_FOLDED]}, None)
    if v.get("group"):
        values["group"] = group_named(workspace, str(v["group"]))
    if v.get("host"):
        values["host"] = Organisations.of(workspace).find(str(v["host"]))[0]
    said = {name: value for name, value in values.items() if value}  # an empty cell leaves what is there
    left = checks_left(session.checked, changed_texts(vars(session), said))
    if left != session.checked:
        workspace.put(session, "checked", left)
    workspace.set(session, values, plan)
    _take_themes(programme, session, v.get("theme_fr"), v.get("theme_en"), plan)
    if placed is not None:
        _place(workspace, programme, session, placed, plan)


def _take_themes(programme: Programme, session: Session, french: object, english: object, plan: RowPlan) -> None:
    """Plan the themes that a row names, parted by semicolons; those that it does not name stay."""
    names_en = [name.strip() for name in str(english or "").split(";")]
    for at, name in enumerate(name.strip() for name in str(french or "").split(";")):
        if not name:
            continue
        theme = programme.theme(name, names_en[at] if at < len(names_en) else "")
        named = programme.named.setdefault(session.code, [])
        if any(item.theme.slug == theme.slug for item in named):
            continue
        named.append(programme.workspace.add(SessionTheme(session=session, theme=theme, position=len(named))))
        if not session._state.adding:
            plan.changed("theme", "", name)


def _placing(workspace: Workspace, row: ImportRow, edition: Edition) -> tuple[Room, datetime, datetime] | None:
    """Return room, beginning and end when the row places its session; None when it says nothing of it."""
    v = row.values
    day, starts, ends, room_name = v.get("date"), v.get("starts_at"), v.get("ends_at"), str(v.get("room") or "")
    duration = v.get("duration")
    if day is None and starts is None and ends is None and not room_name:
        return None
    needed = {
        "date": day,
        "starts_at": starts,
        "ends_at": ends if ends is not None else duration,
        "room": room_name,
    }
    missing = [name for name, value in needed.items() if value in (None, "")]
    if missing or not isinstance(day, date) or not isinstance(starts, time):
        raise PlacementIncomplete(missing=", ".join(missing))
    if edition.starts_on and edition.ends_on and not edition.starts_on <= day <= edition.ends_on:
        raise DateOutsideEdition(
            day=f"{day:%d/%m/%Y}",
            first=f"{edition.starts_on:%d/%m/%Y}",
            last=f"{edition.ends_on:%d/%m/%Y}",
            field="date",
        )
    begins = datetime.combine(day, starts, tzinfo=workspace.zone)
    if isinstance(ends, time):
        finishes = datetime.combine(day, ends, tzinfo=workspace.zone)
    else:
        finishes = begins + timedelta(minutes=int(str(duration)))
    if finishes <= begins:
        raise EndBeforeBeginning(field="ends_at")
    rooms = rooms_of(workspace)
    room = next((r for (_, name), r in rooms.items() if name == fold(room_name) and _at_venue(r, edition)), None)
    if room is None:
        known = ", ".join(sorted(r.name for r in rooms.values() if _at_venue(r, edition)))
        raise UnknownRoom(name=room_name, rooms=known or "—", field="room")
    return room, begins, finishes


def _at_venue(room: Room, edition: Edition) -> bool:
    return room.venue_id == edition.venue_id if room.venue_id and edition.venue_id else room.venue == edition.venue


def _place(
    workspace: Workspace, programme: Programme, session: Session, placed: tuple[Room, datetime, datetime], plan: RowPlan
) -> None:
    room, begins, finishes = placed
    placement = programme.placements.get(session.code)
    if placement is None:
        placement = workspace.add(Placement(session=session, room=room, starts_at=begins, ends_at=finishes))
        programme.placements[session.code] = placement
        if not session._state.adding:
            plan.changed("placement", "", f"{begins:%d/%m %H:%M} {room.name}")
        return
    values: dict[str, object] = {"starts_at": begins, "ends_at": finishes}
    if placement.room_id != room.pk or room._state.adding:
        values["room"] = room
    workspace.set(placement, values, plan)


def take_intervention(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    """Plan one intervention: a known person, in a known session, as one of their mandates."""
    v = row.values
    programme = Programme.of(workspace)
    session = programme.session(str(v["session_code"]))
    name = str(v.get("organisation") or "")
    organisation = Organisations.of(workspace).find(name)[0] if name else None
    people = People.of(workspace)
    person = people.named(
        str(v["first_name"]), str(v["last_name"]), email=str(v.get("email") or ""), organisation=organisation
    )
    plan.label = f"{session.code} {person}"
    mandates = people.mandates(person)
    mandate = mandates[0] if mandates else None
    if organisation is not None:
        mandate = people.find_mandate(person, organisation, str(v.get("title") or ""))
        mandate = mandate or people.take_mandate(person, organisation, {"title_fr": v.get("title")}, plan)
    role = str(v.get("role") or "speaker")
    key = (session.code, person.pk or -id(person), role)
    intervention = programme.interventions.get(key)
    if intervention is None:
        intervention = workspace.add(Intervention(session=session, person=person, role=role, mandate=mandate))
        programme.interventions[key] = intervention
        plan.created()
    values: dict[str, object] = {"position": v.get("position")}
    if mandate is not None and (mandate._state.adding or intervention.mandate_id != mandate.pk):
        values["mandate"] = mandate
    workspace.set(intervention, values, plan)
