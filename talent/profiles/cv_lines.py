"""The lines of a CV: which section each stands under, and which parts nobody may take a fact from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from talent.foundation.text import DIGITS, fold

Span = tuple[int, int]

MOST_WORDS_OF_HEADING = 5
MOST_WORDS_OF_NAME = 5
LONGEST_LINE = 600  # characters; what searches within one line cost grows faster than its length
LONG_LINE = re.compile(rf"\S.{{0,{LONGEST_LINE - 2}}}(?!\S)|\S{{1,{LONGEST_LINE}}}")
BULLETS = "-–—•·*▪►‣○●◦➢✓>"


class Section(StrEnum):
    """What a part of a CV is about."""

    WORK = "work"
    EDUCATION = "education"
    SKILLS = "skills"
    LANGUAGES = "languages"
    LICENCES = "licences"
    PERSONAL = "personal"
    """Who somebody is: languages, licences and certificates may stand there, no work and no skills."""
    SKIPPED = "skipped"
    """Referees and hobbies: their words are not the candidate's qualifications."""
    OTHER = "other"


HEADINGS: dict[Section, str] = {
    Section.WORK: """
        experience | work experience | professional experience | employment | employment history | work history
        | career history | job experience | employment record | experience details | professional background
        | practical experience | overseas experience | internship | internships | tajurba | kaam ka tajurba
        | mulazmat | تجربہ | کام کا تجربہ | پیشہ ورانہ تجربہ | ملازمت | ملازمت کا تجربہ
        | berufserfahrung | beruflicher werdegang | experiencia laboral | experiencia profesional | experiencia
        | esperienza lavorativa | esperienze professionali | experience professionnelle | tyokokemus""",
    Section.EDUCATION: """
        education | educational qualification | educational qualifications | academic qualification
        | academic qualifications | academic record | academic background | education and training | qualification
        | qualifications | educational background | training | trainings | technical education
        | technical qualification | professional qualification | professional training | taleem | taleemi qabliat
        | تعلیم | تعلیمی قابلیت | تعلیمی اسناد | تربیت | فنی تعلیم | ausbildung | bildung | schulbildung
        | educacion | formacion | formacion academica | istruzione | istruzione e formazione | formation | koulutus""",
    Section.SKILLS: """
        skills | technical skills | key skills | professional skills | core competencies | competencies | expertise
        | skills and abilities | computer skills | areas of expertise | personal skills | hunar | maharat | مہارتیں
        | مہارت | ہنر | fahigkeiten | kenntnisse | habilidades | competencias | competenze | competences | taidot""",
    Section.LANGUAGES: """
        languages | language | language skills | languages known | language proficiency | linguistic skills | zabanein
        | zaban | زبانیں | زبان | زبانوں پر عبور | sprachen | sprachkenntnisse
        | idiomas | lingue | langues | kielitaito""",
    Section.LICENCES: """
        certifications | certificates | certification | licences | licenses | courses | short courses
        | licences and certificates | certificates and licences | professional certifications | trade certificates
        | اسناد | سرٹیفکیٹ | لائسنس | zertifikate | certificaciones | certificazioni | certifications et formations""",
    Section.SKIPPED: """
        references | reference | referees | hobbies | interests | hobbies and interests | declaration | family details
        | حوالہ جات | مشاغل | دلچسپیاں | referenzen | hobbys | referencias | referenze""",
    Section.PERSONAL: """
        passport details | personal information | personal details | personal data | personal profile | personal
        | zaati malumat | ذاتی معلومات | ذاتی کوائف | کوائف | personliche daten | datos personales
        | dati personali""",
    Section.OTHER: """
        objective | career objective | summary | profile | professional summary | about me | about | projects
        | achievements | awards | publications | contact | contact information | curriculum vitae | cv | resume
        | bio data | biodata
        | مقصد | خلاصہ | تعارف | objetivo | proyectos | contacto | profil | kontakt""",
}
CLOSED_BY_CAPITALS = (Section.LANGUAGES, Section.LICENCES)
SECTION_OF: dict[str, Section] = {
    fold(name): section for section, names in HEADINGS.items() for name in names.split("|") if name.strip()
}

