"""Which rows of which table exist for whom: the rules that PostgreSQL enforces under every query of the service.

A rule names contexts: the role of whoever is signed in, or one of the service's own (``SystemContext``). The
application's ``visible_…`` queries say the same in finer detail; these rules hold where one of them is forgotten.
A table without a row here fails a test. ``python -m talent.row_security TABLE …`` prints the statements that close
these tables; they belong into the migration that makes or changes the table, where they stay as they were.
"""

import sys
from collections.abc import Iterable

from talent.account_rows import ACCOUNT_RULES
from talent.foundation.row_rules import (
    ACTOR,
    ADD,
    CHANGE,
    EVERYTHING,
    ORGANISATION,
    READ,
    Rule,
    closing,
    of_system,
    reading_of,
    under,
)
from talent.matching.row_rules import JOURNAL_OF_WEIGHTS, TRUST_RULES
from talent.monitoring.row_rules import MONITORING_RULES
from talent.placements.row_rules import (
    FILES_OF_PLACEMENTS,
    JOURNAL_OF_COMPLAINTS,
    JOURNAL_OF_CONTRACTS,
    JOURNAL_OF_PLACEMENTS,
    PLACEMENT_RULES,
)
from talent.recognition.row_rules import FILES_OF_CASES, OPEN_RECOGNITION, RECOGNITION_RULES
from talent.row_conditions import (
    AGENCY,
    ALL_CONTEXTS,
    ANYBODY,
    AUTHORITY,
    CANDIDATE,
    EMPLOYER,
    INSTITUTE,
    OF_MINE_OR_BROUGHT,
    OFFICES,
    OPEN_TAXONOMY,
    OVERSEERS,
    OWN_PROFILE,
    READ_WRITE,
    READERS,
    REVEALED_TO_ME,
    STAFF,
    TO_ME,
    TO_MY_AGENCY,
    R,
    S,
    acted_on,
    paired,
    part_of_profile,
    part_of_vacancy,
)
from talent.training_rows import TRAINING_RULES

OPEN_TABLES = {**OPEN_TAXONOMY, **OPEN_RECOGNITION}
"""Tables without rules, each with its reason."""

