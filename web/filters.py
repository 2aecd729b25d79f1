"""What templates may do with a value: say it, date it, count it, isolate it."""

from collections.abc import Callable, Container, Mapping
from typing import Any

from markupsafe import Markup, escape

from talent.foundation.words import N_
from talent.taxonomy.languages import language_name
from web.forms import Answer
from web.i18n import Words
from web.listings import Listing
from web.parts import Choice, Text

ERROR = N_("Error")


def bdi(value: object) -> Markup:
    """The value kept apart from the direction of the text around it: names, codes, addresses."""
    return Markup("<bdi>{}</bdi>").format(escape(value))


def filters(words: Words) -> Mapping[str, Callable[..., object]]:
    """The filters of one language, by the name that templates call them."""
    return {
        "bdi": bdi,
        "country": words.country,
        "day": words.day,
        "language": lambda code: language_name(code, words.language.code),
        "moment": words.moment,
        "money": words.money,
        "month": words.month,
        "month_name": words.month_name,
        "number": words.number,
        "percent": words.percent,
        "say": words.say,
    }


def option(choice: Choice | tuple[str, Text]) -> Choice:
    """The choice, also when it was given as a pair of value and label."""
    return choice if isinstance(choice, Choice) else Choice(*choice)


def functions(words: Words) -> Mapping[str, Callable[..., object]]:
    """What the parts call beside filters, in one language."""

    def wrong(form: Answer[Any], name: str) -> dict[str, Markup] | None:
        """What is wrong with a field, as the components want it, or None."""
        sentence = form.error(name)
        return {"text": words.say(sentence), "visuallyHiddenText": words.say(ERROR)} if sentence else None

    def headings(listing: Listing, shown: Container[str]) -> list[str]:
        """The headings of a list's table: its first column, then those that are shown; "#" stands before numbers."""
        columns = ((key, name) for key, name in listing.columns.items() if key in shown)
        others = (f"{'#' if key in listing.numbers else ''}{words.say(name)}" for key, name in columns)
        return [str(words.say(listing.first)), *others]

    return {"headings": headings, "option": option, "wrong": wrong}
