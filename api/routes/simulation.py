"""What-if: a changed set of rules over every customer, before anybody approves it."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, Field

from agent.alteration import altered
from agent.rulebook import playbook_of
from agent.simulation import Counts, Simulation, simulate
from api.door import Door, answer, book_of, language_of, parts_of, roles
from domain.channel import Channel
from domain.errors import Malformed
from domain.frozen import Frozen
from policies.book import Book
from records import proposals

router = APIRouter(route_class=Door, tags=["policies"])


ProposalId = Annotated[int, Field(ge=1, le=1 << 53)] | Annotated[str, Field(pattern="^[1-9][0-9]{0,14}$")]
"""A number, or the text that our answers name a proposal by."""


class SimulationRequest(Frozen):
    """The change: rules in YAML and packs that are laid over the book in force, or a proposal as it stands."""

    policy: str | None = Field(None, max_length=200_000)
    packs: tuple[str, ...] = Field((), max_length=20)
    proposal: ProposalId | None = None
    at: AwareDatetime | None = None
    """The instant to imagine; now where it is left out."""


class Reached(Frozen):
    """How many customers some message may reach, and how many none may."""

    reached: int
    silent: int


class Shift(Frozen):
    """Customers who may be reached before and after, and who change sides."""

    before: int
    after: int
    gained: int
    lost: int


class ExampleView(Frozen):
    """Somebody who gains or loses a message; `customer` is a pseudonym."""

    customer: str
    change: str
    scene: str
    channel: Channel
    rules: tuple[str, ...]
    says: tuple[str, ...]


class SimulationView(Frozen):
    """What the change does to the whole base."""

    at: AwareDatetime
    customers: int
    before: Reached
    after: Reached
    gained: int
    lost: int
    by_channel: Mapping[str, Shift]
    by_scene: Mapping[str, Shift]
    examples: tuple[ExampleView, ...]
    seconds: float


@router.post(
    "/v1/policies/simulate",
    response_model=SimulationView,
    summary="simulate rules",
    responses={404: {}},
    **roles("marketer"),
)
async def simulate_rules(request: Request, asked: SimulationRequest) -> Response:
    """Who gains and who loses a message by a change of the rules; nothing is stored, nothing is sent."""
    parts, book, language = parts_of(request), await book_of(request), language_of(request)
    if asked.proposal is not None and (asked.policy is not None or asked.packs):
        raise Malformed("proposal", asked.proposal, "give either a proposal, or policy and packs.")
    at = (asked.at or parts.clock.now()).astimezone(parts.clock.now().tzinfo)
    number = None if asked.proposal is None else int(asked.proposal)
    kept = await parts.read(lambda c: proposals.get(c, number)) if number is not None else None

    def run() -> Simulation:
        changed = (
            Book(book.version, playbook_of(kept.document))
            if kept is not None
            else altered(book, asked.policy, asked.packs, language)
        )
        return simulate(parts.stores, book, changed, at, language)

    return answer(view_of(await parts.instruments.pool.run(run)), request)


def view_of(found: Simulation) -> SimulationView:
    """A simulation as the contract shows it."""
    whole = found.overall
    return SimulationView(
        at=found.at,
        customers=found.customers,
        before=Reached(reached=whole.before, silent=found.customers - whole.before),
        after=Reached(reached=whole.after, silent=found.customers - whole.after),
        gained=whole.gained,
        lost=whole.lost,
        by_channel={channel: shift(counts) for channel, counts in found.by_channel.items()},
        by_scene={scene or "-": shift(counts) for scene, counts in found.by_scene.items()},
        examples=tuple(
            ExampleView(
                customer=one.customer,
                change=one.change,
                scene=one.scene or "-",
                channel=one.channel,
                rules=one.rules,
                says=one.says,
            )
            for one in found.examples
        ),
        seconds=round(found.seconds, 3),
    )


def shift(counts: Counts) -> Shift:
    """Four numbers."""
    return Shift(before=counts.before, after=counts.after, gained=counts.gained, lost=counts.lost)
