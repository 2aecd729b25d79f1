"""Every guard of the service, and the check of the access tests that notices when one is gone.

A family of guards is tried where it stands alone: the policies of addresses by the reviewed table of verdicts, what a
service asks for by calling it, a ``visible_…`` query without row-level security, row-level security without queries.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial

from sqlalchemy import text

from benchmarks import mutants as made
from benchmarks.mutants import Mutant, Place, noting, put, with_policy_turned, with_value, without_policies
from benchmarks.standing_guards import AT_THE_DOOR, modules
from talent.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from talent.foundation.row_rules import APPLICATION_ROLE, policies
from talent.papers import stale_papers
from talent.registry import WORKFLOWS
from talent.row_security import RULES
from tests.access.acts import wrong_acts
from tests.access.asking import PRINCIPALS, Asking
from tests.access.checks import CHECKS, changed_while_suspended
from tests.access.filters import FILTERS
from tests.access.guards import not_refused, read_guards
from tests.access.rows import (
    DEEDS,
    NOTHING,
    Lines,
    Shelf,
    lines_of_database,
    lines_of_deeds,
    lines_of_filters,
    read_rows,
    shelf_in,
)
from tests.access.stage import unguarded
from tests.access.verdicts import PEOPLE, Verdict, present, read_verdicts
from tests.house.code import ROOT
from web.policy import allows, policies_of, refuse_open_routes, routes_of
from web.routes import ROUTERS

KEPT_OUT = ("anonymous", "candidate", "agency_officer")
"""Who is asked also where no policy lets them in: enough to notice a door that stands open."""
FOREIGN = ("own", "other_organisation", "no_consent", "stranger", "same_organisation")
OTHERS = (Permission.MATCH_COMPUTE, Permission.AUDIT_READ)
CONDITIONS = {"removed": None, "for every row": "true or true", "turned round": "not ({where})"}
"""What becomes of a rule, and its condition then; the first says true without being the word for no condition."""
SUSPENDS = "web.dependencies:current_actor"
ON_SHELF = {"rules", "queries"}
DEED_OF = {"update": "change", "delete": "remove", "insert": "add"}
Touched = dict[str, set[tuple[int, str]]]
"""By the function: the numbers of the addresses, and who asked there, at which it is called."""


class Guards:
    """The guards, in one scene."""

    def __init__(self, asking: Asking) -> None:
        self.asking, self.world = asking, asking.world
        self.session = asking.world.session
        self.reviewed = read_rows()
        self.rows = read_verdicts()
        self.verdicts = {(one.method, one.path): one.roles for one in self.rows}
        self.shelved = ExitStack()
        self.shelf: Shelf | None = None
        self.places: list[Place] = []
        """The functions whose mutants are noticed at the addresses at which they are called."""
        self.touched: Touched = {}

    def mutants(self) -> list[Mutant]:
        """Every mutant of every family, each time in the same order."""
        found = [*self.of_addresses(), *self.of_permissions(), *self.of_steps(), *self.of_services()]
        found += self.of_rules()
        inside = [*self.of_queries(), *self.of_uses(), *self.of_doors()]
        self.places = [place for place, _ in inside]
        return found + [mutant for _, mutant in inside]

    def kills(self, mutant: Mutant, touched: Touched) -> bool:
        """Whether a check fails while this guard is gone."""
        self.touched = touched
        check = getattr(self, f"notices_{mutant.family}")
        self.asking.answered.clear()
        if mutant.family in ON_SHELF:
            self.take_from_shelf()
        else:
            self.put_away()
        with mutant.apply():
            return bool(check(mutant))

    def take_from_shelf(self) -> Shelf:
        """The rows with their stand-ins, set up once for all mutants that are told apart by rows."""
        self.shelf = self.shelf or self.shelved.enter_context(shelf_in(self.world))
        return self.shelf

    def put_away(self) -> None:
        """The scene without stand-ins, as pages are asked about it."""
        self.shelved.close()
        self.shelf = None

    # The policies of addresses, and what roles hold.

    def of_addresses(self) -> Iterator[Mutant]:
        """Each policy of each address, removed and turned round; two of which either is enough are removed together."""
        for route in routes_of(ROUTERS):
            held = policies_of(route)
            for number, policy in enumerate(held):
                others = [one for one in held if one is not policy]
                anybody = (None, *(Role(name) for name in PEOPLE))
                is_needed = any(all(one.allows(role) for one in others) != allows(route, role) for role in anybody)
                gone = {number} if is_needed or not others else set(range(len(held)))
                place = f"{min(route.methods)} {route.path}"
                yield Mutant("addresses", place, f"removed {policy}", partial(without_policies, route, gone))
                yield Mutant("addresses", place, f"turned round {policy}", partial(with_policy_turned, route, number))

    def notices_addresses(self, _mutant: Mutant) -> bool:
        """The table of verdicts, or the refusal to start, tells."""
        try:
            refuse_open_routes(routes_of(ROUTERS))
        except RuntimeError:
            return True
        return present() != self.verdicts

    def of_permissions(self) -> Iterator[Mutant]:
        """Each permission taken from each role that holds it, and given to each that does not."""
        for role, held in ROLE_PERMISSIONS.items():
            for permission in Permission:
                how = "taken from" if permission in held else "given to"
                changed = partial(put, ROLE_PERMISSIONS, role, held ^ {permission})
                yield Mutant("permissions", str(permission), f"{how} {role}", changed)

    def notices_permissions(self, _mutant: Mutant) -> bool:
        """The table of verdicts tells, or the reviewed paper."""
        return present() != self.verdicts or bool(stale_papers())

    def of_steps(self) -> Iterator[Mutant]:
        """Each step of each workflow, as if it took another permission."""
        for workflow in WORKFLOWS:
            for step in workflow.steps:
                other = next(one for one in OTHERS if one is not step.permission)
                what = f"{step.source} {step.action} for {other}"
                yield Mutant("steps", workflow.name, what, partial(with_value, step, "permission", other))

    def notices_steps(self, _mutant: Mutant) -> bool:
        """The reviewed paper tells."""
        return bool(stale_papers())

    # What a service asks for.

    def of_services(self) -> Iterator[Mutant]:
        """Each demand of a permission inside a service, removed."""
        for module in modules("talent", "web"):
            for _, mutant in made.mutants_of("services", module, made.is_require, {"removed": made.nothing}):
                yield mutant

    def notices_services(self, mutant: Mutant) -> bool:
        """A role that holds none of them is not refused; or the reviewed table names a demand that is gone."""
        asked = [line for line in read_guards() if line[0] == mutant.place]
        return any(not_refused(*line) for line in asked) or bool(asked)

    # What a query hides, and what the database does.

    def of_queries(self) -> Iterator[tuple[Place, Mutant]]:
        """Each condition of each ``visible_…`` query."""
        ways = {"removed": made.without_where, "turned round": made.where_not}
        for path in sorted((ROOT / "talent").glob("*/policy.py")):
            module = f"talent.{path.parent.name}.policy"
            for picks, how in ((made.is_where, ways), (made.is_condition, {"turned round": made.turned_round})):
                for place, mutant in made.mutants_of("queries", module, picks, how):
                    if place.name in FILTERS or place.name.startswith("_"):
                        yield place, mutant

    def notices_queries(self, mutant: Mutant) -> bool:
        """Somebody is let through to more, or less, than was reviewed, or an address tells."""
        if wrong_acts(self.world, mutant.place):
            return True
        name = mutant.place.partition(":")[2]
        shelf = self.take_from_shelf()
        for names in ((name,) if name in FILTERS else (), tuple(FILTERS)):
            if self.differs(lines_of_filters(shelf, self.world, names)):
                return True
        self.put_away()
        return self.notices_uses(mutant)

    def of_rules(self) -> Iterator[Mutant]:
        """Each rule of row-level security: gone, for every row, for the other rows."""
        for table, rules in RULES.items():
            for rule in rules:
                for name in policies(table, (rule,)):
                    for how, where in CONDITIONS.items():
                        if where is None or rule.where != "true":
                            sql = [f"drop policy {name} on {table}"]
                            changed = where and replace(rule, where=where.format(where=rule.where))
                            sql += [policies(table, (changed,))[name]] if changed else []
                            yield Mutant("rules", table, f"{name} {how}", partial(self.as_owner, sql))

    @contextmanager
    def as_owner(self, statements: list[str]) -> Iterator[None]:
        """While this lasts, the database has these statements behind it."""
        with self.session.begin_nested() as undone:
            self.session.execute(text("reset role"))
            for statement in statements:
                self.session.execute(text(statement.replace(":", "\\:")))
            self.session.execute(text(f"set role {APPLICATION_ROLE}"))
            yield
            undone.rollback()

    def notices_rules(self, mutant: Mutant) -> bool:
        """Some context sees, changes, removes or adds more, or less, than was reviewed."""
        deeds = {DEED_OF.get(mutant.what.split(" ")[0].rpartition("_")[2])} - {None} or set(DEEDS)
        shelf = self.take_from_shelf()
        ways = (
            lambda: lines_of_database(shelf, self.world, (mutant.place,)),
            lambda: lines_of_deeds(shelf, self.world, (mutant.place,), deeds=deeds),
            lambda: lines_of_database(shelf, self.world),
        )
        return any(self.differs(way()) for way in ways)

    def differs(self, lines: Lines) -> bool:
        """Whether these lines are others than those that were reviewed."""
        return any(self.reviewed.get(key, NOTHING) != line for key, line in lines.items())

    # Where a query is used, and the door itself.

    def of_uses(self) -> Iterator[tuple[Place, Mutant]]:
        """Each use of a ``visible_…`` query, and each condition that a row is the actor's own."""
        for module in modules("talent", "web"):
            if module.endswith(".policy") or ".demo" in module:
                continue
            yield from made.mutants_of("uses", module, made.is_filter, {"unfiltered": made.unfiltered})
            ways = {"anybody's": made.anybodys, "turned round": made.somebody_elses}
            yield from made.mutants_of("uses", module, made.is_own, ways)

    def notices_uses(self, mutant: Mutant) -> bool:
        """Without row-level security an act ends otherwise, or a page shows a foreign mark, or that a thing exists."""
        if wrong_acts(self.world, mutant.place):
            return True
        with unguarded(self.asking):
            return self.notices_at(mutant.place)

    def of_doors(self) -> Iterator[tuple[Place, Mutant]]:
        """Each decision at the door, turned round; each refusal there, removed."""
        for module, names in AT_THE_DOOR.items():
            for picks, ways in (
                (made.is_condition, {"turned round": made.turned_round}),
                (made.is_refusal, {"removed": made.nothing}),
                (made.is_own, {"anybody's": made.anybodys}),
            ):
                for place, mutant in made.mutants_of("doors", module, picks, ways):
                    if place.name in names:
                        yield place, mutant

    def notices_doors(self, mutant: Mutant) -> bool:
        """Somebody is let in who may not be, or kept out who may, or changes something while suspended."""
        if wrong_acts(self.world, mutant.place):
            return True
        if mutant.place == SUSPENDS and changed_while_suspended(self.asking, self.rows):
            return True
        return self.notices_at(mutant.place)

    def notices_at(self, place: str) -> bool:
        """Whether a check fails at an address at which this function is called; who may go there is asked first."""
        pairs = [(self.rows[number], principal) for number, principal in self.touched.get(place, ())]
        pairs.sort(key=lambda pair: (pair[0].path.count("_id") == 0, str(pair)))
        return any(self.fails(one, principal) for one, principal in pairs)

    def fails(self, one: Verdict, principal: str) -> bool:
        """Whether anything is wrong here, an answer that is a bug included."""
        try:
            if any(check(self.asking, one, principal) for check in CHECKS):
                return True
            asked = [relation for relation in FOREIGN if self.asking.has(one.path, principal, relation)]
            return any(self.asking.ask(one.method, one.path, principal, what).status >= 500 for what in asked)
        except Exception:  # a mark that was shown, or code that breaks without its guard
            self.session.expire_all()
            return True

    def trace(self, numbers: list[int]) -> tuple[Touched, list[str]]:
        """At which of these addresses, and for whom, each function of ``places`` is called, without row-level security.

        Where anything is wrong although no guard is gone, nothing could be noticed: such pairs are named, and left out.
        """
        called: set[str] = set()
        touched: Touched = {}
        spoiled = []
        with unguarded(self.asking), noting(self.places, called):
            for number in numbers:
                one = self.rows[number]
                for principal in (known for known in PRINCIPALS if one.lets_in(known) or known in KEPT_OUT):
                    called.clear()
                    if self.fails(one, principal):
                        spoiled.append(f"{one.method} {one.path} as {principal} without row-level security")
                        continue
                    for place in called:
                        touched.setdefault(place, set()).add((number, principal))
                self.asking.answered.clear()
        return touched, spoiled
