"""Certificates, diplomas and degrees that a CV names, with the issuing body and the year where they stand beside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from talent.profiles.cv_lines import Line, Section, Span, trim, with_bracket
from talent.profiles.cv_terms import is_denied
from talent.taxonomy.levels import QualificationKind

MOST_ON_LINE = 8  # awards that one line can name; more is a list of words and no CV
K = QualificationKind
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
LEVEL = (
    r"(?:[\s,:(–-]*+(?:(?i:level|lvl|lev\.?|l|لیول|سطح)[\s:.–-]*+|\.[\s:.–-]*+)?"
    r"(?P<level>[1-8]|IV|V|I{1,3})(?![\w.]))"
)
CALLED = r"(?:\s+(?:certificate|diploma)\b)?"

AWARDS: dict[QualificationKind, tuple[str, ...]] = {
    K.NVQF_CERTIFICATE: (
        rf"(?i:\bNVQ[FC]?\b|\bnational\s+vocational\s+(?:certificate|diploma)\b){LEVEL}?(?i:{CALLED})",
        rf"(?i:\bNVC){LEVEL}",
        rf"(?i:\b(?:NAVTTC|TEVTA|CBT(?:\s?&\s?A)?)\b[^\n|;,]{{0,20}}?){LEVEL}(?i:{CALLED})",
        rf"(?:این\s*وی\s*کیو\s*ایف|نیشنل\s+ووکیشنل\s+سرٹیفکیٹ){LEVEL}?",
    ),
    K.DAE: (
        r"\bD\.?A\.?E\b\.?",
        r"(?i:\bdiploma\s+(?:of|in)\s+associate\s+engineer(?:ing|s)?\b)",
        r"ڈی\s*اے\s*ای|ڈپلومہ\s+آف\s+ایسوسی\s+ایٹ(?:\s+انجینئر(?:نگ)?)?",
    ),
    K.MASTER: (
        r"\bM\.?\s?Sc\b\.?|\bM\.?\s?Phil\b\.?|\bMBA\b|\bM\.Tech\b|\bM\.Ed\b",
        r"(?i:\bmaster['’]?s\s+(?:degree|of|in)\b|\bmáster\s+en\b)|ماسٹرز",
        r"\b(?:[Mm]aster|MASTER)\s+(?:of|in|OF|IN)(?=\s+[A-Z])",
    ),
    K.BACHELOR: (
        r"\bB\.?\s?Sc\b\.?(?:\s*\(Hon(?:our)?s\.?\))?|\bBSN\b|\bBBA\b|\bBCS\b|\bB\.?\s?(?:Tech|Com|Ed)\b\.?|\bMBBS\b|\bDPT\b|\bPharm-?D\b",
        r"\bBS(?=\s+(?:in\b|\(|Nursing|Computer|Information|Electrical|Civil|Mech))",
        r"(?i:\bbachelor(?:['’]?s)?(?:\s+degree)?(?:\s+of\s+(?:science|arts|engineering|technology|commerce))?\b)",
        r"(?i:\b(?:licenciatura|grado|ingeniería)\s+en\b|\blaurea\s+(?:in|triennale|magistrale)\b)|بیچلر|بی\s*ایس\s*سی",
    ),
    K.SCHOOL: (
        r"(?i:\bmatric(?:ulation)?\b)|\bH?SSC\b|\bF\.?\s?Sc\b\.?|\bI\.?\s?Com\b|\b[OA][ -]?Levels?\b",
        r"(?i:\bsecondary\s+school\s+certificate\b|\bhigher\s+secondary\b|\bbachillerato\b)",
        r"میٹرک|ایف\s*ایس\s*سی|انٹرمیڈیٹ",
    ),
    K.OTHER: (
        r"\bPh\.?\s?D\b\.?|\bD\.?\s?Com\b|\bDIT\b|\bCIT\b(?=\s*[,(–-])|\bG-?I{1,3}\b(?=\s*(?:certificate|grade|,|\())",
        r"(?i:\b(?:post[- ]?(?:graduate|RN)\s+|(?:general\s+)?nursing\s+|advanced\s+|technical\s+)?diploma\b)",
        r"(?i:\b(?:(?:\d+|three|six)[- ]months?\s+|short\s+|trade\s+)?(?:certificate|course)\s+(?:in|of)\b)",
        r"(?i:\bcity\s*(?:&|and)\s*guilds\b[^\n,;|]{0,20}?(?:level\s*\d)?|\bausbildung\s+(?:als|zum|zur)\b)",
        r"ڈپلومہ|سرٹیفکیٹ\s+کورس",
    ),
}
"""Kinds of award and how each is written; of two at one place the earlier kind wins."""

PATTERNS = [(kind, re.compile(each, re.MULTILINE)) for kind, several in AWARDS.items() for each in several]

SHORT_DEGREES = re.compile(
    r"\b(?P<letters>[BM]\.?\s?[AES]|FA|ICS)\b\.?(?=\s*(?:\(|[-–,:|]|\bin\b|\bof\b|\d{4}|$)|\s+[A-Z])", re.MULTILINE
)
"""Two letters that mean much else (MS Word, Boston MA, the initials of a name): only under a heading of education."""
SHORT_KINDS = {"M": K.MASTER, "B": K.BACHELOR}
PRODUCTS = re.compile(r"(?i)\s*+(?:office|word|excel|access|power\s?point|windows|project|teams|sql|visio|outlook)\b")

FIELD = re.compile(
    r"\s*+(?:[:–(-][\s:–(-]*+|\b(?:in|of)\s++)*(?P<field>(?!from\b|at\b|pass|hoon\b|hai\b|hun\b|only\b|one\b|two\b|subjects\b|سمجھ|پاس|ہے\b)[^\W\d_][^,،;|(\t\n\d–]{1,60}?)"
    r"(?=\s*(?:[,،;|()\t\n–]|[.۔](?:\s|$)|\s-\s|\d|$|\b(?:from|at|with|by|through|سے)\b))",
    re.MULTILINE,
)
KNOWN_ISSUERS = (
    r"NAVTTC|(?:P-?|S|B-?|KP-?)?TEVTA|PBTE|SBTE|KPBTE|BBTE|TTB|QAB|PVTC|PSDF|SDC|NUTECH|NUST"
    r"|BISE(?:[ ]+[A-Z][a-z]+)?|City\s*(?:&|and)\s*Guilds|نیوٹیک|ٹیوٹا|پی\s*بی\s*ٹی\s*ای"
)
INSTITUTION = (
    r"(?:[A-Z][\w.&'’-]*[ ]+(?:(?:of|for|and|the|&|de|di|la)[ ]+)*){0,7}"
    r"(?:University|Institute|College|Board|Polytechnic|Academy|School|Council|Universidad|Università|Universität|Hochschule)"
    r"(?:[ ]+(?:(?:of|for|and|the|de|di|la|del)[ ]+)*[A-Z][\w.&'’-]*)*"
    r"|(?:[\u0600-\u06ff]+[ ]+){0,5}(?:یونیورسٹی|بورڈ|کالج|انسٹیٹیوٹ|ادارہ)(?:[ ]+[\u0600-\u06ff]+){0,3}"
)
KNOWN = re.compile(rf"\b(?:{KNOWN_ISSUERS})\b")
ISSUER = re.compile(rf"{KNOWN.pattern}|{INSTITUTION}")
A_YEAR = r"(?:19[5-9]|20\d)\d"
YEAR = re.compile(rf"(?<!\d)(?:{A_YEAR}\s*(?:-|–|—|to|تا|سے)\s*)?(?P<year>{A_YEAR})(?!\d)")
NOT_REACHED = re.compile(
    r"(?i)\s*+(?:[:–-]\s*+)?(?:fail(?:ed)?|no|not|nahi|nahin|incomplete|dropped|in progress|continues?)\b|\s*+فیل\b"
)
ANOTHER_MATTER = re.compile(r"[;؛·•]|//")
HOPED_FOR = re.compile(r"(?i)\b(?:goal|aim|plan|want|wish|hope|later|future|pursuing|enrolled|ongoing)\b")


@dataclass(frozen=True)
class AwardFound:
    """An award as it is called in the text, and where everything that tells it stands."""

    kind: QualificationKind
    title: str
    nvqf_level: int | None
    issuing_body: str
    year: int | None
    """Of the award; of a time from one year to another, the last."""
    start: int
    end: int


def awards_in(text: str, lines: Sequence[Line]) -> Iterator[AwardFound]:
    """The awards of a CV in order, at most one for each place."""
    on_lines = [_awards_on(text, line) for line in lines]
    for at, (line, found) in enumerate(zip(lines, on_lines, strict=True)):
        for place, (kind, award, level) in enumerate(found):
            stop = found[place + 1][1][0] if place + 1 < len(found) else line.end
            if other := ANOTHER_MATTER.search(text, award[1], stop):
                stop = other.start()
            title = _with_field(text, award, stop)
            body = _issuer(text, title, line, stop) or _issuer_beside(text, lines, on_lines, at)
            year = YEAR.search(text, title[1], stop)
            spans = [title, *([body] if body else []), *([year.span()] if year else [])]
            yield AwardFound(
                kind,
                " ".join(text[slice(*title)].split()),
                level,
                " ".join(text[slice(*body)].split()) if body else "",
                int(year["year"]) if year else None,
                min(start for start, _ in spans),
                max(end for _, end in spans),
            )


def _awards_on(text: str, line: Line) -> list[tuple[QualificationKind, Span, int | None]]:
    """Kind, place and NVQF level of each award on a line, in order, none inside another."""
    if line.is_heading:
        return []
    found = [(kind, match) for kind, pattern in PATTERNS for match in pattern.finditer(text, line.start, line.end)]
    if line.section is Section.EDUCATION:
        short = SHORT_DEGREES.finditer(text, line.start, line.end)
        found += [(SHORT_KINDS.get(match["letters"][0], K.SCHOOL), match) for match in short]
    kept: list[tuple[QualificationKind, Span, int | None]] = []
    for kind, match in found:
        if len(kept) == MOST_ON_LINE:
            break
        span = trim(text, *match.span(), loose=" \t\n,:;–-")
        taken = any(span[0] < end and start < span[1] for _, (start, end), _ in kept)
        is_hoped_for = HOPED_FOR.search(text, line.start, span[0]) is not None
        is_hoped_for = is_hoped_for or NOT_REACHED.match(text, span[1]) is not None
        if not (taken or is_hoped_for or is_denied(text, *span) or PRODUCTS.match(text, span[1])):
            kept.append((kind, span, _level(match)))
    return sorted(kept, key=lambda each: each[1])


def _level(match: re.Match[str]) -> int | None:
    level = match.groupdict().get("level")
    return (ROMAN.get(level) or int(level)) if level else None


def _with_field(text: str, award: Span, stop: int) -> Span:
    """The award with its field behind it: "DAE" and "Mechanical", "Bachelor of Science" and "Nursing"."""
    if award[1] >= stop or text[award[1]] == "\n":
        return award
    field = FIELD.match(text, award[1], stop)
    if not field or ISSUER.match(text, field.start("field"), stop) or ISSUER.match(field["field"].strip()):
        return award
    start, end = trim(text, *field.span("field"))
    return with_bracket(text, (award[0], end)) if end > start else award


def _issuer(text: str, title: Span, line: Line, stop: int) -> Span | None:
    """The issuing body on the line of an award: behind it, in it, or before it."""
    places = (ISSUER, title[1], stop), (KNOWN, *title), (ISSUER, line.start, title[0])
    found = (pattern.search(text, start, end) for pattern, start, end in places)
    return next((trim(text, *each.span()) for each in found if each), None)


def _issuer_beside(text: str, lines: Sequence[Line], awards: Sequence[Sequence[object]], at: int) -> Span | None:
    """The issuing body on the line directly below, or else above, when that line names no award of its own."""
    for beside in (at + 1, at - 1):
        if not 0 <= beside < len(lines) or abs(lines[beside].number - lines[at].number) > 1:
            continue
        near = lines[beside]
        if near.is_heading or near.is_bullet or awards[beside]:
            continue
        if found := ISSUER.search(text, near.start, near.end):
            return trim(text, *found.span())
    return None
