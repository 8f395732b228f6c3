"""What a proposal says, what it needs before it is submitted, and who may change it when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parvis.domain.calls.questions import LONGEST_ANSWER, Question
from parvis.domain.calls.states import Decision, ProposalStatus
from parvis.domain.changes import TextTooLong
from parvis.domain.pasting import clean_pasted, clean_pasted_line
from parvis.domain.programme.sdgs import SDG_NAMES
from parvis.domain.refusals import N_, Refusal
from parvis.domain.registration_forms import AddressUnreadable, FieldMissing, OrganisationInput, is_address
from parvis.domain.text import fold

LANGUAGES = ("fr", "en")
LONGEST_TITLE = 200
SHORTEST_ABSTRACT = 100
LONGEST_ABSTRACT = 1500
MOST_SPEAKERS = 6
# What a draft may hold at most: more than can be submitted, so that a text pasted too long is kept and shortened later.
DRAFT_TITLE = 300
DRAFT_TEXT = 20_000
LONGEST_NAME = 120
LONGEST_SPEAKER_TITLE = 300
LONGEST_EMAIL = 254
LONGEST_ORGANISATION = 250


class TitleMissing(Refusal):
    """A proposal has a title in at least one language."""

    sentence = N_("Give a title, in French or in English.")


class TitleWithoutAbstract(Refusal):
    """Whoever reads a title in a language reads the abstract in it too."""

    sentence = N_("The title is given in this language: give the abstract in it too, or take the title out.")


class AbstractWithoutTitle(Refusal):
    """An abstract in a language stands under a title in it."""

    sentence = N_("The abstract is given in this language: give the title in it too, or take the abstract out.")


class AbstractTooShort(Refusal):
    """An abstract says what one will hear."""

    sentence = N_("Say a little more: at least %(least)s characters; there are %(given)s.")


class LanguageMissing(Refusal):
    """Those who come know in which language they will be spoken to."""

    sentence = N_("Tick at least one language in which you will speak.")


class SpeakerMissing(Refusal):
    """Somebody speaks."""

    sentence = N_("Name at least one speaker.")


class SpeakerUnnamed(Refusal):
    """A speaker has a first name and a last name."""

    sentence = N_("Give the first and the last name of each speaker.")


class SpeakerTwice(Refusal):
    """Nobody speaks twice in one workshop."""

    sentence = N_("%(name)s is already named above: each speaker once.")


class TooManySpeakers(Refusal):
    """In twenty minutes only so many can take the floor."""

    sentence = N_("At most %(most)s speakers: each must have time to speak.")


class ContactMissing(Refusal):
    """The link to a draft goes to an address."""

    sentence = N_("Give your name and your e-mail address: the link to your proposal goes there.")


class ProposalIsFrozen(Refusal):
    """Once the call has closed, reviewers read a text that no longer changes."""

    sentence = N_("The call has closed: this proposal can no longer be changed. Write to the organisers.")


class ProposalIsWithdrawn(Refusal):
    """A withdrawn proposal is taken up again before it is changed."""

    sentence = N_("This proposal is withdrawn. Take it up again before you change it.")


class ProposalIsPlaced(Refusal):
    """What stands in the programme is changed there."""

    sentence = N_("This workshop is in the programme now: write to the organisers to change its text.")


class AlreadySubmitted(Refusal):
    """A proposal is submitted once."""

    sentence = N_("This proposal is submitted already.")


class EditorAlreadyThere(Refusal):
    """One address, one link."""

    sentence = N_("%(email)s already has a link to this proposal.")


class LastEditor(Refusal):
    """Somebody must be left who can open a proposal."""

    sentence = N_("This is the last person who can open the proposal: invite somebody else first.")


class TooManyEditors(Refusal):
    """A proposal is written by a few."""

    sentence = N_("At most %(most)s people can edit one proposal.")


MOST_EDITORS = 12


@dataclass(frozen=True, slots=True)
class SpeakerInput:
    """Somebody who will speak; `title` is the mandate as the person bears it, without the organisation."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    title: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not (self.first_name or self.last_name or self.email or self.title)

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class ContactInput:
    """Who writes a proposal; `language` is that in which we write to them."""

    name: str
    email: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class ProposalInput:
    """Everything that a proposal says. Empty texts are allowed in a draft."""

    organisation: OrganisationInput = field(default_factory=OrganisationInput)
    title_fr: str = ""
    title_en: str = ""
    abstract_fr: str = ""
    abstract_en: str = ""
    spoken: tuple[str, ...] = ()
    sdgs: tuple[int, ...] = ()
    speakers: tuple[SpeakerInput, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)


