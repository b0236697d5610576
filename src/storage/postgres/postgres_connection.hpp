// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_POSTGRES_POSTGRES_CONNECTION_HPP
#define POLKU_SRC_STORAGE_POSTGRES_POSTGRES_CONNECTION_HPP

#include <storage/sql_connection.hpp>

#include <libpq-fe.h>
#include <polku/storage/postgres_store.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::storage {

/// What the server, or the way to it, refused.
struct postgres_failure : std::runtime_error {
    enum class kind : std::uint8_t {
        refused,    ///< the server answered with an error
        lost,       ///< the connection broke; nothing of the call is stored
        uncertain,  ///< it broke while a transaction was being committed
        no_way,     ///< there was no connecting
        cancelled   ///< the caller's callback asked to stop
    };
    postgres_failure(kind of, const std::string& text, std::string code)
        : std::runtime_error(text), what_failed(of), state(std::move(code)) {}

    kind what_failed;
    std::string state;  ///< SQLSTATE, where the server answered
};

struct result_closer {
    void operator()(PGresult* rows) const noexcept { PQclear(rows); }
};
using result_rows = std::unique_ptr<PGresult, result_closer>;

class postgres_connection;

class postgres_statement final : public statement {
public:
    postgres_statement(postgres_connection& on, std::string name, const char* text)
        : on_(on), name_(std::move(name)), text_(text) {}

    void reset() noexcept override;
    bool step() override;
    void run() override;
    void put_null(int index) override { parameter(index) = {}; }
    void put_integer(int index, std::int64_t value) override;
    void put_text(int index, const std::string& value) override { put_blob(index, value); }
    void put_blob(int index, std::string_view value) override;
    bool is_null(int column) override { return PQgetisnull(rows_.get(), row_, column) != 0; }
    std::int64_t integer(int column) override;
    std::string_view bytes(int column) override;

    /// Hands it to the connection, for the server to prepare and to run.
    void send(PGconn* to);
    bool is_prepared = false;

private:
    struct parameter_value {
        const char* data = nullptr;  ///< null pointer: NULL
        int size = 0;
        std::array<char, 8> number{};  ///< what `data` of a number points to
    };
    parameter_value& parameter(int index);

    postgres_connection& on_;
    std::string name_;
    const char* text_;
    // In a row of its own each, so that pointers to numbers stay good; there are at most thirteen.
    std::array<parameter_value, 16> parameters_;
    int parameter_count_ = 0;
    result_rows rows_;
    int row_ = -1;
};

/// One connection to a server, set up as a store needs it. Statements that only do something are sent along with what
/// follows them, so that an append takes a few ways to the server and back, not one for each row.
class postgres_connection final : public connection {
public:
    postgres_connection(std::string address, postgres_options options);
    ~postgres_connection() override;

    const std::string& path() const noexcept override { return path_; }
    const store_options& settings() const noexcept override { return options_.store; }
    const postgres_options& options() const noexcept { return options_; }
    statement& prepared(sql which) override;
    /// A statement of this engine's own; the text must live as long as the program.
    statement& own_statement(const char* text);
    std::uint64_t changed_rows() override;
    std::int64_t last_row() override;
    std::uint64_t data_version() noexcept override;
    bool answers_at_once() const noexcept override { return false; }
    void begin(sql how) override;
    void commit() override;
    void roll_back() noexcept override;
    polku::error to_error(const std::runtime_error& failure, std::string_view doing) const override;

    void connect();
    /// Runs texts that are no prepared statements: settings, making tables, VACUUM. The rows of the last one, as text.
    result_rows run_text(const std::string& text);
    /// What the server has told beside its answers since it was last asked: the detail of each message.
    std::vector<std::string> take_notices() noexcept { return std::exchange(notices_, {}); }
    std::uint32_t server_version() const noexcept { return server_version_; }
    std::uint64_t reconnections() const noexcept { return reconnections_; }
    /// Set once the store is known: another one is not gone on with after a connection was lost.
    void expect_store(const path::stream_id& id, std::function<void()> on_reconnected);
    bool is_asked_to_stop() const { return options_.cancel && options_.cancel(); }

    /// For statements: sends it, to be read with what follows; or reads up to its rows.
    void enqueue(postgres_statement& of);
    result_rows fetch(postgres_statement& of);

private:
    struct queued {
        postgres_statement* of;
        bool preparing;
    };
    struct connection_closer {
        void operator()(PGconn* open) const noexcept { PQfinish(open); }
    };

    void set_up();
    result_rows run_here(const std::string& text);
    void reconnect_when_lost();
    bool is_open() noexcept;
    /// Reads the answers to all that was sent; throws the first failure.
    void synchronise();
    /// The answer to one statement; what failed first stays in `failed`.
    void read_one(const queued& sent, std::optional<postgres_failure>& failed);
    void take_turn();
    void set_patience(std::uint32_t wait_ms);
    [[noreturn]] void throw_lost();
    static void on_notice(void* self, const PGresult* told);

    std::string address_;
    std::string path_;
    postgres_options options_;
    std::unique_ptr<PGconn, connection_closer> open_;
    std::array<std::unique_ptr<postgres_statement>, static_cast<std::size_t>(sql::count)> statements_;
    std::map<const char*, std::unique_ptr<postgres_statement>> own_;
    std::vector<queued> sent_;
    result_rows last_;  ///< of the last statement that was answered
    std::vector<std::string> notices_;
    std::optional<path::stream_id> expected_;
    std::function<void()> on_reconnected_;
    std::uint64_t writes_ = 0;  ///< number of the last write transaction that this connection had
    std::uint64_t reconnections_ = 0;
    std::uint32_t server_version_ = 0;
    bool in_transaction_ = false;
    bool committing_ = false;
};

}  // namespace polku::inline POLKU_V::storage

#endif
