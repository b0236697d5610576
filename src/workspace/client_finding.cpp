// SPDX-License-Identifier: Apache-2.0
#include "client_reads.hpp"

#include <polku/json/path_events.hpp>
#include <polku/rules/identifiers.hpp>
#include <polku/storage/hash.hpp>
#include <polku/storage/keyed_store.hpp>
#include <polku/workspace/workspace.hpp>

#include <algorithm>

namespace polku::inline POLKU_V {

namespace {

using storage::identifier_owner;
using storage::recorded_identifier;

constexpr std::string_view identity_code = "identity_code";

/// An identity code in the form in which it is looked for. What is wrong with it is told without repeating it.
result<std::string> normal_code(std::string_view text) {
    std::string made;
    for (const char c : text) {
        if (c == ' ') continue;
        made += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    POLKU_TRY(const rules::identity_code checked, rules::try_parse_identity_code(made));
    return checked.text;
}

/// What an event of a client's stream tells; none when it tells nothing that can be found, or was erased.
result<std::optional<recorded_identifier>> identifier_in(const path::event_envelope& event) {
    const auto told = std::find_if(event.parts.begin(), event.parts.end(),
                                   [](const auto& part) { return part.subject != "-" && !part.erased; });
    if (told == event.parts.end()) return std::optional<recorded_identifier>();
    POLKU_TRY(const path::event happened, json::try_read_event(event));
    const auto* recorded = std::get_if<path::client_details_recorded>(&happened.what);
    if (recorded == nullptr || !recorded->details.identity_code) return std::optional<recorded_identifier>();
    auto code = normal_code(*recorded->details.identity_code);
    if (!code) return std::optional<recorded_identifier>();
    return std::optional(recorded_identifier{{std::string(identity_code), std::move(code).value()},
                                             event.stream,
                                             event.position,
                                             event.effective_date,
                                             told->retention_class});
}

result<std::vector<recorded_identifier>> identifiers_in(const std::vector<path::event_envelope>& events) {
    std::vector<recorded_identifier> found;
    for (const path::event_envelope& each : events) {
        POLKU_TRY(auto one, identifier_in(each));
        if (one) found.push_back(std::move(*one));
    }
    return found;
}

result<std::vector<identifier_owner>> find_in_file(storage::keyed_store& store, const storage::identifier& wanted) {
    for (bool more = true; more;) {
        POLKU_TRY(const storage::identifier_events page,
                  store.try_identifier_events(path::client_details_recorded::type));
        POLKU_TRY(const auto found, identifiers_in(page.events));
        POLKU_CHECK(store.try_index_identifiers(found, page.upto));
        more = page.more;
    }
    return store.try_find_identifier(wanted);
}

/// A store in memory is looked through each time.
result<std::vector<identifier_owner>> find_in_memory(storage::event_store& store, const storage::identifier& wanted) {
    std::vector<identifier_owner> found;
    std::map<path::stream_id, bool> has;  // whether what was last told of a client is what is wanted
    for (std::uint64_t cursor = 0;;) {
        POLKU_TRY(const storage::feed_page page, store.try_events_since(cursor, 1000));
        if (page.events.empty()) return found;
        cursor = page.next;
        for (const path::event_envelope& each : page.events) {
            if (each.kind != path::stream_kind::client || each.type != path::client_details_recorded::type) continue;
            POLKU_TRY(const auto one, identifier_in(each));
            if (!one) continue;
            const bool is_wanted = one->identifier.value == wanted.value;
            if (has[each.stream] && !is_wanted) {
                for (identifier_owner& owner : found)
                    if (owner.client == each.stream && !owner.until) owner.until = one->known_on.plus_days(-1);
            }
            if (!has[each.stream] && is_wanted) found.push_back({each.stream, one->known_on, std::nullopt});
            has[each.stream] = is_wanted;
        }
    }
}

}  // namespace

result<feel::value> workspace::try_find_client(std::string_view kind, std::string_view value) {
    POLKU_CHECK(check_reader());
    if (kind != identity_code)
        return error(error_code::invalid_argument,
                     "clients are found by identity_code, not by '" + std::string(kind.substr(0, 64)) + "'");
    POLKU_TRY(std::string code, normal_code(value));
    const storage::identifier wanted{std::string(kind), std::move(code)};
    auto* const file = dynamic_cast<storage::keyed_store*>(store_.get());
    POLKU_TRY(const std::vector<identifier_owner> owners,
              file != nullptr ? find_in_file(*file, wanted) : find_in_memory(*store_, wanted));
    client_reads reads;
    std::vector<feel::value> rows;
    for (const identifier_owner& each : owners) {
        const std::string client = storage::to_hex(each.client.bytes);
        reads[client].insert("identifiers");
        feel::context row{{"client", client}, {"from", each.from}};
        if (each.until) row.set("until", *each.until);
        rows.emplace_back(std::move(row));
    }
    POLKU_CHECK(try_log_reads(reads));
    return feel::value(std::move(rows));
}

}  // namespace polku::inline POLKU_V
