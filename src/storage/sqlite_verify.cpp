// SPDX-License-Identifier: Apache-2.0
#include "sqlite_store_impl.hpp"
#include "verifier.hpp"

namespace polku::inline POLKU_V::storage {

namespace {

void check_file(sqlite_connection& on, chain_verifier& verifier) {
    query integrity(on, sql::integrity_check);
    while (integrity.step()) {
        const std::string found = integrity.text(0);
        if (found == "ok") continue;
        verifier.find(
            error(error_code::store_corrupt, "SQLite's integrity check found: " + found, {.source = on.path()}));
    }
    query references(on, sql::foreign_key_check);
    while (references.step()) {
        verifier.find(error(error_code::store_corrupt,
                            "a row of table " + references.text(0) + " names a row of table " + references.text(2) +
                                " that is not there",
                            {.source = on.path()}));
    }
}

/// Warns of a store that was to be sealed and is not yet.
void check_sealing(sqlite_connection& on, chain_verifier& verifier) {
    query mark(on, sql::sealing_mark);
    if (!mark.step()) return;
    verifier.find(error(error_code::store_not_sealed,
                        "sealing the store was begun and is not finished, so content in clear is left in it; seal it "
                        "again with its keys (`polku store seal`)",
                        {.source = on.path()}),
                  severity::warning);
}

}  // namespace

result<verify_report> sqlite_store_impl::try_verify(const verify_options& options) {
    return guarded(on_, "verifying it", [&]() -> result<verify_report> {
        const transaction whole(on_, sql::begin_read);
        chain_verifier verifier(core_.system(), options);
        if (sqlite_has_wal_fault()) {
            verifier.find(error(error_code::store_wal_fault,
                                "SQLite " + sqlite_library_version() +
                                    " can damage a store when another program writes it at the moment of a checkpoint; "
                                    "polku avoids this, other programs may not; expected 3.51.3 or newer"),
                          severity::warning);
        }
        // A damaged page stops the reading; what was found until then is still worth telling.
        const result<void> read = guarded(on_, "verifying it", [&]() -> result<void> {
            check_file(on_, verifier);
            check_sealing(on_, verifier);
            query rows(on_, sql::load_feed, std::uint64_t{0}, std::int64_t{INT64_MAX});
            event_reader reader(rows, core_.seals());
            while (const std::optional<stored_event> event = reader.next()) verifier.add(*event);
            return {};
        });
        if (!read) {
            if (read.error().code() != error_code::store_corrupt) return read.error();
            verifier.find(read.error());
        }
        verify_report report = verifier.finish();
        report.sealed = core_.is_sealed();
        return report;
    });
}

}  // namespace polku::inline POLKU_V::storage
