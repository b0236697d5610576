// SPDX-License-Identifier: Apache-2.0
#include "postgres_open.hpp"

#include <storage/sql_open.hpp>

#include <polku/storage/hash.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::storage {

namespace {

constexpr migration all_migrations[] = {
#include <storage/postgres/schema_files.inc>
};

// Two that make the same store at once wait for each other here.
constexpr const char* making = "SELECT pg_advisory_xact_lock(1886153589)";

struct meta_row {
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint32_t migration = 0;
    path::stream_id store_id;
};

polku::error refuse(error_code code, const connection& on, std::string message) {
    return polku::error(code, std::move(message), {.source = on.path()});
}

std::string quoted(const std::string& schema) { return "\"" + schema + "\""; }

bool is_yes(const result_rows& rows) { return std::string_view(PQgetvalue(rows.get(), 0, 0)) == "t"; }

// Asked of the catalogue's tables: what to_regclass answers may be from before a lock was waited for.
bool has_store(postgres_connection& on) {
    return is_yes(on.run_text("SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = '" + on.options().schema +
                              "' AND tablename = 'meta')"));
}

bool has_schema(postgres_connection& on) {
    return is_yes(
        on.run_text("SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = '" + on.options().schema + "')"));
}

meta_row read_meta(connection& on) {
    query meta(on, sql::read_meta);
    if (!meta.step()) throw_corrupt_row("the table meta has no row");
    return {small_number(meta, 0), small_number(meta, 1), small_number(meta, 2), {meta.bytes<16>(3)}};
}

void run_steps(postgres_connection& on, std::uint32_t done) {
    for (const migration& step : all_migrations) {
        if (step.number > done) on.run_text(step.sql);
    }
    on.run_text("UPDATE meta SET layout_major = " + std::to_string(postgres_layout_major) + ", layout_minor = " +
                std::to_string(postgres_layout_minor) + ", migration = " + std::to_string(std::size(all_migrations)));
}

/// Runs a body of plain texts in a transaction; nobody else makes or changes tables meanwhile.
template <class Body>
void alone(postgres_connection& on, Body body) {
    const std::uint32_t wait = std::max<std::uint32_t>(on.options().busy_timeout_ms, 1);
    on.run_text("BEGIN; SET LOCAL lock_timeout = " + std::to_string(wait) + "; " + making);
    try {
        body();
        on.run_text("COMMIT");
    } catch (const postgres_failure& failure) {
        if (failure.what_failed == postgres_failure::kind::refused) on.run_text("ROLLBACK");
        throw;
    }
}

void create_store(postgres_connection& on) {
    path::stream_id store_id;
    on.settings().entropy->fill(store_id.bytes);
    alone(on, [&] {
        if (has_store(on)) return;
        if (!has_schema(on)) on.run_text("CREATE SCHEMA " + quoted(on.options().schema));
        // The row of meta comes between the tables and what is written into it.
        on.run_text(all_migrations[0].sql);
        on.run_text("INSERT INTO meta (id, layout_major, layout_minor, migration, store_id) VALUES (1, 0, 0, 0, '\\x" +
                    to_hex(store_id.bytes) + "')");
        run_steps(on, 1);
    });
}

result<meta_row> prepare(postgres_connection& on) {
    const postgres_options& options = on.options();
    if (on.server_version() < 140000) {
        return refuse(
            error_code::store_cannot_open, on,
            "the server has version " + std::to_string(on.server_version() / 10000) + ", expected 14 or newer");
    }
    if (!is_yes(on.run_text("SELECT current_setting('server_encoding') = 'UTF8'"))) {
        return refuse(error_code::store_cannot_open, on,
                      "the database is not kept in UTF-8, expected one that was made with ENCODING 'UTF8'");
    }
    if (!has_store(on)) {
        if (options.read_only || !options.create) {
            return refuse(error_code::store_not_a_store, on,
                          "the schema '" + options.schema + "' holds no store; open it with `create` to make one");
        }
        create_store(on);
    }
    meta_row meta = read_meta(on);
    if (meta.major > postgres_layout_major) {
        return refuse(error_code::store_newer, on,
                      "the store has layout " + std::to_string(meta.major) + "." + std::to_string(meta.minor) +
                          ", expected at most " + std::to_string(postgres_layout_major) + "." +
                          std::to_string(postgres_layout_minor) + "; open it with a newer version of polku");
    }
    if (meta.migration < std::size(all_migrations)) {
        if (options.read_only) {
            return refuse(error_code::store_read_only, on,
                          "the store has the older layout " + std::to_string(meta.major) + "." +
                              std::to_string(meta.minor) + " and is opened read-only; open it for writing once");
        }
        alone(on, [&] {
            const std::uint32_t done = read_meta(on).migration;
            if (done < std::size(all_migrations)) run_steps(on, done);
        });
        meta = read_meta(on);
    }
    return meta;
}

result<void> check_schema_name(const std::string& name) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    const bool good = !name.empty() && name.size() <= 63 && std::all_of(name.begin(), name.end(), fits) &&
                      (name.front() < '0' || name.front() > '9') && !name.starts_with("pg_");
    if (good) return {};
    return error(error_code::invalid_argument,
                 "the schema's name has " + std::to_string(name.size()) +
                     " characters, expected 1 to 63 of a-z, 0-9 and '_', not beginning with a digit or with 'pg_'");
}

}  // namespace

std::span<const migration> postgres_migrations() noexcept { return all_migrations; }

result<opened_postgres> open_postgres_tables(const std::string& address, postgres_options options) {
    POLKU_CHECK(check_schema_name(options.schema));
    if (!options.store.entropy) options.store.entropy = system_entropy();
    opened_postgres opened{std::make_unique<postgres_connection>(address, std::move(options)), {}};
    postgres_connection& on = *opened.on;
    POLKU_TRY(const meta_row meta, guarded(on, "opening it", [&]() -> result<meta_row> {
                  on.connect();
                  return prepare(on);
              }));
    opened.keys.system = meta.store_id;
    const postgres_options& given = on.options();
    POLKU_CHECK(open_seals(on, opened.keys, given.keys, given.leave_sealed));
    if (given.ledger) POLKU_CHECK(apply_ledger(on, opened.keys, *given.ledger));
    return opened;
}

}  // namespace polku::inline POLKU_V::storage
