// SPDX-License-Identifier: Apache-2.0
#include "feed.hpp"

#include "case_loading.hpp"
#include "command_envelope.hpp"

#include <polku/json/event_data.hpp>
#include <polku/json/path_events.hpp>
#include <polku/storage/hash.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace polku::inline POLKU_V::detail {

namespace {

/// Members of event contents that tell where a client lives or works, and how to reach them.
constexpr std::array<std::string_view, 9> protected_members = {
    "address", "phone", "email", "municipality", "employer", "organiser", "environment", "channel", "notes"};
/// The same where the member is a text: where a meeting is held. (The terms of a place in a book are no text.)
constexpr std::array<std::string_view, 2> protected_texts = {"place", "link"};

bool is_protected(std::string_view name, const feel::value& of) {
    const auto among = [&](const auto& names) { return std::find(names.begin(), names.end(), name) != names.end(); };
    return among(protected_members) || (of.is(feel::kind::string) && among(protected_texts));
}

constexpr std::string_view contact_category = "contact";

feel::value without_protected(const feel::value& of) {
    if (of.is(feel::kind::list)) {
        std::vector<feel::value> items;
        for (const feel::value& each : of.as_list()) items.push_back(without_protected(each));
        return feel::value(std::move(items));
    }
    if (!of.is(feel::kind::context)) return of;
    feel::context kept;
    for (const auto& [name, value] : of.as_context()) {
        if (!is_protected(name, value)) kept.append(name, without_protected(value));
    }
    return feel::value(std::move(kept));
}

/// What is known of the clients of a page, each read once.
class page_clients {
public:
    page_clients(storage::event_store& store, const feed_sight& sight, time::date day)
        : store_(store), sight_(sight), day_(day) {}

    /// The client that an event of a client or case is about.
    result<path::stream_id> client_of(const path::event_envelope& event) {
        if (event.kind == path::stream_kind::client) return event.stream;
        const auto known = clients_.find(event.stream);
        if (known != clients_.end()) return known->second;
        POLKU_TRY(const auto first, store_.try_load(event.stream, 1, 1));
        POLKU_TRY(const path::event opening, json::try_read_event(first.front()));
        const auto* opened = std::get_if<path::case_opened>(&opening.what);
        const auto client = opened == nullptr ? std::nullopt : storage::stream_id_from_hex(opened->client);
        return clients_[event.stream] = client.value_or(path::stream_id{});
    }

    /// Whether a non-disclosure order stands on the day.
    result<bool> is_under_order(const path::stream_id& client) {
        const auto known = orders_.find(client);
        if (known != orders_.end()) return known->second;
        POLKU_TRY(const folded_case folded, fold_client(store_, client));
        return orders_[client] = path::is_non_disclosed(folded.state, day_);
    }

    /// What the reader may see of the person: of the one case, or of all cases when none is given.
    result<std::vector<path::visibility>> seen_of(const path::stream_id& client,
                                                  const std::optional<path::stream_id>& case_id) {
        std::vector<path::visibility> all;
        std::vector<path::stream_id> cases;
        if (case_id) cases.push_back(*case_id);
        if (!case_id) {
            POLKU_TRY(cases, streams_about(store_, storage::to_hex(client.bytes), path::stream_kind::case_));
        }
        for (const path::stream_id& each : cases) {
            const auto known = seen_.find(each);
            if (known != seen_.end()) {
                all.push_back(known->second);
                continue;
            }
            POLKU_TRY(path::visibility seen, sight_.of_case(storage::to_hex(each.bytes), day_));
            seen_.emplace(each, seen);
            all.push_back(std::move(seen));
        }
        return all;
    }

