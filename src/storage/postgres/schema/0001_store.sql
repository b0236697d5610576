-- SPDX-License-Identifier: Apache-2.0
-- Layout 1.0 of a store in PostgreSQL: the tables of src/storage/schema in its dialect, and the writers' turn.
-- docs/postgres.md says what differs, docs/storage.md what each column means. Run with the store's schema first in the
-- search path.

CREATE TABLE meta (
    id bigint PRIMARY KEY CHECK (id = 1),
    layout_major bigint NOT NULL,
    layout_minor bigint NOT NULL,
    migration bigint NOT NULL,
    store_id bytea NOT NULL CHECK (octet_length(store_id) = 16),
    master text COLLATE "C"
);

-- Whoever writes changes this row first, and so has the turn until the transaction ends.
CREATE TABLE turn (
    id bigint PRIMARY KEY CHECK (id = 1),
    writes bigint NOT NULL
) WITH (fillfactor = 10);

CREATE TABLE streams (
    stream_no bigint PRIMARY KEY,
    stream bytea NOT NULL UNIQUE CHECK (octet_length(stream) = 16),
    kind bigint NOT NULL CHECK (kind BETWEEN 1 AND 6)
);

CREATE TABLE blobs (
    blob_no bigint PRIMARY KEY,
    hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    kind text NOT NULL,
    bytes bytea NOT NULL
);

CREATE TABLE events (
    position bigint PRIMARY KEY,
    stream_no bigint NOT NULL REFERENCES streams (stream_no),
    version bigint NOT NULL CHECK (version >= 1),
    type text COLLATE "C" NOT NULL CHECK (type <> ''),
    schema_version bigint NOT NULL CHECK (schema_version >= 1),
    effective_on bigint NOT NULL,
    recorded_at_ms bigint NOT NULL,
    latest_recorded_at_ms bigint NOT NULL CHECK (latest_recorded_at_ms >= recorded_at_ms),
    command bytea NOT NULL CHECK (octet_length(command) = 32),
    pack_no bigint REFERENCES blobs (blob_no),
    path_no bigint REFERENCES blobs (blob_no),
    engine_version bigint NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    UNIQUE (stream_no, version)
);

CREATE TABLE part_keys (
    key_no bigint PRIMARY KEY,
    subject text COLLATE "C" NOT NULL,
    retention_class text COLLATE "C" NOT NULL,
    master text COLLATE "C" NOT NULL,
    nonce bytea,
    wrapped_key bytea,
    UNIQUE (subject, retention_class, key_no),
    CHECK ((nonce IS NULL) = (wrapped_key IS NULL))
);

CREATE TABLE parts (
    position bigint NOT NULL REFERENCES events (position),
    part_no bigint NOT NULL CHECK (part_no >= 0),
    subject text COLLATE "C" NOT NULL,
    retention_class text COLLATE "C" NOT NULL,
    commitment bytea NOT NULL CHECK (octet_length(commitment) = 32),
    salt bytea CHECK (octet_length(salt) = 32),
    key_no bigint REFERENCES part_keys (key_no),
    nonce bytea,
    erased bigint NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
    bytes bytea,
    PRIMARY KEY (position, part_no),
    CHECK ((bytes IS NULL) = (erased = 1)),
    CHECK ((key_no IS NULL) = (nonce IS NULL)),
    CHECK ((salt IS NOT NULL) = (key_no IS NULL AND erased = 0))
);

CREATE TABLE commands (
    command bytea PRIMARY KEY CHECK (octet_length(command) = 32),
    content bytea NOT NULL CHECK (octet_length(content) = 32),
    first_position bigint NOT NULL,
    last_position bigint NOT NULL,
    CHECK (last_position >= first_position)
);

CREATE TABLE cases (
    stream_no bigint PRIMARY KEY REFERENCES streams (stream_no),
    stage text COLLATE "C" NOT NULL,
    municipality text COLLATE "C" NOT NULL,
    owner_role text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL,
    opened_on bigint,
    closed_on bigint,
    next_due_on bigint
);

