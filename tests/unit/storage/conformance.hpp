// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_UNIT_STORAGE_CONFORMANCE_HPP
#define POLKU_TESTS_UNIT_STORAGE_CONFORMANCE_HPP

// What every event_store must do. A store's test makes a `store_factory` and runs `conform` over it.

#include <polku/storage/event_store.hpp>
#include <polku/storage/hash.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace storage_test {

using namespace polku;
using namespace polku::storage;

/// Makes stores over the same data: every call opens one more, the first call begins empty.
using store_factory = std::function<std::unique_ptr<event_store>(store_options)>;

inline path::stream_id id_of(unsigned number) {
    path::stream_id id;
    for (unsigned i = 0; i < 4; ++i) id.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    id.bytes[0] = 0xA0;
    return id;
}

inline path::event_envelope make_event(std::string type, std::string content = "{}",
                                       std::int64_t recorded_at_ms = 1'780'000'000'000) {
    path::event_envelope event;
    event.type = std::move(type);
    event.effective_date = *time::date::from_parts(2026, 5, 4);
    event.recorded_at_ms = recorded_at_ms;
    event.actor = "worker:7";
    event.purpose = "employment_service";
    event.engine_version = 1;
    event.parts.push_back({.subject = "-", .retention_class = "employment", .bytes = std::move(content)});
    return event;
}

inline append_request make_request(std::string command, path::stream_id stream, std::uint64_t expected,
                                   std::vector<path::event_envelope> events) {
    append_request request;
    request.command_hash = blake2b(command);
    request.command_id = std::move(command);
    request.streams.push_back({.stream = stream, .expected_version = expected, .events = std::move(events)});
    return request;
}

inline case_projection make_row(std::string stage, std::string municipality, std::optional<time::date> due = {}) {
    return {.stage = std::move(stage),
            .municipality = std::move(municipality),
            .owner_role = "responsible_worker",
            .status = "open",
            .opened_on = *time::date::from_parts(2026, 5, 1),
            .closed_on = std::nullopt,
            .next_due_on = due};
}

inline void appends_and_loads(event_store& store) {
    append_request request = make_request("c1", id_of(1), 0, {make_event("opened", "{\"a\":1}"), make_event("sent")});
    request.streams.push_back({.stream = id_of(2),
                               .kind = path::stream_kind::client,
                               .expected_version = 0,
                               .events = {make_event("fact_recorded")},
                               .projection = {}});
    const append_answer answer = store.append(request);
    CHECK(answer.first_position == 1);
    CHECK(answer.last_position == 3);
    CHECK(answer.streams == std::vector<appended_stream>{{id_of(1), 1, 2}, {id_of(2), 1, 1}});
    CHECK_FALSE(answer.repeated);

    const auto events = store.load(id_of(1));
    REQUIRE(events.size() == 2);
    CHECK(events[0].type == "opened");
    CHECK(events[0].version == 1);
    CHECK(events[0].position == 1);
    CHECK(events[0].kind == path::stream_kind::case_);
    CHECK(events[0].actor == "worker:7");
    CHECK(events[0].purpose == "employment_service");
    CHECK(events[0].effective_date == *time::date::from_parts(2026, 5, 4));
    REQUIRE(events[0].parts.size() == 1);
    CHECK(events[0].parts[0].bytes == "{\"a\":1}");
    CHECK(events[0].parts[0].commitment == blake2b("{\"a\":1}", events[0].parts[0].salt));
    CHECK(events[0].command_id.size() == 64);
    CHECK(events[0].command_id == events[1].command_id);
    CHECK(events[1].version == 2);
    CHECK(store.try_load(id_of(1), 2).value().size() == 1);
    CHECK(store.try_load(id_of(1), 1, 1).value().size() == 1);
    CHECK(store.try_load(id_of(1), 3).value().empty());
    CHECK(store.try_load(id_of(99)).value().empty());

    const auto head = store.try_head_of(id_of(1)).value();
    REQUIRE(head);
    CHECK(head->version == 2);
    CHECK_FALSE(store.try_head_of(id_of(99)).value());
}

inline void refuses_with(event_store& store, const append_request& request, error_code code) {
    const chain_head before = store.head();
    const auto answer = store.try_append(request);
    REQUIRE_FALSE(answer);
    CHECK(name_of(answer.error().code()) == name_of(code));
    CHECK(answer.error().message().size() > 20);
    CHECK(store.head() == before);
}

