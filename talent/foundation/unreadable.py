"""Why a file that somebody brought cannot be used: one class and one sentence that says what to do for each reason.

The module imports nothing heavy: the child process that reads files needs it too, and sends a reason by its name.
"""

from talent.foundation.errors import Unprocessable
from talent.foundation.words import N_, Sentence


class Unreadable(Unprocessable):
    """A file that cannot be read; nothing that the person typed is lost."""

    default = N_("We cannot read this file. Save it again and choose the new copy.")

    @classmethod
    def because(cls, **values: object) -> "Unreadable":
        """This refusal with the values that its sentence names."""
        return cls(Sentence(cls.default, values))


class EmptyFile(Unreadable):
    """Not one byte."""

    default = N_("This file is empty. Save it again from the program that made it, and choose the new copy.")


class FileTooLarge(Unreadable):
    """More bytes than we take; values: megabytes."""

    default = N_("This file is larger than {megabytes} MB. Save it without pictures, and choose the smaller copy.")


class WrongType(Unreadable):
    """A kind of file that is not read here; values: found, accepted (both sentences)."""

    default = N_("This file is {found}. Choose {accepted}.")


class LockedFile(Unreadable):
    """Encrypted: it opens only with a password."""

    default = N_("This file is locked with a password. Save a copy without the password, and choose that copy.")


class TooManyPages(Unreadable):
    """More pages than a CV has; values: pages, limit."""

    default = N_("This PDF has {pages} pages; we read up to {limit}. Save only your CV, and choose that copy.")


class PictureOnly(Unreadable):
    """A scanned PDF: pages without one letter of text."""

    default = N_("This PDF is a picture: there is no text in it that we can read. Type your skills instead.")


class NoText(Unreadable):
    """A document in order, without one letter that can be seen."""

    default = N_("There is no text in this file that we can read. Choose another file, or type your skills instead.")


class BrokenFile(Unreadable):
    """Cut off or damaged."""

    default = N_("This file is broken or incomplete. Save it again and choose the new copy.")


class UnsafeFile(Unreadable):
    """Built to mislead the program that opens it: paths outside, parts that overlap, foreign entities."""

    default = N_("This file is put together in an unsafe way. Save it as a PDF and choose that copy.")


class NestedArchive(Unreadable):
    """An archive with another one inside."""

    default = N_("There is another packed file inside this file. Save it as a PDF and choose that copy.")


class UnpacksTooLarge(Unreadable):
    """A small file that unpacks into a very large one."""

    default = N_("This file unpacks to far more than a document needs. Save it as a PDF and choose that copy.")


class TakesTooLong(Unreadable):
    """More time or memory than one file may use."""

    default = N_("This file takes too long to read. Save it as plain text or as a simpler PDF, and choose that copy.")


REASONS: dict[str, type[Unreadable]] = {
    reason.__name__: reason
    for reason in (
        EmptyFile,
        FileTooLarge,
        WrongType,
        LockedFile,
        TooManyPages,
        PictureOnly,
        NoText,
        BrokenFile,
        UnsafeFile,
        NestedArchive,
        UnpacksTooLarge,
        TakesTooLong,
    )
}
