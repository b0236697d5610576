// SPDX-License-Identifier: Apache-2.0
#include "place_door.hpp"

#include "case_loading.hpp"
#include "json/schema_of.hpp"

#include <polku/json/path_events.hpp>
#include <polku/storage/hash.hpp>

#include <algorithm>
#include <set>

namespace polku::inline POLKU_V::detail {

namespace {

constexpr path::stream_kind book_stream = path::stream_kind::environment;

/// The case that a place command is about, read once.
struct case_beside {
    path::stream_id id;
    std::string hex;
    folded_case folded;
};

result<case_beside> find_case_beside(const door_room& room, const std::string& hex, const std::string& path_id) {
    case_beside found;
    found.hex = hex;
    const auto id = storage::stream_id_from_hex(hex);
    if (!id)
        return error(error_code::json_invalid_value, "'" + hex + "' is no case id; it must be 32 hexadecimal digits",
                     {.pointer = "/data/case"});
    found.id = *id;
    POLKU_TRY(found.folded, fold_case(room.store, *id, case_history::recent));
    if (!found.folded.opened)
        return error(error_code::case_not_opened, "the case " + hex + " has not been opened",
                     {.pointer = "/data/case"});
    POLKU_TRY(const path::service_path its_path, room.path_of(found.folded.path_hash));
    if (its_path.says().id != path_id)
        return error(
            error_code::invalid_argument,
            "the case " + hex + " is on the path '" + its_path.says().id + "', the places are of '" + path_id + "'",
            {.pointer = "/data/case"});
    const auto& ending = found.folded.state.ending;
    if (ending)
        return error(error_code::case_is_closed,
                     "the case ended on " + time::to_string(ending->ended) + " by exit '" + ending->exit + "'",
                     {.pointer = "/data/case"});
    return found;
}

/// Which case the command is about: what it names, or whose entry, offer or reservation it names.
struct case_named {
    const path::place_book& book;
    std::string operator()(const path::reserve_place& of) const { return of.case_; }
    std::string operator()(const path::join_waiting_list& of) const { return of.case_; }
    std::string operator()(const path::offer_place& of) const { return of_entry(of.entry); }
    std::string operator()(const path::accept_offer& of) const {
        const path::place_reservation* found = path::find_reservation(book, of.offer);
        return found ? found->case_ : std::string();
    }
    template <class Other>
    std::string operator()(const Other&) const {
        return {};
    }
    std::string of_entry(const std::string& id) const {
        const path::waiting_entry* found = path::find_entry(book, id);
        return found && found->is_open() ? found->case_ : std::string();
    }
};

/// The move of the referral that goes with a command to the book; none when the referral is there already.
struct referral_beside {
    const path::place_book& book;  ///< after the command