RULES: dict[str, tuple[Rule, ...]] = {
    "audit_head": (Rule("chained", ALL_CONTEXTS, (READ, CHANGE)),),
    "audit_entry": (
        Rule("written", ALL_CONTEXTS, (ADD,)),
        Rule("audited", (R.AUDITOR.value,), (READ,)),
        Rule(
            "about_me",
            CANDIDATE,
            (READ,),
            f"subject_id = {ACTOR} or {acted_on('profile', 'id', 'subject_id', TO_ME)}",
        ),
    ),
    "person_key": (
        Rule("own", ANYBODY, EVERYTHING, TO_ME),
        Rule("revealed", AGENCY, (READ,), REVEALED_TO_ME.format(owner="person_key.account_id")),
    ),
    "identity_paper": (Rule("own", CANDIDATE, EVERYTHING, OWN_PROFILE.format(actor=ACTOR)),),
    "consent": (
        Rule("own", CANDIDATE, EVERYTHING, TO_ME),
        Rule("given", AGENCY, (READ,), f"recipient_id = {ORGANISATION}"),
        Rule(
            "compared",
            AGENCY,
            (READ,),
            f"purpose = 'matching' and {acted_on('suggestion', 'account_id', 'consent.account_id', TO_MY_AGENCY)}",
        ),
        Rule("asked_for_help", (R.PROJECT_STAFF.value,), (READ,), "purpose = 'reintegration'"),
        *(of_system(context, READ) for context in (S.WORKER, S.FIGURES)),
    ),
    "calendar_feed": (
        Rule("own", ANYBODY, EVERYTHING, TO_ME),
        of_system(S.SIGN_IN, READ),
    ),
    "error_report": (
        of_system(S.SIGN_IN, ADD),
        Rule("settled", (R.PROJECT_STAFF.value,), (READ, CHANGE)),
    ),
    "statistics_answer": (Rule("own", CANDIDATE, EVERYTHING, TO_ME), of_system(S.FIGURES, READ)),
    "rights_request": (
        Rule("own", CANDIDATE, READ_WRITE, TO_ME),
        Rule("answered", (R.PROJECT_STAFF.value,), (READ, CHANGE)),
    ),
    "retention_notice": (Rule("own", CANDIDATE, (READ,), TO_ME), of_system(S.NIGHTLY, *EVERYTHING)),
    **ACCOUNT_RULES,
    "stored_file": (
        Rule("own", ANYBODY, EVERYTHING, f"owner_id = {ACTOR}"),
        Rule(
            "colleague",
            AGENCY,
            (READ,),
            "exists (select 1 from vacancy_import brought where brought.document_id = stored_file.id)",
        ),
        Rule(
            "register",
            INSTITUTE,
            (READ,),
            "exists (select 1 from register_file brought where brought.document_id = stored_file.id)",
        ),
        *FILES_OF_CASES,
        *FILES_OF_PLACEMENTS,
        Rule(
            "vetting",
            (*OVERSEERS, *OFFICES),
            (READ,),
            "exists (select 1 from organisation_evidence shown where shown.document_id = stored_file.id)",
        ),
        of_system(S.FILES, READ),
        of_system(S.NIGHTLY, READ),
    ),
    "profile": (
        Rule("own", CANDIDATE, EVERYTHING, TO_ME),
        Rule("suggested", AGENCY, (READ,), paired("profile_id", "profile.id", TO_MY_AGENCY)),
        of_system(S.WORKER, READ),
        of_system(S.FIGURES, READ),
        *(of_system(context, READ, CHANGE) for context in (S.TRAINING, S.VETTING)),
    ),
    "identity": (
        Rule("own", CANDIDATE, EVERYTHING, OWN_PROFILE.format(actor=ACTOR)),
        Rule(
            "revealed",
            AGENCY,
            (READ,),
            REVEALED_TO_ME.format(owner="identity.account_id"),
        ),
    ),
    "profile_skill": part_of_profile(of_system(S.FIGURES, READ), of_system(S.TRAINING, *READ_WRITE)),
    "profile_language": part_of_profile(of_system(S.TRAINING, *READ_WRITE)),
    "qualification": part_of_profile(of_system(S.TRAINING, *READ_WRITE)),
    "work_period": part_of_profile(of_system(S.TRAINING, READ)),
    "cv_fact": (Rule("own", CANDIDATE, EVERYTHING, OWN_PROFILE.format(actor=ACTOR)),),
    "profile_change": (
        Rule("own", CANDIDATE, (READ, ADD), OWN_PROFILE.format(actor=ACTOR)),
        of_system(S.WORKER, READ, ADD),
        *(of_system(context, READ, ADD) for context in (S.TRAINING, S.VETTING)),
    ),
    "vacancy": (
        Rule("own", AGENCY, EVERYTHING, TO_MY_AGENCY),
        Rule("overseen", READERS, (READ,)),
        Rule("matched", CANDIDATE, (READ,), paired("vacancy_id", "vacancy.id", TO_ME)),
        Rule(
            "asked",
            INSTITUTE,
            (READ,),
            "exists (select 1 from training_request asked where asked.vacancy_id = vacancy.id"  # noqa: S608 - names of our own
            f" and asked.institute_id = {ORGANISATION})",
        ),
        *(of_system(context, READ, CHANGE) for context in (S.NIGHTLY, S.VETTING)),
        *(of_system(context, READ) for context in (S.WORKER, S.FIGURES, S.TRAINING, S.PLACES)),
    ),
    "vacancy_skill": part_of_vacancy(),
    "vacancy_language": part_of_vacancy(),
    "vacancy_import": (Rule("own", AGENCY, EVERYTHING, TO_MY_AGENCY),),
    "vacancy_change": (
        Rule("own", AGENCY, (READ, ADD), under("vacancy", "vacancy_id")),
        *(of_system(context, READ, ADD) for context in (S.NIGHTLY, S.VETTING)),
        of_system(S.WORKER, READ),
    ),
    "case_event": (
        Rule("acted", ANYBODY, (ADD,), f"actor_id = {ACTOR}"),
        Rule(
            "seen",
            (*CANDIDATE, *AGENCY, *EMPLOYER, *INSTITUTE, *AUTHORITY, *READERS),
            (READ,),
            reading_of("profile", "vacancy", "introduction", "cohort", "enrolment", "recognition_case"),
        ),
        Rule("vetted", OVERSEERS, (READ,), reading_of("organisation")),
        JOURNAL_OF_PLACEMENTS,
        JOURNAL_OF_COMPLAINTS,
        JOURNAL_OF_CONTRACTS,
        Rule("staffed", STAFF, (READ,), "case_kind in ('role_grant', 'account')"),
        JOURNAL_OF_WEIGHTS,
        Rule("kept_out", (S.SIGN_IN.value,), (READ,), "case_kind = 'account'"),
        Rule(
            "vetted_own", OFFICES, (READ,), f"case_kind = 'organisation' and {OF_MINE_OR_BROUGHT.format(key='case_id')}"
        ),
        *(of_system(context, ADD) for context in (S.NIGHTLY, S.VETTING, S.TRAINING)),
        Rule("counted", (S.FIGURES.value,), (READ,), "case_kind = 'placement'"),
        Rule("lapsing", (S.NIGHTLY.value,), (READ,), "case_kind = 'organisation'"),
    ),
    "subject_vector": (of_system(S.WORKER, *EVERYTHING),),
    "match_run": (of_system(S.WORKER, *EVERYTHING), of_system(S.FIGURES, READ)),
    "list_change": (of_system(S.WORKER, *EVERYTHING),),
    "list_end": (of_system(S.WORKER, *EVERYTHING),),
    "pool_entry": (of_system(S.WORKER, *EVERYTHING),),
    "match_input": (
        Rule(
            "shown",
            CANDIDATE,
            (READ,),
            f"subject_kind = 'profile' and {acted_on('suggestion', 'profile_id', 'subject_id', TO_ME)}"
            f" or subject_kind = 'vacancy' and {acted_on('suggestion', 'vacancy_id', 'subject_id', TO_ME)}",
        ),
        Rule(
            "compared",
            AGENCY,
            (READ,),
            f"subject_kind = 'profile' and {acted_on('suggestion', 'profile_id', 'subject_id', TO_MY_AGENCY)}"
            f" or subject_kind = 'vacancy' and {acted_on('suggestion', 'vacancy_id', 'subject_id', TO_MY_AGENCY)}",
        ),
        of_system(S.WORKER, *EVERYTHING),
    ),
    "suggestion": (
        Rule("mine", CANDIDATE, (READ,), TO_ME),
        Rule("ours", AGENCY, (READ,), TO_MY_AGENCY),
        of_system(S.WORKER, *EVERYTHING),
        of_system(S.FIGURES, READ),
    ),
    "shared_place": (
        Rule("mine", CANDIDATE, (READ,), TO_ME),
        Rule("ours", AGENCY, (READ,), f"is_proposed and {TO_MY_AGENCY}"),
        Rule("unseen", (R.PROJECT_STAFF.value,), (READ,), "is_unseen"),
        of_system(S.WORKER, *EVERYTHING),
    ),
    "introduction": (
        Rule("mine", CANDIDATE, READ_WRITE, TO_ME),
        Rule("ours", AGENCY, READ_WRITE, TO_MY_AGENCY),
        of_system(S.WORKER, READ),
        of_system(S.FIGURES, READ),
    ),
    **TRUST_RULES,
    **RECOGNITION_RULES,
    **PLACEMENT_RULES,
    "review_request": (
        Rule("own", CANDIDATE, READ_WRITE, OWN_PROFILE.format(actor=ACTOR)),
        Rule("answered", (R.PROJECT_STAFF.value,), (READ, CHANGE)),
        of_system(S.FIGURES, READ),
    ),
    **TRAINING_RULES,
    **MONITORING_RULES,
}
"""The rules of each table. Whoever runs the service at its command line holds every row of every table besides."""

QUEUE_RULES = (of_system(S.WORKER, *EVERYTHING), of_system(S.FIGURES, READ))
ALL_RULES: dict[str, tuple[Rule, ...]] = {
    table: (*rules, of_system(S.OPERATOR, *EVERYTHING))
    for table, rules in {**RULES, "procrastinate_jobs": QUEUE_RULES}.items()
}


def as_sql(tables: Iterable[str]) -> str:
    """The rules of these tables as the statements of a migration; rules that they have already are replaced."""
    statements = [statement for table in tables for statement in closing(table, ALL_RULES[table])]
    return "".join(f"{statement};\n" for statement in statements)


if __name__ == "__main__":
    sys.stdout.write(as_sql(sys.argv[1:]))
