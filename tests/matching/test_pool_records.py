"""A candidate as a record of fixed length, the pool made of records, and its index of people."""

from datetime import date
from uuid import UUID, uuid5

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.matching.fixed_point import STEPS
from talent.matching.pool import Pool, filled
from talent.matching.records import MOST_SKILLS, NEVER, NO_HASH, layout, record_of, tie_keys
from talent.matching.row_index import GONE, LATER, RowIndex
from talent.matching.snapshot import SIGNATURE, after_header, among, decoded, framed
from talent.matching.views import (
    CandidateView,
    HeldLanguage,
    HeldQualification,
    HeldRecognition,
    HeldSkill,
    RecognitionStage,
)
from talent.taxonomy.countries import COUNTRY_CODES
from talent.taxonomy.languages import LANGUAGE_CODES
from talent.taxonomy.levels import CEFR, Evidence, QualificationKind
from talent.taxonomy.licences import LICENCES
from tests.factories.matching import DIMENSIONS, OCCUPATIONS, SKILLS, SPACE, concept, make_candidate, make_pool

UNKNOWN = "a concept of no release"
some = st.lists
OCCUPATION_IDS, SKILL_IDS = (st.sampled_from([*map(concept, (*known, UNKNOWN))]) for known in (OCCUPATIONS, SKILLS))
VIEWS = st.builds(
    CandidateView,
    profile_id=st.uuids(),
    occupation_ids=some(OCCUPATION_IDS, max_size=6).map(tuple),
    experience_months=st.integers(0, 50_000),
    skills=some(st.builds(HeldSkill, SKILL_IDS, st.just(""), st.sampled_from(Evidence)), max_size=80).map(tuple),
    languages=some(
        st.builds(HeldLanguage, st.sampled_from([*LANGUAGE_CODES, "xx"]), st.none() | st.sampled_from(CEFR))
    ).map(tuple),
    qualifications=some(
        st.builds(
            HeldQualification,
            st.sampled_from(QualificationKind),
            full_time_months=st.none() | st.integers(0, 600),
        )
    ).map(tuple),
    licences=some(st.sampled_from([*(one.code for one in LICENCES), "broom"]), unique=True).map(tuple),
    answered_licences=st.booleans(),
    countries=some(st.sampled_from([*COUNTRY_CODES, "PK"]), unique=True).map(tuple),
    available_from=st.none() | st.dates(),
    text=st.just(""),
    recognitions=st.sampled_from([(), (HeldRecognition("DE", "7212", RecognitionStage.FULL),)]),
    first_countries=some(st.sampled_from([*COUNTRY_CODES, "PK"]), unique=True).map(tuple),
    least_pay_euros=st.none() | st.integers(1, 100_000),
)
VECTORS = some(st.integers(-STEPS, STEPS), min_size=DIMENSIONS, max_size=DIMENSIONS).map(
    lambda steps: np.array(steps, np.float32) / np.float32(STEPS)
)
DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)


def columns(pool: Pool, row: int) -> dict[str, list]:
    """What the pool holds of one row; skills in their full width."""
    held = {name: getattr(pool, name)[row].tolist() for name in pool.columns(1) if name != "kept"}
    return held | {"skills": held["skills"] + [pool.no_skill] * (MOST_SKILLS - len(held["skills"]))}


@given(some(st.tuples(VIEWS, VECTORS, DIGESTS), max_size=5, unique_by=lambda one: one[0].profile_id))
def test_the_records_of_a_pool_make_the_same_pool_again(people):
    pool, again = make_pool(), make_pool()
    rows = [pool.put(*one) for one in people]
    again.put_new([pool.records(np.array(rows[:2], np.int32)), pool.records(np.array(rows[2:], np.int32))])
    assert [columns(again, row) for row in range(len(again))] == [columns(pool, row) for row in rows]
    assert dict(again.index) == dict(pool.index) == {view.profile_id: row for row, (view, *_) in enumerate(people)}


@given(VIEWS, VECTORS, DIGESTS)
def test_a_record_read_from_its_bytes_is_the_record(view, vector, digest):
    pool = make_pool()
    record = record_of(view, vector, digest, (pool.occupation_concepts, pool.skill_concepts))
    assert len(record.tobytes()) == pool.layout.itemsize
    assert np.frombuffer(record.tobytes(), pool.layout)[0] == record


