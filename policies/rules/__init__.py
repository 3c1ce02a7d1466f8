"""Every type of rule; each stands in one file beside its meaning."""

from typing import Annotated

from pydantic import Field

from policies.rules.consent import ConsentRule
from policies.rules.discount_ceiling import DiscountCeiling
from policies.rules.forbidden_phrase import ForbiddenPhrase
from policies.rules.frequency_cap import FrequencyCap
from policies.rules.grounding import Grounding
from policies.rules.length import Length
from policies.rules.min_gap import MinGap
from policies.rules.pii_leak import PiiLeak
from policies.rules.quiet_hours import QuietHours
from policies.rules.suppression import Suppression
from policies.rules.url_allow import UrlAllow

AnyRule = Annotated[
    ConsentRule
    | Suppression
    | QuietHours
    | FrequencyCap
    | MinGap
    | DiscountCeiling
    | ForbiddenPhrase
    | Length
    | Grounding
    | UrlAllow
    | PiiLeak,
    Field(discriminator="type"),
]
