"""What a candidate may tell for statistics alone, and take back."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.words import N_
from talent.profiles import statistics
from talent.profiles.consent import CURRENT, ConsentText
from talent.profiles.models import ConsentPurpose
from talent.profiles.statistics import PROVINCE_NAMES, SEX_NAMES, Province, Sex, Telling
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep, blank
from web.parts import Choice
from web.policy import holds

router = APIRouter(prefix="/my-data/statistics", dependencies=[holds(Permission.PROFILE_KEEP)])
NOT_SAID = Choice("", N_("I do not want to say"))


@dataclass(frozen=True)
class StatisticsView:
    """What is asked, and the words of the yes."""

    words: ConsentText
    sexes: Sequence[Choice]
    provinces: Sequence[Choice]


def view() -> StatisticsView:
    """The form's choices, each of which may be left."""
    sexes = [*(Choice(sex.value, SEX_NAMES[sex]) for sex in Sex), NOT_SAID]
    provinces = [NOT_SAID, *(Choice(province.value, PROVINCE_NAMES[province]) for province in Province)]
    return StatisticsView(CURRENT[ConsentPurpose.STATISTICS], sexes, provinces)


@router.get("")
def asked(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The two questions, with what was told before."""
    told = statistics.own_answer(session, actor)
    form = blank(sex=told.sex, province=told.province) if told else blank()
    return page.show("my_data/statistics.html", view(), form=form)


@router.post("")
def tell(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep the answers with a yes, or take everything back."""
    form.once(session, actor, then="/my-data")
    answer = form.read(Telling)
    if answer.value is None:
        return page.again("my_data/statistics.html", view(), answer)
    statistics.tell(session, actor, answer.value)
    return form.done(session, "/my-data/consents")