def test_a_record_says_what_the_view_says():
    pool = make_pool()
    view = make_candidate(
        occupation_ids=(concept("cook"), concept(UNKNOWN), concept("welder")),
        experience_months=40_000,
        skills=("TIG welding", UNKNOWN, "MAG welding"),
        languages=(HeldLanguage("de", CEFR.B1), HeldLanguage("en", None)),
        qualifications=(HeldQualification(QualificationKind.BACHELOR, full_time_months=48),),
        countries=(COUNTRY_CODES[0], COUNTRY_CODES[2]),
        available_from=date(1, 1, 3),
        first_countries=(COUNTRY_CODES[1],),
        least_pay_euros=2_400,
    )
    vector = np.array([1, 0.5, 0, -1], np.float32)
    record = record_of(view, vector, "ab" * 32, (pool.occupation_concepts, pool.skill_concepts))
    assert record["ids"].tobytes() == view.profile_id.bytes
    assert record["hashes"].tolist() == [0xAB] * 32
    assert record["vectors"].tolist() == [2048, 1024, 0, -2048]
    assert record["occupations"].tolist() == [2, 0, 3, 3]
    unknown = 4 * 5  # five skills, four grades of which assessed is the last; each stands where the view has it
    assert record["skills"].tolist() == [3 * 5 + 1, unknown, 3 * 5 + 0, *[unknown] * 61]
    assert record["experience"] == 2**15 - 1
    spoken = dict(zip(LANGUAGE_CODES, record["languages"].tolist(), strict=True))
    assert {code: level for code, level in spoken.items() if level >= 0} == {"de": 3, "en": 0}
    months = dict(zip(QualificationKind, record["qualification_months"].tolist(), strict=True))
    assert {kind: told for kind, told in months.items() if told >= 0} == {QualificationKind.BACHELOR: 48}
    assert (record["countries"], record["available_day"], record["has_case"]) == (0b101, 3, False)
    assert (record["first_countries"], record["least_pay"]) == (0b10, 2_400)


def test_nobody_who_can_start_has_the_day_of_those_who_never_said_when():
    concepts = make_pool().occupation_concepts, make_pool().skill_concepts
    days = [
        int(record_of(make_candidate(available_from=day), np.zeros(4), NO_HASH, concepts)["available_day"])
        for day in (date.max, None)
    ]
    assert days[0] < days[1] == NEVER


@pytest.mark.parametrize(
    ("column", "concepts", "none", "bytes_each"),
    [
        ("occupations", 2**16 - 1, 2**16 - 1, 2),
        ("occupations", 2**16, 2**16, 4),
        ("skills", 2**14 - 1, 2**16 - 4, 2),  # four grades of each
        ("skills", 2**14, 2**16, 4),
    ],
)
def test_a_number_for_none_of_the_concepts_always_fits(column, concepts, none, bytes_each):
    numbers = layout(concepts, concepts, 4)[column].base
    assert numbers.itemsize == bytes_each
    assert np.iinfo(numbers).max >= none


@given(some(st.uuids(), min_size=1))
def test_a_tie_key_is_the_low_half_of_the_id(profiles):
    ids = np.frombuffer(b"".join(one.bytes for one in profiles), np.uint8).reshape(-1, 16)
    assert tie_keys(ids).tolist() == [one.int % 2**64 for one in profiles]


def test_a_row_that_somebody_left_is_given_to_the_next_and_holds_nothing_of_theirs():
    pool = make_pool(make_candidate("a", skills=("MAG welding",)), make_candidate("b"))
    pool.enough[0] = 7
    pool.remove(concept("profile a"))
    assert pool.put(make_candidate("c"), np.zeros(DIMENSIONS, np.float32)) == 0
    assert columns(pool, 0) == columns(make_pool(make_candidate("c"), vectors=np.zeros((1, DIMENSIONS))), 0)
    assert set(pool.index) == {concept("profile b"), concept("profile c")}


