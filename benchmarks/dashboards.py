"""Every dashboard over 200,000 candidates and 50,000 placements, and an implementation report of forty pages.

``python -m benchmarks.dashboards [--candidates 200000] [--cases 50000]`` makes its own database, fills it with invented
ways, makes the stored figures as the worker does, asks for each page through the whole web application as project
staff, and drops it. One line of JSON comes last: ``candidates``, ``cases``, ``slowest_ms`` (of every page's median),
``report_s`` (the report as PDF, all pages of it, made with a progress bar), ``refresh_s`` (the worker's making of all
figures) and ``report_pages``.
"""

import argparse
import io
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from pydantic import SecretStr
from pypdf import PdfReader
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from talent.accounts import sessions as signed_in
from talent.accounts.actor import SYSTEM, Actor
from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.clock import now
from talent.foundation.database import make_engine, session_factory
from talent.foundation.embedded import start_embedded
from talent.foundation.row_context import SystemContext
from talent.foundation.settings import Settings
from talent.monitoring.figures import refresh
from talent.monitoring.outreach import Assignment, assign
from talent.monitoring.outreach_models import FollowUp
from talent.monitoring.outreach_terms import Task
from talent.monitoring.paper import paper
from talent.monitoring.report import Item, MeasureText, Report
from talent.monitoring.report_pdf import as_pdf
from talent.monitoring.reporting import live_report
from talent.monitoring.taking_in import take_in
from talent.placements.models import Placement
from talent.registry import migrate
from talent.taxonomy.loading import load_release
from talent.taxonomy.starter_release import read_starter
from talent.vacancies.models import Vacancy
from web.app import create_app

ASKED = 7  # times for each page; the first warms it up
COUNTRIES = ("DE", "IT", "AT", "ES", "MT")
MEASURES, ITEMS = 40, 14  # of the report, enough for forty pages
PAGES = (
    "/today",
    "/stalls",
    "/stalls?country=DE",
    "/stalls/cases?country=DE&late=true",
    "/follow-ups?show=all",
    "/figures",
    "/figures?who=country:DE",
    "/figures/times",
    "/figures/times?by=country",
    "/figures/table?rows=country&columns=sector&measure=offered",
    "/figures/table?rows=occupation&columns=standing&measure=offered&who=country:DE",
    "/figures/table?rows=province&columns=sex&measure=registered",
    "/figures/table/file.xlsx?rows=pathway&columns=sector&measure=offered",
    "/observatory",
    "/programme",
    "/programme/indicators",
)
PEOPLE = """
insert into account (id, login, password_hash, role, name, language, created_at)
  select md5('a' || n)::uuid, 'c' || n || '@benchmark.example', '', 'candidate', '', 'en',
         timestamptz '2024-01-01' + (n % 900) * interval '1 day' from generate_series(1, :people) n;
insert into profile (id, account_id, reference, state, occupation_words, about, countries, licences, answered_licences,
                     answered, created_at, changed_at, published_at, version)
  select md5('p' || n)::uuid, md5('a' || n)::uuid, 'B' || n, 'published', '', '', '{}', '{}', true, '{}',
         timestamptz '2024-01-01' + (n % 900) * interval '1 day', now(),
         case when n % 10 < 8 then timestamptz '2024-01-10' + (n % 900) * interval '1 day' end, 1
  from generate_series(1, :people) n;
insert into statistics_answer (account_id, sex, province, told_at)
  select md5('a' || n)::uuid, (array['female', 'male'])[1 + n % 2],
         (array['punjab', 'sindh', 'balochistan', 'khyber_pakhtunkhwa'])[1 + n / 7 % 4], now()
  from generate_series(1, :people, 3) n;
insert into consent (id, account_id, purpose, fields, text_version, language, given_at)
  select md5('c' || n)::uuid, md5('a' || n)::uuid, 'statistics', '{sex,province}', '2026-11', 'en', now()
  from generate_series(1, :people, 3) n;
"""
CASES = """
insert into introduction (id, vacancy_id, profile_id, organisation_id, account_id, state, changed_at, version)
  select md5('i' || n)::uuid, (array(select id from vacancy order by country))[1 + n % 5], md5('p' || n)::uuid, :agency,
         md5('a' || n)::uuid, 'accepted', now(), 1 from generate_series(1, :cases) n;
insert into placement (id, introduction_id, account_id, vacancy_id, organisation_id, reference, profile_reference,
                       job_title, employer, country, isco_group, pathway_id, rules_version, findings, state,
                       last_active, exit_reason, waits_for, next_due_on, created_at, changed_at, version)
  select md5('l' || n)::uuid, md5('i' || n)::uuid, md5('a' || n)::uuid, vacancy_id, :agency, 'PL' || n, 'B' || n,
         'Work', 'Employer ' || n % 400, (select country from vacancy where vacancy.id = vacancy_id),
         (array['7212', '7411', '5120', '8332', '7126', '5321'])[1 + n % 6], 'way_' || n % 7, '1', '{}',
         case when n % 11 = 0 then 'ended' else (:ladder)[1 + n / 3 % 14] end,
         case when n % 11 = 0 then (:ladder)[1 + n / 3 % 14] end,
         case when n % 11 = 0 then 'permit_refused' end,
         case when n % 11 > 0 then (array['permit_office', 'mission', 'worker', 'protector'])[1 + n % 4] end,
         case when n % 11 > 0 then current_date + (n % 200 - 90) end,
         timestamptz '2024-03-01' + (n % 700) * interval '1 day', now() - (n % 300) * interval '1 day', 1
  from (select n, (array(select id from vacancy order by country))[1 + n % 5] as vacancy_id
        from generate_series(1, :cases) n) drawn;
insert into case_event (id, case_kind, case_id, at, actor_id, actor_role, action, from_state, to_state, note)
  select gen_random_uuid(), 'placement', placement.id, placement.created_at + (step * 20 + n % 13) * interval '1 day',
         :agency, 'agency_officer', 'begin_visa', (:ladder)[step], (:ladder)[step + 1], ''
  from generate_series(1, :cases) n join placement on placement.id = md5('l' || n)::uuid
  cross join generate_series(1, 13) step where step <= n / 3 % 14;
"""
LADDER = [
    *("offered", "accepted", "permit", "visa", "exit_clearance", "travelled", "arrived", "employed"),
    *("retained_3", "retained_6", "retained_12", "retained_24", "permit", "visa"),
]


