"""The only module that knows every package: all tables, all workflows, all jobs, the migrations."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config

from talent import audit_tasks, nightly
from talent.accounts import factor_models, new_passwords
from talent.accounts import models as account_models
from talent.casework import models as casework_models
from talent.casework.workflow import Workflow
from talent.foundation import audit, audit_changes, documents, mail, person_keys
from talent.foundation.database import Base
from talent.matching import models as matching_models
from talent.matching import tasks as matching_tasks
from talent.matching import trust_models, trust_tasks
from talent.matching.states import INTRODUCTION, SCORE_WEIGHTS
from talent.monitoring import figure_models, outreach_models
from talent.monitoring import models as monitoring_models
from talent.monitoring import tasks as monitoring_tasks
from talent.organisations import models as organisation_models
from talent.organisations.states import ORGANISATION
from talent.pathways import models as pathway_models
from talent.placements import after_models, contract_models, cost_models, feed_models, ledger_models
from talent.placements import models as placement_models
from talent.placements.complaint_states import COMPLAINT
from talent.placements.contract_states import CONTRACT
from talent.placements.states import PLACEMENT
from talent.profiles import models as profile_models
from talent.profiles import statistics
from talent.profiles.states import PROFILE
from talent.readiness import models as readiness_models
from talent.readiness import tasks as readiness_tasks
from talent.recognition import crosswalk_models, party_models
from talent.recognition import models as recognition_models
from talent.recognition.states import RECOGNITION_CASE
from talent.staffing import models as staffing_models
from talent.staffing.states import ACCOUNT, ROLE_GRANT
from talent.taxonomy import models as taxonomy_models
from talent.training import models as training_models
from talent.training import records as training_records
from talent.training.states import COHORT, ENROLMENT, INTEGRITY_FINDING, TRAINING_REQUEST
from talent.vacancies import models as vacancy_models
from talent.vacancies.states import VACANCY

MODELS = (
    account_models,
    after_models,
    audit,
    casework_models,
    contract_models,
    cost_models,
    documents,
    factor_models,
    feed_models,
    figure_models,
    ledger_models,
    matching_models,
    monitoring_models,
    organisation_models,
    outreach_models,
    pathway_models,
    person_keys,
    placement_models,
    profile_models,
    readiness_models,
    crosswalk_models,
    recognition_models,
    party_models,
    staffing_models,
    statistics,
    taxonomy_models,
    training_models,
    training_records,
    trust_models,
    vacancy_models,
)
JOBS = (audit_tasks, mail, matching_tasks, monitoring_tasks, new_passwords, nightly, readiness_tasks, trust_tasks)
METADATA = Base.metadata
audit_changes.listen()
WORKFLOWS: tuple[Workflow[Any, Any, Any], ...] = (
    PROFILE,
    VACANCY,
    INTRODUCTION,
    SCORE_WEIGHTS,
    ORGANISATION,
    COHORT,
    ENROLMENT,
    TRAINING_REQUEST,
    INTEGRITY_FINDING,
    RECOGNITION_CASE,
    PLACEMENT,
    COMPLAINT,
    CONTRACT,
    ROLE_GRANT,
    ACCOUNT,
)
MIGRATIONS = Path(__file__).parent.parent / "alembic"


def migrate(url: str, *, revision: str = "head") -> None:
    """Bring this database to the revision."""
    command.upgrade(alembic_config(url), revision)


def alembic_config(url: str) -> Config:
    """How Alembic finds the migrations and this database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config
