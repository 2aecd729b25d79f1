"""One request as one kind of principal about one kind of thing, and what came of it."""

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import text

from talent.accounts.permissions import Role
from talent.foundation.clock import today
from talent.monitoring.indicators import indicators
from talent.monitoring.programmes import programmes
from talent.pathways.catalogue import catalogue
from tests.access.deeds import WAY
from tests.access.headers import wrong_headers
from tests.access.marks import foreign
from tests.access.scenes import OCCUPATION, PROCEDURE, TAUGHT_ON
from tests.access.unpacked import words_in
from tests.access.wire import Wire
from tests.proving import WHOLE
from web.security import SAFE_METHODS

OWN = "http://127.0.0.1:8000"
NOBODYS_OWN = {"standard_id", "report_id"}
"""Things that are open to all: nobody's in particular, so nobody is a stranger to them."""
NOBODYS = uuid4()
"""An id that nothing has."""
NOT_IN = ("anonymous", "erased", "disabled", "halfway")
"""Who is not signed in: somebody without a session, erased, suspended, and staff whose second step is to come."""
PRINCIPALS = (*NOT_IN, *(role.value for role in Role if role is not Role.SYSTEM))
ASKED = PRINCIPALS if WHOLE else ("anonymous", "candidate", "agency_officer", "project_staff")
RELATIONS = ("own", "same_organisation", "other_organisation", "no_consent", "erased", "not_existing")
GAP = re.compile(r"\{(\w+)(?::\w+)?\}")
THINGS_AT: dict[str, dict[str, str]] = {
    "/profile/experience/": {"entry_id": "experience"},
    "/profile/qualifications/": {"entry_id": "qualifications"},
    "/profile/languages/": {"entry_id": "languages"},
    "/requests/": {"request_id": "demand_id"},
    "/staff/reviews/": {"request_id": "review_id"},
    "/staff/sign-in-help/": {"request_id": "help_id"},
    "/training/requests/": {"request_id": "training_request_id"},
    "/vacancies/{vacancy_id}/training/": {"request_id": "training_request_id"},
}
"""What fills a gap at these addresses, where its name alone does not say so."""
WORDS = {"part": "job", "answer": "no", "kind": "csv", "sector": "other", "file_kind": "csv"}
WORDS["name"] = next(row.id for row in catalogue().pathways if catalogue().pathway(row.id, on=today()))
WORDS |= {"number": "1", "day": TAUGHT_ON.isoformat(), "action": "confirm_complete"}
WORDS |= {"what": "agreement", "step": "send", "month": "3"}
WORDS |= {"programme": programmes()[0].key, "indicator": indicators()[0].key}
WORDS_AT: dict[str, dict[str, str]] = {
    "/crosswalk/{standard_id}/links/": {"answer": "confirm"},
    "/training/cohorts/{cohort_id}/step/": {"action": "assess"},
    "/training/cohorts/{cohort_id}/reports/": {"kind": "trainees", "file_kind": "xlsx"},
    "/training/enrolments/": {"action": "drop_out"},
    "/training/files/template/": {"kind": "people"},
    "/training/report-days/": {"kind": "inception"},
    "/training/noticed/": {"action": "explain"},
    "/lists/": {"key": "placements"},
    "/programme/report/": {"kind": "pdf"},
    "/placements/{placement_id}/step/": {"action": "end"},
}
"""The words that fill gaps, and those that differ at an address."""
STEPS_OF = {
    "candidate": {"action": "withdraw", "step": "object"},
    "protectorate_officer": {"action": "clear", "step": "attest"},
}
STEPS_AT = ("/recognition/", "/placements/")
CASE = {"procedure": PROCEDURE, "award": "dae", "occupation": OCCUPATION}
CLOCK = {"way": WAY, "step": "recognition"}
CLOCKS = (("GET", ""), ("POST", "/stop"), ("POST", "/resume"))
STEP = {"way": WAY, "step": "power_of_attorney"}
TOLD = {("GET", "/recognition/new"): CASE, ("POST", "/recognition/new"): CASE}
TOLD |= {(method, "/placements/{placement_id}/proofs"): STEP for method in ("GET", "POST")}
TOLD |= {(method, f"/placements/{{placement_id}}/clock{deed}"): CLOCK for method, deed in CLOCKS}
TOLD |= {(method, "/placements/{placement_id}/done"): STEP for method in ("GET", "POST")}
"""What leads to a page that does not stand by itself."""
CHANGING = [
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "ID"),
    (re.compile(r"[A-Za-z0-9_=-]{22,}"), "TOKEN"),
]
WRITTEN = text(
    "select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_xact_user_tables"
    " where relname not in ('audit_entry', 'audit_head')"
)
"""Rows written so far in this transaction, undone ones too; the record of who looked at whom is not counted."""


@dataclass(frozen=True)
class Cell:
    """What one request was answered."""

    status: int
    headers: str
    written: int
    same: str
    """The print of the whole answer without what differs in every answer."""
    refused: int = 0
    """How many refusals were written down for it."""
    body: str = ""
    """Empty in an answer that is only remembered."""