CREATE INDEX cases_by_place ON cases (municipality, stage, status, closed_on, owner_role);
CREATE INDEX cases_by_due ON cases (next_due_on) WHERE next_due_on IS NOT NULL;

CREATE TABLE snapshots (
    stream_no bigint NOT NULL REFERENCES streams (stream_no),
    retention_class text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    schema_version bigint NOT NULL,
    commitment bytea NOT NULL CHECK (octet_length(commitment) = 32),
    salt bytea CHECK (octet_length(salt) = 32),
    key_no bigint REFERENCES part_keys (key_no),
    nonce bytea,
    bytes bytea NOT NULL,
    PRIMARY KEY (stream_no, retention_class),
    CHECK ((key_no IS NULL) = (nonce IS NULL)),
    CHECK ((salt IS NULL) = (key_no IS NOT NULL))
);

CREATE TABLE subject_streams (
    subject text COLLATE "C" NOT NULL,
    retention_class text COLLATE "C" NOT NULL,
    stream_no bigint NOT NULL REFERENCES streams (stream_no),
    live bigint NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
    PRIMARY KEY (subject, retention_class, stream_no)
);

CREATE INDEX subject_streams_by_stream ON subject_streams (stream_no);

CREATE TABLE erasures (
    erasure_no bigint PRIMARY KEY,
    subject text COLLATE "C" NOT NULL CHECK (length(subject) = 32),
    retention_class text COLLATE "C" NOT NULL,
    reason text NOT NULL,
    erased_on bigint NOT NULL,
    upto bigint NOT NULL,
    done bigint NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
);

CREATE INDEX erasures_by_subject ON erasures (subject);

CREATE TABLE labels (
    label_no bigint PRIMARY KEY,
    hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    key_no bigint REFERENCES part_keys (key_no),
    nonce bytea,
    bytes bytea NOT NULL,
    CHECK ((key_no IS NULL) = (nonce IS NULL))
);

CREATE TABLE counters (
    day bigint NOT NULL,
    label_no bigint NOT NULL REFERENCES labels (label_no),
    value bigint NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (day, label_no, value)
);

CREATE TABLE counter_sums (
    label_no bigint NOT NULL REFERENCES labels (label_no),
    value bigint NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (label_no, value)
);

CREATE TABLE counting (
    id bigint PRIMARY KEY CHECK (id = 1),
    way bigint NOT NULL,
    counted_to bigint NOT NULL,
    summed_to bigint,
    recount bigint NOT NULL
) WITH (fillfactor = 10);

CREATE TABLE identifiers (
    position bigint NOT NULL REFERENCES events (position),
    kind text COLLATE "C" NOT NULL,
    stream_no bigint NOT NULL REFERENCES streams (stream_no),
    retention_class text COLLATE "C" NOT NULL,
    known_on bigint NOT NULL,
    tag bytea NOT NULL CHECK (octet_length(tag) = 32),
    PRIMARY KEY (position, kind)
);

CREATE INDEX identifiers_by_tag ON identifiers (tag);
CREATE INDEX identifiers_by_stream ON identifiers (stream_no);

CREATE TABLE identifier_index (
    id bigint PRIMARY KEY CHECK (id = 1),
    indexed_to bigint NOT NULL,
    tag_key bytea CHECK (octet_length(tag_key) = 32)
);

INSERT INTO turn (id, writes) VALUES (1, 0);
INSERT INTO counting (id, way, counted_to, summed_to, recount) VALUES (1, 0, 0, NULL, 0);
INSERT INTO identifier_index (id, indexed_to, tag_key) VALUES (1, 0, NULL);

-- What is stored stays: only the sealing of content may change.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$body$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END $body$;

CREATE TRIGGER events_stay BEFORE DELETE OR UPDATE ON events
    FOR EACH ROW EXECUTE FUNCTION refuse_change('events are never changed or deleted');
