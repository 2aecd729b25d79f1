"""The product's own text matching, under the names that an outside evaluation calls.

encode(texts) -> (n, d) float32
link_titles(titles, alternatives) -> (n, m)
link_skills(sentences, skill_labels) -> (n, m)
title_skills(titles, train_occupations, skill_labels) -> (n, m)
match_texts(advertisements, cvs) -> (n_advertisements, n_cvs)
"""

import sys
from pathlib import Path

# The file may be loaded by its path, from anywhere, without the project being installed.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from talent.matching.linkers import encode, link_skills, link_titles, match_texts, title_skills

__all__ = ["encode", "link_skills", "link_titles", "match_texts", "title_skills"]
