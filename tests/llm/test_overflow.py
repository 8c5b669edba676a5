"""A server that refuses a prompt beyond its window is asked again with less, and the turn ends well."""

from dataclasses import replace

from l2mac_write.machine.desk import Desk
from l2mac_write.machine.toolbox import file_tools
from l2mac_write.machine.turn import Wording, take_turn
from l2mac_write.store.memory import MemoryBook
from tests.fake_api import beyond, calling
from tests.llm.wired import asking, line, wired
from tests.machine.machines import prose

CHAPTER = prose(200).text
BOOK = {"notes/long.md": "It rained on the river. " * 3_000}
WORDING = Wording(
    lambda said: said, lambda done, earlier: f"{len(done) + earlier} look-ups before."
)


def reading(times):
    read = [
        calling("read_file", {"path": "notes/long.md", "first_character": n * 900 + 1})
        for n in range(times)
    ]
    return iter([*read, CHAPTER])


def test_the_oldest_look_ups_are_left_out_until_the_server_takes_the_prompt():
    answers, tools = reading(6), file_tools(Desk(MemoryBook(BOOK), "chapters/01.md"))
    with wired(lambda _: next(answers)) as (llm, api):
        api.faults = beyond(10_000)
        request = replace(asking(words=100), tools=tools.specs)
        turn = take_turn(line(llm.llm, MemoryBook()), tools, request, WORDING)

    assert turn.text == CHAPTER
    assert len(api.bodies) > 7
    for body in api.bodies:
        blocks = [block for message in body["messages"] for block in message["content"]]
        asked = [block["id"] for block in blocks if block["type"] == "tool_use"]
        assert asked == [b["tool_use_id"] for b in blocks if b["type"] == "tool_result"]
    assert "look-ups before." in str(api.bodies[-1]["messages"][0])
