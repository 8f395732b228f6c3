"""Why a CoSPLib workbook is refused: one class per reason, with the sheet, the row and the column at fault."""

from __future__ import annotations

from parvis.domain.refusals import N_
from parvis.ingest.refusals import SheetRefused


class SheetMissing(SheetRefused):
    sentence = N_("The sheet “%(sheet)s” is missing. Sheets found: %(found)s.")


class SheetMissingNearby(SheetRefused):
    sentence = N_("The sheet “%(sheet)s” is missing. Should “%(near)s” be renamed so?")


class NothingListed(SheetRefused):
    sentence = N_("“%(sheet)s”, column “%(column)s”: nothing is listed below row 1. At least one is needed.")


class NameTwice(SheetRefused):
    sentence = N_("“%(sheet)s”, row %(row)s, column “%(column)s”: “%(name)s” stands in row %(first)s already.")


class NameUnknown(SheetRefused):
    sentence = N_("“%(sheet)s”, row %(row)s, column %(column)s: “%(name)s” is not in the sheet “%(base)s”.")


class NameUnknownNearby(SheetRefused):
    sentence = N_(
        "“%(sheet)s”, row %(row)s, column %(column)s: “%(name)s” is not in the sheet “%(base)s”. "
        "Did you mean “%(near)s”? Blanks and capitals count."
    )


class MatrixRowMissing(SheetRefused):
    sentence = N_("“%(sheet)s”, column A: no row bears the name “%(name)s” of the sheet “%(base)s”.")


class MatrixRowMissingNearby(SheetRefused):
    sentence = N_(
        "“%(sheet)s”, column A: no row bears the name “%(name)s” of the sheet “%(base)s”. "
        "Should “%(near)s” in row %(row)s be written so? Blanks and capitals count."
    )


class MatrixColumnMissing(SheetRefused):
    sentence = N_("“%(sheet)s”, row 1: no column bears the name “%(name)s” of the sheet “%(base)s”.")


class MatrixColumnMissingNearby(SheetRefused):
    sentence = N_(
        "“%(sheet)s”, row 1: no column bears the name “%(name)s” of the sheet “%(base)s”. "
        "Should “%(near)s” in column %(column)s be written so? Blanks and capitals count."
    )


class MatrixMisaligned(SheetRefused):
    sentence = N_(
        "“%(sheet)s”, row 1, column %(column)s: “%(found)s” stands where “%(expected)s” is expected. "
        "The columns of this sheet follow the order of its rows."
    )


class HeaderTwice(SheetRefused):
    sentence = N_(
        "“%(sheet)s”, row 1: the columns %(first)s and %(second)s are both called “%(name)s”, and differ. Keep one."
    )


class NumberExpected(SheetRefused):
    sentence = N_("“%(sheet)s”, row %(row)s, column %(column)s: a whole number is expected, not “%(found)s”.")


class NumberBeyond(SheetRefused):
    sentence = N_(
        "“%(sheet)s”, row %(row)s, column %(column)s: a number from %(least)s to %(most)s is expected, not %(found)s."
    )


class HourExpected(SheetRefused):
    sentence = N_("“%(sheet)s”, row %(row)s, column %(column)s: an hour like 09:30 is expected, not “%(found)s”.")


class ZoneExpected(SheetRefused):
    sentence = N_("“%(sheet)s”, row %(row)s, column %(column)s: a zone like GMT+2 is expected, not “%(found)s”.")


class FormulaWithoutValue(SheetRefused):
    sentence = N_(
        "“%(sheet)s”, row %(row)s, column %(column)s: the formula of this cell gives no value. Type the value."
    )


class TooFewSlots(SheetRefused):
    sentence = N_(
        "“%(sheet)s”, column “%(column)s”: %(needed)s slots are required in all, and there are %(there)s: "
        "%(slots)s in the sessions, times %(rooms)s rooms. Add a room or a session."
    )


class ItemTooLong(SheetRefused):
    sentence = N_(
        "“%(sheet)s”, row %(row)s, column “%(column)s”: “%(name)s” takes %(found)s slots, and no session has more than "
        "%(most)s."
    )


class ScheduleNamesDiffer(SheetRefused):
    sentence = N_(
        "“%(sheet)s”, row %(row)s, column %(column)s: “%(found)s” stands where the instance has “%(expected)s”."
    )


class SubmissionBroken(SheetRefused):
    sentence = N_(
        "“%(sheet)s”, row %(row)s, column %(column)s: “%(name)s” takes %(needed)s slots one after the other, "
        "once in the schedule."
    )
