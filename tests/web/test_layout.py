"""The frame of each page, and the parts that pages are made of."""

import dataclasses
import subprocess
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from jinja2 import UndefinedError

from talent.accounts.models import Account
from talent.accounts.passwords import hash_password
from talent.accounts.permissions import Role
from talent.foundation.clock import now
from tests.web.gallery import gallery
from web.glossary import read_glossary
from web.i18n import ENGLISH, URDU
from web.navigation import MENU, ROLE_NAMES, home_of, menu_of
from web.routes import ROUTERS
from web.templating import make_environment

ROOT = Path(__file__).parent.parent.parent
PAGES = ["/", "/register", "/register/account", "/sign-in", "/language", "/about/privacy", "/about/accessibility"]
PAGES += ["/about/complain", "/about/contact", "/about/matching", "/about/glossary"]
GET_PATHS = {route.path for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)}
PEOPLE = [role for role in Role if role is not Role.SYSTEM]


@pytest.fixture
def gallery_browser(app, browser):
    if not any(getattr(route, "path", "") == "/gallery" for route in app.router.routes):
        app.add_route("/gallery", gallery)
    return browser


@pytest.fixture
def account_of(session):
    def make(role):
        account = Account(
            login=f"{role}@example.com", password_hash=hash_password("three quiet boats"), role=role, created_at=now()
        )
        session.add(account)
        session.flush()
        return account

    return make


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("path", PAGES)
def test_every_open_page_is_well_made_in_both_languages(browser, path, language):
    page = browser.get(f"{path}?lang={language}")
    assert page.tree.get("lang") == language
    assert page.headers["content-language"] == language


@pytest.mark.parametrize("path", PAGES)
def test_every_page_begins_with_a_way_past_its_frame(browser, path):
    page = browser.get(path)
    first = page.tree.find(".//body/a")
    assert first.get("href") == "#main-content"
    assert page.tree.find(".//main").get("id") == "main-content"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_to_rights_complaints_and_accessibility(browser, path):
    assert {"/about/privacy", "/about/complain", "/about/accessibility", "/about/matching"} <= set(
        browser.get(path).links()
    )


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_an_open_page_leads_somewhere(browser, path):
    inside = {link.partition("?")[0] for link in browser.get(path).links() if link.startswith("/")}
    assert inside - GET_PATHS == set()


def test_the_language_link_keeps_the_page_and_its_query(browser):
    page = browser.get("/sign-in?next=/matches")
    assert "/sign-in?next=%2Fmatches&lang=ur" in page.links()
    urdu = browser.get("/sign-in?next=%2Fmatches&lang=ur")
    assert urdu.form().fields["next"] == "/matches"


def test_the_language_link_of_a_form_sent_back_leads_to_the_page_that_held_it(browser):
    again = browser.send(browser.get("/sign-in?next=/matches"), expect=422)
    assert "/sign-in?next=%2Fmatches&lang=ur" in again.links()


def test_the_browser_remembers_the_language(browser):
    browser.get("/?lang=ur")
    assert browser.get("/about/privacy").tree.get("lang") == "ur"


@pytest.mark.parametrize("role", PEOPLE)
def test_each_role_sees_its_menu_and_can_sign_out(signed_in, account_of, role):
    page = signed_in(account_of(role)).get("/about/privacy")
    menu = [link.get("href") for link in page.tree.xpath("//nav[@aria-label='Menu']//a")]
    assert menu == [link.href for link in menu_of(role)]
    assert page.tree.xpath("//form[@action='/sign-out'][@method='post']")


@pytest.mark.parametrize("role", PEOPLE)
def test_each_menu_leads_to_pages_that_exist(role):
    assert {link.href for link in menu_of(role)} - GET_PATHS == set()
    assert home_of(role) in GET_PATHS


def test_every_role_has_a_menu_and_a_name():
    assert set(MENU) == set(ROLE_NAMES) == set(PEOPLE)


def test_a_demonstration_says_so_on_every_page(app, browser):
    shell = app.state.shell
    assert "invented" not in browser.get("/").tree.find(".//header").text_content()
    app.state.shell = dataclasses.replace(shell, settings=shell.settings.model_copy(update={"demo": True}))
    try:
        assert "invented" in browser.get("/").tree.find(".//header").text_content()
    finally:
        app.state.shell = shell


def test_complaints_go_to_the_address_that_the_installation_names(app, browser):
    shell = app.state.shell
    assert "not yet entered an address" in browser.get("/about/complain").text
    app.state.shell = dataclasses.replace(
        shell, settings=shell.settings.model_copy(update={"contact": "help@tp.example"})
    )
    try:
        assert "help@tp.example" in browser.get("/about/complain").text
    finally:
        app.state.shell = shell


