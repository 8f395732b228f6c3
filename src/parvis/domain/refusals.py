"""How a rule says no: an error named after the rule, with a sentence that can be translated."""

from __future__ import annotations

from typing import ClassVar


class Msgid(str):
    """An English text that the catalogues translate. A name or a title that somebody typed is none, though it may read
    the same: an account named “Organiser” keeps its name in French.
    """

    __slots__ = ()


def N_(msgid: str) -> Msgid:  # noqa: N802 - the marker that extractors know
    """Mark `msgid` for translation without translating it: the domain knows no language."""
    return Msgid(msgid)


class Refusal(Exception):
    """A rule refuses what was asked.

    Subclasses are named after the rule they guard and set `sentence`, an English msgid with
    `%(name)s` places; `params` fills them. The web and the command line translate
    `sentence`, and those of `params` that are a `Msgid`, and then fill it. `field` names the field at fault, where
    there is one.
    """

    sentence: ClassVar[str] = N_("This cannot be done.")

    def __init__(self, *, field: str | None = None, **params: object) -> None:
        self.field = field
        self.params = params
        super().__init__(self.sentence % params if params else self.sentence)


class NotAllowed(Refusal):
    """The actor lacks the permission (design.md: roles are enforced in services, not only hidden)."""

    sentence = N_("Your account may not do this. Ask an organiser for the right to: %(permission)s.")


class NotFound(Refusal):
    """There is no such thing, or the actor may not know of it: the two read alike."""

    sentence = N_("This does not exist, or is not yours to see.")


class ChangedMeanwhile(Refusal):
    """Somebody else saved this since it was opened; nothing is overwritten silently."""

    sentence = N_("%(who)s changed this while you were editing it. Your text is kept below: compare and save again.")
