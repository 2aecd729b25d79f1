"""The fields and files that a form sent, read once per request and within limits."""

from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from talent.foundation.errors import Unprocessable
from talent.foundation.words import N_, Sentence
from web.limits import FEW_FILES, MANY_FILES, MEGABYTE

MOST_FIELDS = 600
MOST_BYTES_A_FIELD = 256 * 1024


@dataclass(frozen=True)
class Upload:
    """One sent file: the name and kind that the browser claims, which prove nothing, and its bytes."""

    name: str
    kind: str
    content: bytes


async def sent_fields(request: Request) -> FormData:
    """Everything that the form sent; empty for another kind of body.

    Raises:
        Unprocessable: there are too many fields or files, or the body is broken.
    """
    most_files = MANY_FILES.get(request.url.path, FEW_FILES)
    try:
        return await request.form(max_files=most_files, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES_A_FIELD)
    except HTTPException:
        raise Unprocessable(
            N_("We could not read the form. It may have been cut off on the way. Go back and send it again.")
        ) from None


def sent_file(fields: FormData, name: str, *, at_most: int) -> Upload | None:
    """The file of this field, or None when none was chosen.

    Raises:
        Unprocessable: the file is empty or larger than ``at_most`` bytes.
    """
    found = sent_files(fields, name, at_most=at_most)
    return found[0] if found else None


def sent_files(fields: FormData, name: str, *, at_most: int) -> list[Upload]:
    """Every file of this field, in the order in which they were chosen.

    Raises:
        Unprocessable: one is empty or larger than ``at_most`` bytes.
    """
    chosen = [one for one in fields.getlist(name) if isinstance(one, UploadFile) and one.filename]
    return [_upload(one, at_most) for one in chosen]


def _upload(chosen: UploadFile, at_most: int) -> Upload:
    content = chosen.file.read(at_most + 1)
    if not content:
        raise Unprocessable(N_("The file is empty. Choose another one."))
    if len(content) > at_most:
        raise Unprocessable(
            Sentence(N_("The file must be smaller than {megabytes} MB."), {"megabytes": f"{at_most / MEGABYTE:g}"})
        )
    return Upload((chosen.filename or "")[-200:], (chosen.content_type or "")[:100], content)
