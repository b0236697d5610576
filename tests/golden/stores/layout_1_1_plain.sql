-- A store of layout 1.1, in clear, as sqlite3's .dump wrote it.
-- head 5:1bc6a78f33f6e04e3cddf7b17eaf78631e223cc76ce3306e223fd7b669b67e41
PRAGMA application_id = 1886153589;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    layout_major INTEGER NOT NULL,
    layout_minor INTEGER NOT NULL,
    migration INTEGER NOT NULL,
    store_id BLOB NOT NULL CHECK (length(store_id) = 16)
, master TEXT) STRICT;
INSERT INTO meta VALUES(1,1,1,2,X'c535873f4465ea2007caa900b6128eab',NULL);
CREATE TABLE streams (
    stream_no INTEGER PRIMARY KEY,
    stream BLOB NOT NULL UNIQUE CHECK (length(stream) = 16),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 6)
) STRICT;
INSERT INTO streams VALUES(1,X'a0000000000000000000000000000001',2);
INSERT INTO streams VALUES(2,X'a00000000000000000000000000003e8',1);
INSERT INTO streams VALUES(3,X'c535873f4465ea2007caa900b6128eab',6);
CREATE TABLE blobs (
    blob_no INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    kind TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
INSERT INTO blobs VALUES(1,X'eef7af50530729118172dadf8d1fe8534017ad6ee00d9b137121a4e1376886d9','pack',X'7b227061636b223a317d');
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
INSERT INTO events VALUES(1,1,1,'opened',1,20577,1780000000000,1780000000000,X'27c2a0fd4031451c1e74f21b53b07d73057bb8554f57c8913d186870eb9eed11',1,NULL,1,X'a665a4c9a91201176f5944aff628b2e9e3b808a6663b1bdc3371438841eb250c');
INSERT INTO events VALUES(2,1,2,'sent',1,20577,1780000000000,1780000000000,X'27c2a0fd4031451c1e74f21b53b07d73057bb8554f57c8913d186870eb9eed11',NULL,NULL,1,X'01d6086aa73354fcfb27ae63569de02930b8ab958b5a22f2fc90b2c61677caf9');
INSERT INTO events VALUES(3,2,1,'fact_recorded',1,20577,1780000000000,1780000000000,X'27c2a0fd4031451c1e74f21b53b07d73057bb8554f57c8913d186870eb9eed11',NULL,NULL,1,X'1cb466ba9751a03d1f27bd38815ba447728bbbe40d16cab8041334ab21825fca');
INSERT INTO events VALUES(4,3,1,'store_checkpoint',1,20577,1780000000000,1780000000000,X'0000000000000000000000000000000000000000000000000000000000000000',NULL,NULL,0,X'd59ca0278a4bcfc0f87f824de4bd77da97443840b37f1dbcc132d0f7ba63512b');
INSERT INTO events VALUES(5,1,3,'noted',1,20577,1780000000000,1780000000000,X'9a9dec32973b7707a4b67a6a2e5d19b0c39d3b89d90c8ca2a6bba8e7ebf742e9',NULL,NULL,1,X'58244b1bb989ff474366f3c2d475feb7d7fc59549b905fd471c4dd7b90818f17');
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
INSERT INTO parts VALUES(1,0,'-','attribution',X'4fe578ff3fce0581b644da51817eb50a58dfa92650351cfc7d5eb805e2f24194',X'98b6578151908cab7c0fcba6fb38fae055238f1d071500774b2c2248ae24acb7',NULL,NULL,0,X'706f6c6b752e6174747269627574696f6e2e310000000008776f726b65723a3700000012656d706c6f796d656e745f73657276696365');
INSERT INTO parts VALUES(1,1,'-','employment',X'301315a2780e29d70024467d5f2e7b51dfef726200f2fb8ace5e82e09de77b53',X'1eb49a3acda1e567cc0844c6b6884e7b612af12152e7958c253bba01e9b12de2',NULL,NULL,0,X'7b2261223a317d');
INSERT INTO parts VALUES(2,0,'-','attribution',X'7fcc26ed1bd35eff15bec281fd59812d72e682e6610fddd8ed818815411ac6ab',X'ba2fa290642e18c048b6a78a629bdb72db2e38caadcd7e463005e7a18d35f662',NULL,NULL,0,X'706f6c6b752e6174747269627574696f6e2e310000000008776f726b65723a3700000012656d706c6f796d656e745f73657276696365');
INSERT INTO parts VALUES(2,1,'-','employment',X'4760436678b994d96736a7b3c2c0b7d36a80430c81862bc341a628c277305cca',X'bc54398f182b346c182607af0b3fea09688726f5ba0f87c5765289c53dd1c291',NULL,NULL,0,X'7b2262223a327d');
INSERT INTO parts VALUES(3,0,'-','attribution',X'589d22ff1089b65c5920c2f7e3d2a52c8c28f5aba90a0aa75cf06ba1d6ddfca3',X'df018801e6914e4494b3c0c9d65d2a9b5942449b11f4abf63c523fb3e9dcbbf8',NULL,NULL,0,X'706f6c6b752e6174747269627574696f6e2e310000000008776f726b65723a3700000012656d706c6f796d656e745f73657276696365');
INSERT INTO parts VALUES(3,1,'-','employment',X'bbb07e8fbfc5d1696f5470a5d411457a2743a8e64ae9974225a9e7c54de7a643',X'490e56ece81acecc9d48c71d99a2d91873635a64de9b74289744322ce7d81e0b',NULL,NULL,0,X'7b7d');
INSERT INTO parts VALUES(3,2,'a00000000000000000000000000003e8','employment',X'aa0965e873ca19dce85bfcb1e3786c6aa8a5cd3f770c93e5c846717c11908942',X'4f88fb3c263031c0633f6853c46bfc6eab9ad052df5447453a1308ceb408c463',NULL,NULL,0,X'7b226e696d69223a224573696d65726b6b69227d');
INSERT INTO parts VALUES(3,3,'a00000000000000000000000000003e8','social',X'0024693877065b0df65047993413e10b391758485a87310c1ccf64ba4597291c',NULL,NULL,NULL,1,NULL);
INSERT INTO parts VALUES(4,0,'-','attribution',X'f7803fe9fa7f872e1a271183ba87b98b9bcc6f0078c8c0600d275cc1cab4d767',X'824ab3a872f0f317f33c7efb7b3e275aac37b78aabdf47943a1f6f7da9579b89',NULL,NULL,0,X'706f6c6b752e6174747269627574696f6e2e310000000005706f6c6b750000001073746f72655f636865636b706f696e74');
INSERT INTO parts VALUES(4,1,'-','none',X'529925833a29e7d70036d6b95357425f9d4ce86d1b07006e0d3c93650451ce82',X'f31632233aa3ef7875ad2eab3a801d7e52dbc06fc34fc5dc750fb99ee5bce497',NULL,NULL,0,X'706f6c6b752e636865636b706f696e742e3100000000000000000000000000000000030000000000000002b86fc3a2b3d8f36fb5441b5d8d59b1a8b72a2e306f58d19e1452d673d3113854');
INSERT INTO parts VALUES(5,0,'-','attribution',X'9a70598ffe33e2133b5c0f8ccf97c45f32070f7c68971b2f50d3bc3a65c8d106',X'f3fc79f59910f4e6f2faf13a02ad667d9783077d2bbe24a5e6ebad6897391b91',NULL,NULL,0,X'706f6c6b752e6174747269627574696f6e2e310000000008776f726b65723a3700000012656d706c6f796d656e745f73657276696365');
INSERT INTO parts VALUES(5,1,'-','employment',X'01970c532f67be8561023ff79c282beef41436df211a83f8d4065819a5a11a39',X'10b284d9e1f98bec9c262761569fc66c545c5c52badfe01135eaeb553dd3380f',NULL,NULL,0,X'7b2274656b737469223a22487976c3a4c3a42070c3a46976c3a4c3a4227d');
CREATE TABLE commands (
    command BLOB PRIMARY KEY CHECK (length(command) = 32),
    content BLOB NOT NULL CHECK (length(content) = 32),
    first_position INTEGER NOT NULL,
    last_position INTEGER NOT NULL,
    CHECK (last_position >= first_position)
) STRICT, WITHOUT ROWID;
INSERT INTO commands VALUES(X'27c2a0fd4031451c1e74f21b53b07d73057bb8554f57c8913d186870eb9eed11',X'e837e22cd2b4d29eb225e2a333e9571e79f027bc4b480ac6613035b25cd6a071',1,3);
INSERT INTO commands VALUES(X'9a9dec32973b7707a4b67a6a2e5d19b0c39d3b89d90c8ca2a6bba8e7ebf742e9',X'1b6132f5061a6a8fa114b7e447ed9cfb35c9edf7b3087d353c9b0bd04fe5a1e7',5,5);
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
INSERT INTO cases VALUES(1,'referral','698','responsible_worker','open',20574,NULL,20605);
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
INSERT INTO snapshots VALUES(1,'employment',2,1,X'84c5f4b5fdada7d6a34a2645d3a8f822aa7895e8806d4d3ca52db2649644ccc1',X'28f29e00a35157b3783e692aaf93c36ff7cd003c46118c4613259010bc9638d2',NULL,NULL,X'7b227374616765223a22726566657272616c227d');
CREATE TABLE subject_streams (
    subject TEXT NOT NULL,
    retention_class TEXT NOT NULL,
    stream_no INTEGER NOT NULL REFERENCES streams (stream_no),
    live INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
    PRIMARY KEY (subject, retention_class, stream_no)
) STRICT, WITHOUT ROWID;
INSERT INTO subject_streams VALUES('a00000000000000000000000000003e8','employment',2,1);
INSERT INTO subject_streams VALUES('a00000000000000000000000000003e8','social',2,0);
CREATE TABLE erasures (
    erasure_no INTEGER PRIMARY KEY,
    subject TEXT NOT NULL CHECK (length(subject) = 32),
    retention_class TEXT NOT NULL,
    reason TEXT NOT NULL,
    erased_on INTEGER NOT NULL,
    upto INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
) STRICT;
INSERT INTO erasures VALUES(1,'a00000000000000000000000000003e8','social','request',20578,5,1);
CREATE INDEX cases_by_place ON cases (municipality, stage, status, closed_on, owner_role);
CREATE INDEX cases_by_due ON cases (next_due_on) WHERE next_due_on IS NOT NULL;
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
CREATE INDEX subject_streams_by_stream ON subject_streams (stream_no);
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
COMMIT;
