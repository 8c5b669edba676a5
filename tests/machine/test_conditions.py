"""Where in a book may the plan of what is to come change, and nobody notice who was faster?"""

from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.book import Brief
from l2mac_write.machine.conditions import Case
from l2mac_write.plan import ChapterPlan, Plan


def chapters(number):
    earlier = st.sets(st.integers(1, max(1, number - 1))) if number > 1 else st.just(set())
    after = st.none() | earlier.map(lambda numbers: tuple(sorted(numbers)))
    return st.builds(ChapterPlan, st.just(number), st.just("t"), st.just("g"), st.just(9), after=after)  # fmt: skip


plans = st.integers(1, 8).flatmap(
    lambda count: st.tuples(*(chapters(number) for number in range(1, count + 1)))
)


@given(chapters=plans)
def test_at_a_neck_all_chapters_before_are_written_and_none_after_it_is_begun(chapters):
    plan = Plan("T", "P", "", (), chapters)
    for chapter in chapters:
        before = {c.number for c in plan.before(chapter.number)}
        later = chapters[chapter.number :]
        is_known = all(chapter in plan.before(other.number) for other in later)

        case = Case(Brief("x"), plan, chapter)
        assert case.is_neck == (len(before) == chapter.number - 1 and is_known and bool(later))
