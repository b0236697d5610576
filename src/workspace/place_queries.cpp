// SPDX-License-Identifier: Apache-2.0
#include "place_door.hpp"

#include <polku/json/described.hpp>
#include <polku/path/place_suggestions.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/workspace.hpp>

#include <algorithm>

namespace polku::inline POLKU_V {

namespace {

/// What a list of a book says of one of its people: nothing of who it is, what they wish, or why something was done.
template <class Record>
feel::value without_person(const Record& of) {
    constexpr std::string_view personal[] = {"client", "case", "referral", "priority", "wishes", "passes", "reason"};
    const feel::value whole = json::to_value(of);
    feel::context kept;
    for (const auto& [name, value] : whole.as_context())
        if (std::find(std::begin(personal), std::end(personal), name) == std::end(personal)) kept.append(name, value);
    return feel::value(std::move(kept));
}

/// The last day on which something is known to change.
time::date last_change(const path::place_book& in, time::date as_of) {
    time::date last = as_of;
    for (const path::place_reservation& each : in.reservations) last = std::max(last, each.last_day());
    for (const path::place_limit& limit : in.limits)
        for (const path::place_change& each : limit.changes) last = std::max(last, each.from);
    for (const path::place_closing& each : in.closings) last = std::max(last, each.until.value_or(each.from));
    return last.plus_days(1).value_or(last);
}

feel::value open_reservations(const path::place_book& in) {
    std::vector<feel::value> rows;
    for (const path::place_reservation& each : in.reservations)
        if (each.is_open()) rows.push_back(without_person(each));
    return feel::value(std::move(rows));
}

/// Those who wait for an offer in fair order, then those who have one to answer.
feel::value queue_of(const path::place_book& in, time::date as_of) {
    std::vector<feel::value> rows;
    for (const path::waiting_entry* each : path::fair_order(in, as_of)) rows.push_back(without_person(*each));
    for (const path::waiting_entry& each : in.waiting)
        if (each.state == path::waiting_state::offered) rows.push_back(without_person(each));
    return feel::value(std::move(rows));
}

error no_stream_id(std::string_view text, const std::string& what) {
    return error(error_code::invalid_argument,
                 "'" + std::string(text) + "' is no " + what + " id; it must be 32 hexadecimal digits");
}

}  // namespace

result<feel::value> workspace::try_places(std::string_view book, time::date as_of) {
    const auto id = storage::stream_id_from_hex(book);
    if (!id) return no_stream_id(book, "place book");
    POLKU_TRY(const auto folded, detail::try_fold_book(*store_, *id));
    const path::place_book& of = folded.state;
    if (!of.is_opened())
        return error(error_code::place_book_missing, "the place book " + std::string(book) + " has not been opened");
    std::vector<feel::value> to_move;
    for (const path::place_reservation* each : path::to_be_moved(of)) to_move.emplace_back(each->id);
    const std::vector<path::place_level> levels =
        path::place_levels(of, path::place_scope::any, {}, as_of, last_change(of, as_of));
    feel::context document{{"book", book},
                           {"version", static_cast<std::int64_t>(folded.version)},
                           {"path", of.path},
                           {"opened", *of.opened},
                           {"as_of", as_of}};
    if (of.environment) document.append("environment", *of.environment);
    if (of.service) document.append("service", *of.service);
    if (of.municipality) document.append("municipality", *of.municipality);
    document.append("levels", json::to_value(levels));
    document.append("limits", json::to_value(of.limits));
    document.append("closings", json::to_value(of.closings));
    document.append("reservations", open_reservations(of));
    document.append("waiting", queue_of(of, as_of));
    document.append("to_move", feel::value(std::move(to_move)));
    return feel::value(std::move(document));
}

result<feel::value> workspace::try_suggest_places(std::string_view case_id, const path::place_terms& wanted) {
    if (wanted.until < wanted.from)
        return error(error_code::place_dates,
                     "the wanted place would be from " + time::to_string(wanted.from) + " until " +
                         time::to_string(wanted.until) + ", which is before it",
                     {.pointer = "/until"});
    POLKU_TRY(const loaded_case loaded, try_load(case_id, case_history::recent));
    std::map<std::string, path::place_book> books;
    std::map<std::string, std::string> streams;
    POLKU_TRY(const std::vector<path::stream_id> found, detail::try_find_books(*store_, loaded.path.says().id));
    for (const path::stream_id& id : found) {
        POLKU_TRY(auto folded, detail::try_fold_book(*store_, id));
        if (!folded.state.environment) continue;
        streams.emplace(*folded.state.environment, storage::to_hex(id.bytes));
        books.emplace(*folded.state.environment, std::move(folded.state));
    }
    std::vector<feel::value> rows;
    for (const path::place_suggestion& each : path::suggest_places(loaded.path, loaded.state, books, wanted)) {
        feel::context row = json::to_value(each).as_context();
        if (const auto stream = streams.find(each.environment); stream != streams.end())
            row.set("book", stream->second);
        row.set("name", json::to_value(loaded.path.says().environments.at(each.environment).name));
        rows.emplace_back(std::move(row));
    }
    return feel::value(feel::context{
        {"case", case_id}, {"wanted", json::to_value(wanted)}, {"suggestions", feel::value(std::move(rows))}});
}

}  // namespace polku::inline POLKU_V