inline void keeps_versions_and_commands(event_store& store) {
    const append_request first = make_request("c1", id_of(1), 0, {make_event("opened")});
    const append_answer answer = store.append(first);
    refuses_with(store, make_request("c2", id_of(1), 0, {make_event("sent")}), error_code::store_version_conflict);
    refuses_with(store, make_request("c2", id_of(1), 2, {make_event("sent")}), error_code::store_version_conflict);
    store.append(make_request("c3", id_of(1), 1, {make_event("sent")}));

    const append_answer again = store.append(first);
    CHECK(again.repeated);
    CHECK(again.first_position == answer.first_position);
    CHECK(again.last_position == answer.last_position);
    CHECK(again.streams == answer.streams);
    const auto found = store.try_find_command(first.command_id, first.command_hash).value();
    REQUIRE(found);
    CHECK(found->streams == answer.streams);
    CHECK_FALSE(store.try_find_command("never used", first.command_hash).value());
    append_request other = first;
    other.command_hash[0] ^= 1;
    const auto clash = store.try_find_command(first.command_id, other.command_hash);
    REQUIRE_FALSE(clash);
    CHECK(clash.error().code() == error_code::store_command_conflict);
    refuses_with(store, other, error_code::store_command_conflict);
    append_request kind = make_request("c4", id_of(1), 2, {make_event("sent")});
    kind.streams[0].kind = path::stream_kind::client;
    refuses_with(store, kind, error_code::store_kind_conflict);
    CHECK(store.load(id_of(1)).size() == 2);
}

inline void refuses_malformed_requests(event_store& store) {
    const auto bad = [&](auto change) {
        append_request request = make_request("c1", id_of(1), 0, {make_event("opened")});
        change(request);
        refuses_with(store, request, error_code::invalid_argument);
    };
    bad([](append_request& r) { r.command_id.clear(); });
    bad([](append_request& r) { r.command_id.assign(201, 'x'); });
    bad([](append_request& r) { r.streams.clear(); });
    bad([](append_request& r) { r.streams[0].events.clear(); });
    bad([](append_request& r) { r.streams.push_back(r.streams[0]); });
    bad([](append_request& r) { r.streams[0].kind = path::stream_kind::system; });
    bad([](append_request& r) { r.streams[0].kind = static_cast<path::stream_kind>(0); });
    bad([](append_request& r) { r.streams[0].expected_version = UINT64_MAX; });
    bad([](append_request& r) { r.streams[0].events[0].type.clear(); });
    bad([](append_request& r) { r.streams[0].events[0].schema_version = 0; });
    bad([](append_request& r) { r.streams[0].events[0].parts[0].subject = "Matti"; });
    bad([](append_request& r) { r.streams[0].events[0].parts[0].retention_class.clear(); });
    bad([](append_request& r) { r.streams[0].events[0].parts[0].erased = true; });
    bad([](append_request& r) {
        r.streams[0].kind = path::stream_kind::client;
        r.streams[0].projection = make_row("referral", "698");
    });
    bad([](append_request& r) { r.streams[0].projection = make_row(std::string(201, 's'), "698"); });
}

inline void is_all_or_nothing(event_store& store) {
    append_request request = make_request("c1", id_of(1), 0, {make_event("opened")});
    request.streams.push_back({.stream = id_of(2), .expected_version = 5, .events = {make_event("opened")}});
    refuses_with(store, request, error_code::store_version_conflict);
    CHECK(store.load(id_of(1)).empty());

    const std::vector<append_request> batch{make_request("c1", id_of(1), 0, {make_event("opened")}),
                                            make_request("c2", id_of(1), 1, {make_event("sent")}),
                                            make_request("c3", id_of(1), 1, {make_event("sent")})};
    CHECK_FALSE(store.try_append_all(batch));
    CHECK(store.load(id_of(1)).empty());
    CHECK(store.try_append_all(std::span(batch).first(2)).value().size() == 2);
    CHECK(store.load(id_of(1)).size() == 2);
}

inline void keeps_recording_times(event_store& store) {
    const std::int64_t now = 1'780'000'000'000;
    const std::int64_t five_minutes = 300'000;
    store.append(make_request("c1", id_of(1), 0, {make_event("opened", "{}", now)}));
    store.append(make_request("c2", id_of(1), 1, {make_event("sent", "{}", now - five_minutes)}));
    CHECK(store.load(id_of(1))[1].recorded_at_ms == now - five_minutes);
    // The newest counts, not the last: the slack does not add up.
    refuses_with(store, make_request("c3", id_of(1), 2, {make_event("sent", "{}", now - five_minutes - 1)}),
                 error_code::store_recorded_backwards);
    store.append(make_request("c3", id_of(1), 2, {make_event("sent", "{}", now + 1)}));
    CHECK(store.verify().sound());
}

