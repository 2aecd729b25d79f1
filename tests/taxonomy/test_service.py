"""Loading a release, and what the rest of the service asks of the active one; on a real database."""

import time
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from talent.foundation.errors import Conflict
from talent.foundation.text import fold
from talent.taxonomy.catalogue import NoRelease
from talent.taxonomy.esco import read_release
from talent.taxonomy.loading import concept_id
from talent.taxonomy.models import Label, Occupation, OccupationSkill, Skill, TaxonomyRelease
from talent.taxonomy.sectors import SECTORS
from talent.taxonomy.service import (
    UnknownCode,
    active_release,
    find_occupations,
    find_skills,
    isco_groups,
    labels,
    load_release,
    occupation_by_code,
    occupation_choices,
    occupation_exists,
    occupation_named,
    skill_labels,
    skills_of,
)
from talent.taxonomy.starter_release import OCCUPATION_URI, read_starter
from tests.factories.taxonomy import (
    WELDER,
    esco_package,
    load_starter,
    needs_official_release,
    official_release,
    small_release,
    starter_occupation,
    starter_skill,
    written,
)


@pytest.fixture(scope="module")
def stocked(engine):
    """A connection on which the starter is loaded, once for this file, and rolled back at its end."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as made:
            load_starter(made)
            made.commit()
        yield connection
        outer.rollback()


@pytest.fixture
def session(stocked):
    with stocked.begin_nested() as savepoint:
        with Session(stocked, expire_on_commit=False, join_transaction_mode="create_savepoint") as made:
            yield made
        savepoint.rollback()


@pytest.fixture
def starter(session):
    return active_release(session)


@pytest.fixture
def nothing_active(session):
    session.execute(text("update taxonomy_release set is_active = false"))


def rows_of(session, release):
    occupations = select(Occupation.id).where(Occupation.release_id == release.id)
    skills = select(Skill.id).where(Skill.release_id == release.id)
    counted = (
        occupations.with_only_columns(func.count()),
        skills.with_only_columns(func.count()),
        select(func.count()).where(Label.occupation_id.in_(occupations) | Label.skill_id.in_(skills)),
        select(func.count()).where(OccupationSkill.occupation_id.in_(occupations)),
    )
    return tuple(session.scalar(query) for query in counted)


def test_everything_in_the_starter_is_written(session, starter):
    data = read_starter()
    of_labels = sum(len(texts) for one in data.concepts() for texts in one.labels.values())
    assert rows_of(session, starter) == (len(data.occupations), len(data.skills), of_labels, len(data.relations))


def test_a_label_is_stored_with_its_search_key_and_the_first_one_is_preferred(session, starter):
    stored = session.execute(
        select(Label.text, Label.folded, Label.is_preferred).where(
            Label.occupation_id == starter_occupation("7212"), Label.language == "de"
        )
    ).all()
    assert ("Schweißer", "schweisser", True) in stored
    assert ("Schweißerin", "schweisserin", False) in stored


def test_loading_the_same_content_again_writes_nothing(session, starter):
    before = rows_of(session, starter)
    assert load_release(session, read_starter()).id == starter.id
    assert rows_of(session, starter) == before


def test_other_content_under_the_same_version_is_refused(session):
    load_release(session, small_release())
    with pytest.raises(Conflict, match="already loaded with other content"):
        load_release(session, small_release(welder=("welder", "arc welder")))


def test_the_last_release_loaded_is_the_only_active_one(session, starter):
    load_release(session, small_release())
    assert active_release(session).name == "small"
    assert session.scalar(select(func.count()).where(TaxonomyRelease.is_active)) == 1


def test_a_release_loaded_before_can_be_made_active_again(session, starter):
    load_release(session, small_release())
    assert load_release(session, read_starter()).id == active_release(session).id == starter.id


def test_the_database_itself_allows_one_active_release_only(session, starter):
    load_release(session, small_release())
    with pytest.raises(IntegrityError, match="ix_taxonomy_release_active"), session.begin_nested():
        session.execute(text("update taxonomy_release set is_active = true"))


def test_a_label_names_one_concept_and_never_two(session, starter):
    label = Label(
        occupation_id=starter_occupation("7212"),
        skill_id=starter_skill("tig-welding"),
        language="en",
        text="x",
        folded="x",
        is_preferred=False,
    )
    with pytest.raises(IntegrityError, match="names_one_concept"), session.begin_nested():
        session.add(label)


def test_progress_counts_to_the_end(session):
    seen = []
    load_release(session, small_release(), lambda done, total: seen.append((done, total)))
    assert seen[-1] == (5, 5)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_ids_are_the_same_wherever_the_release_is_loaded():
    assert str(concept_id("starter", "2026.11", OCCUPATION_URI + "7212")) == "7cfd1e3d-bb3b-5005-8839-4a0fb41d780a"


def test_concepts_of_an_older_release_stay_and_keep_their_names(session, starter):
    load_release(session, small_release())
    welder = starter_occupation("7212")
    assert occupation_exists(session, welder)
    assert labels(session, [welder], "ur") == {welder: "ویلڈر"}
    assert skills_of(session, welder)


def test_without_an_active_release_everything_says_so(session, nothing_active):
    for ask in (
        lambda: active_release(session),
        lambda: find_occupations(session, "welder"),
        lambda: find_skills(session, "welding"),
        lambda: occupation_choices(session),
        lambda: occupation_by_code(session, "7212"),
        lambda: occupation_by_code(session, "urn:x"),
    ):
        with pytest.raises(NoRelease, match="not loaded yet"):
            ask()


def test_hits_are_named_in_the_readers_language_whatever_the_words_were_in(session, starter):
    hit = find_occupations(session, "saldatore", language="ur", limit=1)[0]
    assert (hit.label, hit.code, hit.matched_label) == ("ویلڈر", "7212", "saldatore")
    assert find_occupations(session, "ویلڈر", language="en", limit=1)[0].label == "welder"


def test_a_language_without_names_falls_back_to_english(session, starter):
    assert find_occupations(session, "welder", language="sv", limit=1)[0].label == "welder"


def test_skills_are_found_and_have_no_code(session, starter):
    hit = find_skills(session, "SMAW", language="en", limit=1)[0]
    assert (hit.id, hit.label, hit.code) == (starter_skill("mma-welding"), "manual metal arc welding", "")


def test_a_limit_of_nothing_finds_nothing(session, starter):
    assert find_skills(session, "welding", limit=0) == []


def test_searches_use_the_active_release_alone(session, starter):
    load_release(session, small_release())
    assert [hit.label for hit in find_occupations(session, "cook")] == []
    assert [hit.label for hit in find_occupations(session, "welder")] == ["welder"]


def test_choices_stand_by_sector_in_order_each_with_its_occupations_by_name(session, starter):
    sectors = occupation_choices(session, language="en")
    assert [one.key for one in sectors] == [sector.key for sector in SECTORS]
    assert sum(len(one.occupations) for one in sectors) == len(read_starter().occupations)
    for sector in sectors:
        names = [fold(one.label) for one in sector.occupations]
        assert names == sorted(names)


def test_choices_in_urdu_are_in_urdu(session, starter):
    names = [one.label for sector in occupation_choices(session, language="ur") for one in sector.occupations]
    assert "ویلڈر" in names
    assert "welder" not in names


def test_skills_of_an_occupation_come_essential_first(session, starter):
    choices = skills_of(session, starter_occupation("7212"), language="en")
    essential = [one.essential for one in choices]
    assert essential == sorted(essential, reverse=True)
    assert {one.label for one in choices if one.essential} >= {"manual metal arc welding", "MIG/MAG welding"}
    assert "TIG welding" in {one.label for one in choices if not one.essential}


def test_an_occupation_that_does_not_exist_has_no_skills(session, starter):
    assert skills_of(session, uuid4()) == []
    assert not occupation_exists(session, uuid4())


def test_labels_name_occupations_and_skills_and_leave_out_what_is_nothing(session, starter):
    welder, tig = starter_occupation("7212"), starter_skill("tig-welding")
    assert labels(session, [welder, tig, uuid4()], "en") == {welder: "welder", tig: "TIG welding"}
    assert labels(session, []) == {}


def test_skill_labels_know_no_occupation(session, starter):
    assert skill_labels(session, [starter_occupation("7212"), starter_skill("tig-welding")], "ur") == {
        starter_skill("tig-welding"): "ٹِگ ویلڈنگ"
    }


def test_unit_groups_are_told_for_occupations(session, starter):
    solar = starter_occupation("7411-solar")
    assert isco_groups(session, [solar, uuid4()]) == {solar: "7411"}
    assert isco_groups(session, []) == {}


@pytest.mark.parametrize(
    ("title", "key"),
    [("Welder", "7212"), ("ویلڈر", "7212"), ("brick layer", "7112"), ("HGV driver", "8332"), ("  cook ", "5120")],
)
def test_a_job_title_that_is_a_name_of_an_occupation_names_it(session, starter, title, key):
    assert occupation_named(session, title) == starter_occupation(key)


@pytest.mark.parametrize("title", ["", "assistant to the director", "xyzzy", "worker"])
def test_a_job_title_that_is_no_name_names_nothing(session, starter, title):
    assert occupation_named(session, title) is None


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("7212", "7212"),
        (" 7212 ", "7212"),
        ("C7212", "7212"),
        ("7411", "7411"),
        ("7115", "7115"),
        ("7212.3", "7212"),
        ("http://data.europa.eu/esco/isco/C2512", "2512"),
        ("urn:talent:starter:occupation:7411-solar", "7411-solar"),
    ],
)
def test_a_code_or_an_address_names_an_occupation(session, starter, code, key):
    assert occupation_by_code(session, code).id == starter_occupation(key)


@pytest.mark.parametrize("code", ["0000", "721", "72123", "welder", "", "http://data.europa.eu/esco/occupation/none"])
def test_an_unknown_code_is_told_with_what_to_write_instead(session, starter, code):
    with pytest.raises(UnknownCode, match="four digits of ISCO-08") as unknown:
        occupation_by_code(session, code)
    assert unknown.value.http_status == 422


def test_an_endless_code_is_not_repeated_whole(session, starter):
    with pytest.raises(UnknownCode) as unknown:
        occupation_by_code(session, "7" * 100_000)
    assert len(unknown.value.message.english()) < 400


def test_in_an_esco_release_a_code_names_the_occupation_that_people_mean(session, starter, tmp_path):
    load_release(session, read_release(written(tmp_path / "esco", esco_package())))
    assert occupation_by_code(session, "7212").uri == WELDER
    assert occupation_by_code(session, WELDER).uri == WELDER
    assert occupation_by_code(session, "0110").isco_group == "0110"


def test_an_address_of_an_older_release_still_names_its_occupation(session, starter):
    load_release(session, small_release())
    assert occupation_by_code(session, OCCUPATION_URI + "7212").id == starter_occupation("7212")


def test_of_two_releases_with_one_address_the_active_one_answers(session):
    load_release(session, small_release("1"))
    newer = load_release(session, replace(small_release("2"), attribution="Newer."))
    assert occupation_by_code(session, "urn:small:welder").release_id == newer.id


def test_an_esco_release_is_found_in_urdu(session, starter, tmp_path):
    load_release(session, read_release(written(tmp_path / "esco", esco_package())))
    hit = find_occupations(session, "ویلڈر", language="ur", limit=1)[0]
    assert (hit.label, hit.code) == ("ویلڈر", "7212")


@pytest.mark.parametrize("table", [Occupation, Skill, Label, OccupationSkill])
def test_after_a_load_the_planner_knows_how_many_rows_there_are(session, starter, table):
    load_release(session, small_release())
    rows = text("select reltuples from pg_class where relname = :name")
    reckoned = session.scalar(rows, {"name": table.__tablename__})
    assert reckoned == session.scalar(select(func.count()).select_from(table))


@needs_official_release
def test_the_official_release_is_loaded_within_a_minute_and_searched_at_once(session):
    data = official_release()
    began = time.perf_counter()
    load_release(session, data)
    assert time.perf_counter() - began < 60
    assert occupation_by_code(session, "7212").uri.endswith("7aedaa07-3884-4c5b-88f9-80997b2aa54b")
    assert find_occupations(session, "welder", limit=1)[0].label == "welder"
    assert find_occupations(session, "electrition", limit=1)[0].code == "7411"
    assert find_skills(session, "آرگن ویلڈنگ", limit=1)[0].label == "perform tungsten inert gas welding"
