"""An official ESCO package is read in each form it is downloaded in; each fault has a sentence."""

import pytest

from talent.taxonomy import esco_files
from talent.taxonomy.bridge import with_urdu_names
from talent.taxonomy.esco import read_release
from talent.taxonomy.esco_files import EscoFault
from tests.factories.taxonomy import (
    DRAWINGS,
    NURSE,
    OCCUPATION_HEADER,
    OCCUPATIONS,
    OFFICER,
    RELATION_HEADER,
    RELATION_HEADER_1_2,
    RELATIONS,
    SKILL_HEADER,
    TEAMWORK,
    WELDER,
    WELDING,
    esco_package,
    needs_official_release,
    official_release,
    small_release,
    table,
    written,
    zipped,
)


def by_uri(concepts):
    return {one.uri: one for one in concepts}


def sentence_of(path):
    with pytest.raises(EscoFault) as fault:
        read_release(path)
    return fault.value.message.english()


@pytest.fixture
def folder(tmp_path):
    return written(tmp_path / "ESCO dataset - v1.2.0 - classification - en - csv", esco_package())


def test_a_folder_of_files_is_read(folder):
    release = read_release(folder)
    assert (release.name, release.version) == ("ESCO", "1.2.0")
    assert set(by_uri(release.occupations)) == {WELDER, NURSE, OFFICER}
    assert len(release.skills) == 3
    assert len(release.relations) == 3
    assert "ESCO classification of the European Commission" in release.attribution


def test_a_zip_is_read(tmp_path):
    path = tmp_path / "ESCO dataset - v1.2.1 - classification - en - csv.zip"
    path.write_bytes(zipped(esco_package()))
    assert read_release(path).version == "1.2.1"


def test_a_folder_of_two_zips_is_read_as_one_release(tmp_path):
    package = esco_package()
    relations = {"occupationSkillRelations.csv": package.pop("occupationSkillRelations.csv")}
    files = {
        "esco_v1.1.1_classification_en_csv.zip": zipped(package),
        "esco_v1.1.1_relations_csv.zip": zipped(relations),
    }
    release = read_release(written(tmp_path / "downloads", files))
    assert (release.version, len(release.relations)) == ("1.1.1", 3)


def test_a_zip_of_zips_is_read_and_the_shadow_files_of_a_mac_are_not(tmp_path):
    inner = {f"classification/{name}": content for name, content in esco_package().items()}
    outer = {"esco_v1.2.0.zip": zipped(inner | {"__MACOSX/._occupations_en.csv": b"\x00\x05\x16\x07"})}
    path = tmp_path / "download.zip"
    path.write_bytes(zipped(outer))
    assert len(read_release(path).occupations) == 3


def test_alternative_labels_are_one_to_a_line_each_once_after_the_preferred(tmp_path):
    rows = [{**OCCUPATIONS[0], "altLabels": "arc welder\nWelder\n\narc  welder\nmetal welder\n"}, *OCCUPATIONS[1:]]
    release = read_release(written(tmp_path, esco_package(occupations_en=table(OCCUPATION_HEADER, rows))))
    assert by_uri(release.occupations)[WELDER].labels["en"] == ("welder", "arc welder", "metal welder")


def test_a_preferred_label_that_stands_among_the_alternatives_stays_first(tmp_path):
    rows = [{**OCCUPATIONS[0], "altLabels": "arc welder\nwelder"}, *OCCUPATIONS[1:]]
    release = read_release(written(tmp_path, esco_package(occupations_en=table(OCCUPATION_HEADER, rows))))
    assert by_uri(release.occupations)[WELDER].preferred() == "welder"


def test_codes_keep_their_leading_zeros(folder):
    assert by_uri(read_release(folder).occupations)[OFFICER].code == "0110"


def test_an_occupation_of_our_unit_groups_stands_in_its_sector_and_others_in_none(folder):
    occupations = by_uri(read_release(folder).occupations)
    assert occupations[WELDER].sector == "metal_mech"
    assert occupations[OFFICER].sector is None


def test_skill_types_are_told_apart(folder):
    skills = by_uri(read_release(folder).skills)
    assert [skills[uri].skill_type for uri in (WELDING, DRAWINGS, TEAMWORK)] == ["skill", "knowledge", "transversal"]


