"""The floor: the least that any such service does, on the same server, writer and disk."""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import uvicorn
from fastapi import Body, FastAPI
from fastapi.responses import Response
from sqlalchemy import Column, MetaData, String, Table, bindparam, insert, text

from agent.settings import Settings
from agent.stores import Stores, open_stores
from domain.decision import Ask, Decision, Explanation
from records.connection import Connection
from records.statement import prepare

rows = Table("bench_floor", MetaData(), Column("id", String, primary_key=True), Column("body", String))
CREATE = prepare(text("CREATE TABLE IF NOT EXISTS bench_floor (id TEXT PRIMARY KEY, body TEXT)"))
ADD = prepare(insert(rows).values(id=bindparam("id"), body=bindparam("body")))


def floor_app(stores: Stores) -> FastAPI:
    """One route: reads the same ask, writes one row with the same writer and fsync, answers a model."""
    app, count = FastAPI(), iter(range(sys.maxsize))

    @app.post("/v1/next-message")
    async def answer(ask: Annotated[Ask, Body()]) -> Response:
        decision = Decision(
            decision_id=f"floor-{next(count)}",
            outcome="message",
            explanation=Explanation(summary=ask.customer.key()[1]),
            policy_version=1,
        )
        body = decision.model_dump_json(by_alias=True)

        def write(c: Connection) -> None:
            c.run(ADD, id=decision.decision_id, body=body)

        await asyncio.wrap_future(stores.database.submit(write))
        return Response(body, media_type="application/json")

    return app


def main() -> None:
    """Serves the floor on the port given, from an empty database."""
    with tempfile.TemporaryDirectory(prefix="tact-floor-", dir=sys.argv[2]) as home:
        stores = open_stores(Settings(home=Path(home)))
        stores.write(lambda c: c.run(CREATE))
        config = uvicorn.Config(
            floor_app(stores), port=int(sys.argv[1]), http="httptools", ws="none", access_log=False, log_level="warning"
        )
        uvicorn.Server(config).run()
        stores.close()


if __name__ == "__main__":
    main()