    std::optional<std::pair<std::string, path::move_referral>> operator()(const path::join_waiting_list& of) const {
        const path::waiting_entry* entry = path::find_entry(book, of.entry);
        if (!entry || !entry->referral) return std::nullopt;
        path::move_referral move{*entry->referral, path::referral_move::wait_list, {}, entry->first_from, {}, {}, {}};
        return std::pair(entry->case_, std::move(move));
    }
    std::optional<std::pair<std::string, path::move_referral>> operator()(const path::accept_offer& of) const {
        const path::place_reservation* held = path::find_reservation(book, of.offer);
        const path::waiting_entry* entry = held ? path::find_entry(book, held->entry.value_or("")) : nullptr;
        if (!entry || !entry->referral) return std::nullopt;
        return std::pair(entry->case_,
                         path::move_referral{*entry->referral, path::referral_move::accept, {}, {}, {}, {}, {}});
    }
    std::optional<std::pair<std::string, path::move_referral>> operator()(const path::leave_waiting_list& of) const {
        const path::waiting_entry* entry = path::find_entry(book, of.entry);
        if (!entry || !entry->referral) return std::nullopt;
        return std::pair(entry->case_,
                         path::move_referral{*entry->referral, path::referral_move::revoke, of.reason, {}, {}, {}, {}});
    }
    template <class Other>
    std::optional<std::pair<std::string, path::move_referral>> operator()(const Other&) const {
        return std::nullopt;
    }
};

result<void> check_referral(const case_beside& of, const path::join_waiting_list& what, const path::place_book& book) {
    if (!what.referral) return {};
    const path::referral* found = path::find_referral(of.folded.state, *what.referral);
    if (!found)
        return error(error_code::unknown_record, "the case has no referral '" + *what.referral + "'",
                     {.pointer = "/data/referral"});
    if (book.service && found->service != *book.service)
        return error(error_code::unknown_service,
                     "the referral '" + found->id + "' is to the service '" + found->service + "', the list is of '" +
                         *book.service + "'",
                     {.pointer = "/data/referral"});
    return {};
}

result<void> add_referral_move(const door_room& room, const command_envelope& asked, const path::place_book& book,
                               const path::place_command& what, std::vector<storage::stream_append>& streams) {
    auto beside = std::visit(referral_beside{book}, what.what);
    const auto id = beside ? storage::stream_id_from_hex(beside->first) : std::nullopt;
    if (!id) return {};
    path::move_referral& move = beside->second;
    POLKU_TRY(const folded_case folded, fold_case(room.store, *id, case_history::recent));
    const path::referral* referral = path::find_referral(folded.state, move.referral);
    const bool is_waiting = referral && referral->state == path::referral_state::wait_listed;
    // What a worker has done in the case before is not done again; leaving ends only a referral that waits.
    if (is_waiting == (move.move == path::referral_move::wait_list)) return {};
    const time::date on = what.on.value_or(asked.context.today);
    if (move.until) move.until = std::max(*move.until, on);
    POLKU_TRY(std::vector<storage::stream_append> of_case,
              try_decide_case(room, {*id, {std::move(move), on}, asked.context, {}, {}}));
    for (storage::stream_append& each : of_case) streams.push_back(std::move(each));
    return {};
}

/// What happened in a case that its place in the queue, or its place, cannot outlast.
struct ended_parts {
    std::set<std::string> referrals;  ///< that wait no more
    bool is_case_closed = false;
    bool any() const { return is_case_closed || !referrals.empty(); }
};

result<ended_parts> find_ended(const std::vector<storage::stream_append>& streams) {
    ended_parts found;
    for (const storage::stream_append& stream : streams) {
        if (stream.kind != path::stream_kind::case_) continue;
        for (const path::event_envelope& each : stream.events) {
            if (each.type != "case_closed" && each.type.substr(0, 9) != "referral_") continue;
            POLKU_TRY(const path::event happened, json::try_read_event(each));
            if (std::holds_alternative<path::case_closed>(happened.what)) found.is_case_closed = true;
            if (const auto* moved = std::get_if<path::referral_moved>(&happened.what))
                if (moved->from_state == path::referral_state::wait_listed) found.referrals.insert(moved->referral);
        }
    }
    return found;
}

/// The commands that take the case out of a book.
std::vector<path::place_command> leaving(const path::place_book& book, const std::string& case_id,
                                         const ended_parts& ended, time::date on) {
    std::vector<path::place_command> asked;
    const std::string closed = "the case has ended";
    for (const path::waiting_entry& each : book.waiting) {
        if (!each.is_open() || each.case_ != case_id) continue;
        const bool has_ended = each.referral && ended.referrals.count(*each.referral) == 1;
        if (ended.is_case_closed || has_ended)
            asked.push_back({path::leave_waiting_list{each.id, has_ended ? "the referral has ended" : closed}, on, {}});
    }
    if (!ended.is_case_closed) return asked;
    for (const path::place_reservation& each : book.reservations) {
        if (each.case_ != case_id) continue;
        if (each.state == path::reservation_state::reserved)
            asked.push_back({path::release_place{each.id, closed}, on, {}});
        if (each.state == path::reservation_state::taken)
            asked.push_back({path::end_place{each.id, closed}, std::max(on, each.taken.value_or(on)), {}});
    }
    return asked;
}

}  // namespace

result<folded_stream<path::place_book>> try_fold_book(storage::event_store& store, const path::stream_id& id) {
    return try_fold_stream<path::place_event_body, path::place_book>(store, id, book_stream, path::evolve_places);
}

result<std::vector<path::stream_id>> try_find_books(storage::event_store& store, std::string_view path_id) {
    std::vector<path::stream_id> found;
    storage::stream_query query;
    query.kind = book_stream;
    for (;;) {
        POLKU_TRY(const auto rows, store.try_find_streams(query));
        for (const storage::stream_row& row : rows) {
            POLKU_TRY(const auto first, store.try_load(row.stream, 1, 1));
            if (first.empty() || first.front().type != path::place_book_opened::type) continue;
            POLKU_TRY(const path::place_event opening,
                      json::streams::try_read_event<path::place_event_body>(first.front()));
            const auto* opened = std::get_if<path::place_book_opened>(&opening.what);
            if (opened && (path_id.empty() || opened->path == path_id)) found.push_back(row.stream);
        }
        if (rows.size() < query.limit) return found;
        query.after = rows.back().number;
    }
}

result<storage::append_request> decide_place_command(const door_room& room, const command_envelope& asked) {
    POLKU_TRY(const folded_stream<path::place_book> folded, try_fold_book(room.store, asked.stream));
    POLKU_CHECK(check_expected(asked, folded.version));
    path::place_command command;
    POLKU_TRY(command.what, json::streams::try_read<path::place_command_body>("command", asked.type, asked.data));
    command.on = asked.on;
    const auto* opening = std::get_if<path::open_places>(&command.what);
    if (opening == nullptr && !folded.state.is_opened())
        return error(error_code::place_book_missing,
                     "the place book " + storage::to_hex(asked.stream.bytes) + " has not been opened");
    const std::string path_id = folded.state.is_opened() ? folded.state.path : opening->path;
    POLKU_TRY(const path::service_path path, room.newest_path_of(path_id));
    const std::string case_id = std::visit(case_named{folded.state}, command.what);
    if (!case_id.empty()) {
        POLKU_TRY(const case_beside beside, find_case_beside(room, case_id, path_id));
        command.client = beside.folded.state.client;
        if (const auto* joins = std::get_if<path::join_waiting_list>(&command.what))
            POLKU_CHECK(check_referral(beside, *joins, folded.state));
    }
    POLKU_TRY(const std::vector<path::place_event> events,
              path::decide_places(path, folded.state, command, asked.context));
    storage::append_request request;
    if (events.empty()) return request;
    path::place_book after = folded.state;
    for (const path::place_event& each : events) after = path::evolve_places(std::move(after), each);
    request.streams.push_back(append_of(asked.stream, book_stream, folded.version, events));
    POLKU_CHECK(add_referral_move(room, asked, after, command, request.streams));
    return request;
}

result<std::vector<feel::value>> place_command_schemas() {
    return json::schema::command_alternatives<path::place_command_body>();
}

result<void> try_leave_lists(const door_room& room, const case_command& asked,
                             std::vector<storage::stream_append>& streams) {
    POLKU_TRY(const ended_parts ended, find_ended(streams));
    if (!ended.any()) return {};
    POLKU_TRY(const folded_case folded, fold_case(room.store, asked.stream, case_history::recent));
    if (!folded.opened) return {};
    POLKU_TRY(const path::service_path its_path, room.path_of(folded.path_hash));
    // Whatever a book says of the client stands under the client's subject, so the others need not be read.
    POLKU_TRY(const std::vector<path::stream_id> books, streams_about(room.store, folded.state.client, book_stream));
    const std::string case_id = storage::to_hex(asked.stream.bytes);
    for (const path::stream_id& id : books) {
        POLKU_TRY(const folded_stream<path::place_book> book, try_fold_book(room.store, id));
        if (book.state.path != its_path.says().id) continue;
        const time::date on =
            std::max(asked.command.on.value_or(asked.context.today), book.state.opened.value_or(asked.context.today));
        path::place_book now = book.state;
        std::vector<path::place_event> events;
        for (const path::place_command& each : leaving(book.state, case_id, ended, on)) {
            POLKU_TRY(const std::vector<path::place_event> made,
                      path::decide_places(its_path, now, each, asked.context));
            for (const path::place_event& one : made) {
                now = path::evolve_places(std::move(now), one);
                events.push_back(one);
            }
        }
        if (!events.empty()) streams.push_back(append_of(id, book_stream, book.version, events));
    }
    return {};
}

}  // namespace polku::inline POLKU_V::detail
