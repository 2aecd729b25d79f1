"""Jobs held, as a CV tells them: a time with the title, employer and country that stand on or beside its line."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from talent.foundation.text import fold
from talent.profiles.cv_dates import TimeSpan, times_in
from talent.profiles.cv_lines import Line, Section, Span
from talent.profiles.cv_parts import LABEL, Parts
from talent.profiles.cv_places import Place, country_of
from talent.profiles.cv_vocabulary import SCHOOL_WORDS, STUDY_WORDS, TITLE_WORDS

MOST_TIMES = 100  # in one CV; more is no list of jobs
REACH = 200  # characters around a time on its own line
MOST_WORDS_BESIDE = 12  # of a line beside a time; a longer one is a sentence about the work
SENTENCE_END = re.compile(
    r"(?<!\b[LC]td)(?<!\bPvt)(?<!\bInc)(?<!\bCo)(?<!\bNo)(?<!\b\w)(?<!\.\w)[.!]\s+|\s*۔\s*|[;؛]\s*"
)
OTHER_LABEL = re.compile(r"[^\W\d_][\w ]{0,20}:")  # "Course: …"
STUDENT = re.compile(r"(?i)\bstudent\b|طالب")
TASKS_BEGIN = re.compile(r"\s*[:;؛]|\s*[.۔]\s")


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
        self._parts = Parts(text, is_occupation)
        self._timed = timed

    def job(self, time: TimeSpan, at: int) -> Job | None:
        """The job of the time that stands on the line ``at``."""
        if self._lines[at].section not in (Section.WORK, Section.OTHER):
            return None
        own = self._parts_around(time, self._lines[at])
        beside = self._beside(at, own)
        parts = [part for each in beside if each < at for part in self._parts_of(each)]
        parts += own
        parts += [part for each in beside if each > at for part in self._parts_of(each)]
        is_list = self._lines[at].section is Section.WORK
        if not is_list and self._is_study(at, beside):
            return None
        return self._job_of(time, parts, is_list=is_list)

    def _job_of(self, time: TimeSpan, parts: list[Span], *, is_list: bool) -> Job | None:
        """The job that these parts tell; outside a list of jobs something in it must be known to be sure."""
        places = [(part, place) for part in parts if (place := country_of(self._parts.words(part))) is not None]
        whole = [(part, place) for part, place in places if place.whole]
        named = [part for part in parts if self._parts.is_short(part) and part not in [place for place, _ in whole]]
        is_known = bool(places) or any(
            self._parts.is_title(part) or self._parts.is_organisation(part) for part in named
        )
        title, employer = self._title_and_employer(named)
        if (title is None and employer is None) or not (is_list or is_known):
            return None
        if title is not None and STUDENT.search(self._parts.words(title)):
            return None
        told: list[tuple[Span, Place]] = (whole or places)[-1:]
        used = [title, employer, (time.start, time.end), *(span for span, _ in told)]
        spans = [span for span in used if span is not None]
        start, end = min(start for start, _ in spans), max(end for _, end in spans)
        return Job(time, title, employer, told[0][1].country if told else "", start, end)

    def _title_and_employer(self, named: list[Span]) -> tuple[Span | None, Span | None]:
        title = next((part for part in named if self._parts.is_title(part)), None)
        rest = [part for part in named if part != title]
        known = next((part for part in rest if self._parts.is_organisation(part)), None)
        others = [part for part in rest if not self._parts.is_title(part)]
        if title is not None:
            return title, known or next(iter(others), None)
        if known is not None:  # What stands before an employer can be a title; behind it stands where, not what.
            return next((part for part in others if part[0] < known[0]), None), known
        return next(iter(others), None), next(iter(others[1:]), None)

    def _parts_around(self, time: TimeSpan, line: Line) -> list[Span]:
        """What else of its sentence stands on the line of the time, other times left out; tasks are no parts."""
        low, high = max(line.start, time.start - REACH), min(line.end, time.end + REACH)
        for sentence in SENTENCE_END.finditer(self._text, low, max(low, time.start)):
            low = sentence.end()
        before = self._parts.split(low, max(time.start, low))
        named = [part for part in before if not self._parts.is_place(part)]
        tasks = TASKS_BEGIN.match(self._text, time.end, high) if named else None
        opened = time.end if tasks else time.end + _spaces(self._text[time.end : high])
        end = time.end if tasks else (SENTENCE_END.search(self._text, opened, high) or _End(high)).start()
        after = self._parts.split(min(opened, end), end)
        if named:
            after = [part for part in after if self._parts.is_title(part) or self._is_employer_or_place(part)]
        return [part for part in (*before, *after) if not any(True for _ in times_in(self._parts.words(part)))]

    def _parts_of(self, at: int) -> list[Span]:
        return self._parts.split(self._lines[at].start, self._lines[at].end)

    def _beside(self, at: int, own: list[Span]) -> list[int]:
        """The lines directly above or below that tell what the line of the time does not."""
        named = [part for part in own if not self._parts.is_place(part)]
        if len(named) >= 2:
            return []
        if not named:
            return self._run_of_lines(at, -1) or self._run_of_lines(at, +1)
        wanted = self._is_employer_or_place if self._parts.is_title(named[0]) else self._parts.is_title
        for following in (at - 1, at + 1):
            if self._is_near(following, at) and any(map(wanted, self._parts_of(following))):
                return [following]
        return []

    def _is_employer_or_place(self, part: Span) -> bool:
        return self._parts.is_organisation(part) or self._parts.is_place(part)

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
        if OTHER_LABEL.match(line.text) and not LABEL.match(line.text):
            return False
        ends_short = line.text.lower().endswith((" ltd.", " co.", " inc.", " s.l.", " s.a.", "(pvt.)", " pvt."))
        return not is_long and (not is_sentence or ends_short) and any(letter.isalpha() for letter in line.text)

    def _is_study(self, at: int, beside: list[int]) -> bool:
        words = {fold(word.strip(".,()")) for each in (at, *beside) for word in self._lines[each].text.split()}
        return not STUDY_WORDS.isdisjoint(words) or (
            not SCHOOL_WORDS.isdisjoint(words) and TITLE_WORDS.isdisjoint(words)
        )


@dataclass(frozen=True)
class _End:
    """Where a search that found nothing would have ended."""

    at: int

    def start(self) -> int:
        return self.at


def _spaces(words: str) -> int:
    """How many characters of spaces and punctuation these words begin with."""
    return len(words) - len(words.lstrip(" \t:;,.)–-"))