inline void feeds_without_gaps(const store_factory& open) {
    const auto first = open({.checkpoint_every = 3});
    const auto second = open({.checkpoint_every = 3});
    std::uint64_t cursor = 0;
    std::uint64_t seen = 0;
    for (unsigned i = 0; i < 10; ++i) {
        event_store& writer = i % 2 == 0 ? *first : *second;
        writer.append(make_request("c" + std::to_string(i), id_of(i), 0, {make_event("opened"), make_event("sent")}));
        const feed_page page = first->try_events_since(cursor, 2).value();
        for (const path::event_envelope& event : page.events) CHECK(event.position == ++seen);
        CHECK(page.next == seen);
        cursor = page.next;
    }
    const feed_page rest = second->try_events_since(cursor, 1000).value();
    for (const path::event_envelope& event : rest.events) CHECK(event.position == ++seen);
    CHECK(seen == first->head().position);
    CHECK(seen > 20);
    CHECK(first->try_events_since(seen, 10).value().events.empty());
    CHECK(first->try_events_since(seen, 10).value().next == seen);
    CHECK(first->try_events_since(UINT64_MAX, 10).value().events.empty());
}

/// A look-up by id answers the one stream, and only where the rest of the query fits it too.
inline void finds_one_stream(event_store& store) {
    append_request request = make_request("c1", id_of(1), 0, {make_event("opened")});
    request.streams[0].projection = make_row("referral", "698");
    store.append(request);
    append_request bare = make_request("c2", id_of(2), 0, {make_event("fact_recorded")});
    bare.streams[0].kind = path::stream_kind::client;
    store.append(bare);
    const auto found = [&](stream_query query) { return store.try_find_streams(query).value().size(); };
    const stream_row row = store.try_find_streams({.stream = id_of(1)}).value().at(0);
    CHECK(row.stream == id_of(1));
    CHECK(row.projection == make_row("referral", "698"));
    CHECK(found({.stream = id_of(2)}) == 1);
    CHECK(found({.stream = id_of(3)}) == 0);
    CHECK(found({.stream = id_of(1), .kind = path::stream_kind::case_}) == 1);
    CHECK(found({.stream = id_of(1), .kind = path::stream_kind::client}) == 0);
    CHECK(found({.stream = id_of(1), .stage = "referral", .municipality = "698", .open = true}) == 1);
    CHECK(found({.stream = id_of(1), .municipality = "320"}) == 0);
    CHECK(found({.stream = id_of(1), .open = false}) == 0);
    CHECK(found({.stream = id_of(2), .open = true}) == 0);
    CHECK(found({.stream = id_of(1), .after = row.number}) == 0);
}

