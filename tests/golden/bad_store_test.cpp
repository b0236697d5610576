// SPDX-License-Identifier: Apache-2.0
// Store files that cannot be used: foreign, newer, damaged, busy, read-only. Each is made from its description.
#include "golden/bad_input.hpp"
#include "unit/storage/raw_database.hpp"
#include "unit/storage/temporary_folder.hpp"
#include "unit/workspace/example_commands.hpp"

#include <polku/storage/sqlite_store.hpp>

#include <memory>

using namespace polku;
using namespace bad_input;

namespace {

std::int64_t number_member(const feel::context& of, std::string_view name, std::int64_t otherwise) {
    const feel::value* found = of.find(name);
    return found == nullptr ? otherwise : found->as_number().to_int64().value();
}

bool is_set(const feel::context& of, std::string_view name) {
    const feel::value* found = of.find(name);
    return found != nullptr && found->is_true();
}

/// A store file with the commands of one example client, all in the file itself.
void make_store(const std::string& path) {
    const auto opened = workspace::try_open(path).value();
    opened->try_use(try_shipped_path("tyokyky-kayttoon").value()).value();
    for (const feel::value& each : polku_tests::commands_of(polku_tests::client_named("toivo")))
        opened->try_execute(each).value();
    opened->try_checkpoint().value();
}

/// Makes the file that a case tells of: `store` (start from a sound one), `text` with `times` (contents), `sql` (run by
/// a stranger), `keep_bytes` (cut off), `noise_at` with `noise_bytes`.
void make_file(const std::string& path, const feel::context& says) {
    if (is_set(says, "store")) make_store(path);
    if (says.find("text") != nullptr) {
        std::string text;
        for (std::int64_t i = number_member(says, "times", 1); i > 0; --i) text += text_member(says, "text");
        write_text(path, text);
    }
    if (says.find("sql") != nullptr) {
        CHECK(storage_test::raw_database(path).run(text_member(says, "sql")) == SQLITE_OK);
        // What a stranger wrote into the log belongs into the file.
        storage_test::raw_database(path).run("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    if (says.find("keep_bytes") != nullptr)
        fs::resize_file(path, static_cast<std::uintmax_t>(number_member(says, "keep_bytes", 0)));
    if (says.find("noise_at") != nullptr) {
        std::string bytes = text_of(path);
        const auto from = static_cast<std::size_t>(number_member(says, "noise_at", 0));
        const auto count = static_cast<std::size_t>(number_member(says, "noise_bytes", 1));
        bytes.replace(from, count, std::string(count, '\xA5'));
        write_text(path, bytes);
    }
    fs::remove(path + "-wal");
    fs::remove(path + "-shm");
}

storage::sqlite_options options_of(const feel::context& says) {
    storage::sqlite_options with;
    with.create = !is_set(says, "never_create");
    with.read_only = is_set(says, "read_only");
    with.busy_timeout_ms = 20;
    if (is_set(says, "cancel")) with.cancel = [] { return true; };
    return with;
}

template <class T>
error error_of(result<T> answer) {
    return answer ? error() : std::move(answer).error();
}

/// What goes wrong when the file is used as `do` says: `open`, `write`, `read`, `execute` or `verify` (the first
/// finding).
error use(const std::string& path, const feel::context& says) {
    auto opened = storage::try_open_sqlite(path, options_of(says));
    const std::string what = text_member(says, "do");
    if (!opened || what == "open") return error_of(std::move(opened));
    if (what == "write") return error_of((*opened)->try_put_blob("path", "bytes"));
    if (what == "read") return error_of((*opened)->try_events_since(0, 1000));
    if (what == "execute") {
        opened->reset();
        const auto in = workspace::try_open(path, {.create = false, .busy_timeout_ms = 20}).value();
        return error_of(in->try_execute(*says.find("command")));
    }
    const auto report = (*opened)->try_verify();
    if (!report) return report.error();
    for (const diagnostic& each : report->findings)
        if (each.severity == severity::error) return each.what;
    return error();
}

/// Hashes are of salted content: other ones in each run.
std::string without_hashes(std::string text) {
    static const char* const digits = "0123456789abcdef";
    for (std::size_t at = text.find_first_of(digits); at != std::string::npos; at = text.find_first_of(digits, at)) {
        const std::size_t end = std::min(text.find_first_not_of(digits, at), text.size());
        if (end - at == 64) text.replace(at, 64, "<hash>");
        at = end - at == 64 ? at + 6 : end;
    }
    return text;
}

/// The path of the file is another one in each run.
error without_path(const error& what, const std::string& path) {
    const auto cleaned = [&](std::string text) {
        for (std::size_t at = text.find(path); at != std::string::npos; at = text.find(path))
            text.replace(at, path.size(), "<file>");
        return without_hashes(std::move(text));
    };
    error out(what.code(), cleaned(what.message()));
    for (position each : what.positions()) {
        each.source = cleaned(each.source);
        out.at(std::move(each));
    }
    for (const error& cause : what.causes()) out.because(without_path(cause, path));
    return out;
}

}  // namespace

TEST_CASE("golden/store: each bad file gives the error that stands beside it, and stays as it was") {
    const auto files = files_of("store");
    CHECK(files.size() >= 15);
    for (const fs::path& file : files) {
        CAPTURE(file.filename().string());
        const feel::context says = object_of(file);
        const storage_test::temporary_folder folder;
        const std::string path =
            folder.file(text_member(says, "name").empty() ? "store.db" : text_member(says, "name"));
        make_file(path, says);
        const bool is_there = fs::exists(path);
        const std::string before = text_of(path);
        std::unique_ptr<storage_test::raw_database> other;
        if (is_set(says, "locked")) {
            other = std::make_unique<storage_test::raw_database>(path);
            CHECK(other->run("BEGIN IMMEDIATE") == SQLITE_OK);
        }
        compare(file, without_path(use(path, says), path));
        CHECK(fs::exists(path) == is_there);
        CHECK(text_of(path) == before);
    }
}
