"""What must hold for every address and every kind of principal; each check lists what does not, and so lists nothing.

The tests put every line of the reviewed table through these; ``benchmarks.access`` puts the lines through them that a
removed guard has to do with.
"""

from talent.accounts.models import Organisation
from talent.accounts.standing import OrganisationState
from tests.access.asking import NOT_IN, RELATIONS
from tests.access.verdicts import PEOPLE
from tests.proving import WHOLE

REFUSED_ABOUT = RELATIONS if WHOLE else ("own", "not_existing")
"""A refusal comes before anything is looked up; all six relations are asked by make prove."""
HIDDEN = ("not_existing", "other_organisation", "erased")
UNKNOWN = ("nobody", "stranger", "erased_there")
"""At a thing of one's own: something of nobody's, of the other side's, of somebody who was erased."""
KEEPS_FROM = {"candidate", "recognition_officer"}
"""From whom the things of people who gave them no yes are hidden as well; an agency reads them without a name."""
OWNERS = {"candidate", "agency_officer", "institute_officer", "recognition_officer"}
REACHED = {200, 303, 409, 410, 422}
"""What is answered about something that one may know: a page, the way on, or why it cannot be done now."""
NOTHING_BROUGHT = {("POST", "/sign-in/agency/return"): 403}
"""Addresses that lead nobody on who brings nothing along."""
OPENS_NOTHING = {
    ("project_staff", f"/staff/roles/invitations/{{invitation_id}}/{word}"): 404 for word in ("agree", "refuse")
}
OPENS_NOTHING |= {
    (role, "/placements/{placement_id}/proofs/{proof_id}/remove"): 403 for role in ("candidate", "protectorate_officer")
}
"""Who passes a policy and never has a thing there: invitations to the project office are the administrators', and
the documents of the scene were brought by the agency, so that neither candidate nor Protectorate may take them back."""
SUSPENDED = "Your organisation is suspended"
SIDES = ("own", "other_organisation")
TOKENS = ("missing", "foreign", "stale")


def refusal_of(principal):
    """What this kind of principal is told where it may not go: the way to sign in, or that it may not."""
    return 303 if principal in NOT_IN else 403


def is_owned(one, principal):
    """Whether the thing of this address is this principal's own, or anybody's whom it oversees."""
    personal = any(gap in one.path for gap in ("{passkey_id}", "{session_id}", "{table_id}", "/organisation/evidence/"))
    personal = personal or (principal in ("protectorate_officer", "employer") and "{placement_id}" in one.path)
    personal = personal or (principal == "employer" and "{case_id}" in one.path)
    return "_id" not in one.path or personal or principal in OWNERS | one.see_all or one.lets_in("anonymous")


def refused_alike(asking, one, principal):
    """Who may not is refused, in the same words whatever it is about, and nothing is written."""
    if one.lets_in(principal):
        return []
    relations = [relation for relation in REFUSED_ABOUT if asking.has(one.path, principal, relation)] or ["own"]
    cells = [asking.ask(one.method, one.path, principal, relation) for relation in relations]
    refused = {cell.status for cell in cells} == {refusal_of(principal)}
    alike = len({cell.same for cell in cells}) == 1 and not any(cell.written for cell in cells)
    return [] if refused and alike else [(one.method, one.path, principal, [cell.status for cell in cells])]


def not_written_down(asking, one, principal):
    """Each refusal of whoever is signed in stands in the journal once, and nothing else does as a refusal."""
    cell = asking.ask(one.method, one.path, principal, "own")
    expected = 1 if cell.status == 403 and principal not in NOT_IN else 0
    return [] if cell.refused == expected else [(one.method, one.path, principal, cell.status, cell.refused)]


def reached(asking, one, principal):
    """Who may is answered about their own."""
    if not one.lets_in(principal) or (principal in NOT_IN and principal != "anonymous"):
        return []
    status = asking.ask(one.method, one.path, principal, "own").status
    told = NOTHING_BROUGHT.get((one.method, one.path)) or OPENS_NOTHING.get((principal, one.path))
    return [] if status in ({told} if told else REACHED) else [(one.method, one.path, principal, status)]