inline void lists_streams(event_store& store) {
    const auto add = [&](unsigned number, case_projection row) {
        append_request request = make_request("c" + std::to_string(number), id_of(number), 0, {make_event("opened")});
        request.streams[0].projection = std::move(row);
        store.append(request);
    };
    const auto day = [](unsigned d) { return time::date::from_parts(2026, 6, d); };
    add(1, make_row("referral", "698", day(3)));
    add(2, make_row("assessment", "698", day(1)));
    add(3, make_row("referral", "320", day(2)));
    add(4, make_row("referral", "698"));
    append_request closed = make_request("c5", id_of(4), 1, {make_event("closed")});
    closed.streams[0].projection = make_row("follow_up", "698", day(1));
    closed.streams[0].projection->closed_on = day(9);
    closed.streams[0].projection->status = "closed";
    store.append(closed);
    append_request client = make_request("c6", id_of(5), 0, {make_event("fact_recorded")});
    client.streams[0].kind = path::stream_kind::client;
    store.append(client);

    const auto numbers = [&](const stream_query& query) {
        std::vector<path::stream_id> ids;
        const std::vector<stream_row> rows = store.try_find_streams(query).value();
        for (const stream_row& row : rows) ids.push_back(row.stream);
        return ids;
    };
    using ids = std::vector<path::stream_id>;
    CHECK(numbers({}) == ids{id_of(1), id_of(2), id_of(3), id_of(4), id_of(5)});
    CHECK(numbers({.kind = path::stream_kind::client}) == ids{id_of(5)});
    CHECK(numbers({.stage = "referral"}) == ids{id_of(1), id_of(3)});
    CHECK(numbers({.municipality = "698"}) == ids{id_of(1), id_of(2), id_of(4)});
    CHECK(numbers({.stage = "referral", .municipality = "698"}) == ids{id_of(1)});
    CHECK(numbers({.municipality = "698", .open = false}) == ids{id_of(4)});
    CHECK(numbers({.open = true}) == ids{id_of(1), id_of(2), id_of(3)});
    CHECK(numbers({.status = "closed"}) == ids{id_of(4)});
    CHECK(numbers({.owner_role = "nobody"}).empty());
    CHECK(numbers({.kind = path::stream_kind::client, .municipality = "698"}).empty());
    const std::string subject = "00000000000000000000000000000077";
    append_request about = make_request("c7", id_of(4), 2, {make_event("noted")});
    about.streams[0].events[0].parts.push_back(
        {.subject = subject, .retention_class = "employment", .bytes = R"({"who":"a client"})"});
    store.append(about);
    append_request beside = make_request("c8", id_of(6), 0, {make_event("place_reserved")});
    beside.streams[0].kind = path::stream_kind::environment;
    beside.streams[0].events[0].parts.push_back(about.streams[0].events[0].parts.back());
    store.append(beside);
    CHECK(numbers({.subject = subject}) == ids{id_of(4), id_of(6)});
    CHECK(numbers({.kind = path::stream_kind::environment, .subject = subject}) == ids{id_of(6)});
    CHECK(numbers({.subject = "00000000000000000000000000000078"}).empty());
    CHECK(store.try_find_streams({.subject = subject, .limit = 1}).value().size() == 1);
    const auto page = store.try_find_streams({.limit = 2}).value();
    REQUIRE(page.size() == 2);
    CHECK(store.try_find_streams({.after = page[1].number, .limit = 2}).value()[0].stream == id_of(3));
    REQUIRE(page[0].projection);
    CHECK(*page[0].projection == make_row("referral", "698", day(3)));

    const auto with = [&](const event_query& query) {
        ids found;
        const std::vector<stream_row> rows = store.try_find_with_event(query).value();
        for (const stream_row& row : rows) found.push_back(row.stream);
        return found;
    };
    CHECK(with({.type = "opened"}) == ids{id_of(1), id_of(2), id_of(3), id_of(4)});
    CHECK(with({.type = "noted"}) == ids{id_of(4)});
    CHECK(with({.type = "open"}).empty());
    CHECK(with({.type = "place_reserved"}).empty());
    CHECK(with({.kind = path::stream_kind::environment, .type = "place_reserved"}) == ids{id_of(6)});
    CHECK(with({.type = "opened", .after = page[0].number, .limit = 2}) == ids{id_of(2), id_of(3)});
    constexpr std::string_view types[] = {"noted", "opened"};
    const auto some = store.try_load_types(id_of(4), types).value();
    REQUIRE(some.size() == 2);
    CHECK(some[0].type == "opened");
    CHECK(some[1].version == 3);
    CHECK(some[1].parts.size() == 2);
    CHECK(store.try_load_types(id_of(4), {}).value().empty());
    CHECK(store.try_load_types(id_of(99), types).value().empty());

    const auto due = store.try_find_due({.by = *day(2)}).value();
    // The fourth case has ended, and its follow-up is due all the same.
    REQUIRE(due.size() == 3);
    CHECK(due[0].stream == id_of(2));
    CHECK(due[1].stream == id_of(4));
    CHECK(due[2].stream == id_of(3));
    const auto later = store.try_find_due({.by = *day(30), .after_date = *day(1), .after = due[0].number}).value();
    REQUIRE(later.size() == 3);
    CHECK(later[2].stream == id_of(1));
    CHECK(store.try_find_due({.by = *day(30), .municipality = "320"}).value().size() == 1);

    CHECK(store.try_count_cases().value() == std::vector<case_count>{{"320", "referral", "open", true, 1},
                                                                     {"698", "assessment", "open", true, 1},
                                                                     {"698", "follow_up", "closed", false, 1},
                                                                     {"698", "referral", "open", true, 1}});
}

