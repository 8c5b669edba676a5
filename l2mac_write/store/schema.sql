-- The journal of a book as schema 1 had it; `schema.py` says what came later. Times are seconds since 1970; JSON is text.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- How each finished instruction ended.
CREATE TABLE instruction (
    id TEXT PRIMARY KEY,
    status TEXT NOT NULL CHECK (status IN ('done', 'flawed')),
    rounds INTEGER NOT NULL,
    at REAL NOT NULL
) WITHOUT ROWID;

-- One row per request; `attempts` counts how often it was sent. A NULL cost is an unknown price.
CREATE TABLE call (
    id INTEGER PRIMARY KEY,
    instruction TEXT NOT NULL,
    role TEXT NOT NULL,
    model TEXT NOT NULL,
    request TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'sent' CHECK (state IN ('sent', 'streaming', 'done', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    answers INTEGER NOT NULL DEFAULT 0,
    input_tokens INTEGER NOT NULL DEFAULT 0,
    output_tokens INTEGER NOT NULL DEFAULT 0,
    cache_read_tokens INTEGER NOT NULL DEFAULT 0,
    cache_write_tokens INTEGER NOT NULL DEFAULT 0,
    cost REAL DEFAULT 0,
    reply TEXT,
    at REAL NOT NULL,
    UNIQUE (instruction, role, model, request)
);

-- What a call has said so far, while it streams.
CREATE TABLE partial (
    call INTEGER NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (call, seq)
) WITHOUT ROWID;

CREATE TABLE blob (
    sha TEXT PRIMARY KEY,
    body BLOB NOT NULL
);

-- Every version of every file; a NULL sha is a deletion, `base` the version it was made from.
CREATE TABLE file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    sha TEXT REFERENCES blob (sha),
    origin TEXT NOT NULL CHECK (origin IN ('agent', 'person', 'revision')),
    instruction TEXT NOT NULL,
    base INTEGER REFERENCES file (id),
    projected INTEGER NOT NULL DEFAULT 0,
    at REAL NOT NULL
);
CREATE INDEX file_by_path ON file (path, id);

-- `mend` is [start, end, new] as JSON.
CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    instruction TEXT NOT NULL,
    key TEXT NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    path TEXT NOT NULL,
    message TEXT NOT NULL,
    quote TEXT NOT NULL,
    hint TEXT NOT NULL,
    mend TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'fixed', 'waived')),
    reason TEXT NOT NULL
);
CREATE INDEX finding_by_instruction ON finding (instruction);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
);

-- What the writer of an instruction saw, and why.
CREATE TABLE window (
    instruction TEXT NOT NULL,
    ord INTEGER NOT NULL,
    source TEXT NOT NULL,
    reason TEXT NOT NULL,
    tokens INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (instruction, ord)
) WITHOUT ROWID;
