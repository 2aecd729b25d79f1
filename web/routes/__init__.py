"""Every router of the pages; the application includes them, and the tests read this table instead of the app."""

from fastapi import APIRouter

from web.routes import (
    about,
    accounts,
    courses,
    cv,
    cv_changes,
    health,
    home,
    imports,
    institutes,
    journal,
    matches,
    my_data,
    organisations,
    outlook,
    papers,
    profile_choices,
    profile_entries,
    profile_steps,
    profiles,
    recognition_finder,
    requests,
    shortlists,
    staff,
    training,
    training_assessments,
    training_cohort_forms,
    training_days,
    training_files,
    training_forms,
    training_people,
    vacancies,
    vacancy_forms,
    vacancy_training,
)

OPEN_ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    accounts.router,
    about.router,
    health.router,
    recognition_finder.router,
)
"""Pages that anybody may read; every other router asks who is there."""

TRAINING_ROUTERS: tuple[APIRouter, ...] = (
    training_files.router,
    training_forms.router,
    training_cohort_forms.router,
    training_days.router,
    training_assessments.router,
    training_people.router,
    training.router,
    courses.router,
    courses.open_router,
    outlook.router,
    vacancy_training.router,
)
"""What an institute teaches, and whoever takes part in it or asks for it."""

PROFILE_ROUTERS: tuple[APIRouter, ...] = (
    profiles.router,
    profile_steps.router,
    profile_choices.router,
    *profile_entries.ROUTERS,
    cv.router,
    cv_changes.router,
)
"""A candidate's own profile."""

ROUTERS: tuple[APIRouter, ...] = (
    *OPEN_ROUTERS,
    *PROFILE_ROUTERS,
    matches.router,
    my_data.router,
    papers.router,
    requests.router,
    journal.router,
    vacancy_forms.router,
    vacancies.router,
    imports.router,
    shortlists.router,
    staff.router,
    institutes.router,
    *TRAINING_ROUTERS,
    organisations.own_router,
    organisations.router,
)
