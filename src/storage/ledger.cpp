// SPDX-License-Identifier: Apache-2.0
#include <polku/json/described.hpp>
#include <polku/storage/erasure.hpp>
#include <polku/storage/hash.hpp>

#include <boost/describe/class.hpp>

namespace polku::inline POLKU_V::storage {

namespace {

// The form in the file: ids as text.
struct entry_document {
    std::int64_t number = 0;
    std::string subject;
    std::string retention_class;
    std::string reason;
    time::date on;
    std::int64_t upto = 0;
};
BOOST_DESCRIBE_STRUCT(entry_document, (), (number, subject, retention_class, reason, on, upto))

struct ledger_document {
    std::string store;
    std::vector<entry_document> entries;
};
BOOST_DESCRIBE_STRUCT(ledger_document, (), (store, entries))

error bad_member(std::string_view source, std::string pointer, std::string_view expected) {
    return error(error_code::json_invalid_value, "the erasure ledger needs " + std::string(expected) + " here",
                 {.source = std::string(source), .pointer = std::move(pointer)});
}

}  // namespace

std::string write_ledger(const erasure_ledger& ledger) {
    ledger_document made;
    made.store = to_hex(ledger.store.bytes);
    for (const erasure& each : ledger.entries) {
        made.entries.push_back({static_cast<std::int64_t>(each.number), each.subject, each.retention_class, each.reason,
                                each.on, static_cast<std::int64_t>(each.upto)});
    }
    return json::write(json::to_value(made));
}

result<erasure_ledger> try_read_ledger(std::string_view text, std::string_view source) {
    json::parse_options options;
    options.source = std::string(source);
    POLKU_TRY(const feel::value document, json::try_parse(text, options));
    POLKU_TRY(const ledger_document read, json::try_from_value<ledger_document>(document));
    erasure_ledger ledger;
    const auto store = stream_id_from_hex(read.store);
    if (!store) return bad_member(source, "/store", "the store's id, 32 hexadecimal digits,");
    ledger.store = *store;
    for (std::size_t i = 0; i < read.entries.size(); ++i) {
        const entry_document& each = read.entries[i];
        const std::string at = "/entries/" + std::to_string(i);
        const auto subject = stream_id_from_hex(each.subject);
        if (!subject) return bad_member(source, at + "/subject", "a stream's id, 32 hexadecimal digits,");
        if (each.number < 1) return bad_member(source, at + "/number", "a number from 1");
        if (each.upto < 0) return bad_member(source, at + "/upto", "a position from 0");
        if (each.retention_class.empty())
            return bad_member(source, at + "/retention_class", "a retention class or '*'");
        ledger.entries.push_back({static_cast<std::uint64_t>(each.number), to_hex(subject->bytes), each.retention_class,
                                  each.reason, each.on, static_cast<std::uint64_t>(each.upto)});
    }
    return ledger;
}

}  // namespace polku::inline POLKU_V::storage
