// SPDX-License-Identifier: Apache-2.0
#include "encoding.hpp"
#include "sql_core.hpp"

#include <polku/storage/hash.hpp>

#include <sodium.h>

#include <algorithm>

namespace polku::inline POLKU_V::storage {

namespace {

constexpr std::uint32_t page_events = 500;

result<void> check_identifier(const identifier& of) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    if (of.kind.empty() || of.kind.size() > 64 || !std::all_of(of.kind.begin(), of.kind.end(), fits)) {
        return error(error_code::invalid_argument, "the kind of an identifier has " + std::to_string(of.kind.size()) +
                                                       " characters, expected 1 to 64 of a-z, 0-9 and '_'");
    }
    if (of.value.empty() || of.value.size() > 200) {
        return error(error_code::invalid_argument,
                     "the value of an identifier has " + std::to_string(of.value.size()) + " bytes, expected 1 to 200");
    }
    return {};
}

std::string identifier_bytes(const identifier& of) {
    byte_writer out("polku.identifier.1");
    out.text(of.kind);
    out.text(of.value);
    return out.take();
}

}  // namespace

path::hash sql_core::tag_of(const identifier& of) {
    path::hash key{};
    if (seals() != nullptr) {
        seals()->read_index_key(key);
    } else {
        {
            query found(on_, sql::read_tag_key);
            if (found.step() && !found.is_null(0)) {
                key = found.bytes<32>(0);
                return blake2b(identifier_bytes(of), key);
            }
        }
        settings().entropy->fill(key);
        query(on_, sql::set_tag_key, key).run();
    }
    const path::hash tag = blake2b(identifier_bytes(of), key);
    sodium_memzero(key.data(), key.size());
    return tag;
}

result<identifier_events> sql_core::events_with_identifiers(std::string_view type) {
    POLKU_CHECK(check_keys());
    return guarded(on_, "reading what identifies clients", [&]() -> result<identifier_events> {
        struct place {
            path::stream_id stream;
            std::uint64_t version;
            std::uint64_t position;
        };
        identifier_events page;
        std::vector<place> places;
        {
            const transaction whole(on_, sql::begin_read);
            std::uint64_t from = 0;
            {
                query state(on_, sql::read_indexed_to);
                state.step();
                from = state.natural(0);
            }
            page.upto = read_tail().position;
            const std::string wanted(type);
            query rows(on_, sql::client_events_of_type, from, wanted, page_events);
            while (rows.step()) places.push_back({{rows.bytes<16>(0)}, rows.natural(1), rows.natural(2)});
        }
        page.more = places.size() == page_events;
        if (page.more) page.upto = places.back().position;
        for (const place& each : places) {
            POLKU_TRY(std::vector<path::event_envelope> one, load(each.stream, each.version, 1));
            for (path::event_envelope& event : one) page.events.push_back(std::move(event));
        }
        return page;
    });
}

result<void> sql_core::index_identifiers(std::span<const recorded_identifier> found, std::uint64_t upto) {
    POLKU_CHECK(check_keys());
    for (const recorded_identifier& each : found) POLKU_CHECK(check_identifier(each.identifier));
    auto indexed = guarded(on_, "indexing what identifies clients", [&]() -> result<void> {
        transaction whole(on_, sql::begin_write);
        if (seals() != nullptr) seals()->forget_erased();
        for (const recorded_identifier& each : found) {
            const path::hash tag = tag_of(each.identifier);
            // What was erased since the event was read stays out.
            query(on_, sql::insert_identifier, each.position, each.identifier.kind, each.client.bytes,
                  each.retention_class, each.known_on.to_days(), tag)
                .run();
        }
        query(on_, sql::set_indexed_to, upto).run();
        whole.commit();
        return {};
    });
    if (!indexed && seals() != nullptr) seals()->forget();
    return indexed;
}

result<std::vector<identifier_owner>> sql_core::find_identifier(const identifier& wanted) {
    POLKU_CHECK(check_keys());
    POLKU_CHECK(check_identifier(wanted));
    auto owners = guarded(on_, "looking for an identifier", [&]() -> result<std::vector<identifier_owner>> {
        transaction whole(on_, sql::begin_write);  // the first time, the key of the tags is made
        if (seals() != nullptr) seals()->forget_erased();
        const path::hash tag = tag_of(wanted);
        std::vector<identifier_owner> found;
        {
            query rows(on_, sql::find_identifier, tag, wanted.kind);
            while (rows.step()) {
                std::optional<time::date> until;
                if (!rows.is_null(2)) until = date_of_days(rows.integer(2)).plus_days(-1);
                found.push_back({{rows.bytes<16>(0)}, date_of_days(rows.integer(1)), until});
            }
        }
        whole.commit();
        return found;
    });
    if (!owners && seals() != nullptr) seals()->forget();
    return owners;
}

}  // namespace polku::inline POLKU_V::storage
