"""Spelling: however a sender writes the name of a trait, it is one name."""

import pytest

from domain.spelling import identifier_kind, plain_name


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("firstName", "given_name"),
        ("First Name", "given_name"),
        ("first-name", "given_name"),
        ("FIRST_NAME", "given_name"),
        ("pointsExpire", "points_expire"),
        ("HTMLTitle", "html_title"),
        ("Plan", "plan"),
        ("_", ""),
        ("氏名", "氏名"),
    ],
)
def test_a_name_has_one_form(written: str, plain: str) -> None:
    assert plain_name(written) == plain


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (
            "email",
            "email Email EMAIL e-mail E-Mail emailAddress email_address EmailAddress mailAddress ｍａｉｌ",
        ),
        ("phone", "phone PHONE Phone mobile tel TEL telephone phoneNumber phone_number PhoneNumber mobilePhone"),
        ("loyalty_id", "loyalty_id loyaltyId LoyaltyID LOYALTY_ID"),
        ("line_id", "line_id lineId LINE_ID lineUserId line_user_id"),
        ("device_id", "device_id deviceId DeviceID"),
        ("anonymous_id", "anonymous_id anonymousId"),
        (None, "mailing phones company line id user_id p_h_o_n_e"),
    ],
)
def test_every_spelling_of_an_identifier_is_known(kind: str | None, names: str) -> None:
    assert {name: identifier_kind(name) for name in names.split()} == dict.fromkeys(names.split(), kind)
