// SPDX-License-Identifier: Apache-2.0
// Store files with many cases that stand at the same point of the path, and the rows that a command wrote into one.
#ifndef POLKU_BENCH_CASE_FILES_HPP
#define POLKU_BENCH_CASE_FILES_HPP

#include "stored_events.hpp"

#include <polku/json/text.hpp>
#include <polku/workspace/examples.hpp>
#include <polku/workspace/workspace.hpp>

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace polku_bench {

/// The commands of the path's first example client, who goes all the way.
inline const std::vector<polku::feel::value>& example_commands() {
    static const auto made = [] {
        return polku::try_shipped_examples("tyokyky-kayttoon").value().clients[0].commands;
    }();
    return made;
}

inline std::string numbered_id(const char* prefix, std::size_t number) {
    char digits[33];
    std::snprintf(digits, sizeof digits, "%s%028zx", prefix, number);
    return digits;
}
inline std::string case_id(std::size_t number) { return numbered_id("ca5e", number); }

/// The example's command `at` for a case of its own with a client of its own.
inline polku::feel::value command_for(std::size_t number, std::size_t at) {
    polku::feel::context command = example_commands()[at].as_context();
    command.set("case", case_id(number));
    command.set("command_id", "bench-" + std::to_string(number) + "-" + std::to_string(at));
    if (at == 0) {
        polku::feel::context data = command.find("data")->as_context();
        data.set("client", numbered_id("c1e0", number));
        command.set("data", polku::feel::value(std::move(data)));
    }
    return polku::feel::value(std::move(command));
}

inline std::unique_ptr<polku::workspace> open_bench_store(const std::string& name) {
    auto opened = polku::workspace::try_open(name).value();
    opened->try_use(polku::try_shipped_path("tyokyky-kayttoon").value()).value();
    return opened;
}

/// A fresh store with cases after the example's first `commands` commands, all in the file itself.
inline std::unique_ptr<polku::workspace> make_cases(const std::string& name, std::size_t cases, std::size_t commands) {
    remove_store(name);
    auto store = open_bench_store(name);
    for (std::size_t at = 0; at < commands; ++at)
        for (std::size_t number = 0; number < cases; ++number) store->try_execute(command_for(number, at)).value();
    store->try_checkpoint().value();
    return store;
}

/// A database opened by hand, with the settings that the store uses.
class raw_file {
public:
    explicit raw_file(const std::string& name) {
        must(sqlite3_open(name.c_str(), &handle_));
        run("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA synchronous = "
            "FULL;"
            "PRAGMA wal_autocheckpoint = 0");
    }
    ~raw_file() {
        for (auto& each : prepared_) sqlite3_finalize(each.second);
        sqlite3_close(handle_);
    }
    raw_file(const raw_file&) = delete;
    raw_file& operator=(const raw_file&) = delete;

    void run(const char* text) { must(sqlite3_exec(handle_, text, nullptr, nullptr, nullptr)); }
    sqlite3_stmt* statement(const std::string& text) {
        sqlite3_stmt*& made = prepared_[text];
        if (made == nullptr)
            must(sqlite3_prepare_v3(handle_, text.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr));
        return made;
    }
    void must(int code) const {
        if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
        std::cerr << "sqlite3: " << (handle_ != nullptr ? sqlite3_errmsg(handle_) : "cannot open") << "\n";
        std::exit(2);
    }

private:
    sqlite3* handle_ = nullptr;
    std::map<std::string, sqlite3_stmt*> prepared_;
};

struct value_free {
    void operator()(sqlite3_value* of) const { sqlite3_value_free(of); }
};
using raw_row = std::vector<std::unique_ptr<sqlite3_value, value_free>>;

/// Rows of a query whose parameters ?1 and ?2 are positions.
inline std::vector<raw_row> rows_between(raw_file& in, const std::string& query, std::int64_t first,
                                         std::int64_t last) {
    sqlite3_stmt* statement = in.statement(query);
    sqlite3_bind_int64(statement, 1, first);
    sqlite3_bind_int64(statement, 2, last);
    std::vector<raw_row> rows;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        raw_row& row = rows.emplace_back();
        for (int column = 0; column < sqlite3_column_count(statement); ++column)
            row.emplace_back(sqlite3_value_dup(sqlite3_column_value(statement, column)));
    }
    sqlite3_reset(statement);
    return rows;
}

/// Everything that one command wrote, table by table in the order of writing.
struct written_rows {
    std::vector<raw_row> streams, events, parts, subjects, commands, cases, snapshots;
};

inline std::vector<written_rows> rows_written_after(raw_file& in, std::int64_t position) {
    std::vector<written_rows> made;
    const std::string between = " BETWEEN ?1 AND ?2";
    const std::string touched = "(SELECT stream_no FROM events WHERE position" + between + ")";
    for (const raw_row& command : rows_between(
             in, "SELECT first_position, last_position FROM commands WHERE first_position" + between + " ORDER BY 1",
             position + 1, INT64_MAX)) {
        const std::int64_t first = sqlite3_value_int64(command[0].get());
        const std::int64_t last = sqlite3_value_int64(command[1].get());
        const auto rows = [&](const std::string& query) { return rows_between(in, query, first, last); };
        made.push_back(
            {rows("SELECT * FROM streams WHERE stream_no IN (SELECT stream_no FROM events WHERE version = 1 AND "
                  "position" +
                  between + ")"),
             rows("SELECT * FROM events WHERE position" + between),
             rows("SELECT * FROM parts WHERE position" + between),
             rows("SELECT * FROM subject_streams WHERE stream_no IN " + touched),
             rows("SELECT * FROM commands WHERE first_position" + between),
             rows("SELECT * FROM cases WHERE stream_no IN " + touched),
             rows("SELECT n.* FROM snapshots AS n JOIN events AS e ON e.stream_no = n.stream_no AND e.version = "
                  "n.version WHERE e.position" +
                  between)});
    }
    return made;
}

inline void write_rows(raw_file& to, const std::string& table, const std::vector<raw_row>& rows) {
    for (const raw_row& row : rows) {
        std::string marks;
        for (std::size_t at = 0; at < row.size(); ++at) marks += at == 0 ? "?" : ",?";
        sqlite3_stmt* statement = to.statement("INSERT OR REPLACE INTO " + table + " VALUES (" + marks + ")");
        for (std::size_t at = 0; at < row.size(); ++at)
            sqlite3_bind_value(statement, static_cast<int>(at) + 1, row[at].get());
        to.must(sqlite3_step(statement));
        sqlite3_reset(statement);
    }
}

/// The floor of one command: its rows in one transaction.
inline void write_command(raw_file& to, const written_rows& rows) {
    to.run("BEGIN IMMEDIATE");
    write_rows(to, "streams", rows.streams);
    write_rows(to, "events", rows.events);
    write_rows(to, "parts", rows.parts);
    write_rows(to, "subject_streams", rows.subjects);
    write_rows(to, "commands", rows.commands);
    write_rows(to, "cases", rows.cases);
    write_rows(to, "snapshots", rows.snapshots);
    to.run("COMMIT");
}

inline void copy_store(const std::string& from, const std::string& to) {
    remove_store(to);
    std::ifstream in(from, std::ios::binary);
    std::ofstream out(to, std::ios::binary);
    out << in.rdbuf();
}

}  // namespace polku_bench

#endif
