"""The Member States of the European Union and Pakistan, by ISO 3166-1 alpha-2 (Greece is GR here, EL in EU texts)."""

from talent.taxonomy.provenance import Provenance

COUNTRY_NAMES: dict[str, tuple[str, str]] = {
    "AT": ("Austria", "آسٹریا"),
    "BE": ("Belgium", "بیلجیم"),
    "BG": ("Bulgaria", "بلغاریہ"),
    "HR": ("Croatia", "کروشیا"),
    "CY": ("Cyprus", "قبرص"),
    "CZ": ("Czechia", "چیکیا"),
    "DK": ("Denmark", "ڈنمارک"),
    "EE": ("Estonia", "ایسٹونیا"),
    "FI": ("Finland", "فن لینڈ"),
    "FR": ("France", "فرانس"),
    "DE": ("Germany", "جرمنی"),
    "GR": ("Greece", "یونان"),
    "HU": ("Hungary", "ہنگری"),
    "IE": ("Ireland", "آئرلینڈ"),
    "IT": ("Italy", "اٹلی"),
    "LV": ("Latvia", "لٹویا"),
    "LT": ("Lithuania", "لتھوانیا"),
    "LU": ("Luxembourg", "لکسمبرگ"),
    "MT": ("Malta", "مالٹا"),
    "NL": ("Netherlands", "نیدرلینڈز"),
    "PL": ("Poland", "پولینڈ"),
    "PT": ("Portugal", "پرتگال"),
    "RO": ("Romania", "رومانیہ"),
    "SK": ("Slovakia", "سلوواکیہ"),
    "SI": ("Slovenia", "سلووینیا"),
    "ES": ("Spain", "اسپین"),
    "SE": ("Sweden", "سویڈن"),
    "PK": ("Pakistan", "پاکستان"),
}
"""English and Urdu name of each country; Urdu marked for native review."""
PROVENANCE = Provenance("S-TEU", "2020-02-01", "medium")

COUNTRY_CODES: tuple[str, ...] = tuple(COUNTRY_NAMES)
MEMBER_STATES: tuple[str, ...] = tuple(code for code in COUNTRY_CODES if code != "PK")


def is_member_state(code: str) -> bool:
    """Whether this is the code of a Member State."""
    return code in MEMBER_STATES


def country_name(code: str, language: str = "en") -> str:
    """The country's name in English or Urdu; the code itself for any other country."""
    english, urdu = COUNTRY_NAMES.get(code, (code, code))
    return urdu if language == "ur" else english
