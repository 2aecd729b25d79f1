"""The languages that people are asked about, by BCP 47 tag: those of the Union and of Pakistan, and a few more."""

from talent.taxonomy.provenance import Provenance

LANGUAGE_NAMES: dict[str, tuple[str, str]] = {
    "en": ("English", "انگریزی"),
    "ur": ("Urdu", "اردو"),
    "de": ("German", "جرمن"),
    "it": ("Italian", "اطالوی"),
    "fi": ("Finnish", "فنش"),
    "sv": ("Swedish", "سویڈش"),
    "es": ("Spanish", "ہسپانوی"),
    "fr": ("French", "فرانسیسی"),
    "el": ("Greek", "یونانی"),
    "nl": ("Dutch", "ڈچ"),
    "pt": ("Portuguese", "پرتگالی"),
    "pl": ("Polish", "پولش"),
    "cs": ("Czech", "چیک"),
    "sk": ("Slovak", "سلوواک"),
    "ro": ("Romanian", "رومانیائی"),
    "hu": ("Hungarian", "ہنگیرین"),
    "bg": ("Bulgarian", "بلغاریائی"),
    "hr": ("Croatian", "کروشیائی"),
    "sl": ("Slovenian", "سلووینیائی"),
    "da": ("Danish", "ڈینش"),
    "et": ("Estonian", "ایسٹونیائی"),
    "lv": ("Latvian", "لیٹویائی"),
    "lt": ("Lithuanian", "لتھوانیائی"),
    "mt": ("Maltese", "مالٹی"),
    "ga": ("Irish", "آئرش"),
    "pa": ("Punjabi", "پنجابی"),
    "sd": ("Sindhi", "سندھی"),
    "ps": ("Pashto", "پشتو"),
    "bal": ("Balochi", "بلوچی"),
    "skr": ("Saraiki", "سرائیکی"),
    "ar": ("Arabic", "عربی"),
    "fa": ("Persian", "فارسی"),
    "hi": ("Hindi", "ہندی"),
    "tr": ("Turkish", "ترکی"),
    "zh": ("Chinese", "چینی"),
}
"""English and Urdu name of each language; Urdu marked for native review."""
PROVENANCE = Provenance("S-BCP-47", "2009", "medium")

LANGUAGE_CODES: tuple[str, ...] = tuple(LANGUAGE_NAMES)


def language_name(code: str, language: str = "en") -> str:
    """The language's name in English or Urdu; the tag itself for any other language."""
    english, urdu = LANGUAGE_NAMES.get(code, (code, code))
    return urdu if language == "ur" else english
