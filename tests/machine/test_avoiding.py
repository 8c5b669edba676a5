"""The author of the next chapter hears what the book has said often enough."""

from inline_snapshot import snapshot

from l2mac_write.book import Brief
from l2mac_write.machine.avoiding import avoid
from l2mac_write.machine.situation import Situation
from l2mac_write.plan import ChapterPlan, Entry, Person, Plan
from l2mac_write.store.memory import MemoryBook

SCENES = (
    (
        "The rain had not stopped. Ansel Rook took a deep breath and pulled the wet rope in. Suddenly the"
        " boat rolled like a tired dog, and Mara held on. “The lower lock is shut,” she said."
    ),
    (
        "Nobody came to the lower lock. Suddenly the gate groaned; it swung like a tired dog turning over."
        " Ansel took a deep breath. Suddenly Mara laughed and pulled the wet rope tight."
    ),
    (
        "The rain had not stopped. At dusk Mara pulled the wet rope once more. Suddenly, suddenly, there"
        " was a lamp at the lower lock. She took a deep breath; suddenly it was out."
    ),
)


def plan(count=4, after=None):
    chapters = tuple(
        ChapterPlan(n, f"C{n}", "g", 60, after=(after or {}).get(n)) for n in range(1, count + 1)
    )
    people = (Person("Ansel Rook"), Person("Mara"))
    return Plan("T", "P", "S", people, chapters, places=(Entry("Lower Lock"),))


def told(number, *, after=None, language="en", scenes=SCENES):
    there, store = plan(len(scenes) + 1, after), MemoryBook()
    for chapter, scene in zip(there.chapters, scenes, strict=False):
        store.edit(chapter.path, f"# {chapter.title}\n\n{scene}\n")
    brief = Brief("A tale.", language=language)
    return avoid(Situation(brief, store, there, there.chapter(number)), 300)


def test_what_a_small_book_says_too_often_is_told_with_its_count():
    assert told(4).text == snapshot("""\
- “took a deep breath” (3)
- “pulled the wet rope” (3 times in 3 chapters)
- something “like a tired dog” (2)
- chapters that begin “the rain had not …” (2)
- “suddenly” (6 times; usual: 1)\
""")


def test_it_is_counted_in_the_chapters_that_this_one_builds_on_and_no_others():
    assert told(4, after={4: (1,), 2: (), 3: ()}).text == told(2).text


def test_the_first_chapter_has_nothing_to_avoid():
    assert told(1).text == ""


def test_a_dozen_lines_and_the_room_they_take_are_all_there_is():
    tired = " ".join(f"Grey lamps number{n}x burning cold and number{n}y." for n in range(60))
    item = told(4, scenes=(tired.replace("number", "n"),) * 3)

    assert len(item.text.splitlines()) <= 12


def test_a_german_and_a_chinese_book_have_theirs():
    german = told(4, language="de", scenes=("Plötzlich strich sie das feuchte Haar zurück.",) * 3)
    chinese = told(4, language="zh", scenes=("她轻轻推开那扇生锈的铁门，走了进去。",) * 3)

    assert "das feuchte haar" in german.text
    assert "轻轻推开那扇生" in chinese.text
