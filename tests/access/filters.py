"""Every ``visible_…`` query of the application, and what it is about."""

from talent.accounts.models import Organisation
from talent.matching import policy as matching
from talent.matching.models import Introduction, ReviewRequest, SharedPlace, Suggestion
from talent.organisations import policy as organisations
from talent.placements import policy as placements
from talent.placements.after_models import BulkMove, CheckIn
from talent.placements.contract_models import Contract, DemandLetter
from talent.placements.cost_models import ChargeComplaint, Cost
from talent.placements.ledger_models import SeatBook
from talent.placements.models import Placement
from talent.placements.step_models import PlacementProof
from talent.profiles import policy as profiles
from talent.profiles.models import PersonIdentity, Profile
from talent.recognition import policy as recognition
from talent.recognition.models import RecognitionCase
from talent.recognition.party_models import CurriculumRequest
from talent.staffing import policy as staffing
from talent.staffing.models import RoleGrant
from talent.training import policy as training
from talent.training.models import Cohort, Course, Enrolment, Programme, RegisterFile, Trainee, TrainingRequest
from talent.training.records import CohortReport, Concern, IntegrityFinding
from talent.vacancies import policy as vacancies
from talent.vacancies.models import Vacancy, VacancyImport

FILTERS = {
    "visible_vacancies": (vacancies.visible_vacancies, Vacancy),
    "visible_imports": (vacancies.visible_imports, VacancyImport),
    "visible_profiles": (profiles.visible_profiles, Profile),
    "visible_suggestions": (matching.visible_suggestions, Suggestion),
    "visible_shared_places": (matching.visible_shared_places, SharedPlace),
    "visible_people": (matching.visible_people, Profile),
    "visible_introductions": (matching.visible_introductions, Introduction),
    "visible_reviews": (matching.visible_reviews, ReviewRequest),
    "revealed_identities": (matching.revealed_identities, PersonIdentity),
    "visible_placements": (placements.visible_placements, Placement),
    "visible_costs": (placements.visible_costs, Cost),
    "visible_complaints": (placements.visible_complaints, ChargeComplaint),
    "visible_contracts": (placements.visible_contracts, Contract),
    "visible_letters": (placements.visible_letters, DemandLetter),
    "visible_check_ins": (placements.visible_check_ins, CheckIn),
    "visible_proofs": (placements.visible_proofs, PlacementProof),
    "visible_bulk_moves": (placements.visible_bulk_moves, BulkMove),
    "visible_books": (placements.visible_books, SeatBook),
    "visible_organisations": (organisations.visible_organisations, Organisation),
    "visible_cases": (recognition.visible_cases, RecognitionCase),
    "visible_curriculum_requests": (recognition.visible_curriculum_requests, CurriculumRequest),
    "visible_programmes": (training.visible_programmes, Programme),
    "visible_courses": (training.visible_courses, Course),
    "visible_cohorts": (training.visible_cohorts, Cohort),
    "visible_trainees": (training.visible_trainees, Trainee),
    "visible_enrolments": (training.visible_enrolments, Enrolment),
    "visible_registers": (training.visible_registers, RegisterFile),
    "visible_reports": (training.visible_reports, CohortReport),
    "visible_findings": (training.visible_findings, IntegrityFinding),
    "visible_concerns": (training.visible_concerns, Concern),
    "visible_requests": (training.visible_requests, TrainingRequest),
    "visible_grants": (staffing.visible_grants, RoleGrant),
}
