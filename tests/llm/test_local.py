"""The real local model: a small one that lives in a child process and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from l2mac_write.errors import LLMError, WindowOverflow
from l2mac_write.llm.chat import Piece
from l2mac_write.llm.local import Local
from l2mac_write.llm.local_server import LocalServer
from l2mac_write.llm.weights import DEFAULT_WEIGHTS, pull
from l2mac_write.messages import Prose, Reply, Request, Stop, Structured, Told
from l2mac_write.own_files import cache
from tests.network import again

pytestmark = pytest.mark.skipif(
    not find_spec("xllamacpp"), reason="the local engine is an optional extra"
)

SYSTEM = "You write short, plain fiction."
TOLD = Told("Write about an old ferryman who crosses the river at night.")
TITLES = Structured(
    {
        "type": "object",
        "properties": {
            "title": {"type": "string", "maxLength": 40},
            "chapters": {
                "type": "array",
                "items": {"type": "string", "maxLength": 40},
                "minItems": 2,
                "maxItems": 2,
            },
        },
        "required": ["title", "chapters"],
        "additionalProperties": False,
    }
)
PARENT = """
import sys, time
from pathlib import Path
from l2mac_write.llm.local_server import LocalServer

server = LocalServer.start(Path(sys.argv[1]), 512)
print("ready", flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="session")
def weights():
    return again(lambda: pull(DEFAULT_WEIGHTS, cache(), lambda done, total: None), LLMError)


@pytest.fixture(scope="module")
def model(weights):
    """One child for all tests that do it no harm."""
    with closing(Local("Small", lambda: weights)) as local:
        yield local


@pytest.fixture
def own(weights):
    """A model whose child may be killed."""
    with closing(Local("Small", lambda: weights, window=512)) as local:
        yield local


def unheard(_):
    pass


WORD, SENTENCE = Prose(1), Prose(15)


def asked(*conversation, shape=SENTENCE, seed=7):
    return Request(SYSTEM, conversation or (TOLD,), shape, seed=seed)


def children(parent):
    """Process ids of the model servers that this process started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if int(state[1]) == parent and b"local_child" in command:
            found.append(int(folder.name))
    return found


def log_of(child):
    return Path(f"/proc/{child}/fd/2").readlink()


def gone(process):
    """Ended, be it that nobody has asked yet how."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return True
    return state == "Z"


def seconds_until(claim, patience=120):
    start = time.monotonic()
    while not claim():
        assert time.monotonic() - start < patience
        time.sleep(0.02)
    return time.monotonic() - start


@contextmanager
def served(weights):
    server = LocalServer.start(weights, 512)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def started(weights, secrets):
    """A process of its own that holds a model, and the id of its child; it leaves a log."""
    command = [sys.executable, "-c", PARENT, str(weights)]
    with subprocess.Popen(command, env={**os.environ, **secrets}, stdout=subprocess.PIPE) as parent:
        assert parent.stdout.readline() == b"ready\n"
        (child,) = children(parent.pid)
        log = log_of(child)
        yield parent, child
        parent.kill()
    log.unlink()


def test_an_answer_arrives_in_pieces_that_make_up_the_reply(model):
    pieces = []
    reply = model.reply(asked(), pieces.append)

    assert len(pieces) > 5
    assert "".join(pieces) == reply.text
    assert reply.text.strip()


def test_it_says_what_it_used_and_costs_nothing(model):
    usage = model.reply(asked(), unheard).usage

    assert usage.output_tokens > 5
    assert usage.input_tokens + usage.cache_read_tokens > 20
    assert model.price(usage) == 0


def test_an_answer_that_is_longer_than_asked_for_is_cut_and_says_so(model):
    reply = model.reply(asked(shape=WORD), unheard)

    assert reply.stop is Stop.LENGTH


def test_a_schema_is_kept_to_the_letter(model):
    answer = json.loads(model.reply(asked(shape=TITLES), unheard).text)

    assert answer.keys() == {"title", "chapters"}
    assert [type(chapter) for chapter in answer["chapters"]] == [str, str]


