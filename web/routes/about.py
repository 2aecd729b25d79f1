"""What everybody may read: rights, accessibility, complaints, how matching works, and the words we use."""

from fastapi import APIRouter
from starlette.responses import Response

from web.dependencies import PageDep
from web.glossary import read_glossary
from web.policy import PUBLIC

router = APIRouter(dependencies=[PUBLIC])


@router.get("/about/privacy")
def privacy(page: PageDep) -> Response:
    """What is kept about people, who sees it, and their rights."""
    return page.show("about/privacy.html")


@router.get("/about/accessibility")
def accessibility(page: PageDep) -> Response:
    """The accessibility statement."""
    return page.show("about/accessibility.html")


@router.get("/about/complain")
def complain(page: PageDep) -> Response:
    """How to complain, and how to ask a person to look again."""
    return page.show("about/complain.html")


@router.get("/about/contact")
def contact(page: PageDep) -> Response:
    """Whom to ask."""
    return page.show("about/contact.html")


@router.get("/about/matching")
def how_matching_works(page: PageDep) -> Response:
    """What the software compares, what it never sees, and who decides."""
    return page.show("about/matching.html")


@router.get("/about/glossary")
def glossary(page: PageDep) -> Response:
    """The words of the field, from the project's own glossary."""
    return page.show("about/glossary.html", read_glossary())
