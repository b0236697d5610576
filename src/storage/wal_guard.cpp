// SPDX-License-Identifier: Apache-2.0
#include "wal_guard.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <list>
#include <mutex>

namespace polku::inline POLKU_V::storage {

namespace {

// Offset of the writer lock among the locks of the shared memory, as https://sqlite.org/walformat.html 2.3.1 has it.
constexpr int writer_lock = 0;

// What the checkpoint that this thread runs demands; the lock call happens on the same thread.
struct demand {
    bool active = false;
    bool refused = false;
    std::uint32_t wait_ms = 0;
};
thread_local demand wanted;

enum class guarded_file { database, log };

struct guarded_methods {
    sqlite3_io_methods mine;  // first, so that a pointer to it is a pointer to the whole
    const sqlite3_io_methods* base;
    guarded_file of;
};

struct guarded_vfs {
    sqlite3_vfs mine;  // first, for the same reason
    sqlite3_vfs* base;
    std::string name;
    std::mutex lock;
    std::list<guarded_methods> methods;
};

const sqlite3_io_methods* base_of(sqlite3_file* file) noexcept {
    return reinterpret_cast<const guarded_methods*>(file->pMethods)->base;
}

int lock_shared_memory(sqlite3_file* file, int offset, int count, int flags) {
    const auto lock = base_of(file)->xShmLock;
    int code = lock(file, offset, count, flags);
    const bool for_writing =
        offset == writer_lock && count == 1 && (flags & SQLITE_SHM_LOCK) != 0 && (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    if (!wanted.active || !for_writing) return code;
    for (std::uint32_t waited = 0; code == SQLITE_BUSY && waited < wanted.wait_ms; ++waited) {
        sqlite3_sleep(1);
        code = lock(file, offset, count, flags);
    }
    if (code != SQLITE_BUSY) return code;
    wanted.refused = true;
    return SQLITE_IOERR_SHMLOCK;
}

// The log grows by steps: what it holds once more, within these bounds.
constexpr sqlite3_int64 least_step = sqlite3_int64{64} * 1024;
constexpr sqlite3_int64 greatest_step = sqlite3_int64{1024} * 1024;

/// Lengthens the log with zeros when `end` is where it ends. Nothing rests on it, so what fails is left.
void lengthen(sqlite3_file* file, sqlite3_int64 end) noexcept {
    static constexpr std::array<char, 16 * 1024> zeros{};
    const sqlite3_io_methods* const base = base_of(file);
    sqlite3_int64 size = 0;
    if (base->xFileSize(file, &size) != SQLITE_OK || size > end) return;
    const sqlite3_int64 longer = size + std::clamp(size, least_step, greatest_step);
    for (const sqlite3_int64 until = longer - longer % least_step; size < until;) {
        const auto bytes = static_cast<int>(std::min<sqlite3_int64>(until - size, zeros.size()));
        if (base->xWrite(file, zeros.data(), bytes, size) != SQLITE_OK) return;
        size += bytes;
    }
}

int write_log(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    const int code = base_of(file)->xWrite(file, bytes, count, at);
    // After each step its size is a multiple of the least one.
    if (code == SQLITE_OK && (at == 0 || at / least_step != (at + count) / least_step)) lengthen(file, at + count);
    return code;
}

const sqlite3_io_methods* methods_over(guarded_vfs& vfs, const sqlite3_io_methods* base, guarded_file of) {
    const std::lock_guard guard(vfs.lock);
    for (const guarded_methods& made : vfs.methods) {
        if (made.base == base && made.of == of) return &made.mine;
    }
    guarded_methods& made = vfs.methods.emplace_back(guarded_methods{*base, base, of});
    if (of == guarded_file::log) {
        made.mine.xWrite = write_log;
    } else if (base->iVersion >= 2 && base->xShmLock != nullptr) {
        made.mine.xShmLock = lock_shared_memory;
    }
    return &made.mine;
}

int open_file(sqlite3_vfs* self, sqlite3_filename path, sqlite3_file* file, int flags, int* out_flags) {
    auto& vfs = *reinterpret_cast<guarded_vfs*>(self);
    const int code = vfs.base->xOpen(vfs.base, path, file, flags, out_flags);
    if (file->pMethods == nullptr || (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0) return code;
    try {
        file->pMethods = methods_over(vfs, file->pMethods,
                                      (flags & SQLITE_OPEN_WAL) != 0 ? guarded_file::log : guarded_file::database);
    } catch (...) {
        file->pMethods->xClose(file);
        file->pMethods = nullptr;
        return SQLITE_NOMEM;
    }
    return code;
}

}  // namespace

std::string register_wal_guard(const std::string& base) {
    static std::mutex guard;
    static std::list<guarded_vfs> made;
    const std::lock_guard lock(guard);
    sqlite3_vfs* under = sqlite3_vfs_find(base.empty() ? nullptr : base.c_str());
    if (under == nullptr) return {};
    for (const guarded_vfs& vfs : made) {
        if (vfs.base == under) return vfs.name;
    }
    guarded_vfs& vfs = made.emplace_back();
    vfs.base = under;
    vfs.name = "polku-" + std::string(under->zName);
    vfs.mine = *under;
    vfs.mine.zName = vfs.name.c_str();
    vfs.mine.pNext = nullptr;
    vfs.mine.xOpen = open_file;
    if (sqlite3_vfs_register(&vfs.mine, 0) == SQLITE_OK) return vfs.name;
    made.pop_back();
    return {};
}

truncate_outcome truncate_log(sqlite3* connection, std::uint32_t wait_ms) noexcept {
    wanted = {.active = true, .refused = false, .wait_ms = wait_ms};
    const int code = sqlite3_wal_checkpoint_v2(connection, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    const bool refused = wanted.refused;
    wanted = {};
    return {code == SQLITE_OK ? SQLITE_OK : sqlite3_extended_errcode(connection), refused};
}

}  // namespace polku::inline POLKU_V::storage
