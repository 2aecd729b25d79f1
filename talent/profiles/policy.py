"""Who may know about a profile: its own candidate, and the service that matches it."""

from sqlalchemy import Select, false, select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.profiles.models import Profile


def visible_profiles(actor: Actor) -> Select[Profile]:
    """Profiles this actor may know about: a candidate's own, and every profile for the service itself.

    An agency never reads a profile: it reads a blind card, and the identity only after the candidate's yes to it.
    """
    profiles = select(Profile)
    if actor.has(Permission.MATCH_COMPUTE):
        return profiles
    if actor.has(Permission.PROFILE_KEEP):
        return profiles.where(Profile.account_id == actor.id)
    return profiles.where(false())
