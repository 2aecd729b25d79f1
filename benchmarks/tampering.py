"""A thousand random tamperings with the journal by the database's owner: how many are found at their first position."""

import random
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from talent.foundation.audit import BEFORE_THE_FIRST, Deed, mark_of, write
from talent.foundation.audit import journal_key as true_key
from talent.foundation.audit_chain import add_checkpoint, verify
from talent.foundation.crypto import new_secret
from talent.foundation.settings import Settings

Place = tuple[int, int]
"""Chain and position."""

EDITS: Final = {
    "at": "at + interval '1 microsecond'",
    "actor_id": "gen_random_uuid()",
    "actor_role": "actor_role || '_'",
    "organisation_id": "gen_random_uuid()",
    "action": "'identity.write'",
    "thing": "thing || 's'",
    "thing_id": "thing_id || '0'",
    "subject_id": "gen_random_uuid()",
    "fields": "array['full_name']",
    "reason": "'question'",
    "mark": "reverse(mark)",
}
"""One change of each column of an entry."""


class Tamperer:
    """Whoever may do anything in the database, and holds no key."""

    def __init__(self, session: Session, settings: Settings, chance: random.Random) -> None:
        self.session = session
        self.settings = settings
        self.chance = chance

    def sql(self, statement: str, **values: Any) -> Any:
        """Run a statement as the owner."""
        return self.session.execute(text(statement), values)

    def tampers(self, kind: str) -> Place:
        """Tamper in one way; the first position that is then wrong."""
        self.sql("alter table audit_entry disable trigger all")
        return KINDS[kind](self)

    def victim(self, *, spare: int = 0) -> Place:
        """A random entry with at least so many after it in its chain."""
        rows = self.sql(
            "select e.chain, e.position from audit_entry e join audit_head h using (chain) "
            "where e.position + :spare <= h.position order by 1, 2",
            spare=spare,
        ).all()
        chain, position = self.chance.choice(rows)
        return chain, position

    def edits(self) -> Place:
        """Change one column of one entry."""
        chain, position = self.victim()
        column = self.chance.choice(sorted(EDITS))
        self.sql(
            f"update audit_entry set {column} = {EDITS[column]} where chain = :c and position = :p",
            c=chain,
            p=position,
        )
        return chain, position

    def deletes(self) -> Place:
        """Remove one entry."""
        chain, position = self.victim()
        self.sql("delete from audit_entry where chain = :c and position = :p", c=chain, p=position)
        return chain, position

    def deletes_and_closes_the_gap(self) -> Place:
        """Remove one entry and move those behind it up, with the head."""
        chain, position = self.victim(spare=1)
        self.sql("delete from audit_entry where chain = :c and position = :p", c=chain, p=position)
        for other in range(position + 1, self.end(chain) + 2):
            self.sql(
                "update audit_entry set position = position - 1 where chain = :c and position = :p", c=chain, p=other
            )
        self.sql("update audit_head set position = position - 1 where chain = :c", c=chain)
        return chain, position

    def swaps(self) -> Place:
        """Exchange two neighbours."""
        chain, position = self.victim(spare=1)
        for before, after in ((position, -1), (position + 1, position), (-1, position + 1)):
            self.sql(
                "update audit_entry set position = :a where chain = :c and position = :b",
                a=after,
                c=chain,
                b=before,
            )
        return chain, position

    def cuts(self) -> Place:
        """Cut the tail and set the head back to a mark that was once true."""
        chain, position = self.victim()
        self.sql("delete from audit_entry where chain = :c and position >= :p", c=chain, p=position)
        kept = self.sql(
            "select position, mark from audit_entry where chain = :c order by position desc limit 1", c=chain
        ).first() or (0, BEFORE_THE_FIRST)
        self.sql("update audit_head set position = :p, mark = :m where chain = :c", p=kept[0], m=kept[1], c=chain)
        return chain, position

    def empties(self) -> Place:
        """Remove everything, and set all heads back."""
        chain = self.victim()[0]
        self.sql("truncate audit_entry")
        self.sql("update audit_head set position = 0, mark = :m", m=BEFORE_THE_FIRST)
        return chain, 1

    def adds(self) -> Place:
        """Append an invented entry and move the head."""
        chain = self.victim()[0]
        end = self.end(chain)
        self.sql(
            "insert into audit_entry select chain, position + 1, now(), actor_id, actor_role, organisation_id, action, "
            "thing, thing_id, subject_id, fields, reason, md5(mark) || md5(mark) from audit_entry "
            "where chain = :c and position = :p",
            c=chain,
            p=end,
        )
        self.sql(
            "update audit_head h set position = e.position, mark = e.mark from audit_entry e "
            "where e.chain = h.chain and e.position = :p and h.chain = :c",
            c=chain,
            p=end + 1,
        )
        return chain, end + 1

    def rewrites(self) -> Place:
        """Change one entry and write the chain anew from there, with a key of one's own."""
        chain, position = self.victim()
        self.rewrite(chain, position, new_secret())
        return chain, position

    def rewrites_with_the_key(self, *, from_position: int) -> int:
        """The same by somebody who holds the ring, too; the chain."""
        self.sql("alter table audit_entry disable trigger all")
        chain = self.victim()[0]
        self.rewrite(chain, from_position, true_key())
        return chain

    def rewrite(self, chain: int, position: int, key: bytes) -> None:
        """Forge the marks from this position to the end, and the head."""
        self.sql("update audit_entry set reason = 'forged' where chain = :c and position = :p", c=chain, p=position)
        rows = self.sql("select * from audit_entry where chain = :c order by position", c=chain).mappings().all()
        mark = BEFORE_THE_FIRST
        for row in rows:
            mark = row["mark"] if row["position"] < position else mark_of(key, row, mark)
            self.sql(
                "update audit_entry set mark = :m where chain = :c and position = :p",
                m=mark,
                c=chain,
                p=row["position"],
            )
        self.sql("update audit_head set mark = :m where chain = :c", m=mark, c=chain)

    def moves_the_head(self) -> Place:
        """Set one head forward, as if entries were to come."""
        chain = self.victim()[0]
        self.sql("update audit_head set position = position + 1 where chain = :c", c=chain)
        return chain, self.end(chain) + 1

    def end(self, chain: int) -> int:
        """The last position of a chain."""
        return int(self.sql("select max(position) from audit_entry where chain = :c", c=chain).scalar_one())


