"""The floor: the least that such a service does for an ask, in the place of the three steps."""

from sqlalchemy import Column, MetaData, String, Table, bindparam, insert, text

from agent.graph import Through
from agent.instruments import Instruments
from agent.state import Walk
from domain.decision import Decision, Explanation
from records.connection import Connection
from records.statement import prepare

rows = Table("bench_floor", MetaData(), Column("id", String, primary_key=True), Column("body", String))
CREATE = prepare(text("CREATE TABLE IF NOT EXISTS bench_floor (id TEXT PRIMARY KEY, body TEXT)"))
ADD = prepare(insert(rows).values(id=bindparam("id"), body=bindparam("body")))


def through_floor(instruments: Instruments) -> Through:
    """Writes one row with the same writer and fsync and answers with the same model: no record, no rule, no words."""
    instruments.stores.write(lambda c: c.run(CREATE))

    async def through(walk: Walk) -> Walk:
        decision = Decision(
            decision_id=walk.decision_id, outcome="message", explanation=Explanation(summary="floor"), policy_version=1
        )
        body = decision.model_dump_json(by_alias=True)

        def write(c: Connection) -> None:
            c.run(ADD, id=walk.decision_id, body=body)

        await instruments.write(write)
        return walk.with_(decision=decision)

    return through
