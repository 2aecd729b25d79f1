"""Which rows of accounts, organisations and signing in exist for whom, among those of ``talent.row_security``."""

from talent.foundation.row_rules import ACTOR, ADD, CHANGE, EVERYTHING, ORGANISATION, READ, REMOVE, Rule, of_system
from talent.placements.row_rules import ASKED_AFTER_ARRIVAL, WRITTEN_TO
from talent.recognition.row_rules import REMINDED
from talent.row_conditions import (
    ACTS_HERE,
    AGENCY,
    ANYBODY,
    AUTHORITY,
    CANDIDATE,
    EMPLOYER,
    EMPLOYS_ME,
    FOR_SIGNING_IN,
    MET_ME,
    OF_MINE_OR_BROUGHT,
    OFFICES,
    OVERSEERS,
    READ_WRITE,
    STAFF,
    TO_ME,
    TO_MY_AGENCY,
    S,
)

ACCOUNT_RULES: dict[str, tuple[Rule, ...]] = {
    "account": (
        Rule("own", ANYBODY, (READ, CHANGE), f"id = {ACTOR}"),
        Rule("colleague", AGENCY, (READ,), TO_MY_AGENCY),
        Rule("officer", OVERSEERS, (READ,), "organisation_id is not null"),
        Rule("letters", (S.LETTERS.value,), (READ,), "organisation_id is not null"),
        REMINDED,
        ASKED_AFTER_ARRIVAL,
        WRITTEN_TO,
        of_system(S.SIGN_IN, *READ_WRITE),
    ),
    "organisation": (
        Rule("own", ANYBODY, (READ,), f"id = {ORGANISATION}"),
        Rule("overseen", OVERSEERS, (READ,)),
        Rule("vetted", STAFF, (ADD, CHANGE)),
        Rule("brought", AGENCY, (READ, ADD), f"parent_id = {ORGANISATION}"),
        of_system(S.NIGHTLY, READ, CHANGE),
        Rule("met", CANDIDATE, (READ,), MET_ME),
        Rule("employs", CANDIDATE, (READ,), EMPLOYS_ME),
        Rule("teaches", (*CANDIDATE, *AGENCY, *EMPLOYER, *AUTHORITY), (READ,), "kind = 'institute'"),
        Rule("acts", AUTHORITY, (READ,), ACTS_HERE),
        *(of_system(context, READ) for context in (S.SIGN_IN, S.WORKER, S.FIGURES, S.TRAINING)),
    ),
    "organisation_evidence": (
        Rule("overseen", OVERSEERS, (READ,)),
        Rule("seen", STAFF, (ADD, CHANGE)),
        Rule("own", OFFICES, (READ,), OF_MINE_OR_BROUGHT.format(key="organisation_id")),
        Rule("brought", OFFICES, (ADD,), f"organisation_id = {ORGANISATION} and confirmed_by is null"),
        of_system(S.NIGHTLY, READ, CHANGE),
    ),
    "organisation_application": (Rule("answered", STAFF, (READ, CHANGE)), of_system(S.SIGN_IN, ADD)),
    "sign_in_session": (
        Rule("own", ANYBODY, EVERYTHING, TO_ME),
        of_system(S.SIGN_IN, *EVERYTHING),
        of_system(S.NIGHTLY, READ, REMOVE),
    ),
    "list_arrangement": (Rule("own", ANYBODY, EVERYTHING, TO_ME),),
    "invitation": (
        Rule("sent", STAFF, (READ, ADD), f"sent_by = {ACTOR}"),
        of_system(S.SIGN_IN, READ, CHANGE),
    ),
    "role_grant": (Rule("proposed", STAFF, READ_WRITE), Rule("own", ANYBODY, (READ,), TO_ME)),
    "authenticator_app": FOR_SIGNING_IN,
    "passkey": FOR_SIGNING_IN,
    "recovery_code": FOR_SIGNING_IN,
    "known_device": (*FOR_SIGNING_IN, of_system(S.NIGHTLY, READ, REMOVE)),
    "failure_streak": (*FOR_SIGNING_IN, of_system(S.NIGHTLY, READ, REMOVE)),
    "password_code": (*FOR_SIGNING_IN, of_system(S.NIGHTLY, READ, REMOVE)),
    "sign_in_help": FOR_SIGNING_IN,
    "identity_provider": FOR_SIGNING_IN,
    "provider_account": FOR_SIGNING_IN,
    "provider_errand": (*FOR_SIGNING_IN, of_system(S.NIGHTLY, READ, REMOVE)),
    "sign_in_failure": (of_system(S.SIGN_IN, *EVERYTHING), of_system(S.NIGHTLY, READ, REMOVE)),
    "used_form_key": (
        Rule("own", ANYBODY, READ_WRITE, f"sent_by = {ACTOR}"),
        of_system(S.SIGN_IN, *READ_WRITE),
        of_system(S.NIGHTLY, READ, REMOVE),
    ),
}
