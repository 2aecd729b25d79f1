"""A release goes into the database in one transaction, by COPY, and becomes the one that searches use."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from talent.foundation.clock import now
from talent.foundation.errors import Conflict
from talent.foundation.text import fold
from talent.foundation.words import N_, Sentence
from talent.taxonomy.models import TaxonomyRelease
from talent.taxonomy.release import Concept, ReleaseData

Progress = Callable[[int, int], None]
"""Called with the rows written so far and the rows in all."""

Row = tuple[Any, ...]

NAMESPACE = uuid5(NAMESPACE_URL, "urn:talent:taxonomy")
ONE_LOAD_AT_A_TIME = 0x7A40  # key of the advisory lock
ROWS_BETWEEN_REPORTS = 5_000

OTHER_CONTENT = N_("Version {version} of “{name}” is already loaded with other content. Give this one another version.")


def concept_id(name: str, version: str, uri: str) -> UUID:
    """The id of a concept: the same wherever and whenever this release is loaded."""
    return uuid5(NAMESPACE, f"{name}\n{version}\n{uri}")


def load_release(session: Session, data: ReleaseData, progress: Progress | None = None) -> TaxonomyRelease:
    """The release as stored, now the active one; content that is already there is not written twice.

    Raises:
        Conflict: the same name and version is loaded with other content.
    """
    session.execute(select(func.pg_advisory_xact_lock(ONE_LOAD_AT_A_TIME)))
    held = session.scalar(select(TaxonomyRelease).where(TaxonomyRelease.content_hash == data.content_hash))
    if held is None:
        held = _write(session, data, progress)
    _activate(session, held)
    return held


def _activate(session: Session, release: TaxonomyRelease) -> None:
    others = update(TaxonomyRelease).where(TaxonomyRelease.is_active, TaxonomyRelease.id != release.id)
    session.execute(others.values(is_active=False))
    release.is_active = True
    session.flush()


def _write(session: Session, data: ReleaseData, progress: Progress | None) -> TaxonomyRelease:
    same = select(TaxonomyRelease.id).where(TaxonomyRelease.name == data.name, TaxonomyRelease.version == data.version)
    if session.scalar(same) is not None:
        raise Conflict(Sentence(OTHER_CONTENT, {"name": data.name, "version": data.version}))
    release = TaxonomyRelease(
        id=uuid4(),
        name=data.name,
        version=data.version,
        content_hash=data.content_hash,
        attribution=data.attribution,
        loaded_at=now(),
        is_active=False,
    )
    session.add(release)
    session.flush()
    _copy_all(session, release, data, progress or (lambda _done, _total: None))
    return release


def _copy_all(session: Session, release: TaxonomyRelease, data: ReleaseData, progress: Progress) -> None:
    ids = {concept.uri: concept_id(data.name, data.version, concept.uri) for concept in data.concepts()}
    parts: tuple[tuple[str, str, list[Row]], ...] = (
        (
            "occupation",
            "id, release_id, uri, isco_group, sector",
            [(ids[one.uri], release.id, one.uri, one.code, one.sector) for one in data.occupations],
        ),
        (
            "skill",
            "id, release_id, uri, skill_type",
            [(ids[one.uri], release.id, one.uri, one.skill_type) for one in data.skills],
        ),
        (
            "label",
            "id, occupation_id, skill_id, language, text, folded, is_preferred",
            [
                *(row for one in data.occupations for row in _label_rows(one, ids[one.uri], None)),
                *(row for one in data.skills for row in _label_rows(one, None, ids[one.uri])),
            ],
        ),
        (
            "occupation_skill",
            "occupation_id, skill_id, essential",
            [(ids[one.occupation_uri], ids[one.skill_uri], one.essential) for one in data.relations],
        ),
    )
    done, total = 0, sum(len(rows) for _, _, rows in parts)
    for table, columns, rows in parts:
        for written in _copy(session, table, columns, rows):
            progress(done + written, total)
        done += len(rows)
    session.execute(text("select analyze_taxonomy()"))  # as their owner: anybody else's analyze is passed over


def _label_rows(concept: Concept, occupation_id: UUID | None, skill_id: UUID | None) -> Iterator[Row]:
    owner = occupation_id or skill_id
    assert owner is not None
    for language, texts in concept.labels.items():
        for place, label in enumerate(texts):
            label_id = uuid5(owner, f"{language}\n{label}")
            yield label_id, occupation_id, skill_id, language, label, fold(label), place == 0


def _copy(session: Session, table: str, columns: str, rows: Sequence[Row]) -> Iterator[int]:
    """Write the rows; yields how many are written, now and then and at the end."""
    connection: Any = session.connection().connection.driver_connection
    with connection.cursor() as cursor, cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
        for number, row in enumerate(rows, start=1):
            copy.write_row(row)
            if number % ROWS_BETWEEN_REPORTS == 0:
                yield number
    yield len(rows)
