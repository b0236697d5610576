-- SPDX-License-Identifier: Apache-2.0
-- Layout 1.1: master keys, erasures, and where a client's content is.

ALTER TABLE meta ADD COLUMN master TEXT;

CREATE TABLE subject_streams (
    subject TEXT NOT NULL,
    retention_class TEXT NOT NULL,
    stream_no INTEGER NOT NULL REFERENCES streams (stream_no),
    live INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
    PRIMARY KEY (subject, retention_class, stream_no)
) STRICT, WITHOUT ROWID;

CREATE INDEX subject_streams_by_stream ON subject_streams (stream_no);

INSERT INTO subject_streams (subject, retention_class, stream_no, live)
SELECT p.subject, p.retention_class, e.stream_no, max(p.erased = 0) FROM parts AS p
JOIN events AS e ON e.position = p.position WHERE p.subject <> '-'
GROUP BY p.subject, p.retention_class, e.stream_no;

CREATE TABLE erasures (
    erasure_no INTEGER PRIMARY KEY,
    subject TEXT NOT NULL CHECK (length(subject) = 32),
    retention_class TEXT NOT NULL,
    reason TEXT NOT NULL,
    erased_on INTEGER NOT NULL,
    upto INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
) STRICT;

CREATE INDEX erasures_by_subject ON erasures (subject);

CREATE TRIGGER erasures_stay BEFORE DELETE ON erasures BEGIN SELECT RAISE(ABORT, 'erasures are never deleted'); END;
CREATE TRIGGER erasures_unchanged
BEFORE UPDATE OF erasure_no, subject, retention_class, reason, erased_on, upto ON erasures
BEGIN SELECT RAISE(ABORT, 'what an erasure says never changes'); END;
CREATE TRIGGER part_keys_stay BEFORE DELETE ON part_keys BEGIN SELECT RAISE(ABORT, 'keys are destroyed, never deleted'); END;
CREATE TRIGGER part_keys_destroyed BEFORE UPDATE OF wrapped_key ON part_keys
WHEN OLD.wrapped_key IS NULL AND NEW.wrapped_key IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a destroyed key stays destroyed'); END;
CREATE TRIGGER parts_sealed BEFORE INSERT ON parts
WHEN NEW.key_no IS NULL AND (NEW.subject <> '-' OR NEW.retention_class <> 'none')
    AND (SELECT master FROM meta WHERE id = 1) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a sealed store takes no content in clear'); END;