inline void keeps_blobs(event_store& store) {
    const path::hash pack = store.try_put_blob("pack", "rules").value();
    CHECK(pack == blake2b("rules"));
    CHECK(store.try_put_blob("pack", "rules").value() == pack);
    CHECK(store.try_get_blob(pack).value() == "rules");
    CHECK(store.try_get_blob(blake2b("other")).error().code() == error_code::not_found);
    append_request request = make_request("c1", id_of(1), 0, {make_event("opened")});
    request.streams[0].events[0].pack_hash = pack;
    request.streams[0].events[0].path_hash = blake2b("a path");
    refuses_with(store, request, error_code::store_blob_missing);
    store.try_put_blob("path", "a path").value();
    store.append(request);
    CHECK(store.load(id_of(1))[0].pack_hash == pack);
    CHECK(store.load(id_of(1))[0].path_hash == blake2b("a path"));
    CHECK(store.verify().sound());
}

inline void keeps_snapshots(event_store& store) {
    store.append(make_request("c1", id_of(1), 0, {make_event("opened"), make_event("sent")}));
    CHECK_FALSE(store.try_get_snapshot(id_of(1), "employment").value());
    store.try_put_snapshot(id_of(1), "employment", {.version = 2, .bytes = "state"}).value();
    CHECK(store.try_get_snapshot(id_of(1), "employment").value() == snapshot{.version = 2, .bytes = "state"});
    store.try_put_snapshot(id_of(1), "employment", {.version = 1, .bytes = "older"}).value();
    CHECK(store.try_get_snapshot(id_of(1), "employment").value()->bytes == "state");
    CHECK_FALSE(store.try_get_snapshot(id_of(1), "social").value());
    CHECK(store.try_put_snapshot(id_of(1), "social", {.version = 3}).error().code() == error_code::invalid_argument);
    CHECK(store.try_put_snapshot(id_of(9), "social", {.version = 1}).error().code() == error_code::invalid_argument);
}

inline void chains_and_anchors(const store_factory& open) {
    const auto store = open({.checkpoint_every = 4});
    const chain_head empty = store->head();
    CHECK(empty.position == 0);
    std::vector<chain_head> anchors{empty};
    for (unsigned i = 0; i < 12; ++i) {
        store->append(make_request("c" + std::to_string(i), id_of(i % 3), i / 3, {make_event("noted")}));
        anchors.push_back(store->head());
    }
    for (const chain_head& anchor : anchors) CHECK(store->verify({.anchor = anchor}).sound());
    const verify_report report = store->verify();
    CHECK(report.sound());
    CHECK(report.checkpoints == 3);
    CHECK(report.events == 15);
    CHECK(report.streams == 4);
    CHECK(report.head == store->head());
    CHECK(report.parts_checked == 30);

    const chain_head before = store->head();
    CHECK(store->try_checkpoint().value() == before);  // nothing changed since the last one
    store->append(make_request("last", id_of(0), 4, {make_event("noted")}));
    CHECK(store->try_checkpoint().value().position == before.position + 2);
    CHECK(store->head() == store->try_checkpoint().value());
    CHECK(store->verify({.anchor = before}).sound());

    chain_head forged = before;
    forged.hash[3] ^= 1;
    const verify_report refuted = store->verify({.anchor = forged});
    REQUIRE_FALSE(refuted.sound());
    bool told = false;
    for (const diagnostic& finding : refuted.findings) told |= finding.what.code() == error_code::store_anchor_missing;
    CHECK(told);
    CHECK_FALSE(store->verify({.anchor = chain_head{before.position + 100, before.hash}}).sound());
}

inline void lifts_old_events(const store_factory& open) {
    open({})->append(make_request("c1", id_of(1), 0, {make_event("sent", "1")}));
    const auto next = [](std::vector<path::event_part> parts) -> result<std::vector<path::event_part>> {
        for (path::event_part& part : parts) part.bytes += "+";
        return parts;
    };
    const auto opened = [&](upcasters all) {
        return open({.upcasting = std::make_shared<const upcasters>(std::move(all))});
    };
    const auto lifted = opened(upcasters().current("sent", 3).step("sent", 1, next).step("sent", 2, next));
    const auto event = lifted->load(id_of(1)).at(0);
    CHECK(event.schema_version == 3);
    CHECK(event.parts[0].bytes == "1++");
    CHECK(lifted->try_events_since(0, 10).value().events.at(0).schema_version == 3);
    CHECK(lifted->verify().sound());
    const auto gap = opened(upcasters().current("sent", 3).step("sent", 1, next));
    CHECK(gap->try_load(id_of(1)).error().code() == error_code::store_upcaster_missing);
    auto newer = make_event("sent", "1");
    newer.schema_version = 4;
    open({})->append(make_request("c2", id_of(1), 1, {newer}));
    CHECK(lifted->try_load(id_of(1)).error().code() == error_code::store_schema_newer);
}

