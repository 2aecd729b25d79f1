"""Which country the words of a place name: countries in English and Urdu, and the towns where many work."""

from dataclasses import dataclass
from functools import cache

from babel import Locale

from talent.foundation.text import fold

LANGUAGES_OF_COUNTRIES = ("en", "ur", "de", "es", "it")
MOST_WORDS_OF_PLACE = 4
OTHER_NAMES: dict[str, str] = {
    "AE": "uae | u.a.e. | emirates | dubai | abu dhabi | sharjah | ajman | ras al khaimah | دبئی | ابوظہبی | شارجہ"
    " | امارات",
    "BH": "manama",
    "CH": "switzerland",
    "CY": "cyprus",
    "DE": "berlin | munich | münchen | hamburg | frankfurt | جرمنی",
    "ES": "madrid | barcelona | valencia | españa",
    "FI": "helsinki",
    "FR": "paris",
    "GB": "uk | u.k. | england | scotland | great britain | london | برطانیہ | انگلینڈ",
    "GR": "athens",
    "IT": "rome | milan | roma | milano | اٹلی",
    "KW": "kuwait city | کویت",
    "MY": "kuala lumpur",
    "OM": "muscat | مسقط",
    "PK": "lahore | karachi | islamabad | rawalpindi | faisalabad | multan | peshawar | quetta | gujranwala | sialkot"
    " | hyderabad sindh | gujrat | sargodha | bahawalpur | sukkur | abbottabad | wah | wah cantt | mardan | jhelum"
    " | sheikhupura | rahim yar khan | taxila | لاہور | کراچی | اسلام آباد | راولپنڈی | فیصل آباد | ملتان | پشاور"
    " | کوئٹہ | گوجرانوالہ | سیالکوٹ | گجرات | پاکستان",
    "QA": "doha | دوحہ",
    "SA": "ksa | k.s.a. | saudia | saudi | riyadh | jeddah | jedda | dammam | jubail | makkah | madinah | al khobar"
    " | ریاض | جدہ | دمام | مکہ | مدینہ | سعودیہ | سعودی عرب",
    "TR": "turkey | istanbul | ترکی",
    "US": "usa | u.s.a. | united states of america | امریکہ",
}


@dataclass(frozen=True)
class Place:
    """The country (ISO 3166-1 alpha-2) that some words name; ``whole`` when they name nothing else."""

    country: str
    whole: bool


def country_of(words: str) -> Place | None:
    """The country that these words name, or end with the name of; None when they name none."""
    keys = fold(words).replace(",", " ").strip(" .()").split()
    names = country_names()
    for length in range(min(MOST_WORDS_OF_PLACE, len(keys)), 0, -1):
        country = names.get(" ".join(keys[-length:]).strip(".()"))
        if country is not None:
            rest = keys[:-length]
            return Place(country, not rest or all(names.get(key) == country for key in rest))
    return None


@cache
def country_names() -> dict[str, str]:
    """The code of each country's names, folded."""
    names = {fold(name): code for code, several in OTHER_NAMES.items() for name in several.split(" | ")}
    names |= {name.strip("."): code for name, code in names.items()}
    for locale in LANGUAGES_OF_COUNTRIES:
        for code, name in Locale(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "EZ", "ZZ", "XA", "XB", "QO"):
                names.setdefault(fold(name), code)
    return names
