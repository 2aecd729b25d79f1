"""A set of advertisements and CVs that somebody judged: how whole texts are ranked, beside plain yardsticks."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.foundation.errors import Unprocessable
from talent.foundation.words import N_, Sentence
from talent.matching.encoder import Encoder
from talent.matching.judged_lists import FITS_FROM
from talent.matching.measures import OURS, Figure, average_precision, graded_gain, measured

NO_SET: Final = N_("{folder} holds no advertisements, no cvs or no judgements.tsv.")
NOBODY_FITS: Final = N_("No advertisement of the set has a CV that fits.")


def text_figures(folder: Path, encoder: Encoder) -> list[Figure]:
    """MAP and nDCG of whole CVs against whole advertisements of a judged set, beside words, letters and meaning.

    The folder holds ``advertisements/*.txt``, ``cvs/*.txt`` and ``judgements.tsv`` (advertisement, cv, grade 0 to 3).
    """
    from talent.matching.lexical import bm25_scores, character_scores
    from talent.matching.linkers import match_texts

    ads, cvs, grades = judged_set(folder)
    asked, told = list(ads.values()), list(cvs.values())
    systems = {
        OURS: match_texts(asked, told, encoder),
        "BM25": bm25_scores(asked, told),
        "char TF-IDF": character_scores(asked, told),
        "encoder": encoder.encode(asked) @ encoder.encode(told).T,
    }
    rows = [row for row in range(len(asked)) if (grades[row] >= FITS_FROM).any()]
    fitting = {row: np.flatnonzero(grades[row] >= FITS_FROM).tolist() for row in rows}
    gains = {row: {int(i): float(2 ** grades[row, i] - 1) for i in np.flatnonzero(grades[row] > 0)} for row in rows}
    precision = {
        name: np.array([average_precision(found[row], fitting[row]) for row in rows]) for name, found in systems.items()
    }
    gain = {name: np.array([graded_gain(found[row], gains[row]) for row in rows]) for name, found in systems.items()}
    return [measured("texts_map", precision, NOBODY_FITS), measured("texts_ndcg", gain, NOBODY_FITS)]


def judged_set(folder: Path) -> tuple[dict[str, str], dict[str, str], NDArray[np.float64]]:
    """The advertisements, the CVs, and the grades (n_advertisements, n_cvs), 0 where nobody judged.

    Raises:
        Unprocessable: a part of the set is not there.
    """
    ads, cvs = (_texts(folder / name) for name in ("advertisements", "cvs"))
    judgements = folder / "judgements.tsv"
    if not ads or not cvs or not judgements.is_file():
        raise Unprocessable(Sentence(NO_SET, {"folder": str(folder)}))
    rows, columns = ({name: place for place, name in enumerate(texts)} for texts in (ads, cvs))
    grades = np.zeros((len(ads), len(cvs)))
    with judgements.open(encoding="utf-8", newline="") as opened:
        for line in csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE):
            if line["advertisement"] in rows and line["cv"] in columns:
                grades[rows[line["advertisement"]], columns[line["cv"]]] = float(line["grade"])
    return ads, cvs, grades


def _texts(folder: Path) -> dict[str, str]:
    files: Sequence[Path] = sorted(folder.glob("*.txt")) if folder.is_dir() else ()
    return {file.stem: file.read_text("utf-8") for file in files}
