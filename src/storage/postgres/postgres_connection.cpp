// SPDX-License-Identifier: Apache-2.0
#include "postgres_connection.hpp"

#include <algorithm>

namespace polku::inline POLKU_V::storage {

namespace {

using kind = postgres_failure::kind;

/// Texts by the names of the statements; those that only another engine needs are null pointers.
constexpr auto statement_texts = [] {
    std::array<const char*, static_cast<std::size_t>(sql::count)> all{};
#define X(name, text) all[static_cast<std::size_t>(sql::name)] = text;
#include "postgres_statements.inc"
#undef X
    return all;
}();

// Before a write reads anything. Who changes the row has the turn until the transaction ends.
constexpr const char* turn_text = "UPDATE turn SET writes = writes + 1 WHERE id = 1 RETURNING writes";

// How long locks are waited for until the transaction ends.
constexpr const char* patience_text = "SELECT set_config('lock_timeout', $1, true)";

// So many statements are sent before their answers are read: the server must never wait for us to read.
constexpr std::size_t most_sent = 256;

// With a callback to ask, a write waits in such steps.
constexpr std::uint32_t ask_every_ms = 50;

struct state_meaning {
    std::string_view state;  ///< an SQLSTATE, or its class
    error_code code;
    const char* advice;
};

constexpr state_meaning meanings[] = {
    {"55P03", error_code::store_busy, "another user has the turn to write; try again, or raise busy_timeout_ms"},
    {"40", error_code::store_busy, "the server ended one of two transactions that were in each other's way; try again"},
    {"57014", error_code::store_busy,
     "the server ended the statement, after its statement_timeout or on request; try again"},
    {"53100", error_code::store_full, "make room on the server and try again; nothing was stored"},
    {"53300", error_code::store_busy, "the server has no connection left; try again, or raise its max_connections"},
    {"53", error_code::store_full, "the server has no memory or room left; nothing was stored"},
    {"54", error_code::store_full, "the server's limits were passed; nothing was stored"},
    {"57P03", error_code::store_busy, "the server is starting or ending; try again"},
    {"25006", error_code::store_read_only,
     "the store was opened read-only, or the server is a standby; name the primary"},
    {"42501", error_code::store_read_only, "the role lacks a right; docs/postgres.md lists those that are needed"},
    {"22021", error_code::invalid_argument, "a text is not UTF-8 or has a zero byte, which PostgreSQL does not keep"},
    {"22P05", error_code::invalid_argument, "a text is not UTF-8 or has a zero byte, which PostgreSQL does not keep"},
    {"23", error_code::store_constraint, "this is a fault of the library, or of another program; please report it"},
    {"42P01", error_code::store_not_a_store, "expected the tables that polku made"},
    {"42703", error_code::store_not_a_store, "expected the tables that polku made"},
    {"XX001", error_code::store_corrupt, "the database is damaged; restore it from a copy"},
    {"XX002", error_code::store_corrupt, "the database is damaged; restore it from a copy"},
    {"28", error_code::store_cannot_open, "the server does not let this role in; check the connection string"},
    {"3D000", error_code::store_cannot_open, "the server has no such database; make it, or name another"},
};

std::string one_line(const char* text) {
    std::string line = text == nullptr ? "" : text;
    while (!line.empty() && (line.back() == '\n' || line.back() == ' ')) line.pop_back();
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

std::string field_of(const PGresult* rows, int which) {
    const char* found = PQresultErrorField(rows, which);
    return found == nullptr ? "" : found;
}

}  // namespace

void postgres_statement::reset() noexcept {
    rows_.reset();
    row_ = -1;
    parameter_count_ = 0;
}

postgres_statement::parameter_value& postgres_statement::parameter(int index) {
    parameter_count_ = std::max(parameter_count_, index);
    return parameters_.at(static_cast<std::size_t>(index) - 1);
}

void postgres_statement::put_integer(int index, std::int64_t value) {
    parameter_value& into = parameter(index);
    const auto bits = static_cast<std::uint64_t>(value);
    for (int at = 0; at < 8; ++at) into.number[static_cast<std::size_t>(at)] = static_cast<char>(bits >> (56 - 8 * at));
    into.data = into.number.data();
    into.size = 8;
}

void postgres_statement::put_blob(int index, std::string_view value) {
    parameter_value& into = parameter(index);
    into.data = value.data() == nullptr ? "" : value.data();
    into.size = static_cast<int>(value.size());
}

void postgres_statement::run() {
    on_.enqueue(*this);
    reset();
}

bool postgres_statement::step() {
    if (!rows_) {
        rows_ = on_.fetch(*this);
        row_ = -1;
    }
    return ++row_ < PQntuples(rows_.get());
}

std::int64_t postgres_statement::integer(int column) {
    const std::string_view found = bytes(column);
    if (found.empty() || found.size() > 8) {
        throw_corrupt_row("a number has " + std::to_string(found.size()) + " bytes, expected at most 8");
    }
    // Big-endian; a truth value has one byte, and what is shorter than 8 keeps its sign.
    std::uint64_t bits = found.size() > 1 && (found[0] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
    for (const char each : found) bits = (bits << 8U) | static_cast<std::uint8_t>(each);
    return static_cast<std::int64_t>(bits);
}

std::string_view postgres_statement::bytes(int column) {
    return {PQgetvalue(rows_.get(), row_, column), static_cast<std::size_t>(PQgetlength(rows_.get(), row_, column))};
}

void postgres_statement::send(PGconn* to) {
    std::array<const char*, std::tuple_size_v<decltype(parameters_)>> values{};
    std::array<int, std::tuple_size_v<decltype(parameters_)>> sizes{};
    std::array<int, std::tuple_size_v<decltype(parameters_)>> formats{};
    for (std::size_t at = 0; at < static_cast<std::size_t>(parameter_count_); ++at) {
        values[at] = parameters_[at].data;
        sizes[at] = parameters_[at].size;
        formats[at] = 1;
    }
    if (!is_prepared) PQsendPrepare(to, name_.c_str(), text_, 0, nullptr);
    PQsendQueryPrepared(to, name_.c_str(), parameter_count_, values.data(), sizes.data(), formats.data(), 1);
}

postgres_connection::postgres_connection(std::string address, postgres_options options)
    : address_(std::move(address)), path_("postgres:" + options.schema), options_(std::move(options)) {}

postgres_connection::~postgres_connection() = default;

void postgres_connection::on_notice(void* self, const PGresult* told) {
    try {
        static_cast<postgres_connection*>(self)->notices_.push_back(field_of(told, PG_DIAG_MESSAGE_DETAIL));
    } catch (const std::bad_alloc&) {
        return;  // an exception must not pass through libpq's frames
    }
}

void postgres_connection::connect() {
    const char* const names[] = {"connect_timeout", "fallback_application_name", "dbname", "client_encoding", nullptr};
    const char* const values[] = {"10", "polku", address_.c_str(), "UTF8", nullptr};
    sent_.clear();
    last_.reset();
    in_transaction_ = committing_ = false;
    for (auto& made : statements_)
        if (made) made->is_prepared = false;
    for (auto& made : own_) made.second->is_prepared = false;
    open_.reset(PQconnectdbParams(names, values, 1));
    if (!open_) throw std::bad_alloc();
    if (!is_open()) {
        const std::string why = one_line(PQerrorMessage(open_.get()));
        open_.reset();
        throw postgres_failure(kind::no_way, why, "");
    }
    PQsetNoticeReceiver(open_.get(), on_notice, this);
    server_version_ = static_cast<std::uint32_t>(PQserverVersion(open_.get()));
    path_ = "postgres:" + std::string(PQdb(open_.get())) + "/" + options_.schema;
    set_up();
}

void postgres_connection::set_up() {
    std::string text = "SET search_path TO \"" + options_.schema + "\", pg_temp; SET lock_timeout = " +
                       std::to_string(std::max<std::uint32_t>(options_.busy_timeout_ms, 1)) +
                       "; SET standard_conforming_strings = on; " +
                       "SET default_transaction_isolation = 'read committed'; SET default_transaction_read_only = " +
                       (options_.read_only ? "on" : "off") + "; SELECT current_setting('synchronous_commit')";
    PQenterPipelineMode(open_.get());
    const result_rows found = run_here(text);
    // An answered append outlives the server's crash; stronger settings than that are the host's choice.
    if (std::string_view(PQgetvalue(found.get(), 0, 0)) == "off") run_here("SET synchronous_commit = on");
}

void postgres_connection::expect_store(const path::stream_id& id, std::function<void()> on_reconnected) {
    expected_ = id;
    on_reconnected_ = std::move(on_reconnected);
}

bool postgres_connection::is_open() noexcept { return open_ && PQstatus(open_.get()) == CONNECTION_OK; }

void postgres_connection::throw_lost() {
    const std::string why = open_ ? one_line(PQerrorMessage(open_.get())) : "it was lost before";
    const bool uncertain = committing_;
    open_.reset();
    sent_.clear();
    in_transaction_ = committing_ = false;
    throw postgres_failure(uncertain ? kind::uncertain : kind::lost, why, "");
}

void postgres_connection::reconnect_when_lost() {
    // Between calls: a connection that the server has closed meanwhile is found here, before anything is asked of it.
    // The first look may find only the server's last words.
    for (int look = 0; look < 2 && !in_transaction_ && is_open(); ++look) PQconsumeInput(open_.get());
    if (is_open()) return;
    if (in_transaction_) throw_lost();
    connect();
    ++reconnections_;
    writes_ = 0;
    if (!expected_) return;
    if (on_reconnected_) on_reconnected_();
    const result_rows found = run_here("SELECT encode(store_id, 'hex') FROM meta WHERE id = 1");
    std::string expected;
    for (const std::uint8_t byte : expected_->bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        expected += {digits[byte >> 4U], digits[byte & 15U]};
    }
    if (PQntuples(found.get()) == 1 && expected == PQgetvalue(found.get(), 0, 0)) return;
    open_.reset();
    throw postgres_failure(kind::no_way, "the server has another store now than the one that was opened", "");
}

statement& postgres_connection::prepared(sql which) {
    const auto at = static_cast<std::size_t>(which);
    auto& made = statements_[at];
    if (!made) made = std::make_unique<postgres_statement>(*this, "s" + std::to_string(at), statement_texts[at]);
    return *made;
}

statement& postgres_connection::own_statement(const char* text) {
    auto& made = own_[text];
    if (!made) made = std::make_unique<postgres_statement>(*this, "o" + std::to_string(own_.size()), text);
    return *made;
}

void postgres_connection::enqueue(postgres_statement& of) {
    reconnect_when_lost();
    if (sent_.size() >= most_sent) synchronise();
    const bool preparing = !of.is_prepared;
    of.send(open_.get());
    if (preparing) sent_.push_back({&of, true});
    sent_.push_back({&of, false});
    of.is_prepared = true;
    if (!is_open()) throw_lost();
}

result_rows postgres_connection::fetch(postgres_statement& of) {
    enqueue(of);
    synchronise();
    return std::move(last_);
}

void postgres_connection::read_one(const queued& sent, std::optional<postgres_failure>& failed) {
    result_rows found(PQgetResult(open_.get()));
    const ExecStatusType status = PQresultStatus(found.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
        if (!sent.preparing) last_ = std::move(found);
    } else {
        if (sent.preparing) sent.of->is_prepared = false;
        if (!failed && status != PGRES_PIPELINE_ABORTED) {
            std::string text = field_of(found.get(), PG_DIAG_MESSAGE_PRIMARY);
            if (text.empty()) text = one_line(PQresultErrorMessage(found.get()));
            failed.emplace(kind::refused, text, field_of(found.get(), PG_DIAG_SQLSTATE));
        }
    }
    PQclear(PQgetResult(open_.get()));  // the end of its answers
}

void postgres_connection::synchronise() {
    if (PQpipelineSync(open_.get()) != 1) throw_lost();
    std::optional<postgres_failure> failed;
    const std::vector<queued> sent = std::exchange(sent_, {});
    last_.reset();
    for (const queued& each : sent) {
        read_one(each, failed);
        if (!is_open()) throw_lost();
    }
    const result_rows end(PQgetResult(open_.get()));
    if (!is_open() || PQresultStatus(end.get()) != PGRES_PIPELINE_SYNC) throw_lost();
    if (failed) throw std::move(*failed);
}

result_rows postgres_connection::run_text(const std::string& text) {
    reconnect_when_lost();
    return run_here(text);
}

result_rows postgres_connection::run_here(const std::string& text) {
    if (!sent_.empty()) synchronise();
    PQexitPipelineMode(open_.get());
    result_rows found(PQexec(open_.get(), text.c_str()));
    if (!is_open()) throw_lost();
    const ExecStatusType status = PQresultStatus(found.get());
    PQenterPipelineMode(open_.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return found;
    throw postgres_failure(kind::refused, field_of(found.get(), PG_DIAG_MESSAGE_PRIMARY),
                           field_of(found.get(), PG_DIAG_SQLSTATE));
}

std::uint64_t postgres_connection::changed_rows() {
    if (!sent_.empty()) synchronise();
    const std::string_view text = last_ ? PQcmdTuples(last_.get()) : "";
    std::uint64_t number = 0;
    for (const char digit : text) number = number * 10 + static_cast<std::uint64_t>(digit - '0');
    return number;
}

std::int64_t postgres_connection::last_row() {
    if (!sent_.empty()) synchronise();
    if (!last_ || PQntuples(last_.get()) != 1 || PQgetlength(last_.get(), 0, 0) != 8)
        throw_corrupt_row("a row was inserted and has no number");
    std::uint64_t bits = 0;
    for (int at = 0; at < 8; ++at) bits = (bits << 8U) | static_cast<std::uint8_t>(PQgetvalue(last_.get(), 0, 0)[at]);
    return static_cast<std::int64_t>(bits);
}

std::uint64_t postgres_connection::data_version() noexcept { return reconnections_ << 44U | writes_; }

void postgres_connection::take_turn() {
    query turn(own_statement(turn_text));
    if (!turn.step()) throw_corrupt_row("the table of the writers' turn has no row");
    // The content at hand is that of the writer before; this transaction's own number tells it once it is committed.
    writes_ = turn.natural(0) - 1;
}

void postgres_connection::set_patience(std::uint32_t wait_ms) {
    const std::string text = std::to_string(std::max<std::uint32_t>(wait_ms, 1));
    query(own_statement(patience_text), text).run();
}

void postgres_connection::begin(sql how) {
    if (in_transaction_) roll_back();
    for (std::uint32_t waited = 0;; waited += ask_every_ms) {
        query(*this, how).run();
        in_transaction_ = true;
        if (how == sql::begin_read) return;
        try {
            if (!options_.cancel) return take_turn();
            set_patience(std::min(ask_every_ms, options_.busy_timeout_ms));
            take_turn();
            return set_patience(options_.busy_timeout_ms);
        } catch (const postgres_failure& failure) {
            if (failure.what_failed == kind::refused) roll_back();
            const bool waits = failure.state == "55P03" && options_.cancel;
            if (!waits || waited + ask_every_ms >= options_.busy_timeout_ms) throw;
        }
        if (is_asked_to_stop()) throw postgres_failure(kind::cancelled, "waiting for the turn to write", "");
    }
}

void postgres_connection::commit() {
    query(*this, sql::commit).run();
    committing_ = true;
    synchronise();
    in_transaction_ = committing_ = false;
    if (std::string_view(PQcmdStatus(last_.get())) != "COMMIT")
        throw postgres_failure(kind::refused, "the server took the transaction back", "40000");
    ++writes_;
}

void postgres_connection::roll_back() noexcept {
    if (!in_transaction_) return;
    in_transaction_ = committing_ = false;
    if (!is_open()) return;
    try {
        // What failed in the midst makes the server skip all that follows until it is read.
        try {
            if (!sent_.empty()) synchronise();
        } catch (const postgres_failure& failure) {
            if (failure.what_failed != kind::refused) return;
        }
        query(*this, sql::rollback).run();
        PQflush(open_.get());  // its answer is read with that of the next statement
    } catch (...) {
        open_.reset();  // the server takes back what a connection leaves open
    }
}

polku::error postgres_connection::to_error(const std::runtime_error& failure, std::string_view doing) const {
    const auto* own = dynamic_cast<const postgres_failure*>(&failure);
    if (own == nullptr) throw;
    const std::string what = "the store failed while " + std::string(doing) + " (" + own->what() + "): ";
    const auto made = [&](error_code code, const std::string& advice) {
        return polku::error(code, what + advice, {.source = path_});
    };
    if (own->what_failed == kind::cancelled) return made(error_code::cancelled, "the caller's callback asked to stop");
    if (own->what_failed == kind::no_way) {
        return made(expected_ ? error_code::store_busy : error_code::store_cannot_open,
                    "there was no connecting; start the server or correct the connection string, and try again");
    }
    const bool ended = own->state.starts_with("57P0") && own->state != "57P03";
    if (own->what_failed == kind::lost || ended) {
        return made(error_code::store_busy,
                    "the connection to the server was lost, and nothing of the call was stored; call again");
    }
    if (own->what_failed == kind::uncertain) {
        return made(
            error_code::store_busy,
            "the connection to the server was lost during the commit, so it is not known whether it was stored; "
            "call again with the same command id");
    }
    for (const state_meaning& each : meanings)
        if (own->state.starts_with(each.state)) return made(each.code, each.advice);
    return made(error_code::store_io, "the server's SQLSTATE is " + own->state);
}

}  // namespace polku::inline POLKU_V::storage
