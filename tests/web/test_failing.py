"""What fails in the middle is seen when it leaves something behind, and only then."""

from sqlalchemy import func, insert, select, text, update

from talent.accounts.models import Account, UsedFormKey
from talent.accounts.permissions import Role
from talent.foundation.clock import now
from tests.factories.corridor import make_account
from tests.web.failing import OF_EQUAL_ONES, EachStatement

LANTERNS = "a harbour of nineteen lanterns"


def writes(session, account_id, key):
    session.execute(insert(UsedFormKey).values(key=key, sent_by=account_id, at=now()))
    session.execute(text("select 1"))
    session.execute(update(Account).where(Account.id == account_id).values(name=key))
    return key


def test_a_form_whose_transaction_is_taken_back_leaves_nothing_behind(engine, session):
    account = make_account(session, Role.CANDIDATE)
    account_id = account.id

    def post(address):
        with session.begin_nested():
            return writes(session, account_id, address)

    each = EachStatement(engine, session)
    assert each.send(post, "/whole") == "/whole"
    assert each.half_done == []
    assert each.failures >= 3, "the key, the question and the name"
    assert session.scalar(select(UsedFormKey.key)) == "/whole", "it ran through in the end"


def test_a_form_that_keeps_what_it_wrote_before_it_failed_is_told_with_its_tables(engine, session):
    account_id = make_account(session, Role.CANDIDATE).id
    keys = iter(f"/half/{number}" for number in range(100))

    def post(_address):
        session.execute(insert(UsedFormKey).values(key=next(keys), sent_by=account_id, at=now()))
        session.execute(text("select 1"))

    each = EachStatement(engine, session)
    each.send(post, "/half")
    assert ("used_form_key", "/half") in {(table, address) for address, _, tables in each.half_done for table in tables}


def test_what_is_written_after_the_forms_own_transaction_does_not_fail(engine, session):
    account_id = make_account(session, Role.CANDIDATE).id
    each = EachStatement(engine, session)
    after = each.afterwards.of(lambda: writes(session, account_id, "/refused"))

    def post(_address):
        session.execute(text("select 1"))
        after()
        return "answered"

    assert each.send(post, "/refused") == "answered"
    assert (each.failures, each.half_done) == (1, [])
    assert session.scalar(select(UsedFormKey.key)) == "/refused"


def test_of_equal_statements_some_fail_and_what_follows_them_fails_too(engine, session):
    account_id = make_account(session, Role.CANDIDATE).id

    def post(_address):
        with session.begin_nested():
            for number in range(3 * OF_EQUAL_ONES):
                session.execute(text("select :number"), {"number": number})
            return writes(session, account_id, "/many")

    each = EachStatement(engine, session)
    assert each.send(post, "/many") == "/many"
    assert OF_EQUAL_ONES + 3 <= each.failures < 3 * OF_EQUAL_ONES, "some equal ones, the key, the question, the name"
    assert each.half_done == []


def test_registering_that_fails_anywhere_leaves_nothing_behind(session, browser, each_statement):
    """One form in every run; all of them in ``make prove``."""
    page = browser.get("/register/account")
    browser.send(page, login="ali@example.com", password=LANTERNS, again=LANTERNS)
    assert session.scalar(select(func.count()).where(Account.login == "ali@example.com")) == 1
    assert each_statement.failures >= 10
    assert each_statement.half_done == []