/// Runs everything, each on data of its own.
inline time::date counted_day(std::int64_t number) { return *time::date::from_parts(2026, 5, 1)->plus_days(number); }

/// The sum of a label's value on a day; empty when the counters are not complete.
inline std::optional<std::int64_t> counted_on(event_store& store, const std::string& label, std::int64_t value,
                                              std::int64_t day) {
    const counters_answer answer = store.try_counters(counted_day(day)).value();
    if (!answer.complete) return std::nullopt;
    for (const counted_label& each : answer.labels)
        for (const auto& [found, sum] : each.sums)
            if (each.label == label && found == value) return sum;
    return 0;
}

inline append_request counted_request(std::string command, std::uint64_t expected, std::vector<counter_delta> deltas) {
    append_request request = make_request(std::move(command), id_of(1), expected, {make_event("noted")});
    request.counts = counter_change{1, std::move(deltas), {}, {}};
    return request;
}

inline void keeps_counters(event_store& store) {
    CHECK(store.try_counters(counted_day(0)).value().complete);
    store.append(counted_request("c1", 0, {{"open", 0, counted_day(0), 2}, {"open", 0, counted_day(5), -1}}));
    store.append(counted_request("c2", 1, {{"days", 30, counted_day(2), 1}, {"days", -3, counted_day(4), 1}}));
    store.append(counted_request("c3", 2, {{"days", 9000, counted_day(2), 7}, {"open", 0, counted_day(5), 1}}));
    CHECK(counted_on(store, "open", 0, -1) == 0);
    CHECK(counted_on(store, "open", 0, 0) == 2);
    CHECK(counted_on(store, "open", 0, 100) == 2);
    CHECK(counted_on(store, "days", 30, 1) == 0);
    CHECK(counted_on(store, "days", 30, 2) == 1);
    CHECK(counted_on(store, "days", -3, 3) == 0);
    CHECK(counted_on(store, "days", -3, 4) == 1);
    CHECK(counted_on(store, "days", 9000, 2) == 7);
    const counters_answer answer = store.try_counters(counted_day(9)).value();
    CHECK(answer.counting == 1);
    for (const counted_label& each : answer.labels)
        if (each.label == "days")
            CHECK(each.sums == std::vector<std::pair<std::int64_t, std::int64_t>>{{-3, 1}, {30, 1}, {9000, 7}});

    store.append(counted_request("c3", 2, {{"days", 9000, counted_day(2), 7}, {"open", 0, counted_day(5), 1}}));
    CHECK(counted_on(store, "days", 9000, 2) == 7);  // a command that comes again counts once
    refuses_with(store, counted_request("c4", 1, {{"open", 0, counted_day(0), 5}}), error_code::store_version_conflict);
    refuses_with(store, counted_request("c5", 3, {{"", 0, counted_day(0), 5}}), error_code::invalid_argument);
    CHECK(counted_on(store, "open", 0, 0) == 2);
    CHECK(store.try_checkpoint().has_value());
    CHECK(counted_on(store, "open", 0, 0) == 2);
}

/// Sums that go on over months, so that a store which keeps sums of past days must move them on.
inline void counts_through_time(event_store& store) {
    std::vector<std::int64_t> expected(200);
    std::uint64_t draw = 7;
    for (std::uint64_t number = 0; number < 120; ++number) {
        draw = draw * 6364136223846793005ULL + 1442695040888963407ULL;
        const auto day = static_cast<std::int64_t>((draw >> 33U) % 200);
        const auto count = static_cast<std::int64_t>((draw >> 50U) % 5) - 2;
        append_request request =
            counted_request("t" + std::to_string(number), number, {{"some", 4, counted_day(day), count}});
        const std::int64_t today = counted_day(0).to_days() + static_cast<std::int64_t>(number);
        request.streams[0].events[0].recorded_at_ms = today * 86'400'000;
        store.append(request);
        for (std::size_t at = static_cast<std::size_t>(day); at < expected.size(); ++at) expected[at] += count;
    }
    for (std::int64_t day = 0; day < 200; day += 3) {
        CAPTURE(day);
        CHECK(counted_on(store, "some", 4, day) == expected[static_cast<std::size_t>(day)]);
    }
}