@pytest.mark.parametrize(("digest", "kept"), [("11" * 32, True), ("22" * 32, False)])
def test_an_input_counts_as_stored_only_while_its_hash_stays(digest, kept):
    pool = make_pool()
    row = pool.put(make_candidate(), np.zeros(DIMENSIONS, np.float32), "11" * 32)
    assert not pool.kept[row]
    pool.kept[row] = True
    assert pool.put(make_candidate(), np.zeros(DIMENSIONS, np.float32), digest) == row
    assert (pool.digest(row), pool.kept[row]) == (digest, kept)


def test_a_pool_grows_by_an_eighth_and_keeps_what_it_holds():
    people = [make_candidate(str(number), experience_months=number) for number in range(1100)]
    pool = filled(make_pool(), people, np.zeros((1100, DIMENSIONS), np.float32))
    assert len(pool.alive) == 2048
    assert pool.experience[:1100].tolist() == list(range(1100))


@given(some(st.tuples(st.integers(0, 30), st.booleans()), max_size=60), st.integers(0, 10))
def test_an_index_is_a_dictionary_whoever_comes_and_goes(moves, first):
    index, twin = RowIndex(), {}
    people = [UUID(int=((number % 3) << 64) | number // 3) for number in range(31)]  # many share their low half
    ids = np.frombuffer(b"".join(one.bytes for one in people[:first]), np.uint8).reshape(-1, 16)
    index.add_all(ids, np.arange(first, dtype=np.int32))
    twin |= {one: row for row, one in enumerate(people[:first])}
    for row, (number, stays) in enumerate(moves, start=100):
        one = people[number]
        if stays and one not in twin:
            index.put(one, row)
            twin[one] = row
        elif not stays:
            assert index.pop(one) == twin.pop(one, None)
    assert dict(index) == twin
    assert len(index) == len(twin)
    assert [index.get(one) for one in people] == [twin.get(one) for one in people]
    everybody = np.frombuffer(b"".join(one.bytes for one in people), np.uint8).reshape(-1, 16)
    assert index.rows_of(everybody).tolist() == [twin.get(one, GONE) for one in people]


def test_those_added_one_by_one_are_sorted_in_before_they_are_many():
    index = RowIndex()
    people = [uuid5(SPACE, str(number)) for number in range(2 * LATER)]
    for row, one in enumerate(people):
        index.put(one, row)
    assert index.nbytes == 20 * (LATER + 1)
    assert [index[one] for one in people] == list(range(2 * LATER))


FRAMED = framed({"number": ">i4"})
HEADER = SIGNATURE + bytes(8)


def row_of(number: int) -> bytes:
    return b"\0\1\0\0\0\4" + number.to_bytes(4, "big")


@pytest.mark.parametrize("cut", range(11))
def test_a_block_of_a_copy_is_decoded_up_to_its_last_whole_row(cut):
    block = row_of(7) + row_of(8) + row_of(9)[:cut]
    found, rest = decoded(block, FRAMED)
    assert found["number"].tolist() == ([7, 8] if cut < 10 else [7, 8, 9])
    assert rest == (row_of(9)[:cut] if cut < 10 else b"")


@pytest.mark.parametrize("extension", [b"", b"xyz"])
def test_the_header_of_a_copy_is_passed_over_with_its_extension(extension):
    header = SIGNATURE + bytes(4) + len(extension).to_bytes(4, "big") + extension
    found, rest = after_header(header + row_of(7) + b"\xff\xff", FRAMED)
    assert (found["number"].tolist(), rest) == ([7], b"\xff\xff")


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (b"PGCOPX" + HEADER[6:] + row_of(7), "no binary copy"),
        (HEADER + b"\0\2" + row_of(7)[2:], "another length"),
        (HEADER + b"\0\1\0\0\0\5" + row_of(7)[6:], "another length"),
        (HEADER + b"\0\1\xff\xff\xff\xff" + row_of(7)[6:], "another length"),
    ],
)
def test_what_is_no_copy_of_such_rows_is_refused(wrong, problem):
    with pytest.raises(ValueError, match=problem):
        after_header(wrong, FRAMED)


@given(some(st.integers(0, 40), max_size=20), some(st.integers(0, 40), max_size=20))
def test_hashes_are_found_among_the_stored_ones(asked, stored):
    digests = np.array([[number * 6, *[number] * 31] for number in range(41)], np.uint8)
    assert among(digests[asked], digests[stored]).tolist() == [number in stored for number in asked]
