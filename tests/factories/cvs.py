"""CVs of the corridor as people write them, and a small lexicon to find words of."""

from dataclasses import dataclass
from uuid import UUID, uuid5

NAMESPACE = UUID("6f0a3c1e-58b4-4c57-9d2c-0d6a8f6c9b11")


@dataclass(frozen=True)
class WordList:
    """Occupations and skills by identifier and label."""

    occupations: tuple[tuple[UUID, str], ...]
    skills: tuple[tuple[UUID, str], ...]


def identifier(name: str) -> UUID:
    """The same identifier for the same name, always."""
    return uuid5(NAMESPACE, name)


def word_list(occupations: dict[str, tuple[str, ...]], skills: dict[str, tuple[str, ...]]) -> WordList:
    """A lexicon of these concepts: the name of each and its other labels."""

    def rows(concepts: dict[str, tuple[str, ...]]) -> tuple[tuple[UUID, str], ...]:
        return tuple((identifier(name), label) for name, others in concepts.items() for label in (name, *others))

    return WordList(rows(occupations), rows(skills))


CORRIDOR = word_list(
    {
        "welder": ("pipe welder", "ویلڈر"),
        "electrician": ("building electrician", "الیکٹریشن"),
        "nurse": ("staff nurse", "نرس"),
        "waiter/waitress": (),
        "baker": (),
        "mason": ("bricklayer", "مستری"),
    },
    {
        "MIG welding": ("metal inert gas welding",),
        "welding": ("ویلڈنگ",),
        "electrical wiring": ("wiring", "وائرنگ", "bijli ki wiring"),
        "reading technical drawings": ("blueprint reading",),
        "engineering": (),
        "SAP": (),
        "C++": (),
        ".NET": (),
        "Windows": (),
        "electrical systems": (),
    },
)

WELDER_CV = """Muhammad Baker Khan
Father's Name: Abdul Mason
Date of Birth: 01/03/1990
CNIC: 35202-1234567-1   Religion: Islam
Marital Status
Married
Domicile: Punjab | Passport No AB1234567 | Driving Licence: LTV/HTV

OBJECTIVE
Pipe welder with 8 years in MIG welding and blueprint reading. No experience with SAP.

WORK EXPERIENCE
Pipe Welder (6G)
Descon Engineering Ltd, Lahore, Pakistan
03/2018 – 11/2021
• Welding of pipes as per ISO 9606-1

Electrician, Al Futtaim Engineering, Dubai, UAE — Jan 2012 - Dec 2014

EDUCATION
DAE in Mechanical Technology, PBTE Lahore, 2011
NAVTTC Level 3 certificate in Welding, 2012
Matric (Science), BISE Multan 2008

LANGUAGES
English B2, German A1 (Goethe-Zertifikat), Urdu native
Punjabi

REFERENCES
Ali Raza, Staff Nurse, Jinnah Hospital, 2010-2012
"""

ELECTRICIAN_CV_URDU = """نام: محمد اسلم
تاریخ پیدائش: ۱۹۹۰
مذہب: اسلام

تجربہ
الیکٹریشن، ڈیسکون انجینئرنگ، لاہور، مارچ ۲۰۱۸ تا حال
وائرنگ کا کام، ویلڈنگ نہیں آتی

تعلیم
ڈی اے ای الیکٹریکل، پی بی ٹی ای
این وی کیو ایف لیول 3 الیکٹریشن، نیوٹیک

زبانیں
اردو (مادری زبان)، انگریزی B1، پنجابی
"""

ELECTRICIAN_CV_ROMAN = """Naam: Aslam Khan
Mazhab: Islam
Main electrician hun. Bijli ki wiring ka kaam janta hun. Welding nahi aati.

Tajurba
Descon mein bator electrician 2015 se 2019 tak

Taleem
DAE Electrical

Zabanein: Urdu, angrezi, Punjabi
"""
