// SPDX-License-Identifier: Apache-2.0
// What an SQLite store does about its file and its log.
#include "sqlite_store_impl.hpp"

namespace polku::inline POLKU_V::storage {

result<std::vector<append_answer>> sqlite_store_impl::try_append_all(std::span<const append_request> requests) {
    auto answers = core_.append_all(requests);
    if (answers) on_.truncate_when_long();
    return answers;
}

result<std::uint64_t> sqlite_store_impl::try_recount(const recount_step& step) {
    auto counted = core_.recount(step);
    if (counted) on_.truncate_when_long();
    return counted;
}

result<std::uint64_t> sqlite_store_impl::try_rotate_master(const std::string& id) {
    auto rotated = core_.rotate_master(id);
    if (rotated) POLKU_CHECK(try_truncate_log());
    return rotated;
}

result<erase_answer> sqlite_store_impl::try_erase(const erase_request& request) {
    auto erased = core_.erase(request);
    if (!erased) return erased;
    // What is done is done: a log that could not be emptied makes the erasure wait, not fail.
    const auto waiting = try_finish_erasures();
    if (waiting) erased->pending = *waiting != 0;
    return erased;
}

result<std::uint64_t> sqlite_store_impl::try_finish_erasures() {
    return guarded(on_, "finishing erasures", [&]() -> result<std::uint64_t> { return finish_erasures(on_); });
}

result<void> sqlite_store_impl::try_truncate_log() {
    return guarded(on_, "emptying its log",
                   [&]() -> result<void> { return on_.truncate(on_.options().busy_timeout_ms); });
}

// Two steps, each on the disk before the next: a loss of power between them leaves a file that is marked, and whatever
// the disk wrote in which order before the first one, the mark was there.
result<void> sqlite_store_impl::try_finish_filling() {
    if (!filling_) {
        return error(error_code::misuse, "nothing is being filled; open a new file with `fill`",
                     {.source = on_.path()});
    }
    POLKU_CHECK(guarded(on_, "bringing it to the disk", [&]() -> result<void> {
        SQLite::Database& database = on_.database();
        database.exec("PRAGMA synchronous = FULL");
        database.exec(mark_written);
        if (auto failed = on_.truncate(on_.options().busy_timeout_ms); !failed) return failed;
        database.exec(mark_finished);
        return on_.truncate(on_.options().busy_timeout_ms);
    }));
    filling_ = false;
    return {};
}

result<std::unique_ptr<sqlite_store>> try_open_sqlite(const std::string& path, sqlite_options options) {
    POLKU_TRY(opened_store opened, open_store_file(path, std::move(options), {.steps = migrations()}));
    return std::unique_ptr<sqlite_store>(std::make_unique<sqlite_store_impl>(std::move(opened)));
}

}  // namespace polku::inline POLKU_V::storage
