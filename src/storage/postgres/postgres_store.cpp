// SPDX-License-Identifier: Apache-2.0
#include "postgres_open.hpp"

#include <storage/sql_erase.hpp>
#include <storage/sql_store.hpp>
#include <storage/verifier.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::storage {

namespace {

constexpr std::uint64_t verified_at_once = 1000;

constexpr const char* next_position = "SELECT min(position) FROM events WHERE position > $1";
constexpr const char* last_pending = "SELECT coalesce(max(erasure_no), 0) FROM erasures WHERE done = 0";
constexpr const char* end_erasures_to = "UPDATE erasures SET done = 1 WHERE done = 0 AND erasure_no <= $1";

/// The number that a sentence begins with, as VACUUM tells how many dead rows it had to keep; empty when it has none.
std::optional<std::uint64_t> first_number(std::string_view sentence) {
    std::optional<std::uint64_t> number;
    for (const char c : sentence) {
        if (c < '0' || c > '9') break;
        number = number.value_or(0) * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return number;
}

/// Writes a table anew without what is dead in it; false when some reader may still see rows that are dead.
bool write_anew(postgres_connection& on, const char* table) {
    (void)on.take_notices();
    on.run_text(std::string("VACUUM (FULL, VERBOSE) ") + table);
    const std::vector<std::string> told = on.take_notices();
    // One of its messages has a detail, which begins with the number of dead rows that cannot be removed yet.
    const auto counted = std::find_if(told.begin(), told.end(), [](const std::string& each) { return !each.empty(); });
    return counted != told.end() && first_number(*counted) == 0;
}

class postgres_store_impl final : public sql_store<postgres_store> {
public:
    explicit postgres_store_impl(opened_postgres opened)
        : sql_store(*opened.on, std::move(opened.keys)), open_(std::move(opened.on)), on_(*open_) {
        on_.expect_store(core_.system(), [this] { core_.forget(); });
    }

    result<verify_report> try_verify(const verify_options& options) override;
    result<std::uint64_t> try_finish_erasures() override;
    std::uint32_t server_version() const noexcept override { return on_.server_version(); }
    std::uint64_t reconnections() const noexcept override { return on_.reconnections(); }

private:
    void check_server(chain_verifier& verifier);
    result<void> check_events(chain_verifier& verifier);

    std::unique_ptr<postgres_connection> open_;
    postgres_connection& on_;
};

void postgres_store_impl::check_server(chain_verifier& verifier) {
    for (const char* name : {"fsync", "full_page_writes"}) {
        const result_rows found = on_.run_text(std::string("SELECT current_setting('") + name + "')");
        if (std::string_view(PQgetvalue(found.get(), 0, 0)) != "off") continue;
        verifier.find(error(error_code::store_io,
                            std::string("the server runs with ") + name +
                                " = off, so a loss of power can damage the store; expected on",
                            {.source = on_.path()}),
                      severity::warning);
    }
}

result<void> postgres_store_impl::check_events(chain_verifier& verifier) {
    for (std::uint64_t upto = 0;;) {
        std::optional<std::int64_t> next;
        {
            query lowest(on_.own_statement(next_position), upto);
            if (lowest.step()) next = lowest.maybe_integer(0);
        }
        if (!next) return {};
        if (on_.is_asked_to_stop()) {
            return error(error_code::cancelled, "verifying was stopped by the caller's callback",
                         {.source = on_.path()});
        }
        const std::uint64_t from = static_cast<std::uint64_t>(*next) - 1;
        upto = std::min<std::uint64_t>(from + verified_at_once, INT64_MAX);
        query rows(on_, sql::load_feed, from, upto);
        event_reader reader(rows, core_.seals());
        while (const std::optional<stored_event> event = reader.next()) verifier.add(*event);
    }
}

result<verify_report> postgres_store_impl::try_verify(const verify_options& options) {
    return guarded(on_, "verifying it", [&]() -> result<verify_report> {
        chain_verifier verifier(core_.system(), options);
        check_server(verifier);
        const transaction whole(on_, sql::begin_read);
        // A damaged row stops the reading; what was found until then is still worth telling.
        const result<void> read =
            guarded(on_, "verifying it", [&]() -> result<void> { return check_events(verifier); });
        if (!read) {
            if (read.error().code() != error_code::store_corrupt) return read.error();
            verifier.find(read.error());
        }
        verify_report report = verifier.finish();
        report.sealed = core_.is_sealed();
        return report;
    });
}

result<std::uint64_t> postgres_store_impl::try_finish_erasures() {
    return guarded(on_, "finishing erasures", [&]() -> result<std::uint64_t> {
        std::int64_t upto = 0;
        {
            query last(on_.own_statement(last_pending));
            last.step();
            upto = last.integer(0);
        }
        // Content that is sealed is gone with its key; only in a store in clear the parts themselves hold it.
        bool whole = true;
        for (const char* table : {"part_keys", "snapshots", "identifiers"}) whole &= write_anew(on_, table);
        if (!core_.is_sealed()) whole &= write_anew(on_, "parts");
        if (whole && upto != 0) {
            transaction done(on_, sql::begin_write);
            query(on_.own_statement(end_erasures_to), upto).run();
            done.commit();
        }
        return pending_erasures(on_);
    });
}

}  // namespace

result<std::unique_ptr<postgres_store>> try_open_postgres(const std::string& connection, postgres_options options) {
    POLKU_TRY(opened_postgres opened, open_postgres_tables(connection, std::move(options)));
    return std::unique_ptr<postgres_store>(std::make_unique<postgres_store_impl>(std::move(opened)));
}

}  // namespace polku::inline POLKU_V::storage
