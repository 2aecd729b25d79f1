"""Who may know about an organisation: project staff and auditors about every one, officers about their own."""

from sqlalchemy import Select, false, or_, select

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission


def visible_organisations(actor: Actor) -> Select[Organisation]:
    """Every organisation for whoever oversees them; one's own and, for an agency, the employers that it brought."""
    organisations = select(Organisation)
    if actor.has(Permission.ORGANISATION_READ):
        return organisations
    if not actor.has(Permission.ORGANISATION_OWN) or actor.organisation_id is None:
        return organisations.where(false())
    own = Organisation.id == actor.organisation_id
    if actor.has(Permission.ORGANISATION_SPONSOR):
        return organisations.where(or_(own, Organisation.parent_id == actor.organisation_id))
    return organisations.where(own)
