"""Writing a vacancy in four parts: each is saved once and whole, or given back with everything that was typed."""

from dataclasses import dataclass, replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.errors import NotFound, TalentError, Unprocessable
from talent.vacancies import service
from talent.vacancies.choosing import ChooseOccupation
from talent.vacancies.conflicts import EditedMeanwhile
from talent.vacancies.listing import own_country
from talent.vacancies.models import Vacancy
from talent.vacancies.schemas import VacancyDraft
from talent.vacancies.service import ReferenceTaken, StillWrong
from web.conflicts import BothValues, ConflictView
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import Answer, Form, FormDep, blank
from web.pages import Page
from web.policy import holds
from web.routes.vacancy_parts import ORDER, PARTS, Part, PartView, hit_choices, rows_to_tick
from web.routes.vacancy_views import lines, names_for
from web.routes.vacancy_words import FIELD_NAMES_SHOWN, PART_OF, PART_TITLES

router = APIRouter(prefix="/vacancies", dependencies=[holds(Permission.VACANCY_WRITE)])
FIRST = PARTS["job"]
SEARCH = "search"
NEXT = "next"
TO_MEND = {"occupation_id": "occupation"}
"""The name of an error, where it is not the name of the field."""


@dataclass(frozen=True)
class Desk:
    """What showing and saving a part needs at hand."""

    session: Session
    actor: Actor
    page: Page

    def view(self, part: Part, vacancy: Vacancy | None, answer: Answer[Any]) -> PartView:
        """The part as it stands with this answer in it."""
        language = self.page.language.code
        here = f"/vacancies/{vacancy.id}" if vacancy else "/vacancies"
        return PartView(
            title=PART_TITLES[part.name],
            number=ORDER.index(part.name) + 1,
            action=f"{here}/change/{part.name}" if vacancy else here,
            back=here,
            version=vacancy.version if vacancy else None,
            choices=part.choices(language),
            skills=rows_to_tick(self.session, vacancy, answer, language) if vacancy and part.name == "skills" else (),
        )

    def again(self, part: Part, vacancy: Vacancy | None, answer: Answer[Any], **changed: Any) -> Response:
        """The part once more, with what is wrong; it keeps the version that the person was reading."""
        view = replace(self.view(part, vacancy, answer), version=_number(answer.text("version")), **changed)
        return self.page.again(part.template, view, answer)

    def save(self, form: Form, part: Part, vacancy: Vacancy | None) -> Response:
        """Save this part, or say what to mend in it."""
        answer = Answer[Any](fields=form.fields)
        if answer.text("go") == SEARCH:
            view = replace(self.view(part, vacancy, answer), version=_number(answer.text("version")))
            return self.page.show(part.template, view, form=answer)
        read: Answer[Any] = form.read(part.model)
        if read.value is None:
            return self.again(part, vacancy, read)
        try:
            with self.session.begin_nested():
                form.once(self.session, self.actor, then="/vacancies")
                kept = self._keep(part, vacancy, read)
        except EditedMeanwhile as changed:
            assert vacancy is not None
            return self.page.show("vacancies/conflict.html", self._both(part, vacancy, read, changed), status=409)
        except (Unprocessable, ReferenceTaken) as refused:
            return self._refused(part, vacancy, read, refused)
        return form.done(self.session, onward(part, kept, answer.text("go")))

    def _refused(self, part: Part, vacancy: Vacancy | None, answer: Answer[Any], refused: TalentError) -> Response:
        """The part once more, with what only the service could know beside the boxes."""
        if isinstance(refused, StillWrong):
            for problem in refused.problems:
                here = PART_OF[problem.field] == part.name
                box = TO_MEND.get(problem.field, problem.field) if here else "form"
                answer = answer.refuse(box, problem.sentence)
            return self.again(part, vacancy, answer)
        box = "reference" if isinstance(refused, ReferenceTaken) else REFUSED_AT[part.name]
        hits = hit_choices(refused.hits) if isinstance(refused, ChooseOccupation) else ()
        return self.again(part, vacancy, answer.refuse(box, refused.message), hits=hits)

    def _keep(self, part: Part, vacancy: Vacancy | None, answer: Answer[Any]) -> Vacancy:
        draft: VacancyDraft = part.draft(self.session, answer.value, self.page.language.code)
        if vacancy is None:
            return service.create(self.session, self.actor, draft)
        return service.edit(self.session, self.actor, vacancy, draft, version=_number(answer.text("version")))

    def _both(self, part: Part, vacancy: Vacancy, answer: Answer[Any], changed: EditedMeanwhile) -> ConflictView:
        names = names_for(self.session, [changed.saved, changed.sent], self.page.language.code)
        sent = changed.saved.model_copy(
            update={name: getattr(changed.sent, name) for name in changed.sent.model_fields_set}
        )
        hidden = [(name, text) for name, texts in answer.fields.items() if name != "version" for text in texts]
        return ConflictView(
            rows=[
                BothValues(
                    FIELD_NAMES_SHOWN[one.field], lines(changed.saved, one.field, names), lines(sent, one.field, names)
                )
                for one in changed.differences
            ],
            action=f"/vacancies/{vacancy.id}/change/{part.name}",
            back=f"/vacancies/{vacancy.id}",
            hidden=[*hidden, ("version", str(changed.version))],
        )


REFUSED_AT = {"job": "occupation", "skills": "skills", "requirements": "languages", "conditions": "pay_from_cents"}
"""The box beside which a refusal stands that names no field of its own."""


def _number(text: str) -> int:
    """The version that the form was made from; 0, which no vacancy has, when it is not there."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def onward(part: Part, vacancy: Vacancy, go: str) -> str:
    """The next part, or the page of the vacancy."""
    following = ORDER[ORDER.index(part.name) + 1 :]
    if go == NEXT and following:
        return f"/vacancies/{vacancy.id}/change/{following[0]}"
    return f"/vacancies/{vacancy.id}?saved=yes"


async def desk(session: SessionDep, actor: ActorDep, page: PageDep) -> Desk:
    """The desk of this request."""
    return Desk(session, actor, page)


DeskDep = Annotated[Desk, Depends(desk)]


async def known_part(part: str, _actor: ActorDep) -> Part:
    """The part of this name; somebody must be signed in to be told that there is none.

    Raises:
        NotFound: there is none.
    """
    if part not in PARTS:
        raise NotFound
    return PARTS[part]


PartDep = Annotated[Part, Depends(known_part)]


@router.get("/new")
def new(desk: DeskDep) -> Response:
    """The first part of a new vacancy."""
    service.own_agency(desk.actor)
    form = blank(country=own_country(desk.session, desk.actor), seats=1)
    return desk.page.show(FIRST.template, desk.view(FIRST, None, form), form=form)


@router.post("")
def create(desk: DeskDep, form: FormDep) -> Response:
    """Write a new draft."""
    return desk.save(form, FIRST, None)


@router.get("/{vacancy_id}/change/{part}")
def change(vacancy_id: UUID, part: PartDep, desk: DeskDep) -> Response:
    """One part with what is saved in it."""
    vacancy = service.vacancy_to_change(desk.session, desk.actor, vacancy_id)
    form = blank(**part.shown(desk.session, vacancy, desk.page.language.code))
    return desk.page.show(part.template, desk.view(part, vacancy, form), form=form)


@router.post("/{vacancy_id}/change/{part}")
def save(vacancy_id: UUID, part: PartDep, desk: DeskDep, form: FormDep) -> Response:
    """Save one part."""
    return desk.save(form, part, service.vacancy_to_change(desk.session, desk.actor, vacancy_id))
