// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_WAL_GUARD_HPP
#define POLKU_SRC_STORAGE_WAL_GUARD_HPP

#include <polku/config.hpp>

#include <cstdint>
#include <string>

struct sqlite3;

namespace polku::inline POLKU_V::storage {

/// Registers (once) a VFS over the VFS `base` (the platform's when empty) that passes everything on, and answers its
/// name; empty when there is no such VFS.
///
/// Why: SQLite before 3.51.3 can damage a file when one connection checkpoints while another resets the log. TRUNCATE
/// checkpoints hold the writer lock against that, but SQLite quietly carries on without it, as a PASSIVE checkpoint,
/// when the lock is not to be had in time. Through this VFS it gets an error instead, and the checkpoint does not run.
///
/// And such a checkpoint leaves an empty log, which would grow by a few pages with each commit: each sync would have to
/// write the new size of the file too. So the log is lengthened by steps, with zeros, which no frame begins with
/// (https://sqlite.org/walformat.html 4.1: a frame has the header's salts, and a page number from 1).
std::string register_wal_guard(const std::string& base);

/// What a checkpoint came to.
struct truncate_outcome {
    int code = 0;            ///< SQLite's extended result code
    bool no_writer = false;  ///< the writer lock was not to be had in `wait_ms`
};

/// Runs one TRUNCATE checkpoint on a connection opened through the guard.
truncate_outcome truncate_log(sqlite3* connection, std::uint32_t wait_ms) noexcept;

}  // namespace polku::inline POLKU_V::storage

#endif
