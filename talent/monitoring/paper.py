"""A report ready for paper: blocks whose sentences are said in one language, words of the source as they are."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from talent.foundation.words import N_, Sentence
from talent.monitoring.report_writer import Block, Shape
from talent.monitoring.rules import REDACTED

BLACKED_OUT = N_("blacked out")


@dataclass(frozen=True)
class SaidBlock:
    """One block: what this service says in the reader's language, then words of the source in English."""

    shape: Shape
    said: str = ""
    words: str = ""

    @property
    def parts(self) -> list[str]:
        """The words of the source; between each two stands a redaction."""
        return [part.strip() for part in self.words.split(REDACTED)] if self.words else []


@dataclass(frozen=True)
class Paper:
    """A whole report in one language; ``redaction`` is what a black bar says."""

    language: str
    title: str
    redaction: str
    blocks: tuple[SaidBlock, ...]

    @property
    def is_right_to_left(self) -> bool:
        """Whether what this service says runs from right to left."""
        return self.language == "ur"


def paper(blocks: Iterable[Block], *, language: str, title: str, say: Callable[[Sentence], str]) -> Paper:
    """These blocks, said in the language of ``say``."""
    return Paper(language, title, say(Sentence(BLACKED_OUT)), tuple(_said(blocks, say)))


def _said(blocks: Iterable[Block], say: Callable[[Sentence], str]) -> Iterator[SaidBlock]:
    for block in blocks:
        own = block.label or block.said
        yield SaidBlock(block.shape, say(own) if own else "", block.words)
