"""The stop switch: what has been silenced, by whom and why."""

from pydantic import AwareDatetime

from domain.channel import Channel
from domain.frozen import Frozen


class Stop(Frozen):
    """An emergency stop, whole or for one scene, channel or region; in force until somebody else lifts it."""

    id: str
    reason: str
    by: str
    at: AwareDatetime
    scene: str | None = None
    channel: Channel | None = None
    region: str | None = None

    def covers(self, scene: str | None, channel: Channel, region: str | None) -> bool:
        """Whether this stop silences such a message; an unknown region is silenced by a stop of any region."""
        return (
            (self.scene is None or self.scene == scene)
            and (self.channel is None or self.channel is channel)
            and (self.region is None or region is None or self.region == region)
        )
