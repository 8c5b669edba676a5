"""What a call costs, in dollars that a person can check."""

import pytest

from l2mac_write.errors import SettingsError
from l2mac_write.llm.pricing import Limits, load_prices
from l2mac_write.messages import Usage

MILLION = 1_000_000


def own(tmp_path, text):
    path = tmp_path / "prices.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("usage", "dollars"),
    [
        (Usage(input_tokens=MILLION), 4.0),
        (Usage(output_tokens=MILLION), 20.0),
        (Usage(cache_read_tokens=MILLION), 0.2),
        (Usage(cache_write_tokens=MILLION), 5.0),
        (Usage(1000, 2000, 3000, 4000), 0.0646),
        (Usage(), 0.0),
    ],
)
def test_every_kind_of_token_has_its_own_price(usage, dollars):
    assert load_prices().price_of("claude-opus-5-5", usage) == pytest.approx(dollars)


def test_an_unknown_model_has_no_price_and_careful_limits():
    prices = load_prices()

    assert prices.price_of("mystery", Usage(1)) is None
    assert prices.limits("mystery") == Limits(window=200_000, output=16_000)


def test_a_dated_name_means_the_model_it_is_a_date_of():
    prices = load_prices()

    assert prices.limits("claude-haiku-4-5-20251001") == prices.limits("claude-haiku-4-5")
    assert prices.price_of("claude-haiku-4-5-20251001", Usage(MILLION)) == 1.0


def test_a_long_prompt_costs_more_where_the_model_says_so():
    prices = load_prices()

    assert prices.price_of("claude-haiku-5-5", Usage(100_000)) == pytest.approx(0.01)
    assert prices.price_of("claude-haiku-5-5", Usage(60_000, 0, 60_000)) == pytest.approx(0.033)


@pytest.mark.parametrize("model", sorted(load_prices().models))
def test_every_packaged_model_has_prices_and_limits(model):
    assert load_prices().price_of(model, Usage(1, 1, 1, 1))
    assert load_prices().limits(model).window >= 200_000
    assert load_prices().limits(model).output >= 64_000


def test_a_persons_own_file_wins_key_by_key(tmp_path):
    prices = load_prices(own(tmp_path, '["claude-opus-5-5"]\ninput = 1.0\n'))

    assert prices.price_of("claude-opus-5-5", Usage(MILLION, MILLION)) == pytest.approx(21.0)


def test_a_persons_own_file_may_describe_a_new_model(tmp_path):
    text = '["my/model"]\ninput=1\noutput=2\ncache_read=0\ncache_write=0\nwindow=8000\n'
    prices = load_prices(own(tmp_path, text))

    assert prices.price_of("my/model", Usage(MILLION, MILLION)) == 3
    assert prices.limits("my/model").window == 8000


def test_a_model_with_half_its_prices_has_an_unknown_price(tmp_path):
    prices = load_prices(own(tmp_path, '["my/model"]\ninput=1\noutput=2\n'))

    assert prices.price_of("my/model", Usage(1)) is None


def test_a_file_that_is_not_there_changes_nothing(tmp_path):
    assert load_prices(tmp_path / "none.toml") == load_prices()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[", "not valid TOML"),
        ("input = 3", "as a table"),
        ('["m"]\nwindow = "big"', "`m`: `window` must be a number"),
        ('["m"]\nwindow = inf', "`m`: `window` must be a number"),
        ('["m"]\nwindow = -1', "0 or more"),
        ('["m"]\nspeed = 0', "`speed` must be a number above 0"),
        ('["m"]\ninput=true\noutput=1\ncache_read=1\ncache_write=1', "`input` must be a number"),
        ('["m"]\ninput=nan\noutput=1\ncache_read=1\ncache_write=1', "`input` must be a number"),
    ],
)
def test_a_mistake_in_a_persons_own_file_is_named(tmp_path, text, complaint):
    with pytest.raises(SettingsError, match=complaint):
        load_prices(own(tmp_path, text))


def test_a_pace_is_assumed_where_none_is_given(tmp_path):
    prices = load_prices(own(tmp_path, '["my/model"]\nspeed = 20\n'))

    assert (prices.pace("my/model").speed, prices.pace("my/model").first_token) == (20, 2)
    assert prices.pace("mystery").speed == 60


def test_it_is_said_of_which_day_the_prices_are_and_who_overruled_them(tmp_path):
    file = own(tmp_path, '["my/model"]\n[published]\ndate = 2027-01-01\n')

    assert load_prices().source == "the price list of 2026-10-24"
    assert load_prices(file).source == f"the price list of 2026-10-24, overruled by `{file}`"
    assert "published" not in load_prices(file).models
