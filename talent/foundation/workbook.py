"""The cells of an Excel workbook as text, row by row."""

from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from talent.foundation.archives import Archive
from talent.foundation.unreadable import BrokenFile

Cell = str | int | float | bool | date | datetime | time | timedelta


def rows_of_workbook(content: bytes, *, most_rows: int) -> list[tuple[int, list[str]]]:
    """The number (from 1) and the cells of each row of the first visible sheet that holds any; at most ``most_rows``.

    Raises:
        Unreadable: the archive is broken or unsafe, or there is no workbook in it.
    """
    import io

    Archive(content).check_whole()
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for number, sheet in enumerate(workbook.sheets_metadata):
            if sheet.visible != SheetVisibleEnum.Visible:
                continue
            cells = workbook.get_sheet_by_index(number)
            if cells.start is None:
                continue
            first = cells.start[0] + 1
            rows = cells.to_python(skip_empty_area=True, nrows=most_rows)
            return [(first + at, [as_text(cell) for cell in row]) for at, row in enumerate(rows)]
    except CalamineError as broken:
        raise BrokenFile from broken
    return []


def as_text(cell: Cell) -> str:
    """The cell as a person would type it: whole numbers without a point, dates as YYYY-MM-DD."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