inline void knows_what_is_not_counted(event_store& store) {
    append_request of_place = make_request("p1", id_of(7), 0, {make_event("opened")});
    of_place.streams[0].kind = path::stream_kind::environment;
    store.append(of_place);
    store.append(counted_request("c1", 0, {{"open", 0, counted_day(0), 1}}));
    CHECK(counted_on(store, "open", 0, 0) == 1);
    append_request other_way = counted_request("c2", 1, {{"open", 0, counted_day(0), 1}});
    other_way.counts->counting = 2;
    store.append(other_way);
    CHECK_FALSE(counted_on(store, "open", 0, 0));
    store.append(counted_request("c3", 2, {{"open", 0, counted_day(0), 1}}));
    CHECK_FALSE(counted_on(store, "open", 0, 0));

    const std::uint64_t number = store.try_recount({0, 2, {{"open", 0, counted_day(0), 3}}, {}}).value();
    CHECK_FALSE(counted_on(store, "open", 0, 0));
    CHECK(store.try_recount({number + 1, 2, {}, 4}).error().code() == error_code::store_version_conflict);
    CHECK(store.try_recount({number, 2, {}, 3}).error().code() == error_code::store_version_conflict);
    CHECK(store.try_recount({number, 2, {{"open", 0, counted_day(1), 1}}, store.head().position}).has_value());
    CHECK(counted_on(store, "open", 0, 0) == 3);
    CHECK(counted_on(store, "open", 0, 1) == 4);
    CHECK(store.try_counters(counted_day(0)).value().counting == 2);
    CHECK(store.try_recount({number, 2, {}, store.head().position}).error().code() ==
          error_code::store_version_conflict);  // it was ended
    store.append(make_request("c4", id_of(1), 3, {make_event("noted")}));
    CHECK_FALSE(counted_on(store, "open", 0, 0));
}

inline void refuses_counts_on_moved_ground(event_store& store) {
    append_request first = counted_request("c1", 0, {{"open", 0, counted_day(0), 1}});
    first.streams[0].events[0].parts[0].subject = to_hex(id_of(9).bytes);
    first.counts->read = {{id_of(9), 0}};
    first.counts->cases = client_cases{to_hex(id_of(9).bytes), {}};
    store.append(first);
    append_request later = counted_request("c2", 1, {{"open", 0, counted_day(0), 1}});
    later.counts->read = {{id_of(9), 1}};
    refuses_with(store, later, error_code::store_read_moved);
    later.counts->read.clear();
    later.counts->cases = client_cases{to_hex(id_of(9).bytes), {}};
    refuses_with(store, later, error_code::store_read_moved);
    later.counts->cases->streams = {id_of(1)};
    CHECK(store.try_append(later).has_value());
    CHECK(counted_on(store, "open", 0, 0) == 2);
}

inline void conform(const std::function<store_factory()>& fresh) {
    const auto with = [&](auto check) { check(*fresh()({})); };
    SUBCASE("appends and loads") { with(appends_and_loads); }
    SUBCASE("keeps versions and commands") { with(keeps_versions_and_commands); }
    SUBCASE("refuses malformed requests") { with(refuses_malformed_requests); }
    SUBCASE("is all or nothing") { with(is_all_or_nothing); }
    SUBCASE("keeps recording times") { with(keeps_recording_times); }
    SUBCASE("finds one stream") { with(finds_one_stream); }
    SUBCASE("lists streams") { with(lists_streams); }
    SUBCASE("keeps blobs") { with(keeps_blobs); }
    SUBCASE("keeps snapshots") { with(keeps_snapshots); }
    SUBCASE("keeps counters") { with(keeps_counters); }
    SUBCASE("counts through time") { with(counts_through_time); }
    SUBCASE("knows what is not counted") { with(knows_what_is_not_counted); }
    SUBCASE("refuses counts on moved ground") { with(refuses_counts_on_moved_ground); }
    SUBCASE("feeds without gaps") { feeds_without_gaps(fresh()); }
    SUBCASE("chains and anchors") { chains_and_anchors(fresh()); }
    SUBCASE("lifts old events") { lifts_old_events(fresh()); }
}

}  // namespace storage_test

#endif