def without_chance(words):
    """These words without what differs in every answer."""
    for pattern, word in CHANGING:
        words = pattern.sub(word, words)
    return words


class Asking:
    """Asks the application."""

    def __init__(self, app, world):
        self.app, self.world = app, world
        self.wire = Wire(app, OWN)
        self.refusals = []
        """What the last request would have added to the journal as refusals."""
        self.answered = {}
        """What was answered before to the same request: the scene stands still, so it would be answered again."""

    def browser(self, principal):
        """What this principal's browser says of itself; nothing about compression, which would hide the page."""
        token = self.world.tokens.get(principal)
        cookies = f"device={'d' * 43}" + (f"; session={token}" if token else "")
        return {"Accept": "text/html", "Cookie": cookies}

    def form_token(self, principal, bound=None):
        return self.app.state.shell.tokens.make(bound or self.world.tokens.get(principal) or "d" * 43)

    def things(self, path):
        """Which thing fills each gap of this address that an id fills."""
        named = next((names for prefix, names in THINGS_AT.items() if path.startswith(prefix)), {})
        return {gap: named.get(gap, gap) for gap in GAP.findall(path) if gap.endswith("_id")}

    def ids(self, relation, path, principal):
        """What stands in the gaps of this address for this relation; nothing, where the scene cannot have it.

        ``stranger``, ``nobody`` and ``erased_there``: of several gaps the last one alone is not one's own.
        """
        a, b = self.world.sides["A"], self.world.sides["B"]
        own = a.ids | self.world.personal.get(principal, self.world.personal["candidate"])
        things = self.things(path)
        missing = dict.fromkeys({*own, *things.values()}, NOBODYS)
        last = list(things.values())[-1:]
        hollow = dict.fromkeys(last, NOBODYS)
        gone = self.world.gone
        found = {
            "own": own,
            "same_organisation": own | a.colleagues,
            "other_organisation": missing | b.ids,
            "no_consent": own | a.unshared.get(principal, {}),
            "erased": missing | gone if gone.keys() & things.values() else own,
            "erased_there": own | {name: gone[name] for name in last if name in gone},
            "not_existing": missing,
            "stranger": own | {name: b.ids[name] for name in last if name in b.ids and name not in NOBODYS_OWN},
            "nobody": own | hollow,
        }[relation]
        chosen = {gap: found[thing] for gap, thing in things.items()}
        same = relation != "own" and chosen == {gap: own[thing] for gap, thing in things.items()}
        return None if same else chosen

    def words(self, path, principal):
        """The words that fill the other gaps of this address."""
        at = next((words for prefix, words in WORDS_AT.items() if path.startswith(prefix)), {})
        return WORDS | self.world.words | at | (STEPS_OF.get(principal, {}) if path.startswith(STEPS_AT) else {})

    def has(self, path, principal, relation):
        """Whether the scene has something for this relation at this address."""
        return self.ids(relation, path, principal) is not None

    def ask(self, method, path, principal, relation="own", *, token=None, **sent):
        """One request, undone afterwards; nothing that belongs to somebody else is shown, and its headers are exact."""
        asked = (method, self.address(path, principal, relation), principal)
        if token is not None or sent:
            return self.asked_anew(method, path, principal, relation, token, sent)
        if asked not in self.answered:
            self.answered[asked] = replace(self.asked_anew(method, path, principal, relation), body="")
        return self.answered[asked]

    def address(self, path, principal, relation):
        """The address with its gaps filled; what the scene lacks for this relation is one's own."""
        filled = self.words(path, principal) | (self.ids(relation, path, principal) or self.ids("own", path, principal))
        return GAP.sub(lambda gap: str(filled[gap.group(1)]), path)

    def asked_anew(self, method, path, principal, relation="own", token=None, sent=MappingProxyType({})):
        """The answer to a request that was not asked before."""
        address = self.address(path, principal, relation)
        told = TOLD.get(("GET" if method in SAFE_METHODS else method, path), {})
        session = self.world.session
        browser = self.browser(principal)
        with session.begin_nested() as undone:
            before = session.scalar(WRITTEN)
            self.refusals.clear()
            if method in SAFE_METHODS:
                answer = self.wire.ask(method, f"{address}?{urlencode(told)}" if told else address, browser)
            else:
                token = self.form_token(principal) if token is None else token
                answer = self.wire.ask(method, address, {"Origin": OWN, **browser}, {"_token": token, **told, **sent})
            written = session.scalar(WRITTEN) - before
            undone.rollback()
        headers = "\n".join(f"{name}: {value}" for name, value in sorted(answer.headers))
        leaked = foreign(principal, f"{headers}\n{words_in(answer.content)}")
        assert not leaked, f"{method} {path} as {principal} about {relation} shows {sorted(leaked)}"
        carries = wrong_headers(answer.headers)
        assert not carries, f"{method} {path} as {principal} about {relation} carries {sorted(carries)}"
        body = answer.content.decode("utf-8", "replace")
        same = sha256(without_chance(f"{answer.status}\n{headers}\n{body}").encode()).hexdigest()
        return Cell(answer.status, headers, written, same, len(self.refusals), body)
