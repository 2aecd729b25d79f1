"""Jobs held, as a CV tells them: a time with the title, employer and country that stand on or beside its line."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from talent.foundation.text import fold
from talent.profiles.cv_dates import TimeSpan, times_in
from talent.profiles.cv_lines import Line, Section, Span, pieces, trim
from talent.profiles.cv_places import Place, country_of
from talent.profiles.cv_vocabulary import ORGANISATION_WORDS, SCHOOL_WORDS, STUDY_WORDS, TITLE_WORDS

MOST_TIMES = 100  # in one CV; more is no list of jobs
REACH = 200  # characters around a time on its own line
MOST_WORDS_BESIDE = 12  # of a line beside a time; a longer one is a sentence about the work
PARTS = re.compile(r"\s*[|•·\t;]\s*|\s+[-–—]\s+|\s*[,،]\s+|[ ]{2,}|\s*:\s+")
LEAD_OUT = re.compile(r"(?i)\s+(?:from|since|during|between|in)$")
LEAD_IN = re.compile(
    r"(?i)^\W*(?:i\s+)?(?:have\s+|am\s+)?"
    r"(?:work(?:ed|ing)?|serv(?:ed|ing)|employed|job|duration|period|dates?|time|from|عرصہ|مدت)\b"
    r"(?:\s+(?=as\b|with\b|at\b|in\b|for\b))?\s*[:–-]?\s*"
)
TITLE_FIRST = re.compile(r"(?i)\s+(?:at|with|bei|chez|presso|for|in|en)\s+|\s*@\s*")
EMPLOYER_FIRST = re.compile(r"(?i)\s+as\s+(?:an?\s+)?|\s+میں\s+(?:بطور\s+)?|\s+(?:mein|main|me)\s+(?:bator\s+)?")
AS_TITLE = re.compile(r"(?i)^(?:as|bator|بطور)\s+(?:an?\s+)?")
AT_EMPLOYER = re.compile(r"(?i)^(?:with|at|in|for)\s+")
LABEL = re.compile(
    r"(?i)(?:name of (?:the )?)?(?:company|employer|organi[sz]ation|firm|institution|designation|position|post|role"
    r"|(?:job )?title|location|country|place|city|ادارہ|کمپنی|عہدہ|مقام|idara|ohda)(?: name)?\s*(?=:|$)"
)
BESIDES = re.compile(r"(?i)^(?:from|to|till|until|present|سے|تک|se|tak)$")


@dataclass(frozen=True)
class Job:
    """One job found, with the offsets of everything that tells it."""

    time: TimeSpan
    title: Span | None
    employer: Span | None
    country: str
    start: int
    end: int


def jobs_in(text: str, lines: Sequence[Line], is_occupation: Callable[[int, int], bool]) -> Iterator[Job]:
    """The jobs of a CV in order; times of study, and times with neither a title nor an employer, are left out.

    ``is_occupation`` says whether a known occupation stands between two offsets.
    """
    times = list(islice(times_in(text), MOST_TIMES))
    starts = [line.start for line in lines]
    places = [bisect_right(starts, time.start) - 1 for time in times]
    reader = _Reader(text, lines, is_occupation, frozenset(places))
    for time, at in zip(times, places, strict=True):
        if at >= 0 and (job := reader.job(time, at)) is not None:
            yield job


class _Reader:
    def __init__(
        self, text: str, lines: Sequence[Line], is_occupation: Callable[[int, int], bool], timed: frozenset[int]
    ) -> None:
        self._text = text
        self._lines = lines
        self._is_occupation = is_occupation
        self._timed = timed

    def job(self, time: TimeSpan, at: int) -> Job | None:
        """The job of the time that stands on the line ``at``."""
        if self._lines[at].section not in (Section.WORK, Section.OTHER):
            return None
        own = self._parts_around(time, self._lines[at])
        beside = self._beside(at, own)
        parts = [part for each in beside if each < at for part in self._parts(each)]
        parts += own
        parts += [part for each in beside if each > at for part in self._parts(each)]
        if self._lines[at].section is Section.OTHER and self._is_study(at, beside):
            return None
        return self._job_of(time, parts)

    def _job_of(self, time: TimeSpan, parts: list[Span]) -> Job | None:
        places = [(part, place) for part in parts if (place := country_of(self._words(part))) is not None]
        whole = [(part, place) for part, place in places if place.whole]
        named = [part for part in parts if part not in [place for place, _ in whole]]
        title, employer = self._title_and_employer(named)
        if title is None and employer is None:
            return None
        told: list[tuple[Span, Place]] = (whole or places)[-1:]
        used = [title, employer, (time.start, time.end), *(span for span, _ in told)]
        spans = [span for span in used if span is not None]
        start, end = min(start for start, _ in spans), max(end for _, end in spans)
        return Job(time, title, employer, told[0][1].country if told else "", start, end)

    def _title_and_employer(self, named: list[Span]) -> tuple[Span | None, Span | None]:
        title = next((part for part in named if self._is_title(part)), None)
        rest = [part for part in named if part != title]
        employer = next((part for part in rest if self._is_organisation(part)), rest[0] if rest else None)
        if title is None:
            title = next((part for part in rest if part != employer), None)
        if title is None and employer is not None and not self._is_organisation(employer):
            return employer, None
        return title, employer

    def _parts_around(self, time: TimeSpan, line: Line) -> list[Span]:
        """What else stands on the line of the time, other times left out."""
        before = self._split(max(line.start, time.start - REACH), max(time.start, line.start))
        after = self._split(min(time.end, line.end), min(line.end, time.end + REACH))
        return [part for part in (*before, *after) if not any(True for _ in times_in(self._words(part)))]

    def _parts(self, at: int) -> list[Span]:
        return self._split(self._lines[at].start, self._lines[at].end)

    def _split(self, start: int, end: int) -> list[Span]:
        """The parts of a stretch of text; "title at employer" and "employer as title" are told apart by their words."""
        parts = []
        for part in pieces(self._text[start:end], start, PARTS):
            opened = LEAD_IN.match(self._words(part))
            closed = LEAD_OUT.search(self._words(part))
            low, high = part[0] + (opened.end() if opened else 0), part[1] - (len(closed[0]) if closed else 0)
            low, high = trim(self._text, low, max(low, high))
            if LABEL.fullmatch(self._words((low, high))):
                continue
            for pattern in (EMPLOYER_FIRST, TITLE_FIRST):
                cut = pattern.search(self._words((low, high)))
                if cut:
                    parts += [trim(self._text, low, low + cut.start()), trim(self._text, low + cut.end(), high)]
                    break
            else:
                parts.append((low, high))
        return [self._without_opening(part) for part in parts if self._has_words(part)]

    def _without_opening(self, part: Span) -> Span:
        for pattern in (AS_TITLE, AT_EMPLOYER):
            if opened := pattern.match(self._words(part)):
                part = (part[0] + opened.end(), part[1])
        return part

    def _beside(self, at: int, own: list[Span]) -> list[int]:
        """The lines directly above or below that tell what the line of the time does not."""
        named = [part for part in own if not _is_place(self._words(part))]
        if len(named) >= 2:
            return []
        if not named:
            return self._run_of_lines(at, -1) or self._run_of_lines(at, +1)
        wanted = self._is_employer_or_place if self._is_title(named[0]) else self._is_title
        for following in (at - 1, at + 1):
            if self._is_near(following, at) and any(map(wanted, self._parts(following))):
                return [following]
        return []

    def _run_of_lines(self, at: int, step: int) -> list[int]:
        """Up to two lines one after the other, more while they name what they tell ("Company: …")."""
        found: list[int] = []
        while self._is_near(at + step, at) and (len(found) < 2 or LABEL.match(self._lines[at + step].text)):
            at += step
            found.append(at)
        return sorted(found)

    def _is_near(self, at: int, to: int) -> bool:
        return 0 <= at < len(self._lines) and self._belongs(at, to)

    def _belongs(self, at: int, to: int) -> bool:
        """Whether a line can name a title or an employer for the line that it stands directly above or below."""
        line = self._lines[at]
        if abs(line.number - self._lines[to].number) > 1 or line.is_heading or line.is_bullet or at in self._timed:
            return False
        is_long = len(line.text) > REACH or len(line.text.split()) > MOST_WORDS_BESIDE
        is_sentence = line.text.endswith((".", "۔"))
        ends_short = line.text.lower().endswith((" ltd.", " co.", " inc.", " s.l.", " s.a.", "(pvt.)", " pvt."))
        return not is_long and (not is_sentence or ends_short) and any(letter.isalpha() for letter in line.text)

    def _is_study(self, at: int, beside: list[int]) -> bool:
        words = {fold(word.strip(".,()")) for each in (at, *beside) for word in self._lines[each].text.split()}
        return not STUDY_WORDS.isdisjoint(words) or (
            not SCHOOL_WORDS.isdisjoint(words) and TITLE_WORDS.isdisjoint(words)
        )

    def _is_title(self, part: Span) -> bool:
        keys = self._keys(part)
        return not TITLE_WORDS.isdisjoint(keys) or (ORGANISATION_WORDS.isdisjoint(keys) and self._is_occupation(*part))

    def _is_organisation(self, part: Span) -> bool:
        return not ORGANISATION_WORDS.isdisjoint(self._keys(part))

    def _is_employer_or_place(self, part: Span) -> bool:
        return self._is_organisation(part) or _is_place(self._words(part))

    def _keys(self, part: Span) -> set[str]:
        return {fold(word.strip(".,()&")) for word in re.split(r"[\s/-]+", self._words(part))}

    def _has_words(self, part: Span) -> bool:
        words = self._words(part)
        return sum(letter.isalpha() for letter in words) >= 2 and not BESIDES.match(words.strip())

    def _words(self, part: Span) -> str:
        return self._text[part[0] : part[1]]


def _is_place(words: str) -> bool:
    place = country_of(words)
    return place is not None and place.whole
