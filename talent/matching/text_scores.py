"""CVs ranked against advertisements as plain texts, in any language, with parts that add up to the score."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.matching.affinity import (
    NEAR_HOME,
    SkillsShown,
    shown_by,
    skills_shown,
    telling,
    trade_shown,
)
from talent.matching.documents import ReadAdvertisement, ReadCv, Reading, read_documents
from talent.matching.encoder import Encoder
from talent.matching.language import OTHER_SCRIPTS, UNTOLD
from talent.matching.lexical import TEXT_NGRAMS, Scores, bm25_scores, character_scores
from talent.matching.phrases import Lexicon, trade_lexicon
from talent.matching.requested import Answer, CvWords, Request, distinct_words, requests_of

# Shares of the score; chosen on the corridor and the open-trades development sets (docs/model-card.md). A pair is
# scored by the parts that can be compared in its two languages; their shares then add up to one.
WORK: Final = "work"
SKILLS: Final = "skills"
MEANING: Final = "meaning"
EXPERIENCE: Final = "experience"
WORDING: Final = "wording"
TITLE: Final = "title"
SHARES: Final = {WORK: 0.30, SKILLS: 0.28, MEANING: 0.14, EXPERIENCE: 0.03, WORDING: 0.20, TITLE: 0.05}
# Where the advertisement names no trade that the lexicon knows, words and letters take over.
UNREAD_SHARES: Final = {WORK: 0.0, SKILLS: 0.05, MEANING: 0.45, EXPERIENCE: 0.0, WORDING: 0.42, TITLE: 0.08}
# How well the lexicon reads an advertisement: so much for each telling skill, and for a trade in its title. A title
# without telling skills is half understood: where CVs are in the same language, their own words know better.
SKILL_READ: Final = 0.16
TITLE_READ: Final = 0.2
TITLE_READ_ACROSS_LANGUAGES: Final = 0.6
# In one language the lexicon counts only so far: what CVs say in their own words orders near trades better.
READ_IN_ONE_LANGUAGE: Final = 0.4
# Years of experience that count as enough where the advertisement does not say.
USUAL_YEARS: Final = 3.0
# A wording as near as this is near even when nobody else's is (cosine of character n-grams).
LEAST_NEAR_WORDING: Final = 0.15
# The same for whole words (BM25), and how much of the wording they are.
LEAST_NEAR_WORDS: Final = 5.0
WHOLE_WORDS: Final = 0.5
# Wording counts in full from so much of the work on: alike words about other work say nothing.
WORK_FOR_WORDING: Final = 0.3
WORDS_ENCODED: Final = 180
TERMS_IN_GIST: Final = 16


@dataclass(frozen=True)
class TextScores:
    """Scores of every pair: `total` is the sum over names of `shares[name] * parts[name]`, all (n_ads, n_cvs).

    columns : (n_ads, n_cvs) int64, the row of `readings.cvs` that a pair was scored with: a CV that copies an
    advertisement is read for it without the copied passages.
    comparable : (n_ads, n_readings) bool, whether the words of the two can be compared.
    """

    total: Scores
    parts: Mapping[str, Scores]
    shares: Mapping[str, Scores]
    skills: Sequence[SkillsShown]
    requests: Sequence[Sequence[tuple[Request, Mapping[int, Answer]]]]
    columns: NDArray[np.int64]
    comparable: NDArray[np.bool_]
    reading: Reading


def score_texts(
    advertisements: Sequence[str],
    cvs: Sequence[str],
    *,
    lexicon: Lexicon | None = None,
    encoder: Encoder | None = None,
) -> TextScores:
    """Every pair's score with its parts. Without an encoder the meaning part is left out."""
    lexicon = lexicon or trade_lexicon()
    reading = read_documents(advertisements, cvs, lexicon)
    shown = shown_by([cv.evidence for cv in reading.cvs])
    skills = [skills_shown(ad.needs, shown) for ad in reading.advertisements]
    words = CvWords([cv.text for cv in reading.cvs])
    requests = [[(asked, words.answers(asked)) for asked in _own_requests(ad)] for ad in reading.advertisements]
    # What no lexicon reads can only be compared by its words, whatever language they seem to be in.
    same = _table(reading, lambda ad, cv: not ad.trades or _comparable(ad, cv))
    read_well = _read_well(reading, same, lexicon.languages)
    work = _rows(reading, [trade_shown(ad.needs, shown) for ad in reading.advertisements])
    believed = _believed(work, read_well)
    wide = {
        WORK: work,
        SKILLS: _rows(reading, [_coverage(*pair) for pair in zip(skills, requests, same, strict=True)]),
        # Years count as far as they were years of this work.
        EXPERIENCE: work * _rows(reading, [_experienced(ad, shown.years) for ad in reading.advertisements]),
        WORDING: _wording(reading, same) * believed,
        TITLE: _title(reading, same) * believed,
        MEANING: _meaning(reading, encoder, read_well),
    }
    columns = reading.columns
    shares = {name: _picked(one, columns) for name, one in _shares(reading, same, encoder, read_well).items()}
    parts = {name: _picked(part, columns) for name, part in wide.items()}
    total = np.zeros((len(advertisements), len(cvs)), dtype=np.float32)
    for name in SHARES:
        total += shares[name] * parts[name]
    return TextScores(total, parts, shares, skills, requests, columns, same, reading)