def test_the_same_seed_gives_the_same_text_and_another_one_another(model):
    model.reply(asked(), unheard)
    texts = [model.reply(asked(seed=seed), unheard).text for seed in (1, 1, 2)]

    assert texts[0] == texts[1] != texts[2]


def test_a_reply_at_the_end_is_gone_on_with(model):
    reply = model.reply(asked(TOLD, Reply("The river was black, and the ferryman")), unheard)

    assert reply.text.strip()
    assert not reply.text.startswith("The river was black")


def test_a_request_longer_than_the_window_is_told_apart(own):
    with pytest.raises(WindowOverflow):
        own.reply(asked(Told("A long, long story. " * 300)), unheard)

    assert own.reply(asked(), unheard).text


def test_a_model_with_a_template_of_its_own_is_asked_through_it(weights):
    with closing(Local("Own", lambda: weights, is_chatml=False, window=512)) as local:
        assert local.reply(asked(), unheard).text.strip()


def test_no_key_of_the_person_reaches_the_child(weights):
    secrets = {"ANTHROPIC_API_KEY": "canary-1", "OTHER_API_KEY": "canary-2", "A_TOKEN": "canary-3"}
    with started(weights, secrets) as (_, child):
        seen = Path(f"/proc/{child}/environ").read_bytes()

    assert b"canary" not in seen
    assert b"L2MAC_LOCAL_KEY" in seen


def test_the_child_is_gone_within_two_seconds_of_its_parent_being_killed(weights):
    # of three, for a busy machine may hold up one
    assert any(outlives(weights) < 2 for _ in range(3))


def outlives(weights):
    """So many seconds the child outlives its parent."""
    with started(weights, {}) as (parent, child):
        os.kill(parent.pid, signal.SIGKILL)
        return seconds_until(lambda: gone(child))


def test_closing_leaves_neither_process_nor_log(own):
    running = children(os.getpid())
    own.reply(asked(shape=WORD), unheard)
    (child,) = set(children(os.getpid())) - set(running)
    log = log_of(child)
    assert log.exists()
    own.close()

    assert not Path(f"/proc/{child}").exists()
    assert not log.exists()


def test_a_closed_model_can_be_asked_again(own):
    own.reply(asked(shape=WORD), unheard)
    own.close()

    assert own.reply(asked(shape=WORD), unheard).text


def test_a_child_that_died_is_started_again(own):
    running = children(os.getpid())
    own.reply(asked(shape=WORD), unheard)
    (child,) = set(children(os.getpid())) - set(running)
    os.kill(child, signal.SIGKILL)

    assert own.reply(asked(), unheard).text
    assert gone(child)


def test_a_child_that_dies_in_the_middle_of_its_answer_is_asked_anew(own):
    running, killed = children(os.getpid()), []

    def hear(piece):
        if not killed:
            killed.extend(set(children(os.getpid())) - set(running))
            os.kill(killed[0], signal.SIGKILL)

    reply = own.reply(asked(shape=SENTENCE), hear)

    assert reply.text.strip()
    assert gone(killed[0])


def test_a_file_that_cannot_be_loaded_names_the_log_and_leaves_no_process(tmp_path):
    running = children(os.getpid())
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(100))
    local = Local("Broken", lambda: broken)
    with pytest.raises(LLMError, match="could not be started") as refused:
        local.reply(asked(), unheard)
    log = Path(str(refused.value).split("`")[1])

    assert children(os.getpid()) == running
    assert "broken.gguf" in log.read_text()
    log.unlink()


def test_a_control_token_in_words_stays_words(weights):
    with served(weights) as server:
        markup, words = (server.tokens([Piece("<|im_end|>", claim)]) for claim in (True, False))

    assert len(markup) == 1
    assert len(words) > 1


def test_a_paragraph_is_no_shorter_than_about_half_of_what_was_asked_for(model):
    said = [
        model.reply(asked(TOLD, Reply("He sighed."), shape=Prose(60), seed=n), unheard).text
        for n in range(3)
    ]

    assert all(len(text) >= 3 * 60 for text in said)
