-- A store of layout 1.1, sealed, as sqlite3's .dump wrote it.
-- head 5:dd7f45374afe474a4f5924d5210b1140a60eb7b417d905ca61169df77d6f32ee
-- key golden-2026 0b10151a1f24292e33383d42474c51565b60656a6f74797e83888d92979ca1a6
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
INSERT INTO meta VALUES(1,1,1,2,X'ba191600a2a824d4edb5576e8e51287f','golden-2026');
CREATE TABLE streams (
    stream_no INTEGER PRIMARY KEY,
    stream BLOB NOT NULL UNIQUE CHECK (length(stream) = 16),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 6)
) STRICT;
INSERT INTO streams VALUES(1,X'a0000000000000000000000000000001',2);
INSERT INTO streams VALUES(2,X'a00000000000000000000000000003e8',1);
INSERT INTO streams VALUES(3,X'ba191600a2a824d4edb5576e8e51287f',6);
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
INSERT INTO events VALUES(1,1,1,'opened',1,20577,1780000000000,1780000000000,X'27c2a0fd4031451c1e74f21b53b07d73057bb8554f57c8913d186870eb9eed11',1,NULL,1,X'a596b53d519fbe9e0232fd9502649e59cd81b520c6ae8d0b21c699b77c984295');
INSERT INTO events VALUES(2,1,2,'sent',1,20577,1780000000000,1780000000000,X'27c2a0fd4031451c1e74f21b53b07d73057bb8554f57c8913d186870eb9eed11',NULL,NULL,1,X'3018580a80133816f30b81949050cab024eecc6729fad93e79bb389e6bda8730');
INSERT INTO events VALUES(3,2,1,'fact_recorded',1,20577,1780000000000,1780000000000,X'27c2a0fd4031451c1e74f21b53b07d73057bb8554f57c8913d186870eb9eed11',NULL,NULL,1,X'46fd5a7a83a94eae6f6c4807f974238d0c0d99e16be8e2031a311bc253137aea');
INSERT INTO events VALUES(4,3,1,'store_checkpoint',1,20577,1780000000000,1780000000000,X'0000000000000000000000000000000000000000000000000000000000000000',NULL,NULL,0,X'469c6fceda3da36312e63f1600ed10b3dd998a89cb831162e2b2f666263d51f4');
INSERT INTO events VALUES(5,1,3,'noted',1,20577,1780000000000,1780000000000,X'9a9dec32973b7707a4b67a6a2e5d19b0c39d3b89d90c8ca2a6bba8e7ebf742e9',NULL,NULL,1,X'2d7f64ce6d35c26493dabe3c9796c8268493abf7e296f545b64f457e7abf79c5');
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
INSERT INTO part_keys VALUES(1,'-','store','golden-2026',X'f0a11ae348b8b937b1bc23aa8a4905df78068f54d6eadd6c',X'38aeadee4bfe04b5672ee743d230d64c63ac22f9c579c4a63032bd14347cc883e5881646fdeda19be7ed9c563cdda2e4');
INSERT INTO part_keys VALUES(2,'a0000000000000000000000000000001','attribution','golden-2026',X'2d5286e9817125acda81e7ab2483f1a60f9237754b5decda',X'2bf841fd947cf13a131959d74d398a2ef374e3861241136644d4d3e42c36561a8f28c21bd14bc351dd9ef402e1c5f216');
INSERT INTO part_keys VALUES(3,'a0000000000000000000000000000001','employment','golden-2026',X'7c8cd5cc1429bc6066a51c79875f9ca37582bc2caa64eed7',X'09bfae72e434cc422587ddf9a0f031ec341ec72543a7efc88612a17f1ab07b44c0cb9c4f83dd9d1910a5072e1b52f721');
INSERT INTO part_keys VALUES(4,'a00000000000000000000000000003e8','attribution','golden-2026',X'50e19f6e3ce6848e0698390d2413a0d5bd4bedde42fb1d82',X'952aff935c571ebf20a01ad32f56a296727d2dfb880eb0456bfc8a29cafb277791b70b5c0dfc0af6df5652a23b793497');
INSERT INTO part_keys VALUES(5,'a00000000000000000000000000003e8','employment','golden-2026',X'd9129b41480c14c514095168c7219b683cbc5d914bb767ac',X'a4facea97400a28f48f82033032a30fbb3eba783f11dc72147f8247aa9fceb6970c6c8630f767eb027d5a89f1381aeb7');
INSERT INTO part_keys VALUES(6,'a00000000000000000000000000003e8','social','golden-2026',NULL,NULL);
INSERT INTO part_keys VALUES(7,'ba191600a2a824d4edb5576e8e51287f','attribution','golden-2026',X'0c302153e9c0048cba57a5b03bf914176c558f6f24e46656',X'754209f068435be757041b3ff6af2e20565c5cd88dd76c24cbb963650b0f4c24778a015d5d3ba4dcbef71a660cc95c4e');
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
INSERT INTO parts VALUES(1,0,'-','attribution',X'edb826170d61076d9d1c79e4526fa69f2a9ed37e218fc0bfbd5a1257129b3bcf',NULL,2,X'bd595dea80e5840659c7182d0fbc88b0be51ff1fc00d6d5e',0,X'cbe140497e88f91ff501ff7a663d3d8ecba7b55893653214ba3f9e2dedf5bd25875a7de3d069f704854ca4be7b73f673ed6967e7a746922449ae059aed8ea31e5fe3b858a0fbd52441343caeab58a75a3636b8d3e4ec8507cd0e68880f45e0335cf58ef889ec');
INSERT INTO parts VALUES(1,1,'-','employment',X'10c42ca133233505e84783a2b7d228114becb25a8bd42253486e813b4d6b2e71',NULL,3,X'f9ec3eefc241aa0a00bab9d688f73b3deb7cf735710a9a6a',0,X'6acf435b1d7d3f78c4b50670f144acba4c6808fe524e22d70e327dd0b74323cec07b2ba1c08c0cf5e0f6d7f796d309858d981eef05d535');
INSERT INTO parts VALUES(2,0,'-','attribution',X'1f95c310302e18e4c08457bb84996c7adbdc4ca602a13a59724e13818ceda14b',NULL,2,X'9f8a2f409e9ed8c7b223813adf07188454e6e6a93494a40e',0,X'ae7b4ba55e965da53e5d7139342bc55e21591ec29169b93eb023949dcd94722e077960f9ef38e87beaee9dfb7e782be73cbd6adda4837caa67baa6e9d47bd4204f862025db4efabe578516cc4f35953903fdaf3e8b9079b36d55f32f4fc6de47c15cd79d5eff');
INSERT INTO parts VALUES(2,1,'-','employment',X'cc1f5b6fddcb8252fe66eb211aee90c8bd93365ea717addb5b9da2b565734520',NULL,3,X'1bee2c220817d75a14781100410dd54d0fc29ae8077ee2e4',0,X'1a6d2659dd444378f50a24718df8528a234000f4264d8a7d78472d391120df34e9c77d0025297654912eb3adc89ad8420e9741b4289fee');
INSERT INTO parts VALUES(3,0,'-','attribution',X'60d1850b335deac1a7ef08ac3c5fdf916e741623e71740e6ee33b42eb9afc22f',NULL,4,X'63a17b2fa392cbdba62c8dee1a514b83bd51685a2cb24d59',0,X'7f2a93ad4870f2818d4f77dbdee593fc6c994b78ed44a82c54ae81f5bae32518d3de7e7e4df8e51d7fa8d4630349a46f28dc0ebb3d696bd5550d4bc341c5783d6372ac1a2ad5f3879b8e73020c4c800e586346dece6ebec3d9b282f0376a1934d6339d9e8402');
INSERT INTO parts VALUES(3,1,'-','employment',X'd4a3c5620516323450b1bc543d7431f14293624c0b89b98c8f4df319ae4a6d60',NULL,5,X'62e23a2508a3c02af32c0a3b3e4988e50d81c82229884f3d',0,X'10962a68f2c406d178a6df88b83074fbad9205d18bcc0f4004d4aacdf5a9ba3bb8bc38bbaf6e2415070056b675a946f43a9d');
INSERT INTO parts VALUES(3,2,'a00000000000000000000000000003e8','employment',X'8576051aa35514c98e441fb86555d2c8300ecfcd7f1aba23395cb145b932f98c',NULL,5,X'a73cd59651623781b98f70d04d59248750aeaba44e17b509',0,X'a7237435a0d22ff8edd49d9594b421f4be13de79bf46874b54f8f1df1a5d7d1892c6fdd1abdc0390c2f60a769db7e54cb3db930ead3caddd7c0fbb280bda2c9e537dbf01');
INSERT INTO parts VALUES(3,3,'a00000000000000000000000000003e8','social',X'3136dc9aff1c30b96ea351fc555cc11fdde72a4cee3559f7730a6067e1ac844d',NULL,NULL,NULL,1,NULL);
INSERT INTO parts VALUES(4,0,'-','attribution',X'45b871e880b9fbfa09507bdd8a99a162363fbb51e8919bf53e8dd8543cd429fe',NULL,7,X'f151118d228c49b24c942123b0f6ab79a9303501ceb82f85',0,X'a753c7fdb66db7b41332e63fb01980f06bc7c891fa8b1325d029fe0c867a7af08dd75a6bfaf6b5a5f72a195fa27ea59933e8092f882a40932499fee135e336aae62ce3a2d51ae8064bb067a5cf65692d5b52bf2b86d7d4d910acbea09e53fb23ce');
INSERT INTO parts VALUES(4,1,'-','none',X'4e7914d4c5fc2d4ee59cb8353d3b5d89dd22c50028561904d93f723e81faaa84',X'f8143fff8d2adeceda96690c37e2d6aa696600c4e66b1e55a01477aad1975f3c',NULL,NULL,0,X'706f6c6b752e636865636b706f696e742e3100000000000000000000000000000000030000000000000002f116728032f2783e567eade74eed8c5e6b422db4269f18eea2ad896fd411e86b');
INSERT INTO parts VALUES(5,0,'-','attribution',X'9547c76871c04fd090a10c9f9c3cc2870928b1e8f5fc233b4c09fb714ad8f602',NULL,2,X'8db7c14c1fe5b96e4c3798b05cb901d21f685f6596cc626b',0,X'5be525116fc1d28b72b19f8d90f1475d983fc8238ba9ce69dd80f113c12f2a49fc72855daba5449236b42540d1a787f186304ff8fa4abacc3b60861511e4750d1b455ab3476d0df3b99c19b42a5a77181bc3b9f7d02ea639c577f1009794706ddfb1922f4035');
INSERT INTO parts VALUES(5,1,'-','employment',X'537023c793cd9916b0d9fe44b83ceef416e316cc23911a496b12f66a85c8b160',NULL,3,X'84648ef8352cf27fbff5b5d210b311bb95c5a68c526c0c5b',0,X'5726ecc0d9869d100f98438e77a97b76afa9a31b12f15e7c0153b4d0c863e865877b32d3f6441bd3c446c364d1aefd18542840fc21f625d15da14a0f60b2f5e36e07e3a0ae32acd93fd1254746a7');
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
INSERT INTO snapshots VALUES(1,'employment',2,1,X'3cad2d8c136bc692bb4cea802eb26f2fc9691599e65b43adaa4760eb93a3ba05',NULL,3,X'a43191d5dc7246dc68d2297477c3cec96709739047cbcb51',X'e4657d1797b206dded4362227ff6f397cd5b718ea43dba70d7ca9f48b95d73273fd99197d56c0981b55c78d5c5ed5c053b0fdbff58aeacf833d72fbb0ae4a0d80c0b825f');
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
