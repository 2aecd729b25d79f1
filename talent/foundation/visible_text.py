"""What a reader of a document can see, and what was put there for machines alone."""

from dataclasses import dataclass, fields

TINY_POINTS = 2.0  # a letter set smaller than this is not there to be read
NEARLY_WHITE = 0xF0  # of 0xFF in each of red, green and blue
STYLE_DEPTH = 20  # styles based on styles; a longer chain is a loop


@dataclass(frozen=True)
class Look:
    """How letters are set; None is "as in the style below"."""

    hidden: bool | None = None
    white: bool | None = None
    points: float | None = None
    on_colour: bool | None = None
    """Whether something coloured lies behind: white letters can then be read."""

    def over(self, below: "Look") -> "Look":
        """This look laid over another: what this one leaves open comes from below."""
        settled = {}
        for each in fields(self):
            own = getattr(self, each.name)
            settled[each.name] = getattr(below, each.name) if own is None else own
        return Look(**settled)

    @property
    def unseen(self) -> bool:
        """Whether nobody can read letters that look like this."""
        tiny = self.points is not None and self.points < TINY_POINTS
        return bool(self.hidden) or tiny or (bool(self.white) and not self.on_colour)


PLAIN = Look()


class NamedLooks:
    """The looks that a document's named styles give, each laid over the style it is based on."""

    def __init__(self) -> None:
        self._own: dict[str, Look] = {}
        self._based_on: dict[str, str] = {}

    def add(self, name: str, look: Look, based_on: str = "") -> None:
        """Keep a style under its name."""
        self._own[name] = look
        self._based_on[name] = based_on

    def look(self, name: str) -> Look:
        """The look of this style, the styles it is based on included; a plain one for an unknown name."""
        look = PLAIN
        for _ in range(STYLE_DEPTH):
            if name not in self._own:
                break
            look = look.over(self._own[name])
            name = self._based_on[name]
        return look


@dataclass(frozen=True)
class Visible:
    """The text of a document that can be seen, in reading order."""

    text: str
    hidden_characters: int = 0
    """Letters left out because nobody can see them; spaces do not count."""
    pages: int | None = None
    notes: tuple[str, ...] = ()
    """Names of what a person should know about the reading; the sentences are in ``reading``."""


def is_white(colour: str | None) -> bool | None:
    """Whether a hexadecimal colour ``RRGGBB`` (with or without #) is nearly white; None when it is not a colour."""
    digits = (colour or "").removeprefix("#")
    if len(digits) != 6:
        return None
    try:
        return all(int(digits[at : at + 2], 16) >= NEARLY_WHITE for at in (0, 2, 4))
    except ValueError:
        return None


def letters_in(text: str) -> int:
    """The number of characters that are not spaces."""
    return sum(not letter.isspace() for letter in text)


def row_of(cells: list[str]) -> str:
    """One row of a table as text: cells of one line side by side, longer ones below each other."""
    filled = [cell.strip("\n") for cell in cells]
    return ("\n" if any("\n" in cell for cell in filled) else "\t").join(filled) + "\n"
