"""A completion: what a server answered, read strictly; nothing that it says of itself is believed unseen."""

import json
from codecs import BOM_UTF8
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, ValidationError

from domain.errors import ModelBroken, ModelCut, ModelFailed, ModelRefused
from tools.fault import Fault
from tools.model import Request, ToolCall
from tools.shaping import shaped, without_thoughts

BYTES_A_TOKEN = 3
"""For servers that do not count: generous for English, about right for Japanese."""
MOST_TOKENS = 10_000_000
"""More than this in one answer is a lie."""
MOST_CALLS = 32
SPOKEN = ("text", "output_text")
CUT, FILTERED = "length", "content_filter"
"""Why an answer ended that is not whole."""
DECLINED = "it declined to answer this. Ask in other words, or use approved copy"


def joined(content: object) -> object:
    """Words that came in pieces, as one text without thoughts and pictures; anything else as it is."""
    if not isinstance(content, list):
        return content
    spoken = [part for part in content if isinstance(part, dict) and part.get("type", "text") in SPOKEN]
    return "".join(text for part in spoken if isinstance(text := part.get("text"), str))


def written(arguments: object) -> object:
    """Arguments as JSON text: some servers send them as a value, or leave them out where a tool takes none."""
    if arguments is None or (isinstance(arguments, str) and arguments.strip() in ("", "null")):
        return "{}"
    return json.dumps(arguments, ensure_ascii=False) if isinstance(arguments, dict) else arguments


def numbered(id: object) -> object:
    """An id as text: some servers count their calls."""
    return str(id) if isinstance(id, int) else id


def believable(count: int) -> int:
    """A count of tokens that can be true."""
    if not 0 <= count <= MOST_TOKENS:
        raise ValueError("no such number of tokens")
    return count


Words = Annotated[str | None, BeforeValidator(joined)]
Arguments = Annotated[str, BeforeValidator(written)]
Count = Annotated[int, AfterValidator(believable)]


class Received(BaseModel):
    """Something from a server: what we do not know in it is left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Function(Received):
    """The tool that is to be called."""

    name: str = Field(max_length=200)
    arguments: Arguments = "{}"


class Call(Received):
    """One call of a tool."""

    id: Annotated[str | None, BeforeValidator(numbered)] = None
    function: Function


class Message(Received):
    """What the model said."""

    content: Words = None
    refusal: str | None = None
    tool_calls: tuple[Call, ...] | None = None


class Choice(Received):
    """One answer, and why it ended."""

    message: Message
    finish_reason: str | None = None

    @property
    def is_cut(self) -> bool:
        """Whether it ended at its limit, before it was done."""
        return self.finish_reason == CUT


class Counted(Received):
    """Tokens as the server counted them."""

    prompt_tokens: Count
    completion_tokens: Count


class Completion(Received):
    """A whole answer."""

    choices: tuple[Choice, ...] = Field(min_length=1)
    usage: JsonValue = None


class Answered(NamedTuple):
    """What the steps get of a completion, and the tokens read and written for it."""

    text: str
    calls: tuple[ToolCall, ...]
    is_cut: bool
    tokens: tuple[int, int]


class Delta(Received):
    """The next words of a streamed answer."""

    content: Words = None


class Piece(Received):
    """One event of a streamed answer, as far as we read it."""

    class Next(Received):
        """What is new in one of the answers."""

        delta: Delta | None = None
        finish_reason: str | None = None

    choices: tuple[Next, ...] = ()
    usage: JsonValue = None

    @property
    def words(self) -> str:
        """What it adds."""
        return "".join(choice.delta.content or "" for choice in self.choices if choice.delta)

    @property
    def ends(self) -> str | None:
        """Why the answer ends here, None where it goes on."""
        return next((choice.finish_reason for choice in self.choices if choice.finish_reason), None)


def read_completion(body: bytes) -> Completion:
    """The answer in a response's body; raises ModelBroken for anything else."""
    try:
        return Completion.model_validate_json(body.removeprefix(BOM_UTF8))
    except ValidationError as error:
        raise ModelBroken(f"its server sent no answer that can be read ({error.error_count()} mistakes)") from error


