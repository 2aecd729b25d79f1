"""Licences and certificates that work may need, as a CV names them; a Pakistani driving licence is no EU category."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from talent.profiles.cv_lines import Line, trim
from talent.profiles.cv_terms import is_denied

DRIVING = re.compile(
    r"(?i)\bdriv(?:ing|er)['’]?s?\s+licen[cs]es?\b|\bdriving\s+permit\b|\bf[üu]hrerschein\b|\bpermiso\s+de\s+conducir\b"
    r"|\bpatente\s+di\s+guida\b|\bajokortti\b|ڈرائیونگ\s+لائسنس|\bdriving\s+laisans\b"
    r"|\b(?:car|bike|motor\s?cycle|motor\s?bike|truck|bus)(?:\s*(?:\+|and|&|/)\s*\w+)?\s+licen[cs]es?\b"
    r"|\b(?:EU\s+)?licen[cs]e\s+(?=(?:class|category|cat\.?)\s)"
)
CLASS = r"(?:[CD]1?\s?\+?\s?E|B\s?\+?\s?E|A[12M]?|B|[CD]1?)"
CLASSES = re.compile(
    r"(?:(?i:class|category|categories|cat\.?|klasse|kategorie|categoría|categoria|luokka)\s*+(?:[:.]\s*+)?|[(:–-]\s*+)"
    rf"(?P<classes>{CLASS}(?:\s*[,/&]\s*{CLASS})*)(?!\w)"
)
HOME_CLASSES = re.compile(r"\b(?:LTV|HTV|PSV)\b(?:\s*/\s*(?:LTV|HTV|PSV)\b)*(?:\s+(?i:licen[cs]e|driver))?")
EU_CODES = {"B": "driving_b", "C": "driving_c", "CE": "driving_ce", "D": "driving_d"}

OTHERS: tuple[tuple[str | None, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("welder_iso_9606", r"(?i:\b(?:(?:DIN|BS)\s+)?(?:EN\s+)?ISO\s*9606(?:-\d)?)\b"),
        ("driver_cpc", r"\b(?:[Dd]river\s+)?CPC\b|\b[Cc]ode\s*95\b"),
        (
            "forklift",
            r"(?i:\bfork[\s-]?lift\b[^\n,;|.]{0,25}?\b(?:licen[cs]e|certifi\w+|staplerschein))|\b[Ss]taplerschein\b",
        ),
        ("crane", r"(?i:\bcrane\b[^\n,;|.]{0,25}?\b(?:licen[cs]e|certifi\w+))"),
        ("f_gas", r"(?i:\bF[-\s]?gas\b[^\n,;|.]{0,25}?\bcertifi\w+)"),
        ("food_hygiene", r"\bHACCP\b|(?i:\bfood\s+(?:hygiene|safety|handler'?s?)\b[^\n,;|.]{0,20}?\bcertifi\w+)"),
        ("first_aid", r"(?i:\bfirst[\s-]aid\b[^\n,;|.]{0,20}?\b(?:certifi\w+|training|course))"),
        ("work_at_height", r"(?i:\b(?:work(?:ing)?\s+at\s+heights?|scaffold\w*)\b[^\n,;|.]{0,20}?\bcertifi\w+)"),
        ("electrical_safety", r"(?i:\belectrical\s+safety\b[^\n,;|.]{0,20}?\bcertifi\w+)"),
        (
            "nursing_registration",
            r"\bPNM?C\b[^\n,;|]{0,20}?(?i:\b(?:regist\w+|licen[cs]ed?))"
            r"|(?i:\b(?:regist\w+|licen[cs]ed?)\s+(?:nurse\s+)?(?:with|by|from|at)\s+(?:the\s+)?(?:PNM?C\b|pakistan\s+nursing(?:\s+(?:and\s+midwifery\s+)?council)?))",
        ),
        (
            None,
            r"\bAWS\s+D\d\.\d(?:/D\d\.\d)?\b|\bASME\s+(?:Section\s+)?IX\b|\b(?:3G|4G|5G|6GR?)\b(?=\s+(?i:certified|welder|position|test))",
        ),
        (None, r"\bCSWIP\b(?:\s*\d\.\d)?|\bNEBOSH\b(?:\s+IGC)?|\bIOSH\b|\bOSHA\s*(?:10|30)\b|\bIPAF\b|\bCSCS\b"),
        (None, r"(?i:\bPEC\b\s+regist\w+|\bregistered\s+(?:with|by)\s+(?:the\s+)?PEC\b|\bwireman\s+licen[cs]e)"),
    )
)
"""Codes of ``taxonomy.licences`` (None where it knows no such licence) and how they are written."""


@dataclass(frozen=True)
class LicenceFound:
    """A licence by its code, or None when none of ours is the same; ``name`` is how the CV calls it."""

    code: str | None
    name: str
    start: int
    end: int


def licences_in(text: str, lines: Sequence[Line]) -> Iterator[LicenceFound]:
    """The licences of a CV in order of their lines."""
    for line in lines:
        if line.is_heading:
            continue
        for found in (*_driving_on(text, line), *_others_on(text, line)):
            if not is_denied(text, found.start, found.end):
                yield found


def _driving_on(text: str, line: Line) -> Iterator[LicenceFound]:
    """One licence for each class that is told; a licence without a class, or with a Pakistani one, has no code."""
    licence = DRIVING.search(text, line.start, line.end)
    home = HOME_CLASSES.search(text, line.start, line.end)
    classes = CLASSES.search(text, licence.end(), line.end) if licence else None
    if licence and classes and classes.start() - licence.end() <= len(" licence, "):
        for each in dict.fromkeys(re.split(r"\s*[,/&]\s*", classes["classes"])):
            code = EU_CODES.get(each.replace(" ", "").replace("+", ""))
            yield _found(text, code, licence.start(), classes.end())
    elif licence and home:
        yield _found(text, None, min(licence.start(), home.start()), max(licence.end(), home.end()))
    elif licence or home:
        told = licence or home
        assert told is not None
        yield _found(text, None, *told.span())


def _others_on(text: str, line: Line) -> Iterator[LicenceFound]:
    for code, pattern in OTHERS:
        for match in pattern.finditer(text, line.start, line.end):
            yield _found(text, code, *match.span())


def _found(text: str, code: str | None, start: int, end: int) -> LicenceFound:
    start, end = trim(text, start, end)
    return LicenceFound(code, " ".join(text[start:end].split()), start, end)
