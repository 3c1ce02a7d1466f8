"""Templates state what they are given, name what they miss, and can reach nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from domain.errors import MissingFact, TactError, Unreadable
from prompts.render import compile_html, compile_text, environment, pieces_of, trusted


class Offer:
    """A group of facts, as the copy knows them."""

    fact = "offer"
    name = "ウールコート"


def test_a_template_states_its_facts() -> None:
    assert compile_text("{{ offer.name }}です。").render(offer=Offer()) == "ウールコートです。"


@pytest.mark.parametrize(
    ("source", "fact"),
    [
        ("{{ offer.price }}円", "offer.price"),
        ("{{ name }}様", "name"),
        ("{{ given }}", "given"),
        ("{% if offer.price %}有{% endif %}", "offer.price"),
        ("{% for item in items %}{{ item }}{% endfor %}", "items"),
    ],
)
def test_a_missing_fact_is_an_error_that_names_it(source: str, fact: str) -> None:
    with pytest.raises(MissingFact) as caught:
        compile_text(source, "ja.welcome.push").render(offer=Offer(), given=None)
    assert caught.value.fact == fact
    assert "ja.welcome.push" in str(caught.value)
    assert isinstance(caught.value, TactError)


def test_a_template_may_ask_whether_a_fact_is_known() -> None:
    template = compile_text("{% if offer.price is known %}{{ offer.price }}{% else %}店頭で{% endif %}")
    assert template.render(offer=Offer()) == "店頭で"


def test_html_escapes_facts_but_not_html_that_was_rendered_here() -> None:
    inner = compile_html("<b>{{ name }}</b>").render(name="<script>")
    assert inner == "<b>&lt;script&gt;</b>"
    outer = compile_html("<p>{{ inner }}</p>")
    assert outer.render(inner=trusted(inner)) == "<p><b>&lt;script&gt;</b></p>"
    assert outer.render(inner="a & b") == "<p>a &amp; b</p>"


def test_text_is_not_escaped() -> None:
    assert compile_text("{{ name }}").render(name="A & B") == "A & B"


def test_a_fact_is_never_read_as_a_template() -> None:
    assert compile_text("{{ name }}").render(name="{{ 7 * 7 }}") == "{{ 7 * 7 }}"


def test_a_template_cannot_reach_behind_its_facts() -> None:
    with pytest.raises(TactError):
        compile_text("{{ offer.__class__.__mro__[1].__subclasses__() }}", "x").render(offer=Offer())


def test_a_template_cannot_change_what_it_is_given() -> None:
    with pytest.raises(Unreadable, match="only read facts"):
        compile_text("{{ names.append('x') }}", "x").render(names=["a"])


def test_a_broken_template_is_named_with_its_line() -> None:
    with pytest.raises(Unreadable, match=r"ja\.welcome\.mail, line 2"):
        compile_text("一行目\n{% if offer %}", "ja.welcome.mail")


class Group:
    """A group of facts."""

    fact = "offer"

    def __init__(self, **facts: object) -> None:
        self.__dict__.update(facts)


FACT = st.sampled_from(["{{ offer.price }}", "{{ name }}", "{{ offer.nothing }}", "{{ nobody }}", "{{ book.page }}"])
WORDS = st.text(alphabet="ab {}%#'\n。", max_size=8)


FACTS: dict[str, object] = {
    "offer": Group(price="9,900円", kind="coupon"),
    "name": "見本",
    "book": {"page": 3},
    "none": None,
}


def says_what_the_engine_says(source: str) -> None:
    try:
        expected = (
            environment().from_string(source).render({name: fact for name, fact in FACTS.items() if fact is not None})
        )
    except UndefinedError as error:
        with pytest.raises(MissingFact, match=re.escape(repr(str(error)))):
            compile_text(source).render(**FACTS)
        return
    assert compile_text(source).render(**FACTS) == expected


@given(st.lists(st.one_of(FACT, WORDS), max_size=6))
def test_a_template_of_words_and_facts_says_what_the_engine_says(parts: list[str]) -> None:
    source = "".join(parts)
    if pieces_of(source) is not None:
        says_what_the_engine_says(source)


ASKED = st.sampled_from(
    [
        *("offer.price is known", "offer.nothing is known", "name is known", "nobody is known", "nobody.here is known"),
        *("offer.kind == 'coupon'", "offer.kind != 'coupon'", "book.page == 3", "offer.nothing == 1", "name", "nobody"),
    ]
)
SAID = st.lists(st.one_of(FACT, st.text(alphabet="ab '\n。", max_size=8)), max_size=3).map("".join)
BRANCH = st.tuples(st.lists(ASKED, min_size=1, max_size=2).map(" and ".join), SAID)


@given(SAID, st.lists(BRANCH, min_size=1, max_size=3), SAID, SAID)
def test_a_template_that_asks_of_its_facts_says_what_the_engine_says(
    before: str, ways: list[tuple[str, str]], otherwise: str, after: str
) -> None:
    asked = "".join(f"{{% {'elif' if place else 'if'} {test} %}}{said}" for place, (test, said) in enumerate(ways))
    says_what_the_engine_says(f"{before}{asked}{{% else %}}{otherwise}{{% endif %}}{after}")


def test_what_can_be_called_is_no_fact_in_either_way() -> None:
    for source in ("{{ offer.price }}", "{% if 1 %}{{ offer.price }}{% endif %}"):
        with pytest.raises(Unreadable):
            compile_text(source).render(offer=Group(price=print))


@pytest.mark.parametrize(
    "beyond",
    [
        "",
        "{{ name | upper }}",
        "{% set name = 'b' %}{{ name }}",
        "{% if name | upper %}{% endif %}",
        "{% if name and name | upper %}{% endif %}",
        "{% if name %}{{ name[0] }}{% endif %}",
        "{% if nobody is known %}{% elif name %}{% else %}{{ 7 }}{% endif %}",
        "{% if nobody is known %}{% elif name == name %}{{ name }}{% endif %}",
    ],
)
def test_what_is_more_than_facts_says_what_the_engine_says(beyond: str) -> None:
    says_what_the_engine_says(f"{{% if name is known %}}a{{% endif %}}{beyond}{{{{ name }}}}")
