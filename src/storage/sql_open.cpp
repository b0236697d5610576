// SPDX-License-Identifier: Apache-2.0
#include "sql_open.hpp"

#include "sql_erase.hpp"

#include <polku/storage/hash.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::storage {

namespace {

polku::error refuse(error_code code, const connection& on, std::string message) {
    return polku::error(code, std::move(message), {.source = on.path()});
}

std::string master_of(connection& on) {
    query meta(on, sql::read_master);
    return meta.step() && !meta.is_null(0) ? meta.text(0) : std::string();
}

/// Turns an empty store into a sealed one; one with events stays as it is.
void adopt_keys(connection& on, sealer& seals) {
    transaction whole(on, sql::begin_write);
    if (master_of(on).empty()) {
        bool has_events = false;
        {
            query events(on, sql::last_event);
            has_events = events.step();
        }
        if (has_events) {
            throw store_failure{polku::error(error_code::store_not_sealed,
                                             "the store holds content in clear, found where the caller gave keys; open "
                                             "it without keys, or seal it first (`polku store seal`)")};
        }
        seals.adopt();
    }
    whole.commit();
}

}  // namespace

result<void> open_seals(connection& on, store_seals& into, const std::optional<key_options>& keys, bool leave_sealed) {
    return guarded(on, "looking at its keys", [&]() -> result<void> {
        std::string master = master_of(on);
        if (!keys) {
            into.sealed = !master.empty();
            if (master.empty() || leave_sealed) return {};
            return refuse(error_code::store_key_missing, on,
                          "the store is sealed under the master key '" + master + "'; open it with that key");
        }
        if (keys->master.empty() || !keys->find) {
            return refuse(error_code::store_key_unusable, on,
                          "the key options lack a master key's id or a way to find it; expected both");
        }
        into.seals = std::make_unique<sealer>(on, into.system, *keys);
        if (master.empty()) adopt_keys(on, *into.seals);
        master = master_of(on);
        into.seals->check(master);
        into.sealed = true;
        return {};
    });
}

result<void> apply_ledger(connection& on, const store_seals& of, const erasure_ledger& ledger) {
    if (ledger.store != of.system) {
        return refuse(error_code::store_ledger_foreign, on,
                      "the erasure ledger is of the store " + to_hex(ledger.store.bytes) + ", this one is " +
                          to_hex(of.system.bytes) + "; give the ledger that was exported from it");
    }
    return guarded(on, "erasing again what its ledger tells", [&]() -> result<void> {
        const auto is_new = [&](const erasure& each) { return !is_applied(on, each); };
        if (!std::ranges::any_of(ledger.entries, is_new)) return {};
        transaction whole(on, sql::begin_write);
        for (const erasure& each : ledger.entries) {
            const auto subject = stream_id_from_hex(each.subject);
            if (subject && is_new(each)) apply_erasure(on, each, *subject);
        }
        whole.commit();
        return {};
    });
}

}  // namespace polku::inline POLKU_V::storage
