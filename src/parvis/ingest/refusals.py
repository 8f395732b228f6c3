"""Why a file, a sheet or a cell is refused: one class per reason, with a sentence that says what to do."""

from __future__ import annotations

from parvis.domain.refusals import N_, Refusal


class FileRefused(Refusal):
    """The whole file cannot be read; nothing in it was used."""


class SheetRefused(FileRefused):
    """One sheet cannot be read; nothing in the file was used."""


class CellRefused(Refusal):
    """One cell cannot be read; its row is refused, the others are not."""


# --- files ---------------------------------------------------------------------------------------------------------


class EmptyFile(FileRefused):
    sentence = N_("“%(file)s” is empty. Check that it was saved, and send it again.")


class BrokenFile(FileRefused):
    sentence = N_(
        "“%(file)s” is damaged and cannot be read. Open it in your spreadsheet program, save it and try again."
    )


class BrokenQuotes(FileRefused):
    sentence = N_(
        "“%(file)s”, near line %(line)s: a quotation mark opens a text that never closes. "
        "Correct it, or save the file as XLSX."
    )


class ProtectedFile(FileRefused):
    sentence = N_("“%(file)s” is protected by a password. Save it without a password and send it again.")


class FileTooLarge(FileRefused):
    sentence = N_("“%(file)s” weighs %(size)s MB; at most %(limit)s MB are accepted. Split it into several files.")


class ContentTooLarge(FileRefused):
    sentence = N_(
        "“%(file)s” holds %(size)s MB once unpacked; at most %(limit)s MB are accepted. "
        "Copy the useful rows into a new file."
    )


class TooManyRows(FileRefused):
    sentence = N_(
        "“%(file)s”: the sheet “%(sheet)s” has more than %(limit)s rows. Delete the empty rows at its end, or split it."
    )


class TooManyColumns(FileRefused):
    sentence = N_("“%(file)s”: the sheet “%(sheet)s” has more than %(limit)s columns. Delete those that are of no use.")


class WrongExtension(FileRefused):
    sentence = N_("“%(file)s” bears the wrong name: its content is %(content)s. Rename it with the ending %(ending)s.")


class WebPageInstead(FileRefused):
    sentence = N_(
        "“%(file)s” is a web page, whatever its name. "
        "Open it in your spreadsheet program, save it as XLSX and send that."
    )


class UnknownFormat(FileRefused):
    sentence = N_("“%(file)s” is not a spreadsheet that can be read. Save it as XLSX, ODS or CSV.")


class UnknownKind(FileRefused):
    sentence = N_(
        "“%(file)s”: nothing tells what it lists (sheets: %(sheets)s; titles: %(headers)s). "
        "Choose what is being imported, or start from a template."
    )


# --- sheets --------------------------------------------------------------------------------------------------------


class NoHeaderRow(SheetRefused):
    sentence = N_(
        "%(where)s: none of the first %(rows)s rows holds column titles. "
        "The first row should read, for instance: %(expected)s."
    )


class NoRows(SheetRefused):
    sentence = N_("%(where)s has column titles but no row below them.")


class ColumnMissing(SheetRefused):
    sentence = N_("%(where)s: the column “%(column)s” is missing. Columns found: %(found)s.")


class ColumnMissingNearby(SheetRefused):
    sentence = N_(
        "%(where)s: the column “%(column)s” is missing. Should “%(near)s” be renamed so? Columns found: %(found)s."
    )


class ColumnTwice(SheetRefused):
    sentence = N_(
        "%(where)s: two columns mean “%(column)s”: “%(first)s” (%(first_at)s), “%(second)s” (%(second_at)s). Keep one."
    )


# --- cells ---------------------------------------------------------------------------------------------------------


class CellMissing(CellRefused):
    sentence = N_("This cell must be filled in.")


class TextTooLong(CellRefused):
    sentence = N_("This text has %(length)s characters; at most %(limit)s are kept. Shorten it.")


class ControlCharacter(CellRefused):
    sentence = N_("This cell holds an invisible control character (%(code)s). Type its text again.")


class FormulaInCell(CellRefused):
    sentence = N_("This cell holds a formula. Replace it with its value: copy, then paste values only.")


class FormulaFailed(CellRefused):
    sentence = N_("The formula of this cell gives the error %(error)s. Correct it, or type the value.")


class FormulaNotCalculated(CellRefused):
    sentence = N_(
        "The formula of this cell was never calculated. Open the file in your spreadsheet program and save it."
    )


class NumberNotUnderstood(CellRefused):
    sentence = N_("“%(value)s” is not a whole number. Write digits only, such as 120.")


class NumberOutOfRange(CellRefused):
    sentence = N_("%(value)s is out of range: give a number from 0 to %(limit)s.")


class DurationNotUnderstood(CellRefused):
    sentence = N_("“%(value)s” is not a duration. Write 90, 1h30 or 20 min.")


class DateNotUnderstood(CellRefused):
    sentence = N_("“%(value)s” is not a date of the calendar. Write day/month/year, such as 18/09/2023.")


class MonthNotUnderstood(CellRefused):
    sentence = N_("“%(value)s” is not a month. Write it such as 10/2024.")


class TimeNotUnderstood(CellRefused):
    sentence = N_("“%(value)s” is not a time of day. Write it such as 9h30 or 14:00.")


class DateTimeNotUnderstood(CellRefused):
    sentence = N_("“%(value)s” is not a date with a time. Write it such as 18/09/2023 9:30.")


class YesOrNoNotUnderstood(CellRefused):
    sentence = N_("“%(value)s” is neither yes nor no.")


class ChoiceUnknown(CellRefused):
    sentence = N_("“%(value)s” is not known here. Write one of: %(choices)s.")


class ChoiceUnknownNearby(CellRefused):
    sentence = N_("“%(value)s” is not known here. Did you mean “%(near)s”?")


class EmailNotUnderstood(CellRefused):
    sentence = N_("“%(value)s” is not one e-mail address. Write it such as name@example.org.")


class UrlNotUnderstood(CellRefused):
    sentence = N_("“%(value)s” is not the address of a page. Write it such as https://www.example.org.")


class CountryUnknown(CellRefused):
    sentence = N_(
        "“%(value)s” is not a country that we know. Write its name in French or English, or its code, such as SN."
    )


class CountryUnknownNearby(CellRefused):
    sentence = N_("“%(value)s” is not a country that we know. Did you mean %(near)s?")


class LanguageUnknown(CellRefused):
    sentence = N_("“%(value)s” is not a language that we know. Write its name or its two-letter code, such as fr.")


class InseeMalformed(CellRefused):
    sentence = N_("“%(value)s” is neither an INSEE code (such as 21231) nor a SIREN (nine digits).")


class SirenMalformed(CellRefused):
    sentence = N_("“%(value)s” is not a SIREN: it has nine digits.")
