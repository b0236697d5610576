// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_UNIT_STORAGE_RAW_DATABASE_HPP
#define POLKU_TESTS_UNIT_STORAGE_RAW_DATABASE_HPP

// A store file as a stranger with SQLite sees it, for what the store itself never does.

#include <sqlite3.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace storage_test {

class raw_database {
public:
    explicit raw_database(const std::string& path) {
        if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error("cannot open " + path);
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }
    ~raw_database() { sqlite3_close(handle_); }
    raw_database(const raw_database&) = delete;
    raw_database& operator=(const raw_database&) = delete;

    /// SQLite's result code of running `text`.
    int run(const std::string& text) { return sqlite3_exec(handle_, text.c_str(), nullptr, nullptr, nullptr); }
    /// The first column of all rows.
    std::vector<std::string> column(const std::string& text) {
        std::vector<std::string> found;
        const auto take = [](void* to, int, char** values, char**) {
            static_cast<std::vector<std::string>*>(to)->emplace_back(values[0] == nullptr ? "" : values[0]);
            return 0;
        };
        if (sqlite3_exec(handle_, text.c_str(), take, &found, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(handle_));
        }
        return found;
    }

private:
    sqlite3* handle_ = nullptr;
};

}  // namespace storage_test

#endif