def test_essential_and_optional_are_told_apart(folder):
    essential = {(one.occupation_uri, one.skill_uri): one.essential for one in read_release(folder).relations}
    assert essential[WELDER, WELDING] is True
    assert essential[WELDER, DRAWINGS] is False


def test_relations_with_labels_as_since_version_1_2_are_read(tmp_path):
    rows = [{**row, "occupationLabel": "x", "skillLabel": "y"} for row in RELATIONS]
    files = esco_package(occupationSkillRelations=None, occupationSkillRelations_en=table(RELATION_HEADER_1_2, rows))
    assert len(read_release(written(tmp_path, files)).relations) == 3


def test_columns_are_found_by_name_in_any_order_and_more_of_them_do_no_harm(tmp_path):
    turned = table([*reversed(OCCUPATION_HEADER), "naceCode"], OCCUPATIONS)
    release = read_release(written(tmp_path, esco_package(occupations_en=turned)))
    assert by_uri(release.occupations)[WELDER].code == "7212"


def test_other_languages_add_their_names(tmp_path):
    german = table(OCCUPATION_HEADER, [{**OCCUPATIONS[0], "preferredLabel": "Schweißer/Schweißerin", "altLabels": ""}])
    release = read_release(written(tmp_path, esco_package(occupations_de=german)))
    assert release.languages[:2] == ("en", "de")
    assert by_uri(release.occupations)[WELDER].labels["de"] == ("Schweißer/Schweißerin",)
    assert "de" not in by_uri(release.occupations)[NURSE].labels


def test_concepts_that_are_not_released_are_left_out_with_their_relations(tmp_path):
    rows = [*OCCUPATIONS[1:], {**OCCUPATIONS[0], "status": "obsolete"}]
    release = read_release(written(tmp_path, esco_package(occupations_en=table(OCCUPATION_HEADER, rows))))
    assert WELDER not in by_uri(release.occupations)
    assert {one.occupation_uri for one in release.relations} == {NURSE}


def test_a_version_that_no_name_tells_is_the_day_of_the_newest_change(tmp_path):
    assert read_release(written(tmp_path / "files", esco_package())).version == "1.x of 2024-05-13"


def test_the_version_may_be_told(folder):
    assert read_release(folder, version="1.2.0-trial").version == "1.2.0-trial"


def test_a_concept_that_is_plainly_the_starters_gets_its_urdu_name(folder):
    occupations = by_uri(read_release(folder).occupations)
    assert occupations[WELDER].labels["ur"][0] == "ویلڈر"
    assert "ur" not in occupations[OFFICER].labels


def test_a_release_that_shares_no_name_with_the_starter_stays_as_it_is():
    release = small_release(welder=("juggler",))
    release = type(release)(**{**vars(release), "skills": ()})
    assert with_urdu_names(release) is release


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"occupations_en": None}, "holds no occupations_en.csv"),
        ({"skills_en": None}, "holds no skills_en.csv"),
        ({"occupationSkillRelations": None}, "holds no occupationSkillRelations.csv"),
        ({"occupations_en": b""}, "occupations_en.csv has no column “conceptUri”"),
        (
            {"occupations_en": table([name for name in OCCUPATION_HEADER if name != "iscoGroup"], OCCUPATIONS)},
            "occupations_en.csv has no column “iscoGroup”",
        ),
        (
            {"skills_en": table([name for name in SKILL_HEADER if name != "skillType"], [])},
            "skills_en.csv has no column “skillType”",
        ),
        (
            {"occupationSkillRelations": table(RELATION_HEADER[1:], RELATIONS)},
            "occupationSkillRelations.csv has no column “occupationUri”",
        ),
        ({"occupations_en": "conceptUri,Größe".encode("latin-1")}, "is not readable text"),
        ({"occupations_en": table(OCCUPATION_HEADER, OCCUPATIONS) + b'"open quote'}, "cannot be read as a table"),
        (
            {"occupations_en": table(OCCUPATION_HEADER, [{**OCCUPATIONS[2], "iscoGroup": "110"}])},
            "line 2: the ISCO group “110” does not have four digits",
        ),
        (
            {"occupations_en": table(OCCUPATION_HEADER, [{**OCCUPATIONS[0], "preferredLabel": " "}])},
            "line 3: the address or the name is missing",
        ),
        (
            {"occupationSkillRelations": table(RELATION_HEADER, [{**RELATIONS[0], "skillUri": "urn:other"}])},
            "does not belong to these occupations and skills",
        ),
    ],
)
def test_each_fault_of_a_file_is_told_in_a_sentence(tmp_path, change, sentence):
    assert sentence in sentence_of(written(tmp_path / "esco", esco_package(**change)))


