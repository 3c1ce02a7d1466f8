"""A scene's budget: when its tokens of a day are spent, approved copy takes the model's place, and all can see it."""

from pathlib import Path

from api.app import create_app
from evals.stub_scripts import writes
from records.keys import ROLES
from tests.agent.living import MAIL, SCENE, living
from tests.api.house import House


def test_a_spent_budget_falls_back_and_is_visible(tmp_path: Path) -> None:
    with living(tmp_path / "home", model_tokens_per_day=2600) as play:
        parts = play.scenery.parts
        house = House(play.scenery, create_app(parts))
        house.keys = {role: house.key(role, role) for role in ROLES}
        play.play(writes(MAIL))

        def origin() -> str:
            asked = {"customer": {"id": play.guest()}, "channels": ["email"], "scene": SCENE, "deadline_ms": 10_000}
            decided = house.post("/v1/next-message", "channel", asked).json()
            return str(decided["copy"]["origin"])

        origins = [origin() for _ in range(6)]
        asked = len(play.requests)
        page = house.get("/metrics").text
        house.runner.run(parts.instruments.model.close() if parts.instruments.model else nothing())
        house.runner.close()
    assert origins[0] == "model" and origins[-1] == "template" and asked < 6
    assert f'tact_model_requests_total{{outcome="answered",task="draft"}} {float(asked)}' in page
    assert f'tact_model_requests_total{{outcome="budget-spent",task="draft"}} {float(6 - asked)}' in page
    assert f'tact_model_tokens_today{{scene="{SCENE}"}}' in page


async def nothing() -> None:
    """There is nothing to close."""
