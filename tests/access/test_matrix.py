"""Every address × every kind of principal × everything it can be about: the verdicts are the reviewed table's."""

import pytest

from talent.accounts.models import Organisation
from talent.accounts.standing import OrganisationState
from tests.access.asking import ASKED, NOT_IN, PRINCIPALS, RELATIONS, WHOLE
from tests.access.verdicts import PEOPLE, present, read_verdicts

VERDICTS = read_verdicts()
REFUSED_ABOUT = RELATIONS if WHOLE else ("own", "not_existing")
"""A refusal comes before anything is looked up; all six relations are asked by make prove."""
HIDDEN = ("not_existing", "other_organisation", "erased")
UNKNOWN = ("nobody", "stranger", "erased_there")
"""At a thing of one's own: something of nobody's, of the other side's, of somebody who was erased."""
KEEPS_FROM = {"candidate", "recognition_officer"}
"""From whom the things of people who gave them no yes are hidden as well; an agency reads them without a name."""
OWNERS = {"candidate", "agency_officer", "institute_officer", "recognition_officer"}
NEEDS_IDS = [one for one in VERDICTS if "_id" in one.path]
READS = [one for one in VERDICTS if one.method == "GET"]
REACHED = {200, 303, 409, 410, 422}
"""What is answered about something that one may know: a page, the way on, or why it cannot be done now."""
NOTHING_BROUGHT = {("POST", "/sign-in/agency/return"): 403}
"""Addresses that lead nobody on who brings nothing along."""
OPENS_NOTHING = {
    ("project_staff", f"/staff/roles/invitations/{{invitation_id}}/{word}"): 404 for word in ("agree", "refuse")
}
"""Who passes a policy and never has a thing there: invitations to the project office are the administrators'."""
SIDES = ("own", "other_organisation")


def refusal_of(principal):
    """What this kind of principal is told where it may not go: the way to sign in, or that it may not."""
    return 303 if principal in NOT_IN else 403


def is_owned(one, principal):
    """Whether the thing of this address is this principal's own, or anybody's whom it oversees."""
    personal = any(gap in one.path for gap in ("{passkey_id}", "{session_id}", "/organisation/evidence/"))
    personal = personal or (principal == "protectorate_officer" and "{placement_id}" in one.path)
    return "_id" not in one.path or personal or principal in OWNERS | one.see_all or one.lets_in("anonymous")


def test_the_reviewed_table_lists_exactly_the_addresses_and_roles_of_the_application():
    assert {(one.method, one.path): one.roles for one in VERDICTS} == present(), "see tests/access/verdicts.py"


def test_fifteen_kinds_of_principal_are_asked():
    assert len(PRINCIPALS) == 15
    assert set(PEOPLE) | set(NOT_IN) == set(PRINCIPALS)


def test_whoever_passes_a_policy_has_something_of_their_own_there_or_sees_everybodys():
    nobodys = [
        (one.method, one.path, principal)
        for one in NEEDS_IDS
        for principal in sorted(one.roles & set(PEOPLE))
        if not is_owned(one, principal) and (principal, one.path) not in OPENS_NOTHING
    ]
    assert nobodys == []


@pytest.mark.parametrize("principal", ASKED)
def test_who_may_not_is_refused_in_the_same_words_whatever_it_is_about(asking, principal):
    wrong = []
    for one in VERDICTS:
        if one.lets_in(principal):
            continue
        relations = [relation for relation in REFUSED_ABOUT if asking.has(one.path, principal, relation)] or ["own"]
        cells = [asking.ask(one.method, one.path, principal, relation) for relation in relations]
        if {cell.status for cell in cells} != {refusal_of(principal)}:
            wrong.append((one.method, one.path, [cell.status for cell in cells]))
        if len({cell.same for cell in cells}) != 1 or any(cell.written for cell in cells):
            wrong.append((one.method, one.path, "tells them apart, or writes"))
    assert wrong == []


@pytest.mark.parametrize("principal", ASKED)
def test_whoever_may_reaches_their_own(asking, principal):
    wrong = []
    for one in VERDICTS:
        if not one.lets_in(principal) or (principal in NOT_IN and principal != "anonymous"):
            continue
        cell = asking.ask(one.method, one.path, principal, "own")
        told = NOTHING_BROUGHT.get((one.method, one.path)) or OPENS_NOTHING.get((principal, one.path))
        if cell.status not in ({told} if told else REACHED):
            wrong.append((one.method, one.path, cell.status))
    assert wrong == []


@pytest.mark.parametrize("principal", ASKED)
def test_what_is_hidden_and_what_does_not_exist_are_told_apart_by_no_byte(asking, principal):
    wrong = []
    for one in NEEDS_IDS:
        if not one.lets_in(principal) or principal in one.see_all or one.lets_in("anonymous"):
            continue
        hidden = HIDDEN + (("no_consent",) if principal in KEEPS_FROM else ())
        wrong += told_apart(asking, one, principal, hidden)
        if one.path.count("_id") > 1:
            wrong += told_apart(asking, one, principal, UNKNOWN)
    assert wrong == []


def told_apart(asking, one, principal, relations):
    """What is wrong when these relations are not answered alike: by 404, or by what an empty form is told anyway."""
    unknown = {404} if one.method == "GET" else {404, 409, 410, 422}
    asked = [relation for relation in relations if asking.has(one.path, principal, relation)]
    cells = {relation: asking.ask(one.method, one.path, principal, relation) for relation in asked}
    statuses = {relation: cell.status for relation, cell in cells.items()}
    same = set(statuses.values()) <= unknown and len({cell.same for cell in cells.values()}) == 1
    return [] if same and not any(cell.written for cell in cells.values()) else [(one.method, one.path, statuses)]


@pytest.mark.parametrize("principal", sorted(OWNERS - {"candidate"}))
def test_whoever_works_for_the_same_organisation_reaches_what_a_colleague_wrote(asking, principal):
    asked = [one for one in NEEDS_IDS if one.lets_in(principal) and "/candidates/" not in one.path]
    asked = [one for one in asked if asking.has(one.path, principal, "same_organisation")]
    statuses = {
        (one.method, one.path): asking.ask(one.method, one.path, principal, "same_organisation").status for one in asked
    }
    assert statuses, principal
    assert {key: status for key, status in statuses.items() if status not in REACHED} == {}


def test_whoever_sees_everybodys_things_sees_both_sides(asking):
    wrong = []
    for one in VERDICTS:
        for principal in sorted(one.see_all):
            for relation in (relation for relation in SIDES if asking.has(one.path, principal, relation)):
                status = asking.ask(one.method, one.path, principal, relation).status
                wrong += [] if status in REACHED else [(one.method, one.path, principal, relation, status)]
    assert wrong == []


@pytest.mark.parametrize("principal", ASKED)
def test_reading_changes_nothing(asking, principal):
    """Also when it is read for the first time; the pages of the other side are asked above."""
    writing = [one.path for one in READS if asking.ask("GET", one.path, principal, "own").written]
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