def _shares(reading: Reading, same: NDArray[np.bool_], encoder: Encoder | None, read_well: Scores) -> dict[str, Scores]:
    """What each part counts for each pair; the parts that cannot be compared leave their share to the others."""
    everywhere = np.ones(same.shape, dtype=np.float32)
    usable = dict.fromkeys((WORK, SKILLS, EXPERIENCE), everywhere)
    usable[WORDING] = usable[TITLE] = same.astype(np.float32)
    usable[MEANING] = _meaningful(reading, encoder, read_well)
    raw = {name: (read_well * SHARES[name] + (1 - read_well) * UNREAD_SHARES[name]) * usable[name] for name in SHARES}
    whole = np.maximum(np.sum(list(raw.values()), axis=0), 1e-9)
    return {name: (share / whole).astype(np.float32) for name, share in raw.items()}


def _rows(reading: Reading, rows: Sequence[Scores]) -> Scores:
    """(n_ads, n_readings) from one row an advertisement, also when there is none."""
    return np.array(rows, dtype=np.float32).reshape(len(reading.advertisements), len(reading.cvs))


def _table(reading: Reading, told: Callable[[ReadAdvertisement, ReadCv], bool]) -> NDArray[np.bool_]:
    cells = [[told(ad, cv) for cv in reading.cvs] for ad in reading.advertisements]
    return np.array(cells, dtype=bool).reshape(len(reading.advertisements), len(reading.cvs))


def _picked(wide: Scores, columns: NDArray[np.int64]) -> Scores:
    found: Scores = np.take_along_axis(wide, columns, axis=1)
    return found


def _read_well(reading: Reading, same: NDArray[np.bool_], languages: Set[str]) -> Scores:
    """(n_ads, n_readings) how far the lexicon understands an advertisement, [0, 1]; 0 where it knows no trade.

    Where both are in one language that is not among the lexicon's ``languages``, it reads loan words alone: 0.
    """
    titled = np.array([[bool(ad.trades) and ad.titled] for ad in reading.advertisements], dtype=bool).reshape(-1, 1)
    told = np.array([[_telling_skills(ad)] for ad in reading.advertisements], dtype=np.float32).reshape(-1, 1)
    title = np.where(same, TITLE_READ, TITLE_READ_ACROSS_LANGUAGES) * titled
    one = _table(reading, lambda ad, cv: ad.language not in UNTOLD and ad.language in cv.languages)
    known = np.array([[ad.language in languages] for ad in reading.advertisements], dtype=bool).reshape(-1, 1)
    most = np.where(one, READ_IN_ONE_LANGUAGE * known, 1.0)
    found: Scores = (most * np.minimum(1.0, title + SKILL_READ * told)).astype(np.float32)
    return found


def _telling_skills(ad: ReadAdvertisement) -> int:
    return sum(telling(need.term, ad.trades) >= NEAR_HOME for need in ad.needs.skills.values()) if ad.trades else 0


def _comparable(ad: ReadAdvertisement, cv: ReadCv) -> bool:
    """Whether the words of the two can be compared: one language, or one that is not told but has the same letters."""
    both = {ad.language, cv.language}
    return ad.language in cv.languages or (not UNTOLD.isdisjoint(both) and OTHER_SCRIPTS.isdisjoint(both))


def _own_requests(ad: ReadAdvertisement) -> list[Request]:
    """What the advertisement asks for beyond what the lexicon has read in it."""
    taken = [(need.start, need.end) for need in ad.needs.skills.values()]
    return [
        asked
        for asked in requests_of(ad.text)
        if not any(start <= asked.start and asked.end <= end for start, end in taken)
    ]