def bar(done: int, of: int, what: str) -> None:
    """A progress bar on the error stream."""
    sys.stderr.write(f"\r[{'#' * (30 * done // of):<30}] {what:<40}")
    sys.stderr.write("\n" if done == of else "")
    sys.stderr.flush()


def fill(session: Session, people: int, cases: int) -> Account:
    """Invented candidates and placements; project staff to ask as."""
    session.execute(text("set local statement_timeout = 0"))  # only filling takes long
    load_release(session, read_starter())
    agency = Organisation(kind=OrganisationKind.AGENCY, name="Agency", country="DE", created_at=now())
    office = Organisation(kind=OrganisationKind.PROJECT, name="Office", country="DE", created_at=now())
    session.add_all([agency, office])
    session.flush()
    vacancies = [
        {
            "organisation_id": agency.id,
            "reference": code,
            "title": "Work",
            "employer": "E",
            "country": code,
            "licences": [],
        }
        | {"created_at": now(), "changed_at": now(), "version": 1}
        for code in COUNTRIES
    ]
    session.execute(insert(Vacancy), vacancies)
    values = {"people": people, "cases": cases, "agency": agency.id, "ladder": LADDER}
    statements = [one for one in (PEOPLE + CASES).split(";\n") if one.strip()]
    for number, statement in enumerate(statements, 1):
        written = statement.replace(":ladder", "cast(:ladder as text[])")
        session.execute(text(written), {name: value for name, value in values.items() if f":{name}" in statement})
        bar(number, len(statements), "invented ways")
    staff = Account(login="staff@benchmark.example", password_hash="", role=Role.PROJECT_STAFF, created_at=now())
    staff.organisation_id = office.id
    session.add(staff)
    session.flush()
    return staff