NOT_ASKED = re.compile(
    r"""(?ix)
    (?: (?:full\s+|candidate'?s?\s+)? name\s*[:=–-]
      | (?:father|husband|mother|guardian|spouse)(?:'s|’s|s)?(?:[ ]name)?\b
      | (?:son|daughter|wife)\s+of\b | [sdw]/o\b(?!\s+(?:supervision|help))
      | date\s+of\s+birth\b | place\s+of\s+birth\b | birth\s*(?:date|day|place)\b | d\.?\s?o\.?\s?b\b\.? | born\b
      | age\s*+(?:[:=–-]\s*+)?\d
      | (?:gender|sex|religion|caste|sect)\b | marital\b | civil\s+status\b | children\s*[:=–-]
      | (?:no\.?\s+of\s+)?dependents?\b
      | c\.?n\.?i\.?c\b\.? | n\.?i\.?c\.?(?:o\.?p)?\b | national\s+id | identity\s+card | id\s+card
      | passport\b(?!\s+photo)
      | nationality\b | citizenship\b | domicile\b | province\b | ethnicity\b | tribe\b | blood\s+group\b
      | (?:height|weight)\s*+(?:[:=–-]\s*+)?\d | health\s+status\b
      | photo(?:graph)?\b | (?:(?:permanent|present|postal|home|current|mailing)\s+)?address\s*[:=–-]
      | geburtsdatum\b | geburtsort\b | familienstand\b | staatsangeh[oö]rigkeit\b | geschlecht\b | konfession\b
      | fecha\s+de\s+nacimiento\b | estado\s+civil\b | nacionalidad\b | data\s+di\s+nascita\b | stato\s+civile\b
      | naam\s*[:=–-] | walid\b | tareekh\s+(?:e\s+)?paidaish\b | mazhab\b | jins\b | umar\s*+(?:[:=–-]\s*+)?\d
      | shanakhti\b
      | نام\s*[:：] | والد | ولدیت | شوہر | تاریخ\s+پیدائش | جائے\s+پیدائش | مذہب | جنس\b
      | عمر\s*+(?:[:：]\s*+)?[\d۰-۹٠-٩]
      | ازدواجی | شناختی\s+کارڈ | پاسپورٹ | قومیت | شہریت | ڈومیسائل | صوبہ | ذات\s*[:：] | فرقہ | پتہ\s*[:：]
    )"""
)
"""Labels of what this service does not ask: whatever follows, to the end of the cell, is never looked at."""
NOT_ASKED_ALONE = frozenset(
    map(
        fold,
        (
            *("single", "married", "unmarried", "divorced", "widowed", "male", "female"),
            *("muslim", "islam", "christian", "christianity", "hindu", "sikh", "shia", "sunni"),
            *("شادی شدہ", "غیر شادی شدہ", "مرد", "عورت", "اسلام", "مسلم", "مسلمان", "عیسائی", "ہندو"),
        ),
    )
)
"""Answers to the same questions that stand in a cell of their own."""
REST_OF_LABEL = re.compile(r"(?i)(?:[\s:：.#=–-]|\b(?:no|number|status|name|group|date|نمبر|حیثیت|نام)\b)*")
IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{5}[- ]?\d{7}[- ]?\d(?!\d)|(?<![A-Za-z\d])[A-Z]{2}\s?\d{7}(?!\d)")
OPENING = re.compile(r"[|•·;,\t(،]\s*|\s{2,}|//\s*")
CELL_END = re.compile(r"[|•·\t\n]|//|[ ]{3,}")


@dataclass(frozen=True)
class Line:
    """One line that is not blank; ``start`` and ``end`` are offsets into the text, outer spaces left out."""

    start: int
    end: int
    text: str
    section: Section
    is_heading: bool
    is_bullet: bool
    number: int
    """Counts blank lines too: two lines stand directly below each other when their numbers do."""


def plain_digits(text: str) -> str:
    """The text with Latin digits; each letter stays where it is."""
    return text.translate({ord(digit): plain for digit, plain in DIGITS.items()})


def lines_of(text: str) -> list[Line]:
    """The lines of a CV with the section that each stands under; a very long line counts as several."""
    lines, section, start = [], Section.OTHER, 0
    for number, whole in enumerate(text.split("\n")):
        heading = section_named(whole.strip()) or _other_heading(whole, section)
        section = heading or section
        for part in LONG_LINE.finditer(whole):
            words = part[0].rstrip()
            at = start + part.start()
            is_bullet = words[0] in BULLETS
            lines.append(Line(at, at + len(words), words, section, heading is not None, is_bullet, number))
        start += len(whole) + 1
    return lines


