"""Alterations: the book in force with some rules, packs and exceptions laid over it, to see what that would change."""

from collections.abc import Sequence

from domain.errors import Malformed
from domain.language import Language
from policies.book import Book, Playbook
from policies.document import read_pack, read_policy
from policies.pack import pack_names
from policies.rules import AnyRule
from policies.slip import Slip


def altered(book: Book, policy: str | None, packs: Sequence[str], language: Language) -> Book:
    """The book with what the YAML says and these packs; a rule of a known id takes the place of that rule.

    Raises Unreadable with every mistake, or Malformed where the two do not go together.
    """
    read = read_policy(policy, "policy.yaml", language, "policy") if policy is not None else None
    before = book.playbook
    wanted = tuple(name for name in dict.fromkeys((*packs, *(read.packs if read else ()))) if name not in before.packs)
    laws = tuple(rule for name in wanted for rule in _pack(name))
    written = read.rules if read else ()
    after = before.model_copy(
        update={
            "rules": (*_laid_over(before, written), *laws),
            "packs": (*before.packs, *wanted),
            "exceptions": (*before.exceptions, *(read.exceptions if read else ())),
        }
    )
    try:
        return Book(book.version, after)
    except Slip as slip:
        raise Malformed("policy", policy, slip.ja if language == "ja" else slip.en) from slip


def _laid_over(before: Playbook, written: Sequence[AnyRule]) -> tuple[AnyRule, ...]:
    new = {rule.id: rule for rule in written}
    for rule in before.rules:
        if rule.layer == "law" and rule.id in new:
            why = "it is the id of a rule of law, which nothing takes the place of. Choose another id."
            raise Malformed("policy", rule.id, why)
    kept = [new.pop(rule.id, rule) for rule in before.rules]
    return (*kept, *new.values())


def _pack(name: str) -> tuple[AnyRule, ...]:
    if name not in pack_names():
        raise Malformed("packs", name, f"there is no such pack. Known are {', '.join(pack_names())}.")
    return read_pack(name).rules
