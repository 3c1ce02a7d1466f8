"""Traces: rows that belong to nobody in particular and name somebody nevertheless.

Dead letters, talks with the desk, accounts and idempotency keys hold what others wrote. They are searched whole, since
no index leads from a person to them; what names the person is deleted, and of an account only the entry that does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic_core import from_json, to_json
from sqlalchemy import BigInteger, Text, and_, bindparam, delete, or_, select, update

from records import schema
from records.connection import Connection, Row
from records.mentions import Mentions
from records.statement import Statement, prepare

PIECE = 2000
"""Rows read at once."""

letters, talks, accounts, answers = schema.dead_letters, schema.talks, schema.accounts, schema.idempotency
MOST, AFTER = bindparam("most", type_=BigInteger), bindparam("after", type_=Text)
BESIDE = bindparam("beside", type_=Text)

LETTERS = prepare(
    select(letters.c.seq, letters.c.document, letters.c.message_id)
    .where(letters.c.seq > bindparam("after", type_=BigInteger))
    .order_by(letters.c.seq)
    .limit(MOST)
)
TALKS = prepare(
    select(talks.c.person, talks.c.id, talks.c.document)
    .where(or_(talks.c.person > AFTER, and_(talks.c.person == AFTER, talks.c.id > BESIDE)))
    .order_by(talks.c.person, talks.c.id)
    .limit(MOST)
)
ACCOUNTS = prepare(
    select(accounts.c.id, accounts.c.document).where(accounts.c.id > AFTER).order_by(accounts.c.id).limit(MOST)
)
ANSWERS = prepare(
    select(answers.c.scope, answers.c.key)
    .where(or_(answers.c.scope > AFTER, and_(answers.c.scope == AFTER, answers.c.key > BESIDE)))
    .order_by(answers.c.scope, answers.c.key)
    .limit(MOST)
)
DROP_LETTER = prepare(delete(letters).where(letters.c.seq == bindparam("place")))
DROP_TALK = prepare(delete(talks).where(talks.c.person == bindparam("whose"), talks.c.id == bindparam("which")))
DROP_ANSWER = prepare(delete(answers).where(answers.c.scope == bindparam("whose"), answers.c.key == bindparam("which")))
PUT_ACCOUNT = prepare(update(accounts).where(accounts.c.id == bindparam("which")).values(document=bindparam("words")))


@dataclass(frozen=True, slots=True)
class Traces:
    """The rows that name somebody."""

    letters: tuple[int, ...]
    talks: tuple[tuple[str, str], ...]
    accounts: tuple[tuple[str, str], ...]
    """Id, and the document without what names them."""
    answers: tuple[tuple[str, str], ...]

    @property
    def rows(self) -> dict[str, int]:
        """How many there are in each table."""
        return {
            "dead_letters": len(self.letters),
            "talks": len(self.talks),
            "accounts": len(self.accounts),
            "idempotency": len(self.answers),
        }


def find(c: Connection, mentions: Mentions) -> Traces:
    """Every row that names them."""
    return Traces(
        tuple(
            row[0]
            for row in _pages(c, LETTERS, 0)
            if mentions.stand_in_document(row[1]) or mentions.stand_in_key(row[2] or "")
        ),
        tuple((row[0], row[1]) for row in _pages(c, TALKS, "", "") if mentions.stand_in_document(row[2])),
        tuple((row[0], cut(row[1], mentions)) for row in _pages(c, ACCOUNTS, "") if mentions.stand_in_document(row[1])),
        tuple((row[0], row[1]) for row in _pages(c, ANSWERS, "", "") if mentions.stand_in_key(row[1])),
    )


def drop(c: Connection, found: Traces) -> None:
    """Deletes what names them."""
    for place in found.letters:
        c.run(DROP_LETTER, place=place)
    for whose, which in found.talks:
        c.run(DROP_TALK, whose=whose, which=which)
    for which, words in found.accounts:
        c.run(PUT_ACCOUNT, which=which, words=words)
    for whose, which in found.answers:
        c.run(DROP_ANSWER, whose=whose, which=which)


def cut(document: str, mentions: Mentions) -> str:
    """The document without what names them."""
    return to_json(mentions.cut_out(from_json(document))).decode()


def _pages(c: Connection, statement: Statement, after: object, beside: str | None = None) -> Iterator[Row]:
    """Every row of a statement whose first column, or first two, say where the next page begins."""
    while True:
        place = {"after": after} if beside is None else {"after": after, "beside": beside}
        rows = c.all(statement, **place, most=PIECE)
        yield from rows
        if len(rows) < PIECE:
            return
        after, beside = rows[-1][0], None if beside is None else rows[-1][1]
