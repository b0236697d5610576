// SPDX-License-Identifier: Apache-2.0
#include <storage/schema.hpp>

#include "raw_database.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <polku/storage/sqlite_store.hpp>

#include <set>
#include <sstream>

using namespace storage_test;
using namespace polku::storage;

namespace {

std::set<std::string> documented(std::string_view kept) {
    std::set<std::string> columns;
    std::istringstream lines(text_of(POLKU_SOURCE_DIR "/docs/storage.md"));
    for (std::string line; std::getline(lines, line);) {
        const std::size_t first = line.find(" | ");
        if (!line.starts_with("| ") || first == std::string::npos || line.find('.') > first) continue;
        const std::size_t second = line.find(" | ", first + 3);
        if (line.substr(first + 3, second - first - 3) == kept) columns.insert(line.substr(2, first - 2));
    }
    return columns;
}

std::set<std::string> columns_of_schema() {
    const temporary_folder folder;
    const std::string path = folder.file("store.db");
    try_open_sqlite(path).value();
    const auto found = raw_database(path).column(
        "SELECT t.name || '.' || c.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c "
        "WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'");
    return {found.begin(), found.end()};
}

}  // namespace

TEST_CASE("storage/docs: docs/storage.md lists every column of the schema, and says what is in clear") {
    const std::set<std::string> clear = documented("clear");
    const std::set<std::string> sealed = documented("sealed");
    CHECK(sealed ==
          std::set<std::string>{"parts.salt", "parts.bytes", "snapshots.salt", "snapshots.bytes", "labels.bytes"});
    const std::set<std::string> secret = documented("secret");
    CHECK(secret == std::set<std::string>{"identifier_index.tag_key", "part_keys.wrapped_key"});
    std::set<std::string> all = clear;
    all.insert(sealed.begin(), sealed.end());
    all.insert(secret.begin(), secret.end());
    CHECK(all == columns_of_schema());
}

TEST_CASE("storage/schema: migrations are numbered from 1 without a gap, and the last layout is their sum") {
    std::uint32_t expected = 1;
    for (const migration& step : migrations()) CHECK(step.number == expected++);
    CHECK(expected > 1);
}
