"""One request as one kind of principal about one kind of thing, and what came of it."""

import os
import re
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import text
from starlette.testclient import TestClient

from talent.accounts.permissions import Role

OWN = "http://127.0.0.1:8000"
PRINCIPALS = ("anonymous", "erased", *(role.value for role in Role if role is not Role.SYSTEM))
WHOLE = bool(os.environ.get("TALENT_PROVE"))
"""Whether every cell is asked, as make prove does; otherwise the kinds of principal that differ most."""
ASKED = PRINCIPALS if WHOLE else ("anonymous", "candidate", "agency_officer", "project_staff")
RELATIONS = ("own", "same_organisation", "other_organisation", "no_consent", "erased", "not_existing")
FIXED = {"part": "job", "answer": "no", "kind": "csv", "sector": "other", "token": "no-such-token", "day": "2026-11-02"}
ENTRY = re.compile(r"/profile/(experience|qualifications|languages)/")
ELSEWHERE = re.compile(r"/(training|courses|requests|recognition|sign-in-help)\b")
"""Addresses about things that stand in no scene here, though a gap has the name of one that does."""
GAP = re.compile(r"\{(\w+)(?::\w+)?\}")
CHANGING = [
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "ID"),
    (re.compile(r"[A-Za-z0-9_=-]{22,}"), "TOKEN"),
]
WRITTEN = text(
    "select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_xact_user_tables"
    " where relname not in ('audit_entry', 'audit_head', 'sign_in_session', 'known_device')"
)
"""Rows written so far in this transaction, undone ones too; the record of who looked at whom and when a session
was last used is not counted."""


@dataclass(frozen=True)
class Cell:
    """What one request was answered."""

    status: int
    body: str
    headers: str
    written: int

    @property
    def same(self) -> str:
        """The answer without what differs in every answer."""
        whole = f"{self.status}\n{self.headers}\n{self.body}"
        for pattern, word in CHANGING:
            whole = pattern.sub(word, whole)
        return whole


class Asking:
    """Asks the application."""

    def __init__(self, app, world):
        self.app, self.world = app, world
        # A compressed length says nothing about the page.
        plain = {
            "Accept": "text/html",
            "Accept-Encoding": "identity",
        }
        self.client = TestClient(app, base_url=OWN, follow_redirects=False, headers=plain)

    def cookies(self, principal):
        """The header with the cookies of this principal's browser."""
        token = self.world.tokens.get(principal)
        return {"Cookie": f"device={'d' * 43}" + (f"; session={token}" if token else "")}

    def form_token(self, principal, bound=None):
        return self.app.state.shell.tokens.make(bound or self.world.tokens.get(principal) or "d" * 43)

    def ids(self, relation, path):
        """What stands in the gaps of this address for this relation."""
        a, b = self.world.sides["A"].ids, self.world.sides["B"].ids
        missing = {name: uuid4() for name in a}
        chosen = {
            "own": a,
            "same_organisation": a | {"vacancy_id": a["second_vacancy"]},
            "other_organisation": b,
            "no_consent": a | {"profile_id": a["silent_profile"]},
            "erased": a | {"profile_id": a["erased_profile_id"]} if "profile_id" in path else missing,
            "not_existing": missing,
            "stranger": a | {"profile_id": b["profile_id"]},
            "nobody": a | {"profile_id": uuid4()},
        }[relation]
        entry = ENTRY.search(path)
        unknown = {gap: uuid4() for gap in GAP.findall(path)}
        return {**unknown, **chosen, **FIXED, "entry_id": chosen[entry.group(1)] if entry else uuid4()}

    def knows(self, path):
        """Whether the scene has something for every gap of this address."""
        known = {*FIXED, *self.world.sides["A"].ids} | ({"entry_id"} if ENTRY.search(path) else set())
        return set(GAP.findall(path)) <= known and not ELSEWHERE.search(path)

    def ask(self, method, path, principal, relation="own", *, token=None, **sent):
        """One request, undone afterwards."""
        ids = self.ids(relation, path)
        address = GAP.sub(lambda gap: str(ids[gap.group(1)]), path)
        session = self.world.session
        cookies = self.cookies(principal)
        with session.begin_nested() as undone:
            before = session.scalar(WRITTEN)
            if method == "GET":
                answer = self.client.get(address, headers=cookies)
            else:
                token = self.form_token(principal) if token is None else token
                answer = self.client.post(address, data={"_token": token, **sent}, headers={"Origin": OWN, **cookies})
            written = session.scalar(WRITTEN) - before
            undone.rollback()
        self.client.cookies.clear()
        headers = "\n".join(f"{name}: {value}" for name, value in sorted(answer.headers.items()))
        return Cell(answer.status_code, answer.text, headers, written)
