"""The text side of matching in five functions: what an outside evaluation drives, and what one-off scripts need."""

from collections.abc import Mapping, Sequence
from typing import Any

from talent.matching import texts
from talent.matching.encoder import Encoder, Vectors, load_encoder
from talent.matching.implied import ImpliedSkills
from talent.matching.lexical import Scores
from talent.matching.skill_linker import SkillLinker
from talent.matching.title_linker import TitleLinker


def encode(sentences: Sequence[str], encoder: Encoder | None = None) -> Vectors:
    """(n, d) float32, L2-normalised."""
    return (encoder or load_encoder()).encode(list(sentences))


def link_titles(titles: Sequence[str], alternatives: list[list[str]], encoder: Encoder | None = None) -> Scores:
    """(n_titles, n_occupations) float32; `alternatives` holds the labels of each occupation, the preferred one first."""
    return TitleLinker(encoder or load_encoder(), alternatives).scores(list(titles))


def link_skills(sentences: Sequence[str], skill_labels: Sequence[str], encoder: Encoder | None = None) -> Scores:
    """(n_sentences, n_skills) float32 for sentences of advertisements or CVs."""
    return SkillLinker(encoder or load_encoder(), skill_labels).scores(list(sentences))


def title_skills(
    titles: Sequence[str],
    train_occupations: Sequence[Mapping[str, Any]],
    skill_labels: Sequence[str],
    encoder: Encoder | None = None,
) -> Scores:
    """(n_titles, n_skills) float32; `train_occupations` have `labels`, `essential` and `optional` skill labels."""
    return ImpliedSkills(encoder or load_encoder(), train_occupations, skill_labels).scores(list(titles))


def match_texts(advertisements: Sequence[str], cvs: Sequence[str], encoder: Encoder | None = None) -> Scores:
    """(n_advertisements, n_cvs) float32 in [0, 1]; whole documents in any language."""
    return texts.match_texts(list(advertisements), list(cvs), encoder=encoder or load_encoder())