def _coverage(
    skills: SkillsShown, requests: Sequence[tuple[Request, Mapping[int, Answer]]], same: NDArray[np.bool_]
) -> Scores:
    """(n_cvs,) share of what is needed that is shown; requests in own words count where the languages allow it."""
    have = skills.weights @ skills.strengths
    need = np.full(len(same), float(skills.weights.sum()), dtype=np.float32)
    for asked, answers in requests:
        need += np.float32(asked.weight) * same
        for column, answer in answers.items():
            if same[column]:
                have[column] += asked.weight * answer.share
    share: Scores = (have / np.maximum(need, np.float32(1e-9))).astype(np.float32)
    return share


def _experienced(ad: ReadAdvertisement, years: NDArray[np.float32]) -> Scores:
    share: Scores = np.minimum(1.0, years / np.float32(ad.needs.years or USUAL_YEARS)).astype(np.float32)
    return share


def _wording(reading: Reading, same: NDArray[np.bool_]) -> Scores:
    """(n_ads, n_readings) nearness of letters and of whole words, each word once, as a share of the nearest CV's.

    The nearest is sought among CVs that can be compared, without what they copied: a pasted advertisement makes
    nobody else look far.
    """
    asked = [distinct_words(ad.wanted) for ad in reading.advertisements]
    said = [distinct_words(cv.text) for cv in reading.cvs]
    letters = _share_of_nearest(character_scores(asked, said, TEXT_NGRAMS) * same, reading, LEAST_NEAR_WORDING)
    words = _share_of_nearest(bm25_scores(asked, said) * same, reading, LEAST_NEAR_WORDS)
    return (1 - WHOLE_WORDS) * letters + WHOLE_WORDS * words


def _title(reading: Reading, same: NDArray[np.bool_]) -> Scores:
    """(n_ads, n_readings) nearness of the title's letters to the nearest line of a CV, as a share of the best CV's."""
    lines = [[line for line in cv.text.splitlines() if line.strip()] or [""] for cv in reading.cvs]
    starts = np.cumsum([0, *(len(own) for own in lines)])[:-1]
    titles = [ad.title for ad in reading.advertisements]
    found = np.zeros(same.shape, dtype=np.float32)
    if found.size:
        near = character_scores(titles, [line for own in lines for line in own], TEXT_NGRAMS)
        found = np.maximum.reduceat(near, starts, axis=1) * same
    return _share_of_nearest(found, reading, LEAST_NEAR_WORDING)


def _share_of_nearest(found: Scores, reading: Reading, least: float) -> Scores:
    nearest = np.maximum(_picked(found, reading.columns).max(axis=1, keepdims=True, initial=0.0), least)
    nearness: Scores = np.minimum(1.0, found / nearest).astype(np.float32)
    return nearness


def _believed(work: Scores, read_well: NDArray[np.float32]) -> Scores:
    """(n_ads, n_cvs) how far likeness of wording counts: in full from some of the work on, where the work is known."""
    believed: Scores = (read_well * np.minimum(1.0, work / WORK_FOR_WORDING) + (1 - read_well)).astype(np.float32)
    return believed


def _meaning(reading: Reading, encoder: Encoder | None, read_well: NDArray[np.float32]) -> Scores:
    """Likeness of the gists in English; where the lexicon reads little, of the texts themselves."""
    if encoder is None:
        return np.zeros_like(read_well)
    gists = _cosines(
        encoder,
        [ad.gist(TERMS_IN_GIST) for ad in reading.advertisements],
        [cv.gist(TERMS_IN_GIST) for cv in reading.cvs],
    )
    if float(read_well.min(initial=1.0)) >= 1.0:
        return gists
    texts = _cosines(
        encoder, [_beginning(ad.wanted) for ad in reading.advertisements], [_beginning(cv.text) for cv in reading.cvs]
    )
    meaning: Scores = (read_well * gists + (1 - read_well) * texts).astype(np.float32)
    return meaning


def _meaningful(reading: Reading, encoder: Encoder | None, read_well: NDArray[np.float32]) -> NDArray[np.float32]:
    """1 where meaning can be compared: through the lexicon in any language, through the texts in a known one."""
    known = _table(reading, lambda ad, cv: ad.known and cv.known)
    if encoder is None:
        return np.zeros(known.shape, dtype=np.float32)
    return np.where(known, 1.0, read_well).astype(np.float32)


def _cosines(encoder: Encoder, left: Sequence[str], right: Sequence[str]) -> Scores:
    found = encoder.encode(left) @ encoder.encode(right).T
    # A document that says nothing is like nothing.
    found *= np.array([[bool(text)] for text in left]) * np.array([bool(text) for text in right])[None, :]
    likeness: Scores = np.clip(found, 0.0, 1.0).astype(np.float32)
    return likeness


def _beginning(text: str) -> str:
    return " ".join(text.split()[:WORDS_ENCODED])
