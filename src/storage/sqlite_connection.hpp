// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SQLITE_CONNECTION_HPP
#define POLKU_SRC_STORAGE_SQLITE_CONNECTION_HPP

#include <SQLiteCpp/SQLiteCpp.h>
#include <polku/storage/sqlite_store.hpp>

#include <array>
#include <cstdint>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace polku::inline POLKU_V::storage {

/// The statements of sqlite_statements.inc.
enum class sql : std::size_t {
#define X(name, text) name,
#include "sqlite_statements.inc"
#undef X
    count
};

/// Thrown inside the room only, and caught at its public functions.
struct store_failure {
    polku::error what;
};

/// One SQLite connection, set up as a store needs it, with its prepared statements.
class connection {
public:
    connection(const std::string& path, int flags, sqlite_options options);
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    SQLite::Database& database() noexcept { return database_; }
    const std::string& path() const noexcept { return path_; }
    const sqlite_options& options() const noexcept { return options_; }
    /// The prepared statement, made on first use.
    SQLite::Statement& statement(sql which);

    /// Rows that the last statement inserted, changed or deleted, triggers left out.
    int changed_rows() noexcept;
    /// The key of the row that was inserted last.
    std::int64_t last_row() noexcept;
    /// Another number whenever the file's content has changed, by whichever connection. Inside a transaction that has
    /// read or begun to write it is that of the content at hand.
    std::uint32_t data_version() noexcept;

    /// Everything that must not touch a file before it is known to be a store.
    void configure();
    /// Switches the file to write-ahead logging, where it is not.
    void use_log();
    /// Empties the log; waits for others at most `wait_ms`.
    result<void> truncate(std::uint32_t wait_ms);
    /// After a commit: folds the log in when it has grown past the limit and nobody is in the way.
    void truncate_when_long() noexcept;

    polku::error to_error(const SQLite::Exception& failure, std::string_view doing) const;
    polku::error to_error(int code, std::string_view doing, const std::string& text) const;

private:
    static int on_busy(void* self, int calls);
    static int on_progress(void* self);
    static int on_log(void* self, sqlite3* handle, const char* name, int pages);
    bool asked_to_stop() noexcept;

    std::string path_;
    sqlite_options options_;
    SQLite::Database database_;
    std::array<std::optional<SQLite::Statement>, static_cast<std::size_t>(sql::count)> statements_;
    std::uint32_t patience_ms_ = 0;
    std::uint32_t waited_ms_ = 0;
    bool cancelled_ = false;
    std::uint64_t log_pages_ = 0;
    std::uint64_t try_at_pages_ = 0;
    std::uint64_t page_bytes_ = 4096;
};

/// A blob parameter; the bytes must outlive the step.
struct blob {
    std::string_view bytes;
};

/// A cached statement with its parameters, reset when it goes out of scope. Texts and blobs are not copied, so they
/// must outlive the object.
class query {
public:
    template <class... Values>
    query(connection& to, sql which, const Values&... values) : statement_(to.statement(which)) {
        statement_.tryReset();
        int index = 0;
        (put(++index, values), ...);
    }
    ~query() { statement_.tryReset(); }
    query(const query&) = delete;
    query& operator=(const query&) = delete;

    bool step() { return statement_.executeStep(); }
    void run() { statement_.executeStep(); }

    bool is_null(int column) { return statement_.isColumnNull(column); }
    std::int64_t integer(int column) { return statement_.getColumn(column).getInt64(); }
    std::uint64_t natural(int column) { return static_cast<std::uint64_t>(integer(column)); }
    std::string text(int column) { return statement_.getColumn(column).getString(); }
    template <std::size_t Size>
    std::array<std::uint8_t, Size> bytes(int column);
    std::optional<std::int64_t> maybe_integer(int column) {
        if (is_null(column)) return std::nullopt;
        return integer(column);
    }

private:
    void put(int index, std::int64_t value) { statement_.bind(index, value); }
    void put(int index, std::uint64_t value) { statement_.bind(index, static_cast<std::int64_t>(value)); }
    void put(int index, std::uint32_t value) { statement_.bind(index, static_cast<std::int64_t>(value)); }
    void put(int index, const std::string& value) { statement_.bindNoCopy(index, value); }
    void put(int index, const blob& value) {
        statement_.bindNoCopy(index, value.bytes.data(), static_cast<int>(value.bytes.size()));
    }
    template <std::size_t Size>
    void put(int index, const std::array<std::uint8_t, Size>& value) {
        statement_.bindNoCopy(index, value.data(), static_cast<int>(Size));
    }
    template <class Value>
    void put(int index, const std::optional<Value>& value) {
        if (value) {
            put(index, *value);
        } else {
            statement_.bind(index);
        }
    }

    SQLite::Statement& statement_;
};

[[noreturn]] void throw_corrupt_row(std::string what);

template <std::size_t Size>
std::array<std::uint8_t, Size> query::bytes(int column) {
    const SQLite::Column found = statement_.getColumn(column);
    const void* data = found.getBlob();
    const int size = found.getBytes();
    if (data == nullptr || size != static_cast<int>(Size)) {
        throw_corrupt_row("a column has " + std::to_string(size) + " bytes, expected " + std::to_string(Size));
    }
    std::array<std::uint8_t, Size> made;
    const auto* from = static_cast<const std::uint8_t*>(data);
    for (std::size_t i = 0; i < Size; ++i) made[i] = from[i];
    return made;
}

/// One transaction: rolled back unless committed.
class transaction {
public:
    transaction(connection& to, sql begin);
    ~transaction();
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;
    void commit();

private:
    connection& to_;
    bool open_ = true;
};

/// Runs `body` and turns what it throws into the answer. `doing` completes "... failed while".
template <class Body>
auto guarded(const connection& on, std::string_view doing, Body body) -> decltype(body()) {
    try {
        return body();
    } catch (const SQLite::Exception& failure) {
        return on.to_error(failure, doing);
    } catch (store_failure& failure) {
        return std::move(failure.what).at({.source = on.path()});
    } catch (const std::bad_alloc&) {
        return polku::error(error_code::no_memory, "memory ran out while " + std::string(doing));
    }
}

}  // namespace polku::inline POLKU_V::storage

#endif