def test_a_path_that_leads_nowhere_is_told(tmp_path):
    assert "There is no file or folder" in sentence_of(tmp_path / "nothing.zip")


def test_a_file_that_is_no_zip_is_told(tmp_path):
    path = tmp_path / "esco.zip"
    path.write_bytes(b"<html>Sign in to download</html>")
    assert "“esco.zip” is not a zip file" in sentence_of(path)


def test_an_empty_folder_is_told(tmp_path):
    assert "holds no occupations_en.csv" in sentence_of(tmp_path)


def test_a_damaged_zip_is_told(tmp_path):
    content = bytearray(zipped(esco_package()))
    content[60:200] = b"\x00" * 140
    path = tmp_path / "esco.zip"
    path.write_bytes(bytes(content))
    assert "is damaged" in sentence_of(path)


def test_a_locked_zip_is_told(tmp_path):
    content = bytearray(zipped(esco_package()))
    for mark, flag_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flag_at] |= 1
            place = content.find(mark, place + 1)
    path = tmp_path / "esco.zip"
    path.write_bytes(bytes(content))
    assert "is locked with a password" in sentence_of(path)


def test_a_file_that_unpacks_to_more_than_it_may_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(esco_files, "MOST_BYTES_OF_A_FILE", 50_000)
    bomb = table(OCCUPATION_HEADER, [{**OCCUPATIONS[0], "description": "0" * 100_000}])
    path = tmp_path / "esco.zip"
    path.write_bytes(zipped(esco_package(occupations_en=bomb)))
    assert "unpacks to more than an ESCO release can hold" in sentence_of(path)


def test_files_that_together_unpack_to_more_than_they_may_are_not_read(tmp_path, monkeypatch):
    package = esco_package()
    monkeypatch.setattr(esco_files, "MOST_BYTES_OF_ALL", len(package["occupations_en.csv"]) + 10)
    path = tmp_path / "esco.zip"
    path.write_bytes(zipped(package))
    assert "unpacks to more than an ESCO release can hold" in sentence_of(path)


def test_an_archive_of_countless_files_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(esco_files, "MOST_FILES", 20)
    path = tmp_path / "esco.zip"
    path.write_bytes(zipped(esco_package() | {f"{number}.csv": b"" for number in range(20)}))
    assert "holds too many files" in sentence_of(path)


def test_archives_in_archives_in_archives_are_not_opened(tmp_path):
    path = tmp_path / "esco.zip"
    path.write_bytes(zipped({"a.zip": zipped({"b.zip": zipped(esco_package())})}))
    assert "an archive in an archive in an archive" in sentence_of(path)


def test_every_archive_is_closed_after_the_reading(tmp_path):
    path = tmp_path / "esco.zip"
    path.write_bytes(zipped({"inner.zip": zipped(esco_package())}))
    with esco_files.csv_files(path) as files:
        archives = {file.source.archive for file in files}
        assert all(archive.fp is not None for archive in archives)
    assert archives
    assert all(archive.fp is None for archive in archives)


@needs_official_release
def test_the_official_release_1_1_1_is_read_whole():
    release = official_release()
    assert release.version == "1.1.1"
    assert (len(release.occupations), len(release.skills), len(release.relations)) == (3_007, 13_896, 123_788)
    welder = by_uri(release.occupations)["http://data.europa.eu/esco/occupation/7aedaa07-3884-4c5b-88f9-80997b2aa54b"]
    assert (welder.code, welder.preferred("en"), welder.preferred("ur")) == ("7212", "welder", "ویلڈر")
