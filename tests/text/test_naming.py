"""What a file is called that is named after a title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.store.paths import checked
from l2mac_write.text.naming import slug


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Flood", "the-flood"),
        ("Où est l’été ?", "ou-est-lete"),
        ("Straße nach Łódź", "strasse-nach-lodz"),
        ("El año del ñandú", "el-ano-del-nandu"),
        ("第一章：灯塔", "第一章-灯塔"),
        ("海の「ガラス」", "海の-ガラス"),
        ("Чайка", "чайка"),
        ("الفصل الأول", "الفصل-الأول"),
        ("हिन्दी की कहानी", "हिन्दी-की-कहानी"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 200, "x" * 48),
        ("灯" * 200, "灯" * 40),
        ("🌊 ?!", "chapter"),
        ("\u3164\u115f\ufe0f", "chapter"),
    ],
)
def test_a_file_is_named_after_its_title_in_the_letters_of_its_script(title, name):
    assert slug(title) == name


@given(st.text(max_size=80))
def test_whatever_the_title_the_name_is_a_safe_path_in_its_one_spelling(title):
    path = f"chapters/01-{slug(title)}.md"

    assert checked(path) == path


@given(st.text(max_size=80))
def test_a_name_is_named_after_itself(title):
    assert slug(slug(title)) == slug(title)
