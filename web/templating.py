"""The template environments: one per language, compiled at start, reloaded never."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, Undefined, UndefinedError
from jinja2.utils import missing

from web.assets import Assets
from web.filters import filters, functions
from web.i18n import LANGUAGES, Language, Words

FOLDER = Path(__file__).parent / "templates"


class TypedUndefined(Undefined):
    """A missing key of a component's parameters is empty; a missing attribute of a view is a bug and says so."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[UndefinedError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        if is_dataclass(obj):
            raise UndefinedError(f"{type(obj).__name__} has no attribute {name!r}")


def make_environment(language: Language, assets: Assets) -> Environment:
    """The environment of one language, with its words, filters and the GOV.UK components."""
    words = Words(language)
    environment = Environment(
        loader=ChoiceLoader(
            [
                FileSystemLoader(FOLDER),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=True,
        auto_reload=False,
        cache_size=-1,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=TypedUndefined,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(words.catalogue, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    environment.filters.update(filters(words))
    environment.globals.update(functions(words), asset=assets.url)
    return environment


def make_environments(assets: Assets) -> Mapping[str, Environment]:
    """Every language's environment by its code, with every page compiled."""
    made = {code: make_environment(language, assets) for code, language in LANGUAGES.items()}
    for environment in made.values():
        for path in FOLDER.rglob("*.html"):
            environment.get_template(path.relative_to(FOLDER).as_posix())
    return made
