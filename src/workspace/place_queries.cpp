// SPDX-License-Identifier: Apache-2.0
#include "client_reads.hpp"
#include "json/reader_view.hpp"
#include "place_door.hpp"

#include <polku/json/described.hpp>
#include <polku/path/explain.hpp>
#include <polku/path/place_suggestions.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/workspace.hpp>

#include <algorithm>
#include <map>
#include <set>

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

/// One book as a list of books shows it.
feel::value book_row(const path::place_book& of, const std::string& id, time::date as_of) {
    const std::vector<path::place_level> today = path::place_levels(of, path::place_scope::any, {}, as_of, as_of);
    const path::place_level level = today.empty() ? path::place_level{} : today.front();
    const auto count = [&](path::waiting_state state) {
        return static_cast<std::int64_t>(
            std::count_if(of.waiting.begin(), of.waiting.end(), [&](const auto& each) { return each.state == state; }));
    };
    feel::context row{{"book", id}, {"path", of.path}};
    if (of.environment) row.append("environment", *of.environment);
    if (of.service) row.append("service", *of.service);
    if (of.municipality) row.append("municipality", *of.municipality);
    const std::int64_t places = level.places.value_or(0);
    row.append("as_of", as_of);
    row.append("places", places);
    row.append("held", level.held);
    row.append("free", std::max<std::int64_t>(places - level.held, 0));
    row.append("waiting", count(path::waiting_state::waiting));
    row.append("offered", count(path::waiting_state::offered));
    return feel::value(std::move(row));
}

/// Suggestions are about coaching, so who may see the client's coaching may see them.
constexpr std::string_view suggested_record = "coaching";
constexpr std::string_view contact_category = "contact";

error not_for(const path::visibility& reader, const std::string& language) {
    const auto category = reader.says().records.find(std::string(suggested_record));
    std::string why;
    for (const path::access_answer& each : reader.answers()) {
        if (category == reader.says().records.end() || each.category != category->second) continue;
        const auto reason = reader.says().reasons.find(each.rule);
        if (reason != reader.says().reasons.end())
            why = ": " + path::text_in(reason->second.text, language) + " (" + reason->second.source + ")";
    }
    return error(error_code::access_denied,
                 "'" + reader.who().actor + "' may not see what is suggested to this client" + why);
}

/// For the use log: the levels that are known and may be seen.
std::set<std::string> categories_used(const loaded_case& of, const path::suggestion_sight& sight) {
    std::set<std::string> used{"case"};
    for (const std::string& name : path::facts_for_places(of.path.says(), sight)) {
        const auto fact = of.state.facts.find(name);
        if (fact != of.state.facts.end() && fact->second.state == path::fact_state::known)
            used.insert(fact->second.category);
    }
    return used;
}

/// The books of a path's environments, with the hex ids of their streams.
struct books_by_environment {
    std::map<std::string, path::place_book> books;
    std::map<std::string, std::string> streams;
};

result<books_by_environment> read_books(storage::event_store& store, const std::string& path_id) {
    books_by_environment read;
    POLKU_TRY(const std::vector<path::stream_id> found, detail::try_find_books(store, path_id));
    for (const path::stream_id& id : found) {
        POLKU_TRY(auto folded, detail::try_fold_book(store, id));
        if (!folded.state.environment) continue;
        read.streams.emplace(*folded.state.environment, storage::to_hex(id.bytes));
        read.books.emplace(*folded.state.environment, std::move(folded.state));
    }
    return read;
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

result<feel::value> workspace::try_place_books(std::string_view path_id, time::date as_of) {
    POLKU_TRY(const std::vector<path::stream_id> found, detail::try_find_books(*store_, path_id));
    std::vector<feel::value> rows;
    for (const path::stream_id& id : found) {
        POLKU_TRY(const auto folded, detail::try_fold_book(*store_, id));
        rows.push_back(book_row(folded.state, storage::to_hex(id.bytes), as_of));
    }
    return feel::value(std::move(rows));
}

result<feel::value> workspace::try_suggest_places(std::string_view case_id, const path::place_terms& wanted,
                                                  const view_options& how) {
    POLKU_CHECK(check_reader());
    if (wanted.until < wanted.from)
        return error(error_code::place_dates,
                     "the wanted place would be from " + time::to_string(wanted.from) + " until " +
                         time::to_string(wanted.until) + ", which is before it",
                     {.pointer = "/until"});
    POLKU_TRY(const loaded_case loaded, try_fold(case_id, case_history::recent));
    const bool is_protected = path::is_non_disclosed(loaded.state, how.as_of);
    path::visibility seen;
    path::suggestion_sight sight;
    sight.shows_municipality = !is_protected || how.show_protected;
    if (how.reader) {
        POLKU_TRY(seen, try_decide_access(loaded, *how.reader, how.as_of));
        if (!seen.sees_record(suggested_record)) return not_for(seen, how.language);
        sight.reader = &seen;
        sight.shows_municipality = !is_protected || seen.sees(contact_category);
    }
    POLKU_TRY(const books_by_environment books, read_books(*store_, loaded.path.says().id));
    std::vector<feel::value> rows;
    for (const path::place_suggestion& each :
         path::suggest_places(loaded.path, loaded.state, books.books, wanted, sight)) {
        feel::context row = json::to_value(each).as_context();
        if (const auto stream = books.streams.find(each.environment); stream != books.streams.end())
            row.set("book", stream->second);
        row.set("name", json::to_value(loaded.path.says().environments.at(each.environment).name));
        rows.emplace_back(std::move(row));
    }
    const std::string decided_by = how.reader ? seen.says().id + " " + seen.says().version : std::string();
    POLKU_CHECK(try_log_reads({{loaded.state.client, categories_used(loaded, sight)}}, decided_by));
    feel::context document{
        {"case", case_id}, {"wanted", json::to_value(wanted)}, {"suggestions", feel::value(std::move(rows))}};
    if (how.reader) {
        document.append("relation", json::to_value(seen.relation()));
        document.append("withheld", json::withheld(seen, how.language));
    }
    return feel::value(std::move(document));
}

}  // namespace polku::inline POLKU_V
