"""One page with every part on it, for tests that look at parts."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from talent.foundation.words import N_, Sentence
from web.forms import Answer, blank
from web.pages import page_for
from web.parts import (
    Bar,
    Choice,
    JournalLine,
    Link,
    LinkCard,
    Requirement,
    Row,
    ScorePart,
    Stat,
    Step,
    Tag,
)

TEMPLATE = Path(__file__).with_name("gallery.html")


@dataclass(frozen=True)
class Vacancy:
    title: str
    seats: int
    state: str


STRONG = Tag("Strong fit", "good")


@dataclass(frozen=True)
class Gallery:
    notice: str = "Paused: agencies do not see your profile."
    subtitle: str = "Muster Stahlbau GmbH, Leipzig"
    fit: Tag = STRONG
    total: float = 71.5
    stats: tuple[Stat, ...] = (Stat(1240, N_("Candidates")), Stat(48, N_("Vacancies"), "/"), Stat("62 %", "Published"))
    choices: tuple[Choice, ...] = (Choice("a1", "A1", "Beginner"), Choice("b1", "B1"), Choice("c1", "C1"))
    rows: tuple[Vacancy, ...] = (
        Vacancy("Welder (MAG 135)", 12, "Published"),
        Vacancy("Solar installer", 1200, "Published"),
    )
    requirements: tuple[Requirement, ...] = (
        Requirement("met", "MAG welding of steel plate", "four years MAG at a shipyard in Karachi"),
        Requirement("missing", "German B1; you recorded A2", link=Link("Courses", "/")),
        Requirement("unknown", "Welding certificate ISO 9606-1"),
    )
    parts: tuple[ScorePart, ...] = (
        ScorePart("Occupation", 28.5, 35),
        ScorePart("Skills it must have", 26.0, 40, "5 of 7"),
        ScorePart("Experience", 12.0, 15),
        ScorePart("Text", 5.0, 10),
    )
    bars: tuple[Bar, ...] = (Bar("MAG welding", 40), Bar("Reading drawings", 25), Bar("German", 3))
    steps: tuple[Step, ...] = (
        Step("Occupation", "done", "/"),
        Step("Skills", "now", "/"),
        Step("Languages", "todo"),
    )
    journal: tuple[JournalLine, ...] = (
        JournalLine(datetime(2026, 11, 22, 12, 18, tzinfo=UTC), "Agency", "Published", "All seats are open."),
        JournalLine(datetime(2026, 11, 20, 9, 0, tzinfo=UTC), "Agency", "Written"),
    )
    facts: tuple[Row, ...] = (
        Row("Occupation", "Welder", "/"),
        Row("Since", Sentence("{years} years", {"years": 4})),
    )
    cards: tuple[LinkCard, ...] = (
        LinkCard("Import", "Many vacancies from a table", "/"),
        LinkCard("Write", "One by hand", "/"),
    )


FILLED = blank(name="Ayesha Siddiqa", born=datetime(2020, 3, 27, tzinfo=UTC).date(), many=["a1", "c1"], agreed=True)
FAULTY: Answer[object] = FILLED
for wrong in ("name", "mail", "text", "level", "one", "many", "agreed", "born", "cv"):
    FAULTY = FAULTY.refuse(wrong, f"Mend {wrong}")


def gallery(request: Request) -> Response:
    """The gallery, with errors when the address says so."""
    page = page_for(request, None)
    template = page.shell.environments[page.language.code].from_string(TEMPLATE.read_text(encoding="utf-8"))
    form = FAULTY if "errors" in request.query_params else FILLED
    return Response(template.render(page=page, view=Gallery(), form=form), media_type="text/html")