KINDS: Final[dict[str, Callable[[Tamperer], Place]]] = {
    "edits": Tamperer.edits,
    "deletes": Tamperer.deletes,
    "deletes and closes the gap": Tamperer.deletes_and_closes_the_gap,
    "swaps": Tamperer.swaps,
    "cuts": Tamperer.cuts,
    "empties": Tamperer.empties,
    "adds": Tamperer.adds,
    "rewrites": Tamperer.rewrites,
    "moves the head": Tamperer.moves_the_head,
}


def tamperings(session: Session, settings: Settings, *, times: int = 1_000, entries: int = 60, seed: int = 3) -> int:
    """How many of so many random tamperings with a signed journal are found at their first bad position.

    Each is undone by its savepoint. The session must be a database owner's, and its transaction is the caller's.
    """
    chance = random.Random(seed)
    for number in range(entries):
        write(session, [Deed("identity.read", "identity", str(number), None, ("phone",), "papers")])
        if number % 20 == 0:
            add_checkpoint(session, settings)
    add_checkpoint(session, settings)
    found = 0
    kinds = sorted(KINDS)
    for number in range(times):
        with session.begin_nested() as savepoint:
            place = Tamperer(session, settings, chance).tampers(kinds[number % len(kinds)])
            broken = verify(session, settings).broken
            found += place in [(one.chain, one.position) for one in broken]
            savepoint.rollback()
    return found
