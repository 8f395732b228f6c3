"""Rules that hold for whatever is changed at the desk."""

from __future__ import annotations

from parvis.domain.refusals import N_, Refusal


class TextMissing(Refusal):
    """What cannot do without a word needs one."""

    sentence = N_("This field is required.")


class TextTooLong(Refusal):
    """A column holds so many characters."""

    sentence = N_("At most %(most)s characters fit here; there are %(given)s.")


class StillReferredTo(Refusal):
    """What others rest on is not deleted under them."""

    sentence = N_("“%(what)s” cannot be deleted: %(references)s refer to it. Change those first.")


class AlreadyThere(Refusal):
    """The same thing is not recorded twice."""

    sentence = N_("This exists already: %(what)s.")


class PeriodOutOfOrder(Refusal):
    """A period ends on the day it begins, or later."""

    sentence = N_("The period ends before it begins: check the two dates.")