def tidied(form: ProposalInput) -> ProposalInput:
    """Return `form` without the leftovers of a word processor, in one form of Unicode, without empty speakers."""
    speakers = (
        SpeakerInput(
            first_name=clean_pasted_line(row.first_name),
            last_name=clean_pasted_line(row.last_name),
            email=clean_pasted_line(row.email).lower(),
            title=clean_pasted_line(row.title),
        )
        for row in form.speakers
    )
    organisation = form.organisation
    return replace(
        form,
        organisation=replace(
            organisation,
            name=clean_pasted_line(organisation.name),
            code=clean_pasted_line(organisation.code).upper().replace(" ", ""),
            country=organisation.country.strip().upper() or "FR",
        ),
        title_fr=clean_pasted_line(form.title_fr),
        title_en=clean_pasted_line(form.title_en),
        abstract_fr=clean_pasted(form.abstract_fr),
        abstract_en=clean_pasted(form.abstract_en),
        sdgs=tuple(sorted(set(form.sdgs) & set(SDG_NAMES))),
        spoken=tuple(dict.fromkeys(form.spoken)),
        speakers=tuple(row for row in speakers if not row.is_empty),
        answers={key: clean_pasted(answer) for key, answer in form.answers.items()},
    )


def draft_faults(form: ProposalInput) -> Iterator[Refusal]:
    """Yield what keeps a tidied form from being kept as a draft: only what is too long to be stored."""
    lengths: list[tuple[str, str, int]] = [
        ("organisation", form.organisation.name, LONGEST_ORGANISATION),
        ("title_fr", form.title_fr, DRAFT_TITLE),
        ("title_en", form.title_en, DRAFT_TITLE),
        ("abstract_fr", form.abstract_fr, DRAFT_TEXT),
        ("abstract_en", form.abstract_en, DRAFT_TEXT),
        *((f"question_{key}", answer, DRAFT_TEXT) for key, answer in form.answers.items()),
    ]
    for number, row in enumerate(form.speakers):
        lengths += [
            (f"speaker_{number}_first_name", row.first_name, LONGEST_NAME),
            (f"speaker_{number}_last_name", row.last_name, LONGEST_NAME),
            (f"speaker_{number}_email", row.email, LONGEST_EMAIL),
            (f"speaker_{number}_title", row.title, LONGEST_SPEAKER_TITLE),
        ]
    for name, text, most in lengths:
        if len(text) > most:
            yield TextTooLong(most=most, given=len(text), field=name)


def faults_of(form: ProposalInput, questions: Sequence[Question]) -> Iterator[Refusal]:
    """Yield everything that keeps a tidied form from being submitted, each naming its field, in the form's order."""
    organisation = form.organisation
    if organisation.organisation_id is None and not organisation.code and not organisation.name:
        yield FieldMissing(field="organisation")
    yield from draft_faults(form)
    yield from _text_faults(form)
    if not form.spoken:
        yield LanguageMissing(field="spoken")
    yield from _speaker_faults(form.speakers)
    for question in questions:
        answer = form.answers.get(question.key, "")
        name = f"question_{question.key}"
        if question.required and not answer:
            yield FieldMissing(field=name)
        most = min(question.longest, LONGEST_ANSWER)
        if most < len(answer) <= DRAFT_TEXT:
            yield TextTooLong(most=most, given=len(answer), field=name)