def hidden_alike(asking, one, principal):
    """What is hidden and what does not exist are told apart by no byte."""
    apart = principal in one.see_all or one.lets_in("anonymous")
    if "_id" not in one.path or not one.lets_in(principal) or apart:
        return []
    hidden = HIDDEN + (("no_consent",) if principal in KEEPS_FROM else ())
    wrong = told_apart(asking, one, principal, hidden)
    return wrong + (told_apart(asking, one, principal, UNKNOWN) if one.path.count("_id") > 1 else [])


def told_apart(asking, one, principal, relations):
    """What is wrong when these relations are not answered alike: by 404, or by what an empty form is told anyway."""
    unknown = {404} if one.method == "GET" else {404, 409, 410, 422}
    asked = [relation for relation in relations if asking.has(one.path, principal, relation)]
    cells = {relation: asking.ask(one.method, one.path, principal, relation) for relation in asked}
    statuses = {relation: cell.status for relation, cell in cells.items()}
    same = set(statuses.values()) <= unknown and len({cell.same for cell in cells.values()}) == 1
    quiet = same and not any(cell.written for cell in cells.values())
    return [] if quiet else [(one.method, one.path, principal, statuses)]


def shared_with_colleagues(asking, one, principal):
    """Who works for the same organisation reaches what a colleague wrote."""
    asked = principal in OWNERS - {"candidate"} and one.lets_in(principal) and "/candidates/" not in one.path
    if not asked or "_id" not in one.path or not asking.has(one.path, principal, "same_organisation"):
        return []
    status = asking.ask(one.method, one.path, principal, "same_organisation").status
    return [] if status in REACHED else [(one.method, one.path, principal, "same_organisation", status)]


def overseen(asking, one, principal):
    """Who sees everybody's things sees both sides."""
    wrong = []
    for relation in SIDES if principal in one.see_all else ():
        if asking.has(one.path, principal, relation):
            status = asking.ask(one.method, one.path, principal, relation).status
            wrong += [] if status in REACHED else [(one.method, one.path, principal, relation, status)]
    return wrong


def changed_by_reading(asking, one, principal):
    """Reading changes nothing, the first time too."""
    reads = one.method == "GET" and asking.ask("GET", one.path, principal, "own").written
    return [(one.path, principal, "writes")] if reads else []


def taken_without_token(asking, one, principal):
    """An unsafe address takes no form without a token of this very session."""
    if one.method == "GET" or not one.lets_in(principal):
        return []
    tokens = {"missing": "", "foreign": asking.form_token(principal, "another session"), "stale": "A" * 64}
    wrong = []
    for kind in TOKENS:
        cell = asking.ask(one.method, one.path, principal, "own", token=tokens[kind])
        refused = cell.status == 403 and "too old to send" in cell.body and not cell.written
        wrong += [] if refused else [(one.path, principal, kind, cell.status)]
    return wrong


def changed_while_suspended(asking, rows, principal="agency_officer"):
    """What people of a suspended organisation may still change: nothing, and they read why."""
    session = asking.world.session
    house = session.get_one(Organisation, asking.world.sides["A"].officer.organisation_id)
    kept, house.state = house.state, OrganisationState.SUSPENDED
    session.flush()
    try:
        asked = [one for one in rows if one.method != "GET" and principal in one.roles]
        cells = [(one, asking.asked_anew(one.method, one.path, principal)) for one in asked]
        refused = [(one, (cell.status, cell.written) == (403, 0) and SUSPENDED in cell.body) for one, cell in cells]
        read = asking.asked_anew("GET", "/vacancies", principal).status
        return [one for one, is_refused in refused if not is_refused] + ([] if read == 200 else ["/vacancies"])
    finally:
        house.state = kept
        session.flush()


CHECKS = (
    reached,
    refused_alike,
    hidden_alike,
    shared_with_colleagues,
    overseen,
    changed_by_reading,
    taken_without_token,
)


def wrong(check, asking, rows, principals=PEOPLE):
    """Everything that this check finds at these addresses for these kinds of principal."""
    return [found for principal in principals for one in rows for found in check(asking, one, principal)]
