"""The rule book on its way from YAML files to the version in force."""

from datetime import datetime
from pathlib import Path

from agent.stores import Stores
from domain.errors import SecondPerson
from domain.person import same_person
from policies.book import Book
from policies.document import PLAYBOOK, read_playbook
from records import book as versions
from records.connection import Connection

SHIPPED = "shipped with Tact"


def ensure_book(stores: Stores) -> int:
    """Puts the shipped playbook in force where there is none yet; answers with the version in force."""
    latest = stores.read(versions.latest)
    if latest is not None:
        return latest.version
    document = Book(1, read_playbook(PLAYBOOK)).to_document()
    now = stores.clock.now()

    def first(c: Connection) -> int:
        already = versions.latest(c)
        return already.version if already else versions.add(c, document, SHIPPED, SHIPPED, "house defaults", now)

    return stores.write(first)


def propose(stores: Stores, folder: Path, author: str, approver: str, note: str, now: datetime) -> int:
    """Puts a playbook in force under two names; raises SecondPerson, or Unreadable with every mistake."""
    if same_person(author, approver):
        raise SecondPerson("this version of the playbook", author)
    document = Book(1, read_playbook(folder)).to_document()
    return stores.write(lambda c: versions.add(c, document, author, approver, note, now))
