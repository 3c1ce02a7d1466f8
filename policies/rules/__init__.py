"""Every type of rule; each stands in one file beside its meaning."""

from typing import Annotated

from pydantic import Field

from policies.rules.approval import Approval
from policies.rules.audience_exclusion import AudienceExclusion
from policies.rules.budget import Budget
from policies.rules.channel_permit import ChannelPermit
from policies.rules.channel_priority import ChannelPriority
from policies.rules.claim_evidence import ClaimEvidence
from policies.rules.consent import ConsentRule
from policies.rules.creepiness import Creepiness
from policies.rules.discount_ceiling import DiscountCeiling
from policies.rules.exclusivity import Exclusivity
from policies.rules.forbidden_phrase import ForbiddenPhrase
from policies.rules.frequency_cap import FrequencyCap
from policies.rules.grounding import Grounding
from policies.rules.holdout import Holdout
from policies.rules.label import Label
from policies.rules.language import InLanguage
from policies.rules.length import Length
from policies.rules.llm_data import LlmData
from policies.rules.min_gap import MinGap
from policies.rules.offer_eligibility import OfferEligibility
from policies.rules.pii_leak import PiiLeak
from policies.rules.priority import Priority
from policies.rules.quiet_hours import QuietHours
from policies.rules.reference_price import ReferencePrice
from policies.rules.required_phrase import RequiredPhrase
from policies.rules.sample_review import SampleReview
from policies.rules.send_window import SendWindow
from policies.rules.sensitive_attribute import SensitiveAttribute
from policies.rules.suppression import Suppression
from policies.rules.tone import Tone
from policies.rules.url_allow import UrlAllow
from policies.rules.volume_cap import VolumeCap

AnyRule = Annotated[
    ConsentRule
    | Suppression
    | AudienceExclusion
    | Holdout
    | QuietHours
    | SendWindow
    | FrequencyCap
    | MinGap
    | VolumeCap
    | Exclusivity
    | ReferencePrice
    | ChannelPermit
    | ChannelPriority
    | Priority
    | OfferEligibility
    | DiscountCeiling
    | Budget
    | Approval
    | SampleReview
    | ForbiddenPhrase
    | Length
    | Grounding
    | UrlAllow
    | PiiLeak
    | LlmData
    | ClaimEvidence
    | Creepiness
    | Label
    | InLanguage
    | RequiredPhrase
    | SensitiveAttribute
    | Tone,
    Field(discriminator="type"),
]
