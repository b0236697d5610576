// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/sqlite_store.hpp>

#include "conformance.hpp"
#include "temporary_folder.hpp"

#include <sqlite3.h>

#include <set>

// A disk that fails: the n-th write finds no room, the n-th sync is lost. Whatever was acknowledged before is there
// afterwards, and what was refused is there whole or not at all.

using namespace storage_test;

namespace {

enum class fault { none, full, sync, write };

/// What the disk does next. After `after` calls of the kind that fails, all further ones fail, until it is healed.
struct disk {
    fault is = fault::none;
    int after = 0;
    int failed = 0;

    bool fails(fault kind) {
        if (is != kind) return false;
        if (after-- > 0) return false;
        ++failed;
        return true;
    }
};
disk state;

// The platform's VFS has one table of methods for databases and one for files without locks, such as logs. What stands
// above may have put a table of its own over ours, so the table below is not looked for in the file.
template <bool IsDatabase>
struct faulty_file {
    static inline const sqlite3_io_methods* below = nullptr;
    static inline sqlite3_io_methods mine{};

    static int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
        if (state.fails(fault::full)) return SQLITE_FULL;
        if (state.fails(fault::write)) {
            below->xWrite(file, bytes, count / 2, at);  // half of it reaches the disk
            return SQLITE_IOERR_WRITE;
        }
        return below->xWrite(file, bytes, count, at);
    }
    static int sync(sqlite3_file* file, int flags) {
        return state.fails(fault::sync) ? SQLITE_IOERR_FSYNC : below->xSync(file, flags);
    }
    static void put_over(sqlite3_file* file) {
        if (below == nullptr) {
            below = file->pMethods;
            mine = *below;
            mine.xWrite = write;
            mine.xSync = sync;
        }
        if (below == file->pMethods) file->pMethods = &mine;
    }
};

int open_file(sqlite3_vfs* self, sqlite3_filename path, sqlite3_file* file, int flags, int* out_flags) {
    auto* base = static_cast<sqlite3_vfs*>(self->pAppData);
    const int code = base->xOpen(base, path, file, flags, out_flags);
    if (file->pMethods == nullptr) return code;
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0)
        faulty_file<true>::put_over(file);
    else
        faulty_file<false>::put_over(file);
    return code;
}

const char* faulty_vfs() {
    static sqlite3_vfs made = [] {
        sqlite3_vfs copy = *sqlite3_vfs_find(nullptr);
        copy.pAppData = sqlite3_vfs_find(nullptr);
        copy.zName = "polku-test-faulty";
        copy.pNext = nullptr;
        copy.xOpen = open_file;
        return copy;
    }();
    static const int registered = sqlite3_vfs_register(&made, 0);
    REQUIRE(registered == SQLITE_OK);
    return made.zName;
}

std::unique_ptr<sqlite_store> open_over_faulty_disk(const std::string& file) {
    sqlite_options options;
    options.vfs = faulty_vfs();
    options.log_limit_bytes = 64 * 1024;  // so that the log is folded in during the test too
    options.store.checkpoint_every = 10;
    options.store.entropy = fixed_entropy(1);
    return try_open_sqlite(file, std::move(options)).value();
}

append_request command(int number, std::uint64_t version) {
    return make_request("c" + std::to_string(number), id_of(static_cast<unsigned>(number % 3)), version,
                        {make_event("first", "{\"n\":" + std::to_string(number) + "}"),
                         make_event("second", "\"" + std::string(700, 'x') + "\"")});
}

/// A history over a disk that begins to fail, heals, and goes on.
class history {
public:
    history(fault kind, int after) : store_(open_over_faulty_disk(folder_.file("a.db"))), kind_(kind), after_(after) {}
    ~history() { state = {}; }

    /// True when the disk did fail.
    bool run() {
        for (int i = 0; i < 8; ++i) append();
        state = {kind_, after_, 0};
        for (int i = 0; i < 40; ++i) append();
        const int failed = state.failed;
        state = {};
        for (int i = 0; i < 8; ++i) append();
        CHECK(acknowledged_.size() >= 8);
        if (failed > 0) CHECK(refused_ > 0);
        check();
        store_.reset();
        store_ = open_over_faulty_disk(folder_.file("a.db"));
        check();
        return failed > 0;
    }

private:
    void append() {
        const int number = next_++;
        const auto stream = id_of(static_cast<unsigned>(number % 3));
        const auto head = store_->try_head_of(stream);
        if (!head) return;  // the disk does not even let it read; nothing was asked
        const auto answer = store_->try_append(command(number, head.value() ? head.value()->version : 0));
        if (answer) {
            acknowledged_.insert(number);
            return;
        }
        ++refused_;
        const error_code code = answer.error().code();
        const bool is_of_disk = code == error_code::store_full || code == error_code::store_io;
        CHECK_MESSAGE(is_of_disk, answer.error().to_string());
    }

    void check() {
        const verify_report found = store_->try_verify().value();
        CHECK(found.sound());
        std::set<std::string> stored;
        for (unsigned stream = 0; stream < 3; ++stream) {
            const auto events = store_->load(id_of(stream));
            CHECK(events.size() % 2 == 0);  // no half of a command
            for (std::size_t i = 0; i < events.size(); ++i) CHECK(events[i].type == (i % 2 == 0 ? "first" : "second"));
            for (std::size_t i = 0; i < events.size(); i += 2) stored.insert(events[i].parts[0].bytes);
        }
        for (const int number : acknowledged_) {
            CHECK_MESSAGE(stored.count("{\"n\":" + std::to_string(number) + "}") == 1, number);
            const append_request again = command(number, 0);
            CHECK(store_->try_find_command(again.command_id, again.command_hash).value().has_value());
        }
    }

    temporary_folder folder_;
    std::unique_ptr<sqlite_store> store_;
    fault kind_;
    int after_;
    int next_ = 0;
    int refused_ = 0;
    std::set<int> acknowledged_;
};

}  // namespace

TEST_CASE("storage/disk_faults: a full disk loses nothing that was acknowledged, and leaves no half of a command") {
    for (int after = 0; after < 60; after += 3) {
        CAPTURE(after);
        CHECK(history(fault::full, after).run());
    }
}

TEST_CASE("storage/disk_faults: a sync that fails is an error of the command, and what was synced stays") {
    for (int after = 0; after < 30; ++after) {
        CAPTURE(after);
        CHECK(history(fault::sync, after).run());
    }
}

TEST_CASE("storage/disk_faults: a write of which half reaches the disk is undone") {
    for (int after = 0; after < 60; after += 3) {
        CAPTURE(after);
        CHECK(history(fault::write, after).run());
    }
}
