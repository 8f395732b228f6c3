"""The texts of sessions in each language, at the desk: how far they are, and saying that they were checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from parvis.domain.access import Permission
from parvis.domain.languages import language_name
from parvis.domain.programme.texts import (
    TEXT_FIELD_NAMES,
    TEXT_FIELDS,
    TEXT_LANGUAGES,
    TEXT_STATUS_NAMES,
    LanguageTexts,
    TextsLeft,
    TextStatus,
    column_of,
)
from parvis.domain.refusals import NotAllowed, NotFound, Refusal
from parvis.queries.desk_programme import SessionFilters, list_session_ids
from parvis.queries.desk_sessions import access_session
from parvis.queries.session_texts import CheckMark, access_texts, last_checks, texts_of, texts_print
from parvis.services import session_texts as services
from parvis.web.desk import listing
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.refusals import say

EDIT = Permission.EDIT_PROGRAMME
MOST_READ = 100  # texts on one page; who marks more has not read them
TEXT_TINTS: dict[TextStatus, str] = {
    TextStatus.MISSING: "tint-brick",
    TextStatus.DRAFT: "tint-gold",
    TextStatus.CHECKED: "tint-olive",
}


@dataclass(frozen=True, slots=True)
class TextLine:
    """The texts of a session in one language, as pages show them. `mark` says who checked them last, if anybody."""

    code: str
    name: str
    words: str
    tint: str
    missing: Sequence[str]
    checked: bool
    print: str = ""
    mark: CheckMark | None = None


def name_of(code: str) -> str:
    """Return the name of a language in the active one."""
    return language_name(code, (get_language() or "fr").split("-")[0])


def text_lines(session: Any, *, marks: Mapping[str, CheckMark] | None = None) -> list[TextLine]:
    """Return the texts of a session, language by language. No query."""
    return [_line(session, texts, (marks or {}).get(texts.language)) for texts in texts_of(session)]


def _line(session: Any, texts: LanguageTexts, mark: CheckMark | None) -> TextLine:
    return TextLine(
        code=texts.language,
        name=name_of(texts.language),
        words=gettext(TEXT_STATUS_NAMES[texts.status]),
        tint=TEXT_TINTS[texts.status],
        missing=[gettext(TEXT_FIELD_NAMES[field]) for field in texts.missing],
        checked=texts.status is TextStatus.CHECKED,
        print=texts_print(session, texts.language),
        mark=mark,
    )


def lines_with_marks(desk: Desk, session: Any) -> list[TextLine]:
    """Return the texts of a session with who checked them last. One query."""
    return text_lines(session, marks=last_checks(desk.actor, session_id=session.pk))


def lacks_choices() -> list[tuple[str, str]]:
    """Return what the list of sessions can be narrowed to, about texts: value and words."""
    names = {code: {"language": name_of(code)} for code in TEXT_LANGUAGES}
    return [
        ("text", gettext("A title or an abstract, in any language")),
        *((f"text_{code}", gettext("A text in %(language)s") % name) for code, name in names.items()),
        ("check", gettext("A check, in any language")),
        *((f"check_{code}", gettext("A check in %(language)s") % name) for code, name in names.items()),
    ]


@dataclass(frozen=True, slots=True)
class LeftLine:
    """What lacks in one language before publishing: sentences with the lists that they lead to."""

    language: str
    parts: Sequence[tuple[str, str]]

    @property
    def sentence(self) -> str:
        """All of it in one sentence."""
        said = ", ".join(words for words, _address in self.parts)
        return gettext("In %(language)s: %(said)s.") % {"language": self.language, "said": said}


def left_lines(left: Sequence[TextsLeft], edition: str) -> list[LeftLine]:
    """Return in words how many sessions lack texts or checks, each with the address of their list."""
    confirmed = f"{reverse('desk:sessions', args=[edition])}?status=confirmed"
    found = []
    for item in left:
        parts = []
        if item.missing:
            words = ngettext(
                "%(count)s session lacks its title or abstract",
                "%(count)s sessions lack their title or abstract",
                item.missing,
            )
            parts.append((words % {"count": item.missing}, f"{confirmed}&lacks=text_{item.language}"))
        if item.unchecked:
            words = ngettext(
                "%(count)s session has texts that nobody checked",
                "%(count)s sessions have texts that nobody checked",
                item.unchecked,
            )
            parts.append((words % {"count": item.unchecked}, f"{confirmed}&lacks=check_{item.language}"))
        found.append(LeftLine(name_of(item.language), parts))
    return found


@require_POST
@desk_page(EDIT)
def check(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Say that the texts of a session in a language were checked, as they were shown, or take that back."""
    session = access_session(desk.actor, edition_id=desk.edition.pk, session_id=session_id)
    language, checked = request.POST.get("language", "")[:5], request.POST.get("checked") == "yes"
    try:
        services.check_texts(
            actor=desk.actor,
            session_id=session.pk,
            language=language,
            checked=checked,
            seen=request.POST.get("seen", "")[:40] if checked else "",
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        words = (
            gettext("The texts in %(language)s are marked as checked.")
            if checked
            else gettext("The texts in %(language)s are no longer marked as checked.")
        )
        messages.success(request, words % {"language": name_of(language)})
    return redirect(f"{reverse('desk:session', args=[desk.edition.slug, session_id])}#texts")


def _wanted(request: HttpRequest, desk: Desk, query: QueryDict) -> list[int]:
    """Return which sessions the form names: those that are ticked, or all that the list's filters leave."""
    if query.get("all"):
        filters = listing.read_filters(SessionFilters, query)
        return list_session_ids(desk.actor, edition_id=desk.edition.pk, filters=filters, zone=desk.zone)
    return [int(key) for key in query.getlist("session") if key.isdecimal() and len(key) < 19]


def _language(query: QueryDict) -> str:
    """Return the language that is asked for, else the one whose texts or checks the list was narrowed to."""
    narrowed = query.get("lacks", "").rpartition("_")[2]
    return next((code for code in (query.get("language"), narrowed) if code in TEXT_LANGUAGES), TEXT_LANGUAGES[0])


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def check_many(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the texts of the sessions that were chosen, then say of all that they were checked (`to=uncheck`: not)."""
    query: QueryDict = request.POST if request.method == "POST" else request.GET
    checked, language = query.get("to") != "uncheck", _language(query)
    back = reverse("desk:sessions", args=[desk.edition.slug])
    if request.method == "POST":
        try:
            done = services.check_many(
                actor=desk.actor, edition_id=desk.edition.pk, language=language, seen=_seen(query), checked=checked
            )
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
        else:
            _tell(request, done, language, checked=checked)
        return redirect(back)
    wanted = _wanted(request, desk, query)
    if not wanted:
        messages.info(request, gettext("Tick at least one session first."))
        return redirect(back)
    found = access_texts(desk.actor, edition_id=desk.edition.pk, session_ids=wanted)
    lines = [(session, next(t for t in texts_of(session) if t.language == language)) for session in found]
    concerned = TextStatus.DRAFT if checked else TextStatus.CHECKED
    rows = [_shown(session, language) for session, texts in lines if texts.status is concerned]
    context = {
        "checked": checked,
        "language": language,
        "language_name": name_of(language),
        "languages": [(code, name_of(code), code == language) for code in TEXT_LANGUAGES],
        "rows": rows[:MOST_READ],
        "more": max(0, len(rows) - MOST_READ),
        "spared": [(session, _line(session, texts, None)) for session, texts in lines if texts.status is not concerned],
        "sent": [(name, value) for name in query for value in query.getlist(name) if name != "language"],
        "back": back,
    }
    return render(request, "desk/sessions/check.html", context)


def _seen(query: QueryDict) -> dict[int, str]:
    """Return the sessions that are ticked, each with the print of the texts that were shown: `17:a1b2…`."""
    ticked = (value.partition(":") for value in query.getlist("session"))
    return {int(key): seen[:40] for key, _, seen in ticked if key.isdecimal() and len(key) < 19}


def _shown(session: Any, language: str) -> dict[str, Any]:
    """Return the texts of a session in a language, for reading, with their print."""
    texts = {field: getattr(session, column_of(field, language)) or "" for field in TEXT_FIELDS}
    return {"session": session, "print": texts_print(session, language), **texts}


def _tell(request: HttpRequest, done: services.Checks, language: str, *, checked: bool) -> None:
    """Say how many were marked, and which somebody changed meanwhile."""
    count = len(done.changed)
    if checked:
        words = ngettext(
            "The texts in %(language)s of %(count)s session are marked as checked.",
            "The texts in %(language)s of %(count)s sessions are marked as checked.",
            count,
        )
    else:
        words = ngettext(
            "The texts in %(language)s of %(count)s session are no longer marked as checked.",
            "The texts in %(language)s of %(count)s sessions are no longer marked as checked.",
            count,
        )
    if count or not done.overtaken:
        messages.success(request, words % {"language": name_of(language), "count": count})
    for session in done.overtaken:
        message = gettext("“%(title)s” was changed while you were reading: read it again, then check it.")
        messages.warning(request, message % {"title": session.title})
