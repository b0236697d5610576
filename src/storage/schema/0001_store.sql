-- SPDX-License-Identifier: Apache-2.0
-- Layout 1.0. docs/storage.md says what each column means and which ones are in clear.

CREATE TABLE meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    layout_major INTEGER NOT NULL,
    layout_minor INTEGER NOT NULL,
    migration INTEGER NOT NULL,
    store_id BLOB NOT NULL CHECK (length(store_id) = 16)
) STRICT;

CREATE TABLE streams (
    stream_no INTEGER PRIMARY KEY,
    stream BLOB NOT NULL UNIQUE CHECK (length(stream) = 16),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 6)
) STRICT;

CREATE TABLE blobs (
    blob_no INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    kind TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream_no INTEGER NOT NULL REFERENCES streams (stream_no),
    version INTEGER NOT NULL CHECK (version >= 1),
    type TEXT NOT NULL CHECK (type <> ''),
    schema_version INTEGER NOT NULL CHECK (schema_version >= 1),
    effective_on INTEGER NOT NULL,
    recorded_at_ms INTEGER NOT NULL,
    latest_recorded_at_ms INTEGER NOT NULL CHECK (latest_recorded_at_ms >= recorded_at_ms),
    command BLOB NOT NULL CHECK (length(command) = 32),
    pack_no INTEGER REFERENCES blobs (blob_no),
    path_no INTEGER REFERENCES blobs (blob_no),
    engine_version INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (stream_no, version)
) STRICT;

CREATE TABLE part_keys (
    key_no INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    retention_class TEXT NOT NULL,
    master TEXT NOT NULL,
    nonce BLOB,
    wrapped_key BLOB,
    UNIQUE (subject, retention_class, key_no),
    CHECK ((nonce IS NULL) = (wrapped_key IS NULL))
) STRICT;

CREATE TABLE parts (
    position INTEGER NOT NULL REFERENCES events (position),
    part_no INTEGER NOT NULL CHECK (part_no >= 0),
    subject TEXT NOT NULL,
    retention_class TEXT NOT NULL,
    commitment BLOB NOT NULL CHECK (length(commitment) = 32),
    salt BLOB CHECK (length(salt) = 32),
    key_no INTEGER REFERENCES part_keys (key_no),
    nonce BLOB,
    erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
    bytes BLOB,
    PRIMARY KEY (position, part_no),
    CHECK ((bytes IS NULL) = (erased = 1)),
    CHECK ((key_no IS NULL) = (nonce IS NULL)),
    CHECK ((salt IS NOT NULL) = (key_no IS NULL AND erased = 0))
) STRICT, WITHOUT ROWID;

CREATE TABLE commands (
    command BLOB PRIMARY KEY CHECK (length(command) = 32),
    content BLOB NOT NULL CHECK (length(content) = 32),
    first_position INTEGER NOT NULL,
    last_position INTEGER NOT NULL,
    CHECK (last_position >= first_position)
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
    stream_no INTEGER PRIMARY KEY REFERENCES streams (stream_no),
    stage TEXT NOT NULL,
    municipality TEXT NOT NULL,
    owner_role TEXT NOT NULL,
    status TEXT NOT NULL,
    opened_on INTEGER,
    closed_on INTEGER,
    next_due_on INTEGER
) STRICT;

CREATE INDEX cases_by_place ON cases (municipality, stage, status, closed_on, owner_role);
CREATE INDEX cases_by_due ON cases (next_due_on) WHERE next_due_on IS NOT NULL;

CREATE TABLE snapshots (
    stream_no INTEGER NOT NULL REFERENCES streams (stream_no),
    retention_class TEXT NOT NULL,
    version INTEGER NOT NULL,
    schema_version INTEGER NOT NULL,
    commitment BLOB NOT NULL CHECK (length(commitment) = 32),
    salt BLOB CHECK (length(salt) = 32),
    key_no INTEGER REFERENCES part_keys (key_no),
    nonce BLOB,
    bytes BLOB NOT NULL,
    PRIMARY KEY (stream_no, retention_class),
    CHECK ((key_no IS NULL) = (nonce IS NULL)),
    CHECK ((salt IS NULL) = (key_no IS NOT NULL))
) STRICT;

-- What is stored stays: only the sealing of content may change.
CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER events_unchanged BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER streams_stay BEFORE DELETE ON streams BEGIN SELECT RAISE(ABORT, 'streams are never deleted'); END;
CREATE TRIGGER streams_unchanged BEFORE UPDATE ON streams BEGIN SELECT RAISE(ABORT, 'streams are never changed'); END;
CREATE TRIGGER blobs_stay BEFORE DELETE ON blobs BEGIN SELECT RAISE(ABORT, 'blobs are never deleted'); END;
CREATE TRIGGER blobs_unchanged BEFORE UPDATE ON blobs BEGIN SELECT RAISE(ABORT, 'blobs are never changed'); END;
CREATE TRIGGER commands_stay BEFORE DELETE ON commands BEGIN SELECT RAISE(ABORT, 'commands are never deleted'); END;
CREATE TRIGGER parts_stay BEFORE DELETE ON parts BEGIN SELECT RAISE(ABORT, 'parts are erased, never deleted'); END;
CREATE TRIGGER parts_committed BEFORE UPDATE OF position, part_no, subject, retention_class, commitment ON parts
BEGIN SELECT RAISE(ABORT, 'what a part commits to never changes'); END;
CREATE TRIGGER parts_erased BEFORE UPDATE OF erased ON parts WHEN OLD.erased = 1 AND NEW.erased = 0
BEGIN SELECT RAISE(ABORT, 'an erased part stays erased'); END;
