"""Where guards stand: the modules of the service, and the functions at its door."""

from tests.house.code import ROOT, python_files

AT_THE_DOOR = {
    "web.policy": ("Holds.__call__",),
    "web.dependencies": ("optional_holder", "optional_actor", "current_actor", "current_holder", "fresh_holder"),
    "web.security": ("FormTokens.is_good", "guard", "refuse_foreign"),
    "talent.accounts.actor": ("Actor.has", "Actor.require", "Actor.refuse_when_suspended"),
    "talent.accounts.sessions": ("holder_of", "actor_of", "end_session"),
}


def modules(*folders: str) -> list[str]:
    """Every module below these folders."""
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in python_files(*folders)
        if path.name != "__init__.py"
    ]
