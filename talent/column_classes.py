"""How much harm a column could do: every column of every table carries one class; a test finds what carries none.

P0 may be published. P1 is internal: ids, states, times. P2 tells something about a person. P3 names a person, or opens
what names one: it is sealed, or hashed, or written down in ``column_secrets`` with the reason why it stands in
clear. A person's export is made by this table.
"""

from collections.abc import Mapping
from enum import IntEnum

from talent.foundation.database import Base


class ColumnClass(IntEnum):
    """From public to naming a person."""

    P0 = 0
    P1 = 1
    P2 = 2
    P3 = 3


P0, P1, P2, P3 = ColumnClass

CLASSES: Mapping[str, Mapping[ColumnClass, str]] = {
    "account": {P1: "id role language organisation_id created_at suspended_at", P3: "login password_hash name"},
    "assessment": {P1: "id cohort_id kind title held_on language", P3: "assessor"},
    "assessment_result": {P1: "assessment_id enrolment_id recorded_at", P2: "passed level"},
    "attendance": {P1: "enrolment_id", P2: "day minutes"},
    "award": {
        P1: "id enrolment_id organisation_id on_profile_at",
        P2: "skill_id words language level eqf_level evidence awarded_on",
    },
    "audit_entry": {
        P1: "chain position at actor_role organisation_id action thing thing_id fields reason mark",
        P2: "actor_id subject_id",
    },
    "audit_head": {P1: "chain position mark"},
    "authenticator_app": {P1: "account_id last_step created_at", P3: "sealed_secret"},
    "bulk_move": {P1: "id organisation_id moved_by action at moved unused_files"},
    "bulk_refusal": {P1: "id bulk_id placement_id reference", P2: "sentence facts"},
    "calendar_correction": {P0: "region day is_free reason", P1: "written_by written_at"},
    "calendar_feed": {P1: "account_id made_at", P3: "token_hash"},
    "case_event": {P1: "id case_kind case_id at actor_role action from_state to_state", P2: "actor_id note"},
    "charge_complaint": {
        P1: "id cost_id vacancy_id reference job_title employer opened_at version",
        P2: "account_id state",
    },
    "check_in": {
        P1: "id placement_id month due_on asked_at reminded_at settled_at settled_by version",
        P2: "answered_at in_job pay hours job problems words wants_call needs_a_look settled_words",
    },
    "cohort": {
        P1: "id course_id organisation_id reference state starts_on ends_on joins_until seats reserved_seats "
        "vacancy_id request_id venue created_at certified_on at_risk version",
        P3: "instructors",
    },
    "cohort_report": {P1: "id cohort_id kind month due_on sent_at sent_by reminded_at figures"},
    "consent": {
        P1: "id purpose fields text_version language",
        P2: "account_id recipient_id occasion_id given_at expires_at withdrawn_at",
    },
    "contract": {
        P1: "id placement_id reference made_at version",
        P2: "state pay_cents currency period hours_week length months housing rent_cents return_ticket insurance "
        "probation_months languages attested_by attested_on attestation_number",
    },
    "cost": {
        P1: "id vacancy_id placement_id organisation_id fee legal noted_role noted_at",
        P2: "account_id kind payer payee payee_name words amount_cents currency paid_on is_charge noted_by",
    },
    "course": {
        P0: "title about occupation_id language vocational_hours civic_hours full_time_months is_state_recognised "
        "least_attendance nvqf_level language_taught language_level",
        P1: "id programme_id organisation_id created_at version",
    },
    "course_skill": {P0: "id course_id skill_id words eqf_level"},
    "cv_fact": {P1: "id profile_id document_id number kind state", P2: "value words"},
    "demand_letter": {
        P0: "job_title employer country seats pay_cents currency period months",
        P1: "id vacancy_id organisation_id reference changed_at agency_agreed_at protectorate_agreed_at version",
    },
    "enrolment": {
        P1: "id number cohort_id trainee_id seat applied_at version",
        P2: "state for_vacancy reason",
    },
    "error_report": {P1: "id pathway_id rules_version reported_at settled_at settled_by answer", P2: "words"},
    "failure_streak": {P1: "failures last_at", P3: "key"},
    "identity": {P1: "profile_id account_id", P3: "full_name_sealed email_sealed phone_sealed"},
    "identity_paper": {
        P1: "profile_id account_id given_at",
        P2: "kind",
        P3: "number_sealed birth_date_sealed number_print person_print",
    },
    "integrity_finding": {P1: "id organisation_id cohort_id kind noticed_at state version", P2: "what facts"},
    "identity_provider": {P1: "id organisation_id issuer client_id is_open created_by created_at", P3: "sealed_secret"},
    "introduction": {P1: "id account_id vacancy_id organisation_id changed_at version", P2: "profile_id state"},
    "invitation": {
        P1: "id role organisation_id sent_by agreed_by created_at expires_at used_at",
        P3: "token_hash sent_to",
    },
    "judged_pair": {
        P1: "id vacancy_id profile_id vacancy_input profile_input weights_version drawn_at",
        P2: "score missing parts",
    },
    "judgement": {P1: "id pair_id judge_id at", P2: "grade reason"},
    "known_device": {P1: "account_id", P2: "first_seen_at last_seen_at", P3: "device_hash"},
    "label": {P0: "id occupation_id skill_id language text folded is_preferred"},
    "list_change": {P1: "number worker subject_kind subject_id looked_at_anew at", P2: "enough"},
    "list_arrangement": {P1: "account_id listing columns kept_at", P2: "filters"},
    "list_end": {P1: "subject_kind subject_id", P2: "enough"},
    "match_input": {P1: "input_hash subject_kind subject_id at", P2: "view vector"},
    "match_run": {
        P1: "id subject_kind subject_id at took_ms model_hash weights_version taxonomy_version input_hash compared",
        P2: "order_shown",
    },
    "measurement": {P1: "id kind at took_ms content"},
    "occupation": {P0: "id release_id uri isco_group sector"},
    "occupation_skill": {P0: "occupation_id skill_id essential"},
    "organisation": {P0: "name kind country", P1: "id created_at state parent_id version"},
    "organisation_application": {
        P1: "id kind name country number words applied_at answered_at answered_by organisation_id version",
        P3: "contact_sealed",
    },
    "organisation_evidence": {
        P1: "id organisation_id kind number words expires_on added_by added_at confirmed_by document_id reminded_at"
    },
    "organisation_key": {P1: "organisation_id key_id", P3: "wrapped"},
    "outlook": {P1: "id kind computed_at took_ms content"},
    "passkey": {P1: "id account_id sign_count public_key created_at", P2: "name last_used_at", P3: "credential_id"},
    "password_code": {P1: "account_id kind created_at expires_at used_at", P3: "code_hash"},
    "person_key": {P1: "account_id key_id", P3: "wrapped"},
    "placement": {
        P1: "id introduction_id account_id vacancy_id organisation_id employer_id reference profile_reference "
        "job_title employer country isco_group pathway_id rules_version created_at changed_at version",
        P2: "rules_read state last_active exit_reason work_began_on last_check_in waits_for next_due_on",
    },
    "placement_pause": {P1: "id placement_id way_id step_id noted_by noted_at", P2: "why since until"},
    "placement_proof": {
        P1: "id placement_id way_id step_id action document_id added_at added_by added_role organisation_id"
    },
    "placement_step": {P1: "id placement_id way_id step_id noted_by noted_at", P2: "done_on"},
    "pool_entry": {P1: "profile_id setup version followed good_until", P2: "record view"},
    "profile": {
        P1: "id account_id reference state answered created_at changed_at published_at restricted_at version",
        P2: "occupation_id occupation_words about countries first_countries least_pay_euros available_from licences "
        "answered_licences search_words",
    },
    "profile_change": {P1: "number profile_id at"},
    "profile_language": {P1: "id profile_id", P2: "language level evidence"},
    "profile_skill": {P1: "id profile_id", P2: "skill_id words source evidence search_words"},
    "figure_cell": {
        P1: "id cube people stage country sector pathway standing occupation institute cohort sex province"
    },
    "figure_refresh": {P1: "id at took_ms people stages"},
    "figure_span": {P1: "span dimension value people median_days first_days last_days"},
    "figure_trend": {P1: "stage from_month to_month people"},
    "follow_up": {
        P1: "id task due_on assigned_to assigned_by assigned_at done_at done_by channel outcome",
        P2: "placement_id note",
    },
    "indicator_goal": {P0: "indicator baseline baseline_on target target_on source", P1: "set_at set_by"},
    "programme_change": {P1: "id measure_id at actor_id actor_role what before after"},
    "programme_item": {P0: "id measure_id kind number when words"},
    "programme_measure": {
        P0: "number chapter words lead_actors timeframe indicator source as_of",
        P1: "id version",
    },
    "programme_report": {P1: "id reference title issued_on recorded_at recorded_by is_import content"},
    "programme_text": {P0: "id part number words"},
    "provider_account": {P1: "id provider_id account_id created_at", P3: "subject"},
    "provider_errand": {P1: "provider_id then expires_at", P3: "state_hash browser_hash sealed_secrets"},
    "qualification": {
        P1: "id profile_id",
        P2: "kind title field issuing_body full_time_months nvqf_level awarded_on evidence",
    },
    "register_file": {
        P1: "id organisation_id kind document_id uploaded_by uploaded_at taken_at counts",
        P3: "refused_sealed",
    },
    "recovery_code": {P1: "account_id created_at used_at", P3: "code_hash"},
    "award_standard": {P0: "id kind title folded source as_of created_at", P1: "created_by"},
    "award_unit": {P0: "id standard_id number code title"},
    "crosswalk_release": {P0: "id standard_id number content released_at", P1: "released_by"},
    "unit_link": {P0: "id unit_id skill_id verdict likeness model_hash decided_at", P1: "decided_by"},
    "recognition_case": {
        P1: "id account_id reference country procedure_id authority_id organisation_id acting_id created_at changed_at "
        "version next_act next_deadline_on",
        P2: "state award award_title institute award_year isco_group region submitted_on complete_on decided_on "
        "deficit_at extension_told_on extended_until measure missing_parts outcome left_on measure_on",
    },
    "recognition_day": {P1: "id case_id what day noted_at noted_by noted_role"},
    "recognition_mandate": {P1: "id case_id organisation_id signed_on shares text_version language given_at ended_at"},
    "curriculum_request": {
        P1: "id account_id case_id organisation_id asked_at supplied_at withdrawn_at",
        P2: "award award_title award_year",
    },
    "recognition_duration": {P0: "procedure_id decisions median_days first_days last_days as_of"},
    "recognition_paper": {
        P1: "id case_id document_id original_id added_at added_by supplied_by",
        P2: "kind issued_on expires_on verified_on verified_by is_genuine",
    },
    "recognition_precedent": {
        P0: "id country isco_group award part name folded cases outcomes days missing_parts as_of",
        P1: "counted",
    },
    "recognition_reminder": {P1: "case_id subject due_on sent_at"},
    "recognition_stop": {P1: "id case_id why since until"},
    "report_days": {P0: "kind days decided_by decided_on", P1: "set_at set_by"},
    "retention_notice": {P1: "account_id", P2: "warned_at due_on"},
    "review_request": {P1: "id vacancy_id profile_id asked_at answered_by answered_at", P2: "words answer"},
    "rights_request": {P1: "id account_id kind asked_at due_on answered_by answered_at", P2: "words answer"},
    "role_grant": {
        P1: "id account_id role_before role_after organisation_id state proposed_by proposed_at decided_at version",
        P2: "reason",
    },
    "score_weights": {
        P0: "weights_version must_skills occupation experience nice_skills text source",
        P1: "id pairs vacancies compared_with figures computed_at state proposed_by proposed_at decided_by decided_at "
        "version",
    },
    "saved_table": {P1: "id account_id title question saved_at"},
    "seat_book": {P1: "id key kind vacancy_id organisation_id capacity free reserved used"},
    "seat_hold": {P1: "id book_id held_for", P2: "pocket"},
    "seat_transfer": {P1: "id book_id from_pocket to_pocket places at"},
    "shared_place": {
        P1: "vacancy_id profile_id account_id organisation_id reference at",
        P2: "standing is_proposed is_unseen",
    },
    "sign_in_failure": {P1: "id at", P3: "key"},
    "rules_change": {P1: "id placement_id at changes"},
    "sign_in_help": {P1: "id asked_by asked_at expires_at answered_by answered_at agreed", P2: "account_id checked"},
    "sign_in_session": {
        P1: "id account_id stage role then created_at expires_at proved_at",
        P2: "device network last_seen_at",
        P3: "token_hash",
    },
    "skill": {P0: "id release_id uri skill_type"},
    "stored_file": {P1: "id size_bytes kind created_at owner_id purpose", P2: "sha256", P3: "original_name"},
    "statistics_answer": {P1: "told_at", P2: "account_id sex province"},
    "subject_vector": {P1: "subject_kind subject_id text_hash model_hash", P2: "vector"},
    "suggestion": {
        P1: "vacancy_id profile_id account_id organisation_id run_id weights_version tie vacancy_input profile_input",
        P2: "score missing wished mutual reasons",
    },
    "taxonomy_release": {P0: "id name version content_hash attribution loaded_at is_active"},
    "trainee": {
        P1: "id organisation_id profile_id claimed_at created_at",
        P3: "card_sealed phone_key email_key person_key contact_key claim_code",
    },
    "training_concern": {P1: "id organisation_id cohort_id on_day", P2: "kind words"},
    "training_day": {P1: "cohort_id day part minutes kept_at"},
    "training_programme": {P0: "title about paid_by", P1: "id organisation_id created_at"},
    "training_request": {
        P1: "id vacancy_id organisation_id institute_id people needed_by words state asked_at version"
    },
    "used_form_key": {P1: "key at went_to", P2: "sent_by"},
    "vacancy": {
        P0: "reference title employer description occupation_id country place seats experience_months "
        "qualification_kind qualification_field qualification_months licences pay_from_cents pay_to_cents "
        "pay_currency pay_period hours_per_week start_on closes_on cost_payer",
        P1: "id organisation_id state frozen_for created_at changed_at published_at version",
    },
    "vacancy_change": {P1: "number vacancy_id at"},
    "vacancy_import": {P1: "id organisation_id document_id file_kind uploaded_by uploaded_at taken_at rows"},
    "vacancy_language": {P0: "id vacancy_id language level"},
    "vacancy_skill": {P0: "id vacancy_id skill_id words is_must"},
    "work_period": {
        P1: "id profile_id",
        P2: "occupation_id title employer country started_on ended_on tasks search_words",
    },
}


def class_of(table: str, column: str) -> ColumnClass:
    """The class of a column.

    Raises:
        KeyError: it has none.
    """
    for column_class, names in CLASSES[table].items():
        if column in names.split():
            return column_class
    raise KeyError(f"{table}.{column}")


def columns_of(table: str, *classes: ColumnClass) -> tuple[str, ...]:
    """The columns of a table in these classes, in the order of the table."""
    wanted = {name for column_class in classes for name in CLASSES[table].get(column_class, "").split()}
    return tuple(column.name for column in Base.metadata.tables[table].columns if column.name in wanted)
