"""The model behind an OpenAI-compatible endpoint: the only place that talks to one, and the only one that repeats.

A request has one time for everything: waiting for a place, every attempt and the pauses between them. It goes out only
while the breaker is closed and the day's budget has room for it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import partial
from time import perf_counter
from typing import TypeVar

import openai
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, stop_before_delay

from domain.errors import ModelBroken, ModelDown, ModelFailed, ModelTooLate
from records.usage import Used
from tools.breaker import Breaker
from tools.completion import prompt_tokens, read_answer
from tools.dialect import Body, Dialect, body_of
from tools.effort import Effort, Endpoint
from tools.fault import NOT_UNDERSTOOD, Fault, pause_after, refusal, worth_another
from tools.flow import Flow
from tools.line import BROKEN_OFF, Line, Lines, complaint_in
from tools.meter import Meter
from tools.model import Reply, Request, Task, Usage
from tools.short_body import NoAnswer

log = logging.getLogger("tact.model")

T = TypeVar("T")
ADAPTATIONS = 6
ALWAYS = 1_000
"""Attempts of a request that names no number of its own: the endpoint's settings say how many."""
LONG_BODY = 8_000
"""Bytes; the words of one message come to less."""


class OpenAIModel:
    """A model behind an endpoint; raises ModelFailed and nothing else."""

    def __init__(self, endpoint: Endpoint, meter: Meter) -> None:
        self._endpoint, self._meter = endpoint, meter
        self._lines = Lines(endpoint)
        self._breakers: dict[tuple[Task, str], Breaker] = {}
        self._dialect = Dialect()

    @property
    def name(self) -> str:
        """The model's name, as its server knows it."""
        return self._endpoint.model

    async def ask(self, request: Request, within: float) -> Reply:
        """The answer within so many seconds, waiting and repeating included; raises ModelFailed."""
        effort = self._effort(request, within)
        with self._ending(effort):
            async with self._place(effort):
                return await self._persisting(effort, self._answer)

    async def stream(self, request: Request, within: float) -> AsyncIterator[str]:
        """The words of the answer as they come; a failure before the first one is repeated, a later one is not."""
        effort = self._effort(request, within)
        with self._ending(effort):
            async with self._place(effort):
                words: str | None
                flow, words = await self._persisting(effort, self._begun)
                try:
                    with self._meter.reserved(request.scene, effort.asked, request.max_tokens):
                        while words is not None:
                            yield words
                            words = await self._next(effort, flow)
                finally:
                    self._note(effort, flow.tokens, failed=not flow.is_whole)
                    await flow.aclose()

    async def close(self) -> None:
        """Closes the connections of this event loop."""
        await self._lines.close()

    def _effort(self, request: Request, within: float) -> Effort:
        end = asyncio.get_running_loop().time() + min(within, self._endpoint.seconds)
        return Effort(request, prompt_tokens(request), end)

    @asynccontextmanager
    async def _place(self, effort: Effort) -> AsyncIterator[None]:
        async with self._lines.here().places.taken(effort.end, patient=effort.request.patient):
            yield

    @contextmanager
    def _ending(self, effort: Effort) -> Iterator[None]:
        """Counts how the request ends, however it does."""
        outcome = "left"
        try:
            yield
            outcome = "answered"
        except ModelFailed as error:
            outcome = error.code
            raise
        finally:
            self._meter.ended(effort.request.task, outcome, perf_counter() - effort.began)

    async def _persisting(self, effort: Effort, attempt: Callable[[Effort], Awaitable[T]]) -> T:
        """Tries again while another attempt may help and there is time for it; raises ModelFailed."""
        try:
            return await self._attempt(effort, attempt)
        except Fault as fault:
            # The first attempt is nearly always the last one: only what is repeated pays for the means to repeat it.
            failed = iter([fault])

        async def again() -> T:
            for fault in failed:
                raise fault
            return await self._attempt(effort, attempt)

        most = min(self._endpoint.retries + 1, effort.request.attempts or ALWAYS)
        trying = AsyncRetrying(
            stop=stop_after_attempt(most) | stop_before_delay(effort.left()),
            wait=pause,
            retry=retry_if_exception(worth_another),
            reraise=True,
        )
        try:
            return await trying(again)
        except Fault as fault:
            raise fault.failed from fault

    async def _attempt(self, effort: Effort, attempt: Callable[[Effort], Awaitable[T]]) -> T:
        """One attempt, within the budget and past the breaker; raises Fault, or ModelFailed where none is made."""
        request, breaker, began = effort.request, self._breaker(effort.request), perf_counter()
        with self._meter.reserved(request.scene, effort.asked, request.max_tokens):
            passage = breaker.enter(effort.left())
            effort.calls += 1
            try:
                async with asyncio.timeout_at(effort.end):
                    found = await attempt(effort)
            except TimeoutError as error:
                passage.ran_out()
                self._note(effort, (effort.asked, 0), failed=True)
                raise Fault(ModelTooLate("it gave no answer in the time there was"), again=False) from error
            except asyncio.CancelledError:
                self._note(effort, (effort.asked, 0), failed=True)
                raise
            except Fault as fault:
                passage.succeeded(perf_counter() - began) if fault.answered else passage.failed(fault.pause)
                self._note(effort, fault.tokens, failed=True)
                raise
            else:
                passage.succeeded(perf_counter() - began)
                return found
            finally:
                passage.left()
                self._meter.rests(request.task, request.scene, breaker.is_open)

    async def _answer(self, effort: Effort) -> Reply:
        """One whole answer."""
        response = await self._understood(effort, Line.post)
        read = partial(read_answer, response.content, effort.request, effort.asked)
        try:
            # A long answer takes long to read, and whoever asks beside it does not wait for that.
            long = len(response.content) > LONG_BODY
            text, calls, is_cut, tokens = await asyncio.to_thread(read) if long else read()
        except Fault as fault:
            effort.insist = effort.insist or (fault.answered and fault.again)
            raise
        self._note(effort, tokens)
        usage = Usage(self.name, *effort.tokens, perf_counter() - effort.began, effort.calls)
        return Reply(text, calls, usage, is_cut)

    async def _begun(self, effort: Effort) -> tuple[Flow, str]:
        """A streamed answer at its first words: whoever only sends a head has not answered."""
        events = await self._understood(effort, Line.stream, streamed=True)
        async with AsyncExitStack() as opened:
            flow = await opened.enter_async_context(aclosing(Flow(events, effort.request, effort.asked)))
            try:
                words = await flow.first()
            except ModelFailed as failed:
                again, answered = isinstance(failed, ModelBroken), flow.ended is not None
                raise Fault(failed, again=again, answered=answered, tokens=flow.tokens) from failed
            except BROKEN_OFF as error:
                raise broken_off(error) from error
            opened.pop_all()
        return flow, words

    async def _next(self, effort: Effort, flow: Flow) -> str | None:
        """What a stream says next, None at its end; raises ModelFailed where it ends too early."""
        try:
            async with asyncio.timeout_at(effort.end):
                return await flow.next()
        except TimeoutError as error:
            raise ModelTooLate("it did not finish in the time there was") from error
        except BROKEN_OFF as error:
            raise ModelDown("its answer broke off") from error

    async def _understood(
        self, effort: Effort, send: Callable[[Line, Body], Awaitable[T]], *, streamed: bool = False
    ) -> T:
        """Sends a request, leaving out what the server turns out not to understand; raises Fault."""
        dialect, request = self._dialect, effort.request
        for _ in range(ADAPTATIONS):
            body = body_of(request, self.name, dialect, insist=effort.insist, streamed=streamed)
            try:
                found = await send(self._lines.here(), body)
            except openai.APIStatusError as error:
                status, complaint = error.status_code, complaint_in(error)
                better = dialect.without(complaint, request.shape, broke=status >= 500)
                if status not in NOT_UNDERSTOOD or better is None:
                    raise refusal(status, error.response.headers, complaint, datetime.now(UTC)) from error
                dialect = better
            except openai.APITimeoutError as error:
                late = ModelTooLate("it did not connect, or went silent, for longer than it may")
                raise Fault(late, again=True, tokens=(effort.asked, 0)) from error
            except BROKEN_OFF as error:
                raise broken_off(error) from error
            else:
                # Kept only once it has helped: a server that is ill complains about anything.
                if dialect != self._dialect:
                    log.warning("the model's server does not take all of a request; from now on: %s", dialect)
                    self._dialect = dialect
                return found
        raise Fault(ModelBroken("its server takes no request of ours"), again=False)

    def _breaker(self, request: Request) -> Breaker:
        """One for each task and scene: a scene that never has time enough shuts out no other."""
        return self._breakers.setdefault((request.task, request.scene or ""), Breaker(self._endpoint.failures))

    def _note(self, effort: Effort, tokens: tuple[int, int], *, failed: bool = False) -> None:
        """Counts one attempt."""
        asked, said = tokens
        effort.tokens = (effort.tokens[0] + asked, effort.tokens[1] + said)
        request = effort.request
        self._meter.note(Used("", request.scene or "", request.task, self.name, 1, int(failed), asked, said))


def pause(state: RetryCallState) -> float:
    """Seconds before the next attempt."""
    return pause_after(state.outcome.exception() if state.outcome else None, state.attempt_number)


def broken_off(error: Exception) -> Fault:
    """What comes of a connection or content that breaks: another attempt, unless it was no answer at all."""
    odd = next((one for one in (error, error.__cause__) if isinstance(one, NoAnswer)), None)
    if odd is not None:
        return Fault(ModelBroken(str(odd)), again=False)
    return Fault(ModelDown("its server cannot be reached, or broke off"), again=True)
