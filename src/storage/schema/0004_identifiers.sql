-- SPDX-License-Identifier: Apache-2.0
-- Layout 1.3: clients found by their identifiers.

CREATE TABLE identifiers (
    position INTEGER NOT NULL REFERENCES events (position),
    kind TEXT NOT NULL,
    stream_no INTEGER NOT NULL REFERENCES streams (stream_no),
    retention_class TEXT NOT NULL,
    known_on INTEGER NOT NULL,
    tag BLOB NOT NULL CHECK (length(tag) = 32),
    PRIMARY KEY (position, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX identifiers_by_tag ON identifiers (tag);
CREATE INDEX identifiers_by_stream ON identifiers (stream_no);

-- How far the events have been looked through, and the key of the tags while the store is kept in clear.
CREATE TABLE identifier_index (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    indexed_to INTEGER NOT NULL,
    tag_key BLOB CHECK (length(tag_key) = 32)
) STRICT;

INSERT INTO identifier_index (id, indexed_to, tag_key) VALUES (1, 0, NULL);