def long_report() -> Report:
    """A report of forty pages."""
    words = "A sentence of the usual length that says what was planned for this measure and with whom it was agreed. "
    items = tuple(Item(f"{number}. {words * 2}", "Q4 2026") for number in range(ITEMS))
    measures = tuple(
        MeasureText(
            number, f"Chapter {number // 5}", words * 2, ("The Commission",), "Q4 2027", items, items[:4], items[:4]
        )
        for number in range(1, MEASURES + 1)
    )
    return Report(title="Implementation report", measures=measures)


def slowest_page(client: TestClient) -> float:
    """The largest median of all pages, in milliseconds."""
    medians = {}
    for number, address in enumerate(PAGES, 1):
        taken = []
        for _ in range(ASKED):
            began = time.perf_counter()
            answer = client.get(address, headers={"Accept": "text/html"})
            taken.append(1000 * (time.perf_counter() - began))
            if answer.status_code != 200:
                raise SystemExit(f"{address} answered {answer.status_code}")
        medians[address] = statistics.median(taken[1:])
        bar(number, len(PAGES), address[:40])
    for address, median in sorted(medians.items(), key=lambda each: -each[1]):
        print(f"{median:8.1f} ms  {address}")
    return max(medians.values())


def report_as_pdf(session: Session, actor: Actor) -> tuple[float, int]:
    """Seconds that the report takes from the register to the file, and its pages."""
    began = time.perf_counter()
    bar(1, 3, "reading the register")
    live = live_report(session, actor)
    bar(2, 3, "setting the pages")
    content = as_pdf(paper(live.blocks(), language="en", title=live.report.title, say=str))
    bar(3, 3, "the report is made")
    return time.perf_counter() - began, len(PdfReader(io.BytesIO(content)).pages)


def measure(url: str, owner_url: str, folder: Path, people: int, cases: int) -> dict[str, float | int]:
    """Fill the database and measure; the figures of the last line."""
    factory = session_factory(make_engine(url), SystemContext.OPERATOR)
    with factory.begin() as session:
        staff = fill(session, people, cases)
        take_in(session, SYSTEM, long_report())
        actor = Actor(staff.id, Role.PROJECT_STAFF, organisation_id=staff.organisation_id)
        chosen = session.scalars(select(Placement.id).limit(300)).all()
        due = now().date()
        told = Assignment(cases=list(chosen), task=Task.ASK_AUTHORITY, assigned_to=staff.id, due_on=due)
        assign(session, actor, told)
        token = signed_in.open_session_for(session, staff, device="benchmark")
    with make_engine(owner_url).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))
    with factory.begin() as session:
        began = time.perf_counter()
        made = refresh(session)
        refresh_s = time.perf_counter() - began
        assert made is not None
        assert made.people == people
        assert session.scalar(select(FollowUp.id).limit(1)) is not None
    secret = SecretStr("a secret of a measurement that is long enough")
    settings = Settings(_env_file=None, var_dir=folder, secret_key=secret, database_url=url)  # type: ignore[call-arg]  # pydantic's own argument
    client = TestClient(create_app(settings), base_url="http://127.0.0.1:8000", follow_redirects=False)
    client.cookies.set("session", token, domain="127.0.0.1", path="/")
    slowest = slowest_page(client)
    with factory.begin() as session:
        report_s, pages = report_as_pdf(session, actor)
    return {
        "candidates": people,
        "cases": cases,
        "slowest_ms": round(slowest, 1),
        "report_s": round(report_s, 2),
        "report_pages": pages,
        "refresh_s": round(refresh_s, 1),
    }


def main() -> None:
    """Make a database, measure, drop it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=200_000)
    parser.add_argument("--cases", type=int, default=50_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = start_embedded(Path(folder) / "postgresql")
        owner_url = server.ensure("dashboards")
        migrate(owner_url)
        found = measure(server.application_url("dashboards"), owner_url, Path(folder), asked.candidates, asked.cases)
        server.drop("dashboards")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