CREATE TRIGGER streams_stay BEFORE DELETE OR UPDATE ON streams
    FOR EACH ROW EXECUTE FUNCTION refuse_change('streams are never changed or deleted');
CREATE TRIGGER blobs_stay BEFORE DELETE OR UPDATE ON blobs
    FOR EACH ROW EXECUTE FUNCTION refuse_change('blobs are never changed or deleted');
CREATE TRIGGER commands_stay BEFORE DELETE OR UPDATE ON commands
    FOR EACH ROW EXECUTE FUNCTION refuse_change('commands are never changed or deleted');
CREATE TRIGGER parts_stay BEFORE DELETE ON parts
    FOR EACH ROW EXECUTE FUNCTION refuse_change('parts are erased, never deleted');
CREATE TRIGGER parts_committed BEFORE UPDATE OF position, part_no, subject, retention_class, commitment ON parts
    FOR EACH ROW EXECUTE FUNCTION refuse_change('what a part commits to never changes');
CREATE TRIGGER parts_erased BEFORE UPDATE OF erased ON parts FOR EACH ROW WHEN (OLD.erased = 1 AND NEW.erased = 0)
    EXECUTE FUNCTION refuse_change('an erased part stays erased');
CREATE TRIGGER erasures_stay BEFORE DELETE ON erasures
    FOR EACH ROW EXECUTE FUNCTION refuse_change('erasures are never deleted');
CREATE TRIGGER erasures_unchanged
    BEFORE UPDATE OF erasure_no, subject, retention_class, reason, erased_on, upto ON erasures
    FOR EACH ROW EXECUTE FUNCTION refuse_change('what an erasure says never changes');
CREATE TRIGGER part_keys_stay BEFORE DELETE ON part_keys
    FOR EACH ROW EXECUTE FUNCTION refuse_change('keys are destroyed, never deleted');
CREATE TRIGGER part_keys_destroyed BEFORE UPDATE OF wrapped_key ON part_keys
    FOR EACH ROW WHEN (OLD.wrapped_key IS NULL AND NEW.wrapped_key IS NOT NULL)
    EXECUTE FUNCTION refuse_change('a destroyed key stays destroyed');

CREATE FUNCTION refuse_clear() RETURNS trigger LANGUAGE plpgsql AS
$body$ BEGIN
    IF (SELECT master FROM meta WHERE id = 1) IS NOT NULL THEN
        RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $body$;

CREATE TRIGGER parts_sealed BEFORE INSERT ON parts
    FOR EACH ROW WHEN (NEW.key_no IS NULL AND (NEW.subject <> '-' OR NEW.retention_class <> 'none'))
    EXECUTE FUNCTION refuse_clear('a sealed store takes no content in clear');
CREATE TRIGGER labels_sealed BEFORE INSERT ON labels FOR EACH ROW WHEN (NEW.key_no IS NULL)
    EXECUTE FUNCTION refuse_clear('a sealed store takes no label in clear');

CREATE TRIGGER events_kept BEFORE TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('events are never deleted');
CREATE TRIGGER parts_kept BEFORE TRUNCATE ON parts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('parts are erased, never deleted');
CREATE TRIGGER commands_kept BEFORE TRUNCATE ON commands
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('commands are never deleted');

-- The planner's statistics keep common values, and would keep what has been erased.
ALTER TABLE parts ALTER COLUMN salt SET STATISTICS 0, ALTER COLUMN bytes SET STATISTICS 0;
ALTER TABLE snapshots ALTER COLUMN salt SET STATISTICS 0, ALTER COLUMN bytes SET STATISTICS 0;
ALTER TABLE part_keys ALTER COLUMN wrapped_key SET STATISTICS 0;
ALTER TABLE labels ALTER COLUMN bytes SET STATISTICS 0;
ALTER TABLE identifiers ALTER COLUMN tag SET STATISTICS 0;
ALTER TABLE identifier_index ALTER COLUMN tag_key SET STATISTICS 0;