def _text_faults(form: ProposalInput) -> Iterator[Refusal]:
    texts = {code: (getattr(form, f"title_{code}"), getattr(form, f"abstract_{code}")) for code in LANGUAGES}
    if not any(title or abstract for title, abstract in texts.values()):
        yield TitleMissing(field="title_fr")
        yield FieldMissing(field="abstract_fr")
        return
    for code, (title, abstract) in texts.items():
        if abstract and not title:
            yield AbstractWithoutTitle(field=f"title_{code}")
        if title and not abstract:
            yield TitleWithoutAbstract(field=f"abstract_{code}")
        if LONGEST_TITLE < len(title) <= DRAFT_TITLE:
            yield TextTooLong(most=LONGEST_TITLE, given=len(title), field=f"title_{code}")
        if abstract and len(abstract) < SHORTEST_ABSTRACT:
            yield AbstractTooShort(least=SHORTEST_ABSTRACT, given=len(abstract), field=f"abstract_{code}")
        if LONGEST_ABSTRACT < len(abstract) <= DRAFT_TEXT:
            yield TextTooLong(most=LONGEST_ABSTRACT, given=len(abstract), field=f"abstract_{code}")


def _speaker_faults(speakers: Sequence[SpeakerInput]) -> Iterator[Refusal]:
    if not speakers:
        yield SpeakerMissing(field="speaker_0_last_name")
    if len(speakers) > MOST_SPEAKERS:
        yield TooManySpeakers(most=MOST_SPEAKERS, field=f"speaker_{MOST_SPEAKERS}_last_name")
    seen: set[str] = set()
    for number, row in enumerate(speakers):
        if not (row.first_name and row.last_name):
            yield SpeakerUnnamed(field=f"speaker_{number}_{'last_name' if row.first_name else 'first_name'}")
            continue
        if row.email and not is_address(row.email):
            yield AddressUnreadable(field=f"speaker_{number}_email")
        if fold(row.name) in seen:
            yield SpeakerTwice(name=row.name, field=f"speaker_{number}_last_name")
        seen.add(fold(row.name))


def contact_faults(contact: ContactInput) -> Iterator[Refusal]:
    """Yield what is wrong with the name and the address to which the link goes."""
    for name, most in (("name", 200), ("email", LONGEST_EMAIL)):
        text = getattr(contact, name)
        if not text:
            yield ContactMissing(field=f"contact_{name}")
        elif len(text) > most:
            yield TextTooLong(most=most, given=len(text), field=f"contact_{name}")
    if contact.email and len(contact.email) <= LONGEST_EMAIL and not is_address(contact.email):
        yield AddressUnreadable(field="contact_email")


def tidied_contact(contact: ContactInput) -> ContactInput:
    """Return a name and an address in one form."""
    return replace(contact, name=clean_pasted_line(contact.name), email=clean_pasted_line(contact.email).lower())


def check_changeable(
    *,
    status: ProposalStatus,
    decision: Decision,
    announced: bool,
    call_open: bool,
    placed: bool,
    by_desk: bool,
    opened_in_time: bool = False,
) -> None:
    """Raise the refusal that tells why the text of a proposal cannot be changed.

    Its authors may while the call is open, and again once it is selected, until they choose a slot; the desk may
    until then. A draft whose page was `opened_in_time`, before the call closed, still takes in what was typed there.
    Raises `ProposalIsWithdrawn`, `ProposalIsPlaced`, `ProposalIsFrozen`.
    """
    if status is ProposalStatus.WITHDRAWN:
        raise ProposalIsWithdrawn
    if placed:
        raise ProposalIsPlaced
    if by_desk or call_open or (announced and decision is Decision.ACCEPTED):
        return
    if opened_in_time and status is ProposalStatus.DRAFT:
        return
    raise ProposalIsFrozen


def check_submittable(status: ProposalStatus) -> None:
    """Raise `AlreadySubmitted` or `ProposalIsWithdrawn` unless a draft stands there to be submitted."""
    if status is ProposalStatus.SUBMITTED:
        raise AlreadySubmitted
    if status is ProposalStatus.WITHDRAWN:
        raise ProposalIsWithdrawn
