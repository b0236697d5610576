// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SQLITE_CONNECTION_HPP
#define POLKU_SRC_STORAGE_SQLITE_CONNECTION_HPP

#include "sql_connection.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <polku/storage/sqlite_store.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::storage {

class sqlite_statement final : public statement {
public:
    sqlite_statement(const SQLite::Database& of, const char* text) : made_(of, text) {}

    void reset() noexcept override { made_.tryReset(); }
    bool step() override { return made_.executeStep(); }
    void run() override { made_.executeStep(); }
    void put_null(int index) override { made_.bind(index); }
    void put_integer(int index, std::int64_t value) override { made_.bind(index, value); }
    void put_text(int index, const std::string& value) override { made_.bindNoCopy(index, value); }
    void put_blob(int index, std::string_view value) override {
        made_.bindNoCopy(index, value.data(), static_cast<int>(value.size()));
    }
    bool is_null(int column) override { return made_.isColumnNull(column); }
    std::int64_t integer(int column) override { return made_.getColumn(column).getInt64(); }
    std::string_view bytes(int column) override;

private:
    SQLite::Statement made_;
};

/// One SQLite connection, set up as a store needs it, with its prepared statements.
class sqlite_connection final : public connection {
public:
    sqlite_connection(const std::string& path, int flags, sqlite_options options);
    ~sqlite_connection() override;

    SQLite::Database& database() noexcept { return database_; }
    const std::string& path() const noexcept override { return path_; }
    const sqlite_options& options() const noexcept { return options_; }
    const store_options& settings() const noexcept override { return options_.store; }
    statement& prepared(sql which) override;

    std::uint64_t changed_rows() override;
    std::int64_t last_row() override;
    std::uint64_t data_version() noexcept override;
    void begin(sql how) override;
    void commit() override;
    void roll_back() noexcept override;

    /// Everything that must not touch a file before it is known to be a store.
    void configure();
    /// Switches the file to write-ahead logging, where it is not.
    void use_log();
    /// Empties the log; waits for others at most `wait_ms`.
    result<void> truncate(std::uint32_t wait_ms);
    /// After a commit: folds the log in when it has grown past the limit and nobody is in the way.
    void truncate_when_long() noexcept;

    polku::error to_error(const std::runtime_error& failure, std::string_view doing) const override;
    polku::error to_error(int code, std::string_view doing, const std::string& text) const;

private:
    static int on_busy(void* self, int calls);
    static int on_progress(void* self);
    static int on_log(void* self, sqlite3* handle, const char* name, int pages);
    bool asked_to_stop() noexcept;

    std::string path_;
    sqlite_options options_;
    SQLite::Database database_;
    std::array<std::optional<sqlite_statement>, static_cast<std::size_t>(sql::count)> statements_;
    std::uint32_t patience_ms_ = 0;
    std::uint32_t waited_ms_ = 0;
    bool cancelled_ = false;
    std::uint64_t log_pages_ = 0;
    std::uint64_t try_at_pages_ = 0;
    std::uint64_t page_bytes_ = 4096;
};

}  // namespace polku::inline POLKU_V::storage

#endif
