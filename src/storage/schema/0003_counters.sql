-- SPDX-License-Identifier: Apache-2.0
-- Layout 1.2: counters, kept in the transaction of the events.

CREATE TABLE labels (
    label_no INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    key_no INTEGER REFERENCES part_keys (key_no),
    nonce BLOB,
    bytes BLOB NOT NULL,
    CHECK ((key_no IS NULL) = (nonce IS NULL))
) STRICT;

-- By day first: what one day's appends touch lies together.
CREATE TABLE counters (
    day INTEGER NOT NULL,
    label_no INTEGER NOT NULL REFERENCES labels (label_no),
    value INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, label_no, value)
) STRICT, WITHOUT ROWID;

-- The sums of all rows of `counters` up to the day `counting.summed_to`.
CREATE TABLE counter_sums (
    label_no INTEGER NOT NULL REFERENCES labels (label_no),
    value INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (label_no, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE counting (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    way INTEGER NOT NULL,
    counted_to INTEGER NOT NULL,
    summed_to INTEGER,
    recount INTEGER NOT NULL
) STRICT;

INSERT INTO counting (id, way, counted_to, summed_to, recount) VALUES (1, 0, 0, NULL, 0);

CREATE TRIGGER labels_sealed BEFORE INSERT ON labels
WHEN NEW.key_no IS NULL AND (SELECT master FROM meta WHERE id = 1) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a sealed store takes no label in clear'); END;
