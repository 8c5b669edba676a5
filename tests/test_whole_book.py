"""Ten chapters over a wire that fails: the book is whole, what it cost is known, no key leaks."""

import json
import re
from itertools import pairwise

import pytest

from l2mac_write.llm.rehearsal import prose
from tests.cli.commands import typed
from tests.exporters.epubchecked import complaints, verdict_on
from tests.fake_api import Cut, ErrorEvent, FakeApi, Status, calling, in_turn, saying
from tests.fake_api.author import SOUND, WISHES, answered, noted

KEY = "sk-ant-canary-5f2e9b7c1d"
CHAPTERS, WORDS = 10, 6000
PROMPT = "A tale of two ferrymen."
GENERATE = (
    "generate", PROMPT, "--to", "book", "--model", "claude-sonnet-5-5",
    "--chapters", CHAPTERS, "--words", WORDS,
)  # fmt: skip
TITLES = ("Rope", "Toll", "Ice", "Bell", "Debt", "Fog", "Oar", "Flood", "Bridge", "Shore")
PLAN = json.dumps(
    {
        "title": "Two Banks",
        "premise": "Two men, one river, one crossing too many.",
        "style": "plain",
        "people": [],
        "chapters": [
            {"title": t, "goal": f"The {t.lower()} changes hands.", "words": 600, "covers": [1]}
            for t in TITLES
        ],
    }
)
LENGTH = re.compile(r"(?:about|at most) (\d+) words", re.IGNORECASE)
FAULTS = (
    *(None,) * 5,
    Status(529, "overloaded_error", headers={"retry-after": "1"}),
    *(None,) * 4,
    Cut(0.5),
    *(None,) * 4,
    ErrorEvent(),
)


def opening(body):
    return conversation(body)[0][1]


def conversation(body):
    """The conversation as (role, text) pairs, cache marks left out."""
    return [(m["role"], "".join(map(str, bare(m["content"])))) for m in body["messages"]]


def said(body):
    """All blocks of the conversation as (role, text) pairs, cache marks left out."""
    return [(m["role"], str(block)) for m in body["messages"] for block in bare(m["content"])]


def bare(content):
    blocks = saying(content).blocks if isinstance(content, str) else content
    return [
        block["text"] if block["type"] == "text" else {**block, "cache_control": None}
        for block in blocks
    ]


def model(body):
    """Placeholder prose of the length asked for; chapter 2 looks around first, 4 is too short."""
    asked, first = opening(body), len(body["messages"]) == 1
    if answer := answered(asked, PLAN):
        return answer
    if first and "Chapter 2 of" in asked:
        return calling("list_files", {})
    words = int(LENGTH.findall(asked)[-1])
    too_short = first and "Chapter 4 of" in asked
    return prose(words // 4 if too_short else words, f"{asked}\n{len(body['messages'])}")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The folder, the finished process, and every request that reached the server."""
    folder = tmp_path_factory.mktemp("whole")
    with FakeApi(model, in_turn(*FAULTS)) as api:
        env = {"ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": KEY}
        return folder, typed(*GENERATE, cwd=folder, env=env), api.bodies


@pytest.fixture(scope="module")
def state(run):
    return state_of(run[0])


def state_of(folder):
    return json.loads(typed("status", "--book", "book", "--json", cwd=folder).stdout)


def chapter_requests(run):
    return [body for body in run[2] if "This chapter's contract" in opening(body)]


def test_the_book_is_finished_in_spite_of_the_faults(run, state):
    assert run[1].returncode == 0, run[1].stderr
    assert state["finished"]


def test_every_chapter_is_within_a_quarter_of_its_target(state):
    off = [abs(chapter["words"] / chapter["target"] - 1) for chapter in state["chapters"]]

    assert len(off) == CHAPTERS
    assert max(off) <= 0.25
    assert sum(chapter["target"] for chapter in state["chapters"]) == WORDS


def test_status_knows_what_it_cost(state):
    assert state["cost_usd"] > 0
    assert state["cache_write_tokens"] > 0
    assert state["cache_read_tokens"] > 0
    assert state["output_tokens"] > WORDS


def test_every_fault_cost_one_more_request_and_nothing_else(run, state):
    faults = sum(fault is not None for fault in FAULTS)

    assert len(run[2]) == state["calls"] + faults


def test_epubcheck_has_nothing_to_say_about_it(run, tmp_path):
    epub = next((run[0] / "book/exports").glob("*.epub"))

    assert complaints(verdict_on(epub, tmp_path)) == []


def test_the_key_is_nowhere_in_the_book_and_in_nothing_that_was_printed(run):
    files = [path for path in (run[0] / "book").rglob("*") if path.is_file()]
    telling = [path for path in files if KEY.encode() in path.read_bytes()]

    assert len(files) > CHAPTERS
    assert telling == []
    assert KEY not in run[1].stdout + run[1].stderr


def test_all_chapter_requests_begin_alike_so_that_the_cache_hits(run):
    prefixes = {json.dumps([b["system"], b["tools"]]) for b in chapter_requests(run)}

    assert len(prefixes) == 1


def test_within_a_conversation_what_was_said_never_changes(run):
    pairs = [(a, b) for a, b in pairwise(run[2]) if opening(a) == opening(b)]
    grown = [(said(a), said(b)) for a, b in pairs]

    assert all(later[: len(earlier)] == earlier for earlier, later in grown)
    assert {len(later) - len(earlier) for earlier, later in grown} >= {0, 2}


def told_of(title):
    """The chapter, what is noted of it, what three readers hold against it, and its summary."""
    chapter = prose(WORDS // CHAPTERS, f"{title}{WORDS // CHAPTERS}")
    facts, sound = noted(f'<chapter what="">\n{chapter}'), '{"claims": []}'
    return chapter, facts, sound, sound, sound, prose(100, f"{title}100")


def test_the_book_is_finished_with_an_independent_server_that_fails_too(llmock, tmp_path):
    chapters = [text for title in TITLES for text in told_of(title)]
    llmock.fail(529, retry_after=0.1).truncate(after_chunks=3)
    for text in (WISHES, WISHES, PLAN, SOUND, prose(700, "bible"), *chapters, prose(120, "about")):
        llmock.reply(text)
    done = typed(*GENERATE, cwd=tmp_path, env=llmock.env())
    state = state_of(tmp_path)

    assert done.returncode == 0, done.stderr
    assert (state["finished"], len(state["chapters"])) == (True, CHAPTERS)
    llmock.assert_resilient(strict=True)
