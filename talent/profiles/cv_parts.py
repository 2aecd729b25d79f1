"""The parts of a line about a job: which is the title, which the employer, which a place."""

import re
from collections.abc import Callable

from talent.foundation.text import fold
from talent.profiles.cv_lines import Span, pieces, trim
from talent.profiles.cv_places import country_of
from talent.profiles.cv_vocabulary import ORGANISATION_WORDS, TITLE_WORDS

MOST_WORDS_OF_PART = 8  # a longer part is a sentence, not a title or a name
PARTS = re.compile(r"\s*[|•·\t;]\s*|\s+[-–—]\s+|\s*[,،]\s+|[ ]{2,}|\s*:\s+|\s+//\s+")
BRACKETS = re.compile(r"\([^()\n]*\)")
LEAD_OUT = re.compile(r"(?i)\s++(?:from|since|during|between|in)$")
LEAD_IN = re.compile(
    r"(?i)^\W*(?:i\s+)?(?:have\s+|am\s+)?"
    r"(?:work(?:ed|ing)?|serv(?:ed|ing)|employed|job|duration|period|dates?|time|from|earlier|before|previously|then|now|phir|pehle|پہلے|پھر|عرصہ|مدت)\b"
    r"(?:\s+(?=as\b|with\b|at\b|in\b|for\b))?\s*[:–-]?\s*"
)
TITLE_FIRST = re.compile(r"(?i)\s++(?:at|with|bei|chez|presso|for|in|en)\s+|\s*+@\s*")
EMPLOYER_FIRST = re.compile(r"(?i)\s+as\s+(?:an?\s+)?|\s+میں\s+(?:بطور\s+)?|\s+(?:mein|main|me)\s+(?:bator\s+)?")
AS_TITLE = re.compile(r"(?i)^(?:as|bator|بطور)\s+(?:an?\s+)?")
AT_EMPLOYER = re.compile(r"(?i)^(?:with|at|in|for)\s+")
LABEL = re.compile(
    r"(?i)(?:name of (?:the )?)?(?:company|employer|organi[sz]ation|firm|institution|designation|position|post|role"
    r"|(?:job )?title|location|country|place|city|ادارہ|کمپنی|عہدہ|مقام|idara|ohda)(?: name)?\s*(?=:|$)"
)
BESIDES = re.compile(r"(?i)^(?:from|to|till|until|present|سے|تک|se|tak|سن|سال|year|san|saal)$")


class Parts:
    """Splits stretches of one text and tells what each part is."""

    def __init__(self, text: str, is_occupation: Callable[[int, int], bool]) -> None:
        self._text = text
        self._is_occupation = is_occupation

    def split(self, start: int, end: int) -> list[Span]:
        """The parts of a stretch of text; "title at employer" and "employer as title" are told apart by their words."""
        parts = []
        shown = BRACKETS.sub(lambda found: "(" + "_" * (len(found[0]) - 2) + ")", self._text[start:end])
        for low, high in pieces(shown, start, PARTS):
            part = self._without_lead(low, high)
            if not LABEL.fullmatch(self.words(part)):
                parts += self._cut(part)
        return [self._without_opening(part) for part in parts if self._has_words(part)]

    def _without_lead(self, low: int, high: int) -> Span:
        opened = LEAD_IN.match(self._text[low:high])
        closed = LEAD_OUT.search(self._text[low:high])
        low, high = low + (opened.end() if opened else 0), high - (len(closed[0]) if closed else 0)
        return trim(self._text, low, max(low, high))

    def _cut(self, part: Span) -> list[Span]:
        for pattern in (EMPLOYER_FIRST, TITLE_FIRST):
            if cut := pattern.search(self.words(part)):
                ends = (part[0], part[0] + cut.start()), (part[0] + cut.end(), part[1])
                return [trim(self._text, *each) for each in ends]
        return [part]

    def _without_opening(self, part: Span) -> Span:
        for pattern in (AS_TITLE, AT_EMPLOYER):
            if opened := pattern.match(self.words(part)):
                part = (part[0] + opened.end(), part[1])
        return part

    def is_title(self, part: Span) -> bool:
        """Whether the part is a job title: a known occupation, or a word that only titles hold."""
        if not self.is_short(part):
            return False
        keys = self._keys(part)
        return not TITLE_WORDS.isdisjoint(keys) or (ORGANISATION_WORDS.isdisjoint(keys) and self._is_occupation(*part))

    def is_organisation(self, part: Span) -> bool:
        """Whether the part holds a word of which employers' names are made, or ends with a town."""
        return not ORGANISATION_WORDS.isdisjoint(self._keys(part)) or country_of(self.words(part)) is not None

    def is_place(self, part: Span) -> bool:
        """Whether the part names a country or a known town and nothing else."""
        place = country_of(self.words(part))
        return place is not None and place.whole

    def is_short(self, part: Span) -> bool:
        """Whether the part can be a title or a name: a few words, none of them first a number."""
        words = self.words(part)
        is_told = words[:1].isdigit() or words.startswith(("I ", "i "))
        return len(words.split()) <= MOST_WORDS_OF_PART and not is_told

    def words(self, part: Span) -> str:
        """The part as it stands."""
        return self._text[part[0] : part[1]]

    def _keys(self, part: Span) -> set[str]:
        return {fold(word.strip(".,()&")) for word in re.split(r"[\s/-]+", self.words(part))}

    def _has_words(self, part: Span) -> bool:
        words = self.words(part)
        return sum(letter.isalpha() for letter in words) >= 2 and not BESIDES.match(words.strip())
