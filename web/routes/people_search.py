"""For project staff: looking for people by words, by facts, and by likeness to one of them; nothing is scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.words import N_, Sentence
from talent.matching import people
from talent.matching.people import Found, FoundPerson
from talent.matching.schemas import PeopleQuestion
from talent.taxonomy.levels import CEFR
from talent.taxonomy.licences import LICENCE_NAMES, LICENCES
from talent.taxonomy.service import find_skills, labels
from web.dependencies import ActorDep, PageDep, SessionDep
from web.form_values import keys_among
from web.forms import Answer, Form
from web.occupations import occupation_groups
from web.parts import Choice, Text
from web.policy import holds
from web.routes.vacancy_parts import by_label, country_choices, requirement_choices

router = APIRouter(prefix="/staff", dependencies=[holds(Permission.PEOPLE_SEARCH)])
MOST_SKILLS_FOUND: Final = 8
LONGEST_LOOK: Final = 100  # characters
SKILLS_SHOWN: Final = 5
ANY: Final = Choice("", N_("Any"))
LICENCE_CHOICES: Final = [ANY, *(Choice(one.code, one.name) for one in LICENCES)]
LEVELS: Final = [ANY, *(Choice(level.value, level.value) for level in CEFR)]
ORDERS: Final[Mapping[str, str]] = {
    "newest": N_("The profiles published last stand first."),
    "words": N_(
        "Profiles that hold more of your words, and rarer ones, stand first. Then come those that are nearest in"
        " meaning to the occupations and skills that your words name."
    ),
    "like": N_("Profiles nearest in meaning to this one stand first; everybody who passes the filters is compared."),
}


@dataclass(frozen=True)
class SearchView:
    """What can be asked, and who was found; nobody while the question cannot be read."""

    occupations: Sequence[Choice]
    languages: Sequence[Choice]
    countries: Sequence[Choice]
    skills: Sequence[Choice]
    looked_for: str
    found: Found | None
    order: Text
    like: str

    @property
    def levels(self) -> Sequence[Choice]:
        """Levels of a language."""
        return LEVELS

    @property
    def licences(self) -> Sequence[Choice]:
        """Licences and certificates."""
        return LICENCE_CHOICES

    def licence(self, code: str) -> Text:
        """What a licence is called."""
        return LICENCE_NAMES.get(code, code)

    def skills_of(self, person: FoundPerson) -> Sequence[str]:
        """The skills that a line shows."""
        return person.skills[:SKILLS_SHOWN]

    def further(self, person: FoundPerson) -> int:
        """How many skills a line leaves out."""
        return max(0, len(person.skills) - SKILLS_SHOWN)


@router.get("/search")
def search(session: SessionDep, actor: ActorDep, page: PageDep, look: str = "") -> Response:
    """The question as a form that only reads, so that its address can be kept, and one page of those found."""
    language = page.language.code
    answer = Form(FormData(list(page.request.query_params.multi_items()))).read(PeopleQuestion)
    asked = answer.value
    found = people.find(session, actor, asked, language=language, number=page.number) if asked else None
    view = SearchView(
        occupations=[ANY, *occupations(session, answer, language)],
        languages=[ANY, *requirement_choices(language)["language"]],
        countries=[ANY, *country_choices(language)],
        skills=skill_choices(session, answer, look[:LONGEST_LOOK], language),
        looked_for=look[:LONGEST_LOOK].strip(),
        found=found,
        order=ORDERS[order_of(asked)] if asked else "",
        like=asked.like if asked else "",
    )
    return page.show("staff/search.html", view, form=answer, status=200 if asked else 422)


def order_of(asked: PeopleQuestion) -> str:
    """What puts those found in order; words come before likeness."""
    return "words" if asked.words else "like" if asked.like else "newest"


def occupations(session: Session, answer: Answer[Any], language: str) -> list[Choice]:
    """One for each group of ISCO-08, and the single occupation that a link asked for."""
    known = keys_among(answer.all("occupation"))
    named = labels(session, known, language)
    return [*(Choice(str(key), Sentence("{name}", {"name": name})) for key, name in named.items()),
            *occupation_groups(session, language)]  # fmt: skip


def skill_choices(session: Session, answer: Answer[Any], look: str, language: str) -> list[Choice]:
    """The skills that are ticked, then those that the words looked for may mean."""
    ticked = keys_among(answer.all("skill"))
    named = labels(session, ticked, language)
    hits = find_skills(session, look, language=language, limit=MOST_SKILLS_FOUND) if look.strip() else []
    found = {hit.id: hit.label for hit in hits if hit.id not in named}
    return [*by_label(Choice(str(key), name) for key, name in named.items()),
            *(Choice(str(key), name) for key, name in found.items())]  # fmt: skip
