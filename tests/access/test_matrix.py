"""Every address × every kind of principal × everything it can be about: the verdicts are the reviewed table's."""

import pytest

from talent.accounts.models import Organisation
from talent.accounts.standing import OrganisationState
from tests.access.asking import ASKED, PRINCIPALS, RELATIONS, WHOLE
from tests.access.verdicts import PEOPLE, present, read_verdicts

VERDICTS = read_verdicts()
REFUSED_ABOUT = RELATIONS if WHOLE else ("own", "not_existing")
"""A refusal comes before anything is looked up; all six relations are asked by make prove."""
HIDDEN = ("not_existing", "other_organisation")
UNKNOWN = ("nobody", "erased", "stranger")
"""A person who does not exist, who was erased, who was never suggested: asked about at a vacancy of one's own."""
PUBLIC_GAPS = ("{token}", "{kind}", "{sector}", "{part}", "{answer}")
NEEDS_IDS = [one for one in VERDICTS if "_id" in one.path]
PERSONAL = [one for one in VERDICTS if one.method == "GET"]
REFUSED = {"anonymous": 303, "erased": 303}
"""What somebody who is not signed in gets: the way to the sign-in page. Everybody else who may not is refused."""


def test_the_reviewed_table_lists_exactly_the_addresses_and_roles_of_the_application():
    assert {(one.method, one.path): one.roles for one in VERDICTS} == present(), "see tests/access/verdicts.py"


def test_fifteen_kinds_of_principal_are_asked():
    assert len(PRINCIPALS) >= 13
    assert set(PEOPLE) < set(PRINCIPALS)


@pytest.mark.parametrize("principal", ASKED)
def test_who_may_not_is_refused_in_the_same_words_whatever_it_is_about(asking, principal):
    wrong = []
    for one in VERDICTS:
        if one.lets_in(principal):
            continue
        relations = REFUSED_ABOUT if "_id" in one.path else REFUSED_ABOUT[:1]
        cells = [asking.ask(one.method, one.path, principal, relation) for relation in relations]
        if {cell.status for cell in cells} != {REFUSED.get(principal, 403)}:
            wrong.append((one.method, one.path, [cell.status for cell in cells]))
        if len({cell.same for cell in cells}) != 1 or any(cell.written for cell in cells):
            wrong.append((one.method, one.path, "tells them apart, or writes"))
    assert wrong == []


@pytest.mark.parametrize("principal", ASKED)
def test_whoever_may_reaches_their_own(asking, principal):
    """Only a candidate, an officer and project staff have things of their own in this scene."""
    wrong = []
    led_to = {
        "/sign-in/agency/return",
        "/recognition/new",
    }  # a provider leads to one, an answer of the finder to the other
    for one in VERDICTS:
        owns = "_id" not in one.path or principal in {"candidate", "agency_officer"} | one.see_all
        if (
            not one.lets_in(principal)
            or not owns
            or "{token}" in one.path
            or one.path in led_to
            or not asking.knows(one.path)
        ):
            continue
        cell = asking.ask(one.method, one.path, principal, "own")
        if cell.status in {401, 403, 404, 405} or cell.status >= 500:
            wrong.append((one.method, one.path, cell.status))
    assert wrong == []


@pytest.mark.parametrize("principal", ASKED)
def test_what_is_hidden_and_what_does_not_exist_are_told_apart_by_no_byte(asking, principal):
    wrong = []
    for one in NEEDS_IDS:
        if not one.lets_in(principal) or principal in one.see_all or not asking.knows(one.path):
            continue
        wrong += told_apart(asking, one, principal, HIDDEN)
        if "profile_id" in one.path:
            wrong += told_apart(asking, one, principal, UNKNOWN)
    assert wrong == []


def told_apart(asking, one, principal, relations):
    """What is wrong when these relations are not answered alike: by 404, or by what an empty form is told anyway."""
    unknown = {404} if one.method == "GET" else {404, 410, 422}
    cells = {relation: asking.ask(one.method, one.path, principal, relation) for relation in relations}
    statuses = {relation: cell.status for relation, cell in cells.items()}
    same = set(statuses.values()) <= unknown and len({cell.same for cell in cells.values()}) == 1
    return [] if same and not any(cell.written for cell in cells.values()) else [(one.method, one.path, statuses)]


def test_a_colleague_of_the_same_agency_reaches_what_its_colleague_wrote(asking):
    ours = [one for one in NEEDS_IDS if one.lets_in("agency_officer") and "/candidates/" not in one.path]
    ours = [one for one in ours if asking.knows(one.path)]
    statuses = {
        (one.method, one.path): asking.ask(one.method, one.path, "agency_officer", "same_organisation").status
        for one in ours
    }
    assert {key: status for key, status in statuses.items() if status in {403, 404} or status >= 500} == {}


def test_whoever_sees_everybodys_things_sees_both_sides(asking):
    for one in (one for one in VERDICTS if asking.knows(one.path)):
        for principal in one.see_all:
            for relation in ("own", "other_organisation"):
                assert asking.ask(one.method, one.path, principal, relation).status in {200, 422}, one


@pytest.mark.parametrize("principal", ASKED)
def test_reading_changes_nothing(asking, principal):
    writing = [one.path for one in PERSONAL if asking.ask("GET", one.path, principal, "own").written]
    assert writing == []


@pytest.mark.parametrize("principal", ["anonymous", "candidate", "agency_officer", "project_staff"])
@pytest.mark.parametrize("token", ["missing", "foreign", "stale"])
def test_an_unsafe_address_takes_no_form_without_a_token_of_this_very_session(asking, principal, token):
    tokens = {"missing": "", "foreign": asking.form_token(principal, "another session"), "stale": "A" * 64}
    taken = []
    for one in VERDICTS:
        if one.method != "GET" and one.lets_in(principal):
            cell = asking.ask(one.method, one.path, principal, "own", token=tokens[token])
            if cell.status != 403 or "too old to send" not in cell.body or cell.written:
                taken.append((one.path, cell.status))
    assert taken == []


def test_people_of_a_suspended_organisation_change_nothing(asking):
    agency = asking.world.session.get_one(Organisation, asking.world.sides["A"].officer.organisation_id)
    agency.state = OrganisationState.SUSPENDED
    asking.world.session.flush()
    try:
        for one in VERDICTS:
            if one.method != "GET" and one.roles >= {"agency_officer"}:
                cell = asking.ask(one.method, one.path, "agency_officer")
                assert (cell.status, cell.written) == (403, 0), one
                assert "Your organisation is suspended" in cell.body, one
    finally:
        agency.state = OrganisationState.VERIFIED
        asking.world.session.flush()
