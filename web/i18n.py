"""The reader's language: which one it is, and everything that is said or written in it.

English is the source; Urdu comes from the compiled catalogue. Urdu in Pakistan uses Latin digits.
"""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent
from markupsafe import Markup, escape

from talent.foundation.words import Sentence

LOCALE_FOLDER = Path(__file__).parent / "locale"
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
STRONG = {"ltr": frozenset({"L", "EN"}), "rtl": frozenset({"R", "AL"})}  # digits turn dates and amounts around
PAKISTAN_TIME = ZoneInfo("Asia/Karachi")


@dataclass(frozen=True)
class Language:
    """A language of the pages: its code, its own name, the direction it runs in and its Babel locale."""

    code: str
    name: str
    direction: str
    locale: str


ENGLISH = Language("en", "English", "ltr", "en_GB")
URDU = Language("ur", "اردو", "rtl", "ur_PK")
LANGUAGES: Mapping[str, Language] = {language.code: language for language in (ENGLISH, URDU)}


def known_language(code: str | None) -> Language | None:
    """The language of this code, when the pages speak it."""
    return LANGUAGES.get((code or "").strip().lower())


def preferred_language(accept_language: str) -> Language:
    """The first language of an Accept-Language header that the pages speak, else English."""
    wishes = []
    for position, wish in enumerate(accept_language[:200].split(",")):
        tag, _, quality = wish.replace(" ", "").partition(";q=")
        weight = float(quality) if quality.replace(".", "", 1).isdigit() else 1.0
        wishes.append((-weight, position, tag.split("-")[0]))
    spoken = [known_language(code) for _, _, code in sorted(wishes)]
    return next((language for language in spoken if language), ENGLISH)


@lru_cache(maxsize=4096)
def separated(value: float | Decimal, locale: str) -> str:
    """A number with this locale's separators; a page says the same few numbers many times."""
    return format_decimal(value, locale=locale)


class Words:
    """Says sentences, numbers, dates and money in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.catalogue = (
            gettext.NullTranslations()
            if language is ENGLISH
            else gettext.translation("messages", LOCALE_FOLDER, [language.code])
        )

    @cached_property
    def locale(self) -> Locale:
        """The Babel locale."""
        return Locale.parse(self.language.locale)

    def say(self, thing: object) -> Markup:
        """A Sentence or a marked msgid in this language, safe for HTML; anything else as it is."""
        if isinstance(thing, Sentence):
            said = self.catalogue.gettext(thing.msgid) if thing.msgid else ""
            return escape(said.format(**{name: self._value(value) for name, value in thing.values.items()}))
        if isinstance(thing, str) and not isinstance(thing, Markup):
            return escape(self.catalogue.gettext(str(thing)) if thing else "")
        return escape("" if thing is None else thing)

    def _value(self, value: object) -> str:
        if isinstance(value, Sentence):
            return str(self.say(value).unescape())
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return self.number(value)
        return self.isolated(str(value))

    def isolated(self, text: str) -> str:
        """The text, wrapped in direction isolates when it holds letters or digits of the other direction."""
        foreign = STRONG["ltr" if self.language.direction == "rtl" else "rtl"]
        if any(bidirectional(letter) in foreign for letter in text):
            return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
        return text

    def day(self, value: date | None) -> str:
        """A date such as 22 November 2026; an instant is a day of Pakistan's clock."""
        if value is None:
            return ""
        if isinstance(value, datetime):
            value = value.astimezone(PAKISTAN_TIME).date()
        return format_date(value, "long", locale=self.locale)

    def month(self, value: date | None) -> str:
        """A month such as November 2026."""
        return format_date(value, "MMMM y", locale=self.locale) if value else ""

    def month_name(self, value: date) -> str:
        """The name of the month alone, such as November."""
        return format_date(value, "LLLL", locale=self.locale)

    def moment(self, value: datetime | None) -> str:
        """An instant on Pakistan's clock, such as 22 November 2026 at 17:18."""
        if value is None:
            return ""
        return format_datetime(value, "d MMMM y, HH:mm", tzinfo=PAKISTAN_TIME, locale=self.locale)

    def number(self, value: float | Decimal) -> str:
        """A number with this language's separators."""
        return separated(value, self.locale)

    def percent(self, share: float) -> str:
        """A share in [0, 1] as whole percent."""
        return format_percent(share, locale=self.locale)

    def money(self, cents: int, currency: str) -> str:
        """Integer cents of a currency; whole amounts without decimals."""
        whole = cents % 100 == 0
        return format_currency(
            Decimal(cents) / 100,
            currency,
            "¤#,##0" if whole else "¤#,##0.00",
            locale=self.locale,
            currency_digits=False,
        )

    def country(self, code: str) -> str:
        """The name of a country, by its ISO 3166-1 alpha-2 code; the code itself when it has no name."""
        return str(self.locale.territories.get(code.upper(), code))
