"""What a candidate tells for statistics alone, with a yes of its own: nothing but counting ever reads it."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now
from talent.foundation.database import Base, Instant, state_column
from talent.foundation.words import N_
from talent.profiles import consent
from talent.profiles.models import ConsentPurpose


class Sex(StrEnum):
    """As the candidate tells it; who does not want to tell leaves it empty."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Province(StrEnum):
    """Where in Pakistan somebody lives: its provinces and territories (S-ISOPK)."""

    PUNJAB = "punjab"
    SINDH = "sindh"
    KHYBER_PAKHTUNKHWA = "khyber_pakhtunkhwa"
    BALOCHISTAN = "balochistan"
    ISLAMABAD = "islamabad"
    GILGIT_BALTISTAN = "gilgit_baltistan"
    AZAD_KASHMIR = "azad_kashmir"


SEX_NAMES: dict[Sex, str] = {Sex.FEMALE: N_("Female"), Sex.MALE: N_("Male"), Sex.OTHER: N_("Another")}
PROVINCE_NAMES: dict[Province, str] = {
    Province.PUNJAB: N_("Punjab"),
    Province.SINDH: N_("Sindh"),
    Province.KHYBER_PAKHTUNKHWA: N_("Khyber Pakhtunkhwa"),
    Province.BALOCHISTAN: N_("Balochistan"),
    Province.ISLAMABAD: N_("Islamabad Capital Territory"),
    Province.GILGIT_BALTISTAN: N_("Gilgit-Baltistan"),
    Province.AZAD_KASHMIR: N_("Azad Jammu and Kashmir"),
}


class StatisticsAnswer(Base):
    """What one candidate told for statistics; it goes with the yes that it was told under."""

    __tablename__ = "statistics_answer"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    sex: Mapped[Sex | None] = mapped_column(state_column(Sex, "sex"))
    province: Mapped[Province | None] = mapped_column(state_column(Province, "province"))
    told_at: Mapped[Instant]


def _none_if_empty(value: object) -> object:
    return value or None


class Telling(BaseModel):
    """The form; both may stay empty."""

    sex: Annotated[Sex | None, BeforeValidator(_none_if_empty)] = Field(default=None, title=N_("your sex"))
    province: Annotated[Province | None, BeforeValidator(_none_if_empty)] = Field(
        default=None, title=N_("your province")
    )


def own_answer(session: Session, actor: Actor) -> StatisticsAnswer | None:
    """What the candidate told, if anything."""
    actor.require(Permission.PROFILE_KEEP)
    return session.get(StatisticsAnswer, actor.id)


def tell(session: Session, actor: Actor, told: Telling) -> None:
    """Keep the answers with a fresh yes; two empty answers take everything back."""
    if told.sex is None and told.province is None:
        take_back(session, actor)
        return
    answer = own_answer(session, actor) or StatisticsAnswer(account_id=actor.id)
    answer.sex, answer.province, answer.told_at = told.sex, told.province, now()
    session.add(answer)
    consent.give(session, actor, ConsentPurpose.STATISTICS)


def take_back(session: Session, actor: Actor) -> None:
    """Forget the answers and take back the yes."""
    answer = own_answer(session, actor)
    if answer is not None:
        session.delete(answer)
    consent.withdraw(session, actor, ConsentPurpose.STATISTICS)