def _other_heading(line: str, section: Section) -> Section | None:
    """A heading in capitals that no table knows ends a list of languages or licences; a list of jobs goes on."""
    words = line.split()
    is_heading = line.isupper() and 0 < len(words) <= MOST_WORDS_OF_HEADING and all(word.isalpha() for word in words)
    return Section.OTHER if is_heading and section in CLOSED_BY_CAPITALS else None


def section_named(line: str) -> Section | None:
    """The section that this line opens when it is a heading and nothing else."""
    if len(line.split()) > MOST_WORDS_OF_HEADING:
        return None
    return SECTION_OF.get(fold(line.strip(" :：-–—_=*#•.|&")).replace(" & ", " and "))


def forbidden_spans(text: str, lines: list[Line]) -> list[Span]:
    """Where the text tells what is not asked (name, birth, sex, religion, family, identity numbers, province)."""
    spans = [found.span() for found in IDENTITY_NUMBER.finditer(text)]
    spans += [(line.start, line.end) for line in lines if line.section is Section.SKIPPED]
    for at, line in enumerate(lines):
        for label in filter(None, (NOT_ASKED.match(line.text, start) for start in _openings(line.text))):
            end = CELL_END.search(line.text, label.end())
            stop = end.start() if end else len(line.text)
            spans.append((line.start + label.start(), line.start + stop))
            is_bare = REST_OF_LABEL.fullmatch(line.text, label.end())
            if is_bare and at + 1 < len(lines):  # The answer stands on the line below.
                spans.append((lines[at + 1].start, lines[at + 1].end))
        spans += [cell for cell in cells_of(line) if fold(text[slice(*cell)]) in NOT_ASKED_ALONE]
    return spans


def _openings(words: str) -> Iterator[int]:
    """Where a label can stand on a line: at its start and behind whatever separates."""
    yield len(words) - len(words.lstrip(BULLETS + " \t"))
    yield from (found.end() for found in OPENING.finditer(words))


def name_line(lines: list[Line], covered: list[Span]) -> Span | None:
    """The first line when it looks like a name: a few words without a digit, none of its cells wholly a known term."""
    if not lines or lines[0].is_heading:
        return None
    first = lines[0]
    if len(first.text.split()) > MOST_WORDS_OF_NAME or any(letter.isdigit() for letter in first.text):
        return None
    return None if any(cell in covered for cell in cells_of(first)) else (first.start, first.end)


def cells_of(line: Line, between: re.Pattern[str] = re.compile(r"[|•\t;,،]|[ ]{3,}")) -> Iterator[Span]:
    """The parts of a line between separators, outer spaces and dots left out."""
    yield from pieces(line.text, line.start, between)


def pieces(words: str, offset: int, between: re.Pattern[str]) -> Iterator[Span]:
    """Where the trimmed, filled parts of these words stand, counted from ``offset``."""
    start = 0
    for stop, following in [*((found.start(), found.end()) for found in between.finditer(words)), (len(words), 0)]:
        trimmed = trim(words, start, stop)
        if trimmed[0] < trimmed[1]:
            yield offset + trimmed[0], offset + trimmed[1]
        start = following


def trim(text: str, start: int, stop: int, loose: str = " \t\n.,:;()[]|–—-•·*▪►●،") -> Span:
    """The span without spaces and punctuation at its ends; a bracket that is opened inside stays closed."""
    while start < stop and text[start] in loose:
        start += 1
    while start < stop and text[stop - 1] in loose:
        if text[stop - 1] == ")" and text.count("(", start, stop) >= text.count(")", start, stop):
            break
        stop -= 1
    return start, stop


def with_bracket(text: str, span: Span) -> Span:
    """The span with the bracket that closes right behind it, or that opens before it on the same line."""
    start, end = span
    open_, closed = text.count("(", start, end), text.count(")", start, end)
    if open_ > closed and text[end : end + 1] == ")":
        return start, end + 1
    opening = text.rfind("(", text.rfind("\n", 0, start) + 1, start) if closed > open_ else -1
    return (opening, end) if opening >= 0 else span


def overlaps(span: Span, others: list[Span]) -> bool:
    """Whether the span shares a character with any of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)