@pytest.mark.parametrize("query", ["", "?errors=1", "?lang=ur", "?lang=ur&errors=1"])
def test_every_part_is_well_made(gallery_browser, query):
    gallery_browser.get(f"/gallery{query}")


def test_an_error_stands_in_the_summary_and_beside_its_field(gallery_browser):
    page = gallery_browser.get("/gallery?errors=1")
    assert page.errors["#born-day"] == "Mend born"
    for name in ("name", "mail", "text", "level", "one", "many", "agreed", "born", "cv"):
        assert f"Mend {name}" in page.tree.get_element_by_id(f"{name}-error").text_content()


def test_addresses_numbers_and_dates_stay_latin_on_an_urdu_page(gallery_browser):
    page = gallery_browser.get("/gallery?lang=ur")
    for box in ("mail", "seats", "born-day", "born-month", "born-year"):
        element = page.tree.get_element_by_id(box)
        assert (element.get("lang"), element.get("dir")) == ("en", "ltr")


def test_the_parts_of_a_score_fill_the_bar_without_gap_or_overlap(gallery_browser):
    bars = gallery_browser.get("/gallery").tree.xpath("//svg[@class='app-score__bar']/rect")
    ends = [(float(bar.get("x")), float(bar.get("x")) + float(bar.get("width"))) for bar in bars]
    assert [start for start, _ in ends] == [0.0, *(end for _, end in ends[:-1])]
    assert ends[-1][1] == 71.5


def test_a_finding_is_told_by_word_and_shape_not_by_colour_alone(gallery_browser):
    tags = gallery_browser.get("/gallery").tree.xpath("//ul[@class='app-requirements']//strong")
    assert [tag.text_content().strip() for tag in tags] == ["Met", "Missing", "Unknown"]
    shapes = [tag.find(".//path").get("d") for tag in tags]
    assert len(set(shapes)) == len(shapes)


def test_a_misspelt_attribute_of_a_view_is_a_bug_and_not_an_empty_space(app):
    environment = make_environment(ENGLISH, app.state.shell.assets)
    with pytest.raises(UndefinedError, match="Language has no attribute 'nane'"):
        environment.from_string("{{ view.nane }}").render(view=ENGLISH)


def test_what_people_write_is_never_markup(app):
    environment = make_environment(ENGLISH, app.state.shell.assets)
    template = environment.from_string('{{ view }}{{ view|bdi }}{{ view|say }}{{ _("Hello %(name)s", name=view) }}')
    said = template.render(view="<script>alert(1)</script>")
    assert "<script" not in said
    assert said.count("&lt;script&gt;") == 4


def test_the_committed_style_sheets_are_the_compiled_ones():
    if not (ROOT / "node_modules" / "sass").exists():
        pytest.skip("the style tools are not installed: npm ci --ignore-scripts")
    done = subprocess.run(
        ["node", "web/styles/build.mjs", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_glossary_shows_each_word_with_its_urdu_and_its_meaning(browser):
    page = browser.get("/about/glossary")
    assert "candidate · امیدوار A person in Pakistan who keeps a profile here" in page.text


def test_an_installation_without_papers_has_no_glossary_and_still_has_the_page(tmp_path):
    assert read_glossary(tmp_path / "glossary.md") == ()


def test_templates_are_compiled_once_and_read_at_the_next_start(app, tmp_path, monkeypatch):
    assets = app.state.shell.assets
    (tmp_path / "en-of-before").mkdir()
    make_environment(ENGLISH, assets, tmp_path).get_template("about/privacy.html")
    kept = [folder.name for folder in tmp_path.iterdir()]
    assert len(kept) == 1, "what another version compiled is gone"
    again = make_environment(ENGLISH, assets, tmp_path)
    monkeypatch.setattr(again, "compile", lambda *_given, **_named: pytest.fail("compiled again"))
    again.get_template("about/privacy.html")
    urdu = make_environment(URDU, assets, tmp_path)
    urdu.get_template("about/privacy.html")
    assert {folder.name[:2] for folder in tmp_path.iterdir()} == {"en", "ur"}


def test_where_nothing_can_be_written_templates_are_compiled_at_each_start(app, tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder")
    environment = make_environment(ENGLISH, app.state.shell.assets, in_the_way)
    assert environment.bytecode_cache is None
    assert environment.get_template("about/privacy.html")