def read_piece(event: object) -> Piece:
    """One event of a stream; raises ModelBroken for anything else."""
    try:
        return Piece.model_validate(event)
    except ValidationError as error:
        raise ModelBroken("its server sent an event that cannot be read") from error


def tokens_of(usage: JsonValue, asked: int, said: str) -> tuple[int, int]:
    """Tokens read and written: as the server counted them, else estimated."""
    return counted(usage, said) or (asked, estimated(said))


def counted(usage: JsonValue, said: str) -> tuple[int, int] | None:
    """Tokens read and written by the server's count, None where it gives none that can be true."""
    try:
        found = Counted.model_validate(usage)
    except ValidationError:
        return None
    # A budget would never be spent with a server that counts nothing.
    free = found.prompt_tokens == 0 or (said and found.completion_tokens == 0)
    return None if free else (found.prompt_tokens, found.completion_tokens)


def prompt_tokens(request: Request) -> int:
    """About how many tokens a request is."""
    asked = sum(estimated(said.content) + 4 for said in request.messages)
    tools = sum(estimated(tool.name + tool.description + json.dumps(dict(tool.parameters))) for tool in request.tools)
    return asked + tools + (estimated(json.dumps(dict(request.shape.schema))) if request.shape else 0)


def estimated(text: str) -> int:
    """About how many tokens a text is."""
    return len(text.encode("utf-8", "replace")) // BYTES_A_TOKEN + 1


def said_in(completion: Completion) -> str:
    """Everything that was written, wherever it stands: what is paid for."""
    message = completion.choices[0].message
    calls = "".join(call.function.name + call.function.arguments for call in message.tool_calls or ())
    return (message.content or "") + (message.refusal or "") + calls


def answer_in(completion: Completion, request: Request) -> tuple[str, tuple[ToolCall, ...]]:
    """Words and calls as the steps may use them; raises ModelRefused or ModelBroken where there are none."""
    choice = completion.choices[0]
    if choice.message.refusal or choice.finish_reason == FILTERED:
        raise ModelRefused(DECLINED)
    calls = calls_of(choice, request)
    text = without_thoughts(choice.message.content or "")
    if request.shape is not None and not calls:
        if choice.is_cut:
            raise ModelCut(request.max_tokens)
        text = json.dumps(shaped(text, request.shape), ensure_ascii=False)
    if not text and not calls:
        raise ModelCut(request.max_tokens) if choice.is_cut else ModelBroken("it said nothing")
    return text, calls


def read_answer(body: bytes, request: Request, asked: int) -> Answered:
    """The whole answer in a response's body; raises Fault with what it cost where it holds none."""
    try:
        completion = read_completion(body)
    except ModelBroken as broken:
        raise Fault(broken, again=True, tokens=(asked, 0)) from broken
    tokens = tokens_of(completion.usage, asked, said_in(completion))
    try:
        return Answered(*answer_in(completion, request), completion.choices[0].is_cut, tokens)
    except ModelFailed as failed:
        raise Fault(failed, again=isinstance(failed, ModelBroken), answered=True, tokens=tokens) from failed


def calls_of(choice: Choice, request: Request) -> tuple[ToolCall, ...]:
    """The tools it wants called; raises ModelBroken where it was given none, or calls too many at once."""
    found = choice.message.tool_calls or ()
    if found and not request.tools:
        raise ModelBroken("it called tools though it was given none")
    if len(found) > MOST_CALLS:
        raise ModelBroken(f"it called {len(found)} tools at once, at most {MOST_CALLS} are heard")
    return tuple(
        ToolCall(call.id or f"call-{place}", call.function.name, call.function.arguments)
        for place, call in enumerate(found)
    )
