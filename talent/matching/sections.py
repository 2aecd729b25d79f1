"""Advertisements and CVs cut into clauses that know what part of the document they stand in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from talent.foundation.text import fold
from talent.matching.phrases import tokens

Section = Literal[
    "title", "about", "tasks", "needs", "welcome", "offer", "summary", "experience", "education", "skills", "personal"
]

# What a line begins with, in the corridor's languages, when a new part of an advertisement begins. Order: the first
# part that fits wins.
ADVERTISEMENT_CUES: Final[dict[Section, str]] = {
    "welcome": "nice to have, desirable, preferred, would be a plus, bonus points, advantage, wünschenswert, von vorteil, "
    "idealerweise, pluspunkte, requisiti preferenziali, preferenziali, costituisce titolo preferenziale, gradita, gradito, "
    "graditi, valoramos, se valorara, se valorarán, deseable, valorable, eduksi, eduksi katsotaan, katsomme eduksi, "
    "arvostamme, plussaa, optional, wäre super",
    "offer": "wir bieten, was wir bieten, was wir dir bieten, unser angebot, benefits, das bieten wir, ihre vorteile, "
    "what we offer, we offer, our offer, perks, salary, how to apply, apply, about required skills offer, offriamo, "
    "cosa offriamo, si offre, retribuzione, ofrecemos, que ofrecemos, qué ofrecemos, lo que ofrecemos, se ofrece, "
    "para aplicar, tarjoamme, palkka, hae, hakemus, bewerben, bewerbung, wir freuen uns, "
    "equal opportunities, we are committed, selezione aperta, astenersi, candidarsi, inscripción, condiciones, kontakt, "
    "vielfalt ist, chancengleichheit, toivomme hakijoiksi, we hire for, todas las candidaturas",
    "needs": "requirements, required skills, about required skills, what we need, what you need, you have, your profile, "
    "who you are, qualifications, must have, must haves, we expect, what you bring, skills, das bringst du mit, "
    "was du mitbringst, ihr profil, dein profil, anforderungen, voraussetzungen, sie bringen mit, du bringst mit, "
    "wir erwarten, profil, requisiti, requisiti indispensabili, cerchiamo, cosa cerchiamo, profilo, si richiede, "
    "profilo ricercato, competenze richieste, requisitos, que buscamos, qué buscamos, buscamos, perfil, "
    "habilidades requeridas, se requiere, imprescindible, odotamme, odotamme sinulta, edellytämme, mitä toivomme, "
    "toivomme, vaatimukset, sinulta odotamme, hakijalta edellytetään, tarvitset",
    "tasks": "tasks, responsibilities, duties, your day, your tasks, what you will do, what you'll do, the job, the role, "
    "about the role, key duties, deine aufgaben, ihre aufgaben, aufgaben, was dich erwartet, tätigkeiten, das erwartet dich, "
    "arbeitsgebiet, il lavoro, mansioni, attività principali, attività, compiti, di cosa ti occuperai, la risorsa, "
    "tareas, funciones, responsabilidades, tus responsabilidades, tus funciones, que harás, qué harás, el puesto, "
    "acerca del puesto, tehtävät, tehtäväsi, työtehtävät, mitä teet, työssäsi, tehtävänkuva, työn kuvaus",
    "about": "about us, über uns, wer wir sind, chi siamo, quienes somos, sobre nosotros, meistä, keitä olemme, wir sind",
}
CV_CUES: Final[dict[Section, str]] = {
    "experience": "work experience, experience, experiance, employment, career, work, working experience, job experience, "
    "professional experience, duty, duties, gulf exp, gulf experience, exp, real work, what i do, current job, responsibilities, "
    "actual cv, job, tajurba, tajruba, tajarba, kaam ki tafseel, nature of work, nature of job, detail of work, details of work, "
    "work detail, what i did, what i have done, my work, my duties, my job, key responsibilities, main tasks, professional background, "
    "professional history, berufserfahrung, esperienza, esperienza lavorativa, experiencia, "
    "experiencia laboral, työkokemus, تجربہ, عملی تجربہ, کام کا تجربہ, کام کی تفصیل, ملازمت, سابقہ ملازمت, نوکری, before, history, projects, ادارہ, عہدہ",
    "education": "education, qualification, qualifications, qualificaton, academic, training, trainings, courses, course, certificates, "
    "certificate, certifications, cert, certificat, diploma, study, taleem, talim, ausbildung, formazione, istruzione, "
    "educación, formación, koulutus, تعلیم, کورس, تربیت, test passed, licence, license, licences, lisense",
    "skills": "skills, skill, key skills, technical skills, skills rating, keywords, competences, competencies, strengths, expertise, "
    "core skills, core competencies, strong points, tools, software, hunar, kenntnisse, competenze, habilidades, taidot, مہارت, ہنر, مہارتیں, occupations, areas of expertise",
    "summary": "summary, objective, profile, professional profile, about me, career objective, professional summary, personal statement, "
    "objetivo, profilo, objective statement, cv for the post of, application for the post of, post applied for, "
    "applied for, پیشہ, درخواست برائے",
    "personal": "languages, language, language known, zuban, zubanain, sprachen, lingue, idiomas, kielitaito, زبان, زبانیں, hobby, "
    "hobbies, interests, personal, personal information, personal details, references, salary, passport, note to the system",
}
WELCOME_WORDS: Final = re.compile(
    r"von vorteil|kein muss|ware super|ein plus|is a plus|a plus\b|nice to have|preferred|desirable|welcome and not|"
    r"not required|helpful|hilfreich|gradit[aoie]|preferenzial|utile ma|non richiest|non indispensabil|idealerweise|"
    r"eduksi|plussaa|se valorara|valorable|deseable|optional|not a condition|wunschenswert|certificate welcome"
)
BULLET: Final = re.compile(r"^\s*(?:[-–—•·*▪●○►✓>]+|\d{1,2}[.)]\s|[۰-۹]+۔)\s*")
CLAUSE_ENDS: Final = re.compile(
    r"(?<=[.!?;۔؛])\s+|(?<!\d)\s[–—]\s(?!\d)|[;؛]|\s{3,}|\bbut\b|\blekin\b|لیکن|\bmagar\b|\baber\b|\bpero\b|\bmutta\b|\bma\b"
)
CUE_WORDS: Final = 7
HEADING_WORDS: Final = 4


@dataclass(frozen=True)
class Clause:
    """A stretch [start, end) of a document in one section; `bullet` where it is an item of a list."""

    start: int
    end: int
    text: str
    section: Section
    bullet: bool
    welcome: bool = False
    line: int = 0


@lru_cache(maxsize=2)
def _cues(kind: Literal["advertisement", "cv"]) -> dict[Section, tuple[tuple[str, ...], ...]]:
    table = ADVERTISEMENT_CUES if kind == "advertisement" else CV_CUES
    return {
        section: tuple(
            sorted(
                {tuple(token.word for token in tokens(cue)) for cue in listed.split(",")},
                key=lambda cue: (-len(cue), cue),
            )
        )
        for section, listed in table.items()
    }


def _section_begun(line: str, kind: Literal["advertisement", "cv"]) -> Section | None:
    """The section a line opens: its first words are a cue; in the middle of a long line a cue means nothing."""
    best = _best_cue(line, kind)
    return best[1] if best else None


def _best_cue(line: str, kind: Literal["advertisement", "cv"]) -> tuple[int, Section] | None:
    """How many words the longest cue at the beginning of the line has, and the section that it opens."""
    words = tuple(token.word for token in tokens(line)[:CUE_WORDS])
    best: tuple[int, Section] | None = None
    for section, cues in _cues(kind).items():
        for cue in cues:
            if words[: len(cue)] == cue and (best is None or len(cue) > best[0]):
                best = (len(cue), section)
                break
    return best


def _says_more_than_a_cue(line: str) -> bool:
    """Whether a line has words of its own: "We are looking for a cook" is a title, "Requirements" is none."""
    best = _best_cue(line, "advertisement")
    return best is None or len(tokens(line)) > best[0]


def is_heading(line: str) -> bool:
    """Whether a line of an advertisement is a heading and nothing more."""
    return len(tokens(line)) <= HEADING_WORDS and _section_begun(line, "advertisement") is not None


def opens_section(line: str) -> bool:
    """Whether a line of a CV begins with a heading of one of its parts."""
    return _section_begun(line, "cv") is not None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for line in text.splitlines(keepends=True):
        yield offset, line
        offset += len(line)


def advertisement_clauses(text: str) -> tuple[Clause, ...]:
    """Clauses of an advertisement: the title first, then what the job is, needs, welcomes and offers."""
    clauses: list[Clause] = []
    section: Section = "title"
    for number, (offset, line) in enumerate(_lines(text)):
        if not tokens(line):
            continue
        begun = _section_begun(BULLET.sub("", line), "advertisement")
        if begun is not None and (clauses or not _says_more_than_a_cue(BULLET.sub("", line))):
            section = begun
        elif section == "title" and clauses:
            section = "about"
        bullet = bool(BULLET.match(line))
        for start, piece in _pieces(line):
            welcome = section == "welcome" or bool(WELCOME_WORDS.search(fold(piece)))
            clauses.append(Clause(offset + start, offset + start + len(piece), piece, section, bullet, welcome, number))
    return tuple(clauses)


def cv_clauses(text: str) -> tuple[Clause, ...]:
    """Clauses of a CV: summary, experience, education, skills, personal; running text counts as experience.

    Under a dated line of work, what stands in its paragraph and the list below it tell of that work.
    """
    clauses: list[Clause] = []
    section: Section = "summary"
    dated = apart = False
    for number, (offset, line) in enumerate(_lines(text)):
        if not tokens(line):
            apart = True
            continue
        bullet = bool(BULLET.match(line))
        begun = None if bullet else _section_begun(line, "cv")
        if begun is not None:
            section = begun
        recorded = section in ("summary", "personal") and _is_record(line)
        dated = (recorded and _is_dated(line)) or (dated and begun is None and (bullet or not apart))
        apart = False
        shown: Section = "experience" if recorded or (dated and section == "summary") else section
        for start, piece in _pieces(line):
            clauses.append(Clause(offset + start, offset + start + len(piece), piece, shown, bullet, False, number))
    return tuple(clauses)


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    start = 0
    for found in CLAUSE_ENDS.finditer(line):
        if line[start : found.start()].strip():
            yield start, line[start : found.start()]
        start = found.end()
    if line[start:].strip():
        yield start, line[start:]


WORK_TOLD: Final = re.compile(
    r"\b(?:19|20)\d{2}\s*(?:-|–|—|to|se|till|until|تا|سے|سی|/|bis|al)+\s*"
    # the month in which it ended: "2016 – Dec 2023", "03/2016 - 12/2023"
    r"(?:[^\W\d_]{3,10}\.?,?\s*|\d{1,2}\s*[./-]\s*)?"
    r"(?:\b(?:19|20)\d{2}|\d{2}\b|present|now|date|till|ab|today|current|continu|heute|oggi|حال|اب|جاری)"
    r"|\bsince\b|\bpichl[ae]\b|\b\d{1,2}\+?\s*(?:saal|sal|years?|yrs?|year)\b|سال|\bkaam k(?:iya|arta|arti)\b|\bworking\b|"
    r"\bworked\b|\bmonths\b|\bmahin[ae]\b",
    re.IGNORECASE,
)


# Wishes and claims of a headline: years without dates, in capitals or without a verb, are no record.
RUNNING_TEXT: Final = re.compile(
    r"\b(?:i|we|my|have|has|am|was|worked|working|hoon|hun|hai|kiya|karta|karti|kaam|raha|rahi|ich|ho|sono|soy|olen)\b|ہوں|ہے|کیا|کر"
)
DATED: Final = re.compile(r"\b(?:19|20)\d{2}\b|\bsince\b|\bpichl[ae]\b")


def _is_record(line: str) -> bool:
    """A line that tells of work done, with dates or as a sentence; a bare "10+ years" in a headline does not."""
    return tells_of_work(line) and (_is_dated(line) or bool(RUNNING_TEXT.search(fold(line))))


def _is_dated(line: str) -> bool:
    return bool(DATED.search(fold(line)))


def tells_of_work(line: str) -> bool:
    """Whether a line speaks of work done: dates from and to, years, "since", "kaam kiya"."""
    return bool(WORK_TOLD.search(fold(line)))
