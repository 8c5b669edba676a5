"""The child process that holds a local model: a llama.cpp server that dies with its parent."""

from __future__ import annotations

import json
import os
import sys

KEY = "L2MAC_LOCAL_KEY"
MOST_THREADS = 8


def main(model: str, window: int) -> None:
    """Serve on loopback until standard input ends, which it does when the parent is gone."""
    import xllamacpp  # noqa: PLC0415  # only the child loads the engine: a crash takes no book down

    params = xllamacpp.CommonParams()
    params.model.path = model
    params.n_ctx = window
    params.n_parallel = 1
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [os.environ[KEY]]
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = _threads()
    server = xllamacpp.Server(params)
    print(json.dumps({"url": server.listening_address}), flush=True)  # noqa: T201  # the parent waits for it
    sys.stdin.read()
    os._exit(0)


def _threads() -> int:
    ours = getattr(os, "sched_getaffinity", None)  # Linux only
    return max(1, min(MOST_THREADS, len(ours(0)) if ours else os.cpu_count() or 1))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
