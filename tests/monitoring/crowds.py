"""A crowd of invented candidates on their ways, written as rows: fast to make, and countable apart from the service."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.casework.models import CaseEvent
from talent.matching.models import Introduction
from talent.placements.models import Placement
from talent.placements.states import PLACEMENT, PlacementAction, PlacementState
from talent.profiles.models import Consent, Profile
from talent.profiles.statistics import StatisticsAnswer
from talent.training.models import Cohort, Course, Enrolment, Programme, Trainee
from talent.vacancies.models import Vacancy

BEGAN = datetime(2025, 1, 6, 9, tzinfo=UTC)
WAYS = {"DE": ("de_fast_track_81a", "de_recognition_partnership"), "IT": ("it_quota",), "MT": ("mt_single_permit",)}
ON_THE_WAY = tuple(state for state in PlacementState if state not in PLACEMENT.final and state.value != "training")
GROUPS = ("7212", "7411", "5120", "8332")


class Crowd:
    """Rows of people, and in ``told`` what each of them is, as plain values."""

    def __init__(self, session: Session, people: int, *, seed: int = 7) -> None:
        self.session, self.draw = session, random.Random(seed)
        self.rows: dict[type, list[dict[str, Any]]] = {}
        self.told: list[dict[str, Any]] = []
        self.agency = self.add(
            Organisation,
            kind=OrganisationKind.AGENCY,
            name=f"Agency {uuid4()}",
            country="DE",
            **first(),
            created_at=BEGAN,
        )
        self.cohorts = [cohort for number in range(3) for cohort in self.institute(number)]
        self.vacancies = {country: self.vacancy(country) for country in WAYS}
        for _ in range(people):
            self.person()
        for model, rows in self.rows.items():
            for columns in {frozenset(row) for row in rows}:
                session.execute(insert(model), [row for row in rows if frozenset(row) == columns])

    def add(self, model: type, **values: object) -> dict[str, Any]:
        self.rows.setdefault(model, []).append(values)
        return values

    def institute(self, number: int) -> list[tuple[str, str, object, object]]:
        office = self.add(
            Organisation, kind=OrganisationKind.INSTITUTE, name=f"Institute {number} {uuid4()}", country="PK",
            **first(), created_at=BEGAN,
        )  # fmt: skip
        programme = self.add(Programme, id=uuid4(), organisation_id=office["id"], title="P", created_at=BEGAN)
        course = self.add(
            Course, **first(), programme_id=programme["id"], organisation_id=office["id"], title="C", language="en",
            created_at=BEGAN,
        )  # fmt: skip
        made = []
        for part in "AB":
            cohort = self.add(
                Cohort, **first(), course_id=course["id"], organisation_id=office["id"], reference=f"{number}{part}",
                seats=900, instructors=[], created_at=BEGAN,
            )  # fmt: skip
            name = str(office["name"])
            made.append((name, f"{name} – {number}{part}", cohort["id"], office["id"]))
        return made

    def vacancy(self, country: str) -> object:
        return self.add(
            Vacancy, **first(), organisation_id=self.agency["id"], reference=f"V-{uuid4()}", title="Work", employer="E",
            country=country, licences=[], created_at=BEGAN, changed_at=BEGAN,
        )["id"]  # fmt: skip

    def person(self) -> None:
        draw, began = self.draw, BEGAN + timedelta(days=self.draw.randrange(500))
        person = self.add(
            Account,
            id=uuid4(),
            login=f"{uuid4()}@example.com",
            password_hash="x",
            role=Role.CANDIDATE,
            created_at=began,
        )["id"]
        published = began + timedelta(days=draw.randrange(1, 30)) if draw.random() < 0.8 else None
        profile = self.add(
            Profile, **first(), account_id=person, reference=uuid4().hex[:12], created_at=began, changed_at=began,
            published_at=published, countries=[], licences=[], answered=[],
        )["id"]  # fmt: skip
        told: dict[str, Any] = {
            "stage": "published" if published else "registered", "registered": began.date(),
            "published": published.date() if published else None, "country": "", "pathway": "", "sector": "",
            "occupation": "", "standing": "on_the_way",
        }  # fmt: skip
        told |= self.taught(profile) | self.statistics(person, began)
        if published and draw.random() < 0.6:
            told |= self.met(person, profile, published)
        self.told.append(told)

    def taught(self, profile: object) -> dict[str, Any]:
        if self.draw.random() < 0.5:
            return {"institute": "", "cohort": ""}
        institute, name, cohort, office = self.draw.choice(self.cohorts)
        trainee = self.add(
            Trainee, id=uuid4(), organisation_id=office, full_name="N", folded_name="n", contact_key="k",
            claim_code=uuid4().hex[:12], profile_id=profile, created_at=BEGAN,
        )["id"]  # fmt: skip
        self.add(Enrolment, **first(), cohort_id=cohort, trainee_id=trainee, state="completed", applied_at=BEGAN)
        return {"institute": institute, "cohort": name}

    def statistics(self, person: object, began: datetime) -> dict[str, Any]:
        sex, province = self.draw.choice(("female", "male")), self.draw.choice(("punjab", "sindh", "balochistan"))
        chance = self.draw.random()
        if chance < 0.6:
            self.add(StatisticsAnswer, account_id=person, sex=sex, province=province, told_at=began)
            self.add(
                Consent, id=uuid4(), account_id=person, purpose="statistics", fields=["sex"], text_version="2026-11",
                language="en", given_at=began, withdrawn_at=began if chance < 0.1 else None,
            )  # fmt: skip
        return {"sex": sex, "province": province} if 0.1 <= chance < 0.6 else {"sex": "", "province": ""}

    def met(self, person: object, profile: object, published: datetime) -> dict[str, Any]:
        country = self.draw.choices(list(WAYS), (70, 28, 2))[0]
        is_accepted = self.draw.random() < 0.7
        introduction = self.add(
            Introduction, **first(), vacancy_id=self.vacancies[country], profile_id=profile,
            organisation_id=self.agency["id"], state="accepted" if is_accepted else "interested", changed_at=published,
        )["id"]  # fmt: skip
        if not is_accepted or self.draw.random() < 0.2:
            return {"stage": "chosen" if is_accepted else "interested"}
        return self.placed(person, introduction, country, published + timedelta(days=20))

    def placed(self, person: object, introduction: object, country: str, offered: datetime) -> dict[str, Any]:
        draw, way, group = self.draw, self.draw.choice(WAYS[country]), self.draw.choice(GROUPS)
        steps = draw.randrange(len(ON_THE_WAY))
        furthest, days, at = ON_THE_WAY[steps], {"offered": offered.date()}, offered
        key, moves = uuid4(), []
        for before, state in pairwise(ON_THE_WAY[: steps + 1]):
            at += timedelta(days=draw.randrange(1, 60))
            moves.append((PlacementAction.BEGIN_VISA, before, state, at))
            days["agreed" if state is PlacementState.ACCEPTED else state.value] = at.date()
        is_over, over = draw.random() < 0.2 and furthest is not PlacementState.RETAINED_24, None
        if is_over:
            at += timedelta(days=draw.randrange(1, 60))
            moves.append((PlacementAction.END, furthest, PlacementState.ENDED, at))
            over = at.date()
        self.add(
            Placement, **first(key), introduction_id=introduction, account_id=person,
            vacancy_id=self.vacancies[country], organisation_id=self.agency["id"],
            reference=uuid4().hex[:12], profile_reference="TP", job_title="Work",
            employer="E", country=country, isco_group=group, pathway_id=way, rules_version="1", rules_read={},
            state="ended" if is_over else furthest, last_active=furthest if is_over else None,
            exit_reason="permit_refused" if is_over else None, created_at=offered, changed_at=at,
        )  # fmt: skip
        for action, source, target, moved in moves:
            self.add(
                CaseEvent, id=uuid4(), case_kind="placement", case_id=key, at=moved, actor_id=key, actor_role="staff",
                action=action, from_state=source, to_state=target, note="",
            )  # fmt: skip
        return {
            "stage": "agreed" if furthest is PlacementState.ACCEPTED else furthest.value, "country": country,
            "pathway": way, "occupation": group, "sector": SECTOR[group], "days": days, "over": over,
            "standing": "by_authority" if is_over else "on_the_way",
        }  # fmt: skip


SECTOR = {"7212": "metal_mech", "7411": "construction", "5120": "hospitality", "8332": "transport_logistics"}


def first(key: object = None) -> dict[str, Any]:
    return {"id": key or uuid4(), "version": 1}


def day_of(told: dict[str, Any], stage: str) -> date | None:
    found: date | None = (told | (told.get("days") or {})).get(stage)
    return found
