"""The vault: one key per customer, kept wrapped; destroying it makes everything under it unreadable for ever.

Nothing is cached: a key is read with every use, so that its destruction holds in every process at once.
A ciphertext starts with the public id of its key: one under a destroyed key is told from one that was altered.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import bindparam, delete, select

from domain.errors import SecretLost, Unavailable
from records import schema
from records.connection import Connection
from records.statement import insert_new, prepare

KEY, NONCE, NAME = 32, 12, 8
"""Bytes of a key, of a nonce and of a key's public id."""

PUT = insert_new(schema.vault)
GET = prepare(select(schema.vault.c.wrapped_key).where(schema.vault.c.customer_id == bindparam("id")))
ANY = prepare(select(schema.vault.c.customer_id, schema.vault.c.wrapped_key).limit(1))
DESTROY = prepare(delete(schema.vault).where(schema.vault.c.customer_id == bindparam("key")))


class CustomerKey:
    """One customer's key, unwrapped for the length of a transaction."""

    __slots__ = ("_cipher", "name")

    def __init__(self, name: bytes, key: bytes) -> None:
        self.name = name
        self._cipher = AESGCM(key)

    def encrypt(self, plain: bytes, about: str) -> bytes:
        """Locks `plain` to this key and to the id of what it is about."""
        nonce = secrets.token_bytes(NONCE)
        return self.name + nonce + self._cipher.encrypt(nonce, plain, about.encode())

    def decrypt(self, locked: bytes, about: str) -> bytes:
        """What was locked; an altered or misplaced ciphertext raises."""
        nonce, text = locked[NAME : NAME + NONCE], locked[NAME + NONCE :]
        return self._cipher.decrypt(nonce, text, about.encode())


class Vault:
    """Keeps customers' keys under a master key."""

    def __init__(self, master: bytes) -> None:
        self._master = AESGCM(derive(master, "vault"))

    def key_for(self, c: Connection, customer_id: str) -> CustomerKey:
        """The customer's key, made on first use."""
        row = c.one(GET, id=customer_id)
        if row is None:
            c.run(PUT, customer_id=customer_id, wrapped_key=self._wrapped(customer_id))
            row = c.one(GET, id=customer_id)
        return self._unwrapped(customer_id, bytes(row[0]) if row else b"")

    def encrypt(self, c: Connection, customer_id: str, plain: bytes, about: str) -> bytes:
        """Locks `plain` under the customer's key."""
        return self.key_for(c, customer_id).encrypt(plain, about)

    def decrypt(self, c: Connection, customer_id: str, locked: bytes, about: str) -> bytes | None:
        """What was locked, None once its key is destroyed."""
        row = c.one(GET, id=customer_id)
        if row is None:
            return None
        key = self._unwrapped(customer_id, bytes(row[0]))
        if key.name != locked[:NAME]:
            return None
        try:
            return key.decrypt(locked, about)
        except InvalidTag as error:
            why = "its bytes were altered; restore a backup"
            raise Unavailable(f"The record {about!r}", why, mends_itself=False) from error

    def destroy(self, c: Connection, customer_id: str) -> bool:
        """Deletes the customer's key and says whether there was one."""
        return c.run(DESTROY, key=customer_id) > 0

    @staticmethod
    def holds_keys(c: Connection) -> bool:
        """Whether there is a key of anybody."""
        return c.one(ANY) is not None

    def fits(self, c: Connection) -> bool:
        """Whether the keys there are were wrapped under this master key."""
        row = c.one(ANY)
        try:
            return row is None or self._unwrapped(str(row[0]), bytes(row[1])) is not None
        except SecretLost:
            return False

    def _wrapped(self, customer_id: str) -> bytes:
        name, nonce, key = secrets.token_bytes(NAME), secrets.token_bytes(NONCE), secrets.token_bytes(KEY)
        return name + nonce + self._master.encrypt(nonce, key, name + customer_id.encode())

    def _unwrapped(self, customer_id: str, wrapped: bytes) -> CustomerKey:
        name, nonce, key = wrapped[:NAME], wrapped[NAME : NAME + NONCE], wrapped[NAME + NONCE :]
        try:
            return CustomerKey(name, self._master.decrypt(nonce, key, name + customer_id.encode()))
        except InvalidTag as error:
            raise SecretLost() from error


def derive(secret: bytes, purpose: str) -> bytes:
    """A key for one purpose only, made from the master secret."""
    return HKDF(SHA256(), KEY, None, f"tact/{purpose}".encode()).derive(secret)


def mark_of(secret: bytes) -> str:
    """By what a master secret is known again, which says nothing about it."""
    return derive(secret, "mark").hex()
