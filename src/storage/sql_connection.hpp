// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SQL_CONNECTION_HPP
#define POLKU_SRC_STORAGE_SQL_CONNECTION_HPP

// What the stores on SQL engines have in common: named statements, their parameters and rows, transactions, and how a
// failure becomes an error. Each engine has the texts of the statements in its own dialect.

#include <polku/storage/event_store.hpp>

#include <array>
#include <cstdint>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace polku::inline POLKU_V::storage {

/// The statements of sqlite_statements.inc; another engine has those that it needs under the same names.
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

/// A prepared statement. Texts and blobs are not copied as they are put, so they must outlive what is run; parameters
/// count from 1, columns from 0. Its functions throw `store_failure` and the engine's own exceptions.
class statement {
public:
    virtual ~statement() = default;
    statement() = default;
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;

    /// Ready for other parameters; what it was in the midst of is dropped.
    virtual void reset() noexcept = 0;
    /// The next row; the first call runs the statement.
    virtual bool step() = 0;
    /// Runs it for what it does. An engine at the other end of a wire may do so with the statements that follow, and
    /// then fails there, at the latest when the transaction is committed.
    virtual void run() = 0;

    virtual void put_null(int index) = 0;
    virtual void put_integer(int index, std::int64_t value) = 0;
    virtual void put_text(int index, const std::string& value) = 0;
    virtual void put_blob(int index, std::string_view value) = 0;

    virtual bool is_null(int column) = 0;
    virtual std::int64_t integer(int column) = 0;
    /// A text or a blob; valid until the next step.
    virtual std::string_view bytes(int column) = 0;
};

/// One connection to a store's tables.
class connection {
public:
    virtual ~connection() = default;
    connection() = default;
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    /// Where the store is, for people; without secrets.
    virtual const std::string& path() const noexcept = 0;
    virtual const store_options& settings() const noexcept = 0;
    /// Made on first use.
    virtual statement& prepared(sql which) = 0;

    /// Rows that the last statement inserted, changed or deleted, triggers left out.
    virtual std::uint64_t changed_rows() = 0;
    /// The key of the row that was inserted last, by a statement that inserts one.
    virtual std::int64_t last_row() = 0;
    /// Another number whenever the store's content has changed, by whichever connection. Inside a transaction that has
    /// read or begun to write it is that of the content at hand.
    virtual std::uint64_t data_version() noexcept = 0;

    /// Whether asking what a statement did costs no way to a server and back.
    virtual bool answers_at_once() const noexcept { return true; }

    /// `begin_read` or `begin_write`: nobody else writes until the latter's end.
    virtual void begin(sql how) = 0;
    virtual void commit() = 0;
    /// Takes back what is open, if anything.
    virtual void roll_back() noexcept = 0;

    /// What the engine threw as an error; in a handler. Throws on what is not the engine's.
    virtual polku::error to_error(const std::runtime_error& failure, std::string_view doing) const = 0;
};

/// A blob parameter; the bytes must outlive the step.
struct blob {
    std::string_view bytes;
};

[[noreturn]] void throw_corrupt_row(const std::string& what);

/// A prepared statement with its parameters, reset when it goes out of scope. Texts and blobs are not copied, so they
/// must outlive the object.
class query {
public:
    template <class... Values>
    query(connection& to, sql which, const Values&... values) : query(to.prepared(which), values...) {}
    template <class... Values>
    explicit query(statement& of, const Values&... values) : statement_(of) {
        statement_.reset();
        int index = 0;
        (put(++index, values), ...);
    }
    ~query() { statement_.reset(); }
    query(const query&) = delete;
    query& operator=(const query&) = delete;

    bool step() { return statement_.step(); }
    void run() { statement_.run(); }

    bool is_null(int column) { return statement_.is_null(column); }
    std::int64_t integer(int column) { return statement_.integer(column); }
    std::uint64_t natural(int column) { return static_cast<std::uint64_t>(integer(column)); }
    std::string text(int column) { return std::string(statement_.bytes(column)); }
    template <std::size_t Size>
    std::array<std::uint8_t, Size> bytes(int column);
    std::optional<std::int64_t> maybe_integer(int column) {
        if (is_null(column)) return std::nullopt;
        return integer(column);
    }

private:
    void put(int index, std::int64_t value) { statement_.put_integer(index, value); }
    void put(int index, std::uint64_t value) { statement_.put_integer(index, static_cast<std::int64_t>(value)); }
    void put(int index, std::uint32_t value) { statement_.put_integer(index, static_cast<std::int64_t>(value)); }
    void put(int index, const std::string& value) { statement_.put_text(index, value); }
    void put(int index, const blob& value) { statement_.put_blob(index, value.bytes); }
    template <std::size_t Size>
    void put(int index, const std::array<std::uint8_t, Size>& value) {
        statement_.put_blob(index, {reinterpret_cast<const char*>(value.data()), Size});
    }
    template <class Value>
    void put(int index, const std::optional<Value>& value) {
        if (value) {
            put(index, *value);
        } else {
            statement_.put_null(index);
        }
    }

    statement& statement_;
};

template <std::size_t Size>
std::array<std::uint8_t, Size> query::bytes(int column) {
    const std::string_view found = statement_.bytes(column);
    if (found.size() != Size) {
        throw_corrupt_row("a column has " + std::to_string(found.size()) + " bytes, expected " + std::to_string(Size));
    }
    std::array<std::uint8_t, Size> made;
    for (std::size_t i = 0; i < Size; ++i) made[i] = static_cast<std::uint8_t>(found[i]);
    return made;
}

/// One transaction: rolled back unless committed.
class transaction {
public:
    transaction(connection& to, sql begin) : to_(to) { to_.begin(begin); }
    ~transaction() {
        if (open_) to_.roll_back();
    }
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;
    void commit() {
        to_.commit();
        open_ = false;
    }

private:
    connection& to_;
    bool open_ = true;
};

/// Runs `body` and turns what it throws into the answer. `doing` completes "... failed while".
template <class Body>
auto guarded(const connection& on, std::string_view doing, Body body) -> decltype(body()) {
    try {
        return body();
    } catch (const std::runtime_error& failure) {
        return on.to_error(failure, doing);
    } catch (store_failure& failure) {
        return std::move(failure.what).at({.source = on.path()});
    } catch (const std::bad_alloc&) {
        return polku::error(error_code::no_memory, "memory ran out while " + std::string(doing));
    }
}

}  // namespace polku::inline POLKU_V::storage

#endif