    const feed_sight& sight() const { return sight_; }

private:
    storage::event_store& store_;
    const feed_sight& sight_;
    time::date day_;
    std::map<path::stream_id, path::stream_id> clients_;
    std::map<path::stream_id, bool> orders_;
    std::map<path::stream_id, path::visibility> seen_;
};

bool all_see(const std::vector<path::visibility>& readers, std::string_view category) {
    return !readers.empty() && std::all_of(readers.begin(), readers.end(),
                                           [&](const path::visibility& each) { return each.sees(category); });
}

bool all_see_event(const std::vector<path::visibility>& readers, std::string_view type) {
    return !readers.empty() && std::all_of(readers.begin(), readers.end(),
                                           [&](const path::visibility& each) { return each.sees_event(type); });
}

bool all_see_everything(const std::vector<path::visibility>& readers) {
    return !readers.empty() && std::all_of(readers.begin(), readers.end(), [](const path::visibility& each) {
        const auto& answers = each.answers();
        return std::all_of(answers.begin(), answers.end(), [](const auto& one) { return one.allowed; });
    });
}

/// A fact is of its own category. A decision tells of all that it rests on; a fact taken back and a correction are of a
/// category that the event does not say: these are for readers who may see all.
bool may_see(const std::vector<path::visibility>& readers, const path::event& what) {
    if (const auto* fact = std::get_if<path::fact_recorded>(&what.what)) return all_see(readers, fact->category);
    const std::string type = path::type_of(what.what);
    constexpr std::array<std::string_view, 5> of_anything{"decision_made", "pack_decision_made", "fact_withdrawn",
                                                          "corrected", "entered_in_error"};
    if (std::find(of_anything.begin(), of_anything.end(), type) != of_anything.end())
        return all_see_everything(readers);
    return all_see_event(readers, type);
}

feel::context envelope(const path::event_envelope& event) {
    const std::string stream = storage::to_hex(event.stream.bytes);
    return {{"specversion", "1.0"},
            {"id", stream + "/" + std::to_string(event.version)},
            {"source", "polku"},
            {"type", "polku." + event.type},
            {"subject", stream},
            {"time", timestamp(event.recorded_at_ms)},
            {"datacontenttype", "application/json"},
            {"position", std::to_string(event.position)},
            {"streamversion", static_cast<std::int64_t>(event.version)},
            {"effectivedate", event.effective_date}};
}

/// An event of a client or a case; none when the reader may not see it.
result<std::optional<feel::value>> of_client(page_clients& clients, const path::event_envelope& event) {
    POLKU_TRY(const path::event content, json::try_read_event(event));
    POLKU_TRY(const path::stream_id client, clients.client_of(event));
    POLKU_TRY(bool hidden, clients.is_under_order(client));
    if (clients.sight().of_case) {
        const bool is_of_case = event.kind == path::stream_kind::case_;
        POLKU_TRY(const auto readers, clients.seen_of(client, is_of_case ? std::optional(event.stream) : std::nullopt));
        if (!may_see(readers, content)) return std::optional<feel::value>();
        hidden = !all_see(readers, contact_category);
    }
    const feel::value data = json::event_to_value(content);
    feel::context document = envelope(event);
    document.set("data", hidden ? without_protected(data) : data);
    if (content.erased) document.set("erased", true);
    return std::optional(feel::value(std::move(document)));
}

/// Whether the members about the person may be shown.
result<bool> shows_person(page_clients& clients, const path::event_envelope& event, const std::string& subject) {
    if (!clients.sight().personal) return false;
    // Contact persons of an employer in a register: a reader gets them from the register, where their role is known.
    if (event.kind == path::stream_kind::programme) return !clients.sight().of_case;
    const auto client = storage::stream_id_from_hex(subject);
    if (!client) return subject.empty();
    if (clients.sight().of_case) {
        POLKU_TRY(const auto readers, clients.seen_of(*client, std::nullopt));
        return all_see_event(readers, event.type) && all_see(readers, contact_category);
    }
    POLKU_TRY(const bool hidden, clients.is_under_order(*client));
    return !hidden;
}

result<std::optional<feel::value>> of_another(page_clients& clients, const path::event_envelope& event) {
    feel::context document = envelope(event);
    // The store's own checkpoints have no content.
    if (!json::has_event_data(event.kind)) return std::optional(feel::value(std::move(document)));
    POLKU_TRY(json::event_data content, json::try_event_data(event));
    POLKU_TRY(const bool shown, shows_person(clients, event, content.subject));
    document.set("data", feel::value(std::move(shown ? content.whole : content.open)));
    if (content.erased) document.set("erased", true);
    return std::optional(feel::value(std::move(document)));
}

}  // namespace

std::string timestamp(std::int64_t ms) {
    const std::int64_t seconds = ms >= 0 ? ms / 1000 : -((999 - ms) / 1000);
    const auto nanoseconds = static_cast<std::int32_t>((ms - seconds * 1000) * 1'000'000);
    return time::to_string(time::at_zone({seconds, nanoseconds}, time::zone::utc(), time::builtin_zones()));
}

result<feel::value> cloud_events(storage::event_store& store, const std::vector<path::event_envelope>& events,
                                 const feed_sight& sight) {
    // The feed has no day of its own: what stands when its newest event was recorded, stands for all of the page.
    std::int64_t newest_ms = 0;
    for (const path::event_envelope& each : events) newest_ms = std::max(newest_ms, each.recorded_at_ms);
    page_clients clients(store, sight, civil_date({newest_ms / 1000, 0}));
    std::vector<feel::value> documents;
    for (const path::event_envelope& each : events) {
        const bool of_a_client = each.kind == path::stream_kind::client || each.kind == path::stream_kind::case_;
        POLKU_TRY(std::optional<feel::value> one, of_a_client ? of_client(clients, each) : of_another(clients, each));
        if (one) documents.push_back(*std::move(one));
    }
    return feel::value(std::move(documents));
}

}  // namespace polku::inline POLKU_V::detail
