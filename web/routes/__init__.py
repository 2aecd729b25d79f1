"""Every router of the pages; the application includes them, and the tests read this table instead of the app."""

from fastapi import APIRouter

from web.routes import (
    about,
    accounts,
    cv,
    cv_changes,
    factors,
    health,
    home,
    imports,
    institutes,
    matches,
    new_passwords,
    own_sign_in,
    profile_choices,
    profile_entries,
    profile_steps,
    profiles,
    providers,
    recognition_finder,
    second_steps,
    shortlists,
    sign_in_help,
    staff,
    vacancies,
    vacancy_forms,
)

OPEN_ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    accounts.router,
    second_steps.router,
    factors.router,
    new_passwords.router,
    providers.open_router,
    about.router,
    health.router,
    recognition_finder.router,
)
"""Pages that anybody may read; every other router asks who is there."""

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
    own_sign_in.router,
    *PROFILE_ROUTERS,
    matches.router,
    vacancy_forms.router,
    vacancies.router,
    imports.router,
    shortlists.router,
    staff.router,
    sign_in_help.router,
    providers.staff_router,
    institutes.router,
)
