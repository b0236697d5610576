// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_UNIT_PATH_PLACE_RUN_HPP
#define POLKU_TESTS_UNIT_PATH_PLACE_RUN_HPP

#include <polku/path/places.hpp>

#include "small_path.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A place book under test, of the small path's workshop or of one of its services.
namespace place_run {

using namespace small_path;

inline path::definition with_classes() {
    path::definition says = definition();
    says.waiting = path::waiting_definition{"P7D", {}};
    says.waiting->classes["urgent"] = {0, "P1M", named("urgent")};
    says.waiting->classes["usual"] = {1, "P3M", named("usual")};
    says.packages["short"] = {"P3M", 20, {}, {}, named("short")};
    says.tasks["mowing"] = {"grounds", {}, {}, {}, {}, named("mowing")};
    says.tasks["painting"] = {"repairs",        {}, {}, {}, path::validity{day("2026-01-01"), day("2026-06-30")},
                              named("painting")};
    return says;
}

inline path::service_path compiled(path::definition says = with_classes()) {
    auto made = path::try_compile(std::move(says), sources());
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().to_string()));
    return std::move(made).value();
}

inline path::place_terms place(std::string_view from, std::string_view until,
                               std::optional<std::string> package = std::nullopt) {
    return {day(from), day(until), std::move(package), {}};
}

struct book_run {
    path::service_path path = compiled();
    path::place_book book;

    result<std::vector<path::place_event>> ask(path::place_command_body what, std::string_view on) const {
        const time::date when = day(on);
        return path::decide_places(path, book, {std::move(what), when, client_id()}, {when, "w.worker", "service", 0});
    }
    std::vector<path::place_event> tell(path::place_command_body what, std::string_view on) {
        auto made = ask(std::move(what), on);
        REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().to_string()));
        for (const path::place_event& each : made.value()) book = path::evolve_places(std::move(book), each);
        return std::move(made).value();
    }
    error_code refusal(path::place_command_body what, std::string_view on) const {
        auto made = ask(std::move(what), on);
        return made ? error_code::internal : made.error().code();
    }
    std::string refusal_text(path::place_command_body what, std::string_view on) const {
        auto made = ask(std::move(what), on);
        return made ? std::string() : made.error().to_string();
    }
    void open(std::int64_t places, std::string_view on = "2026-01-05") {
        tell(path::open_places{"small", "workshop", {}, {}, places}, on);
    }
    void reserve(const std::string& id, const path::place_terms& of, std::string_view on) {
        tell(path::reserve_place{id, "case of " + id, of, {}}, on);
    }
    void join(const std::string& id, const std::string& priority, std::string_view on, path::place_wishes wishes = {}) {
        tell(path::join_waiting_list{id, "case of " + id, {}, priority, {}, std::move(wishes)}, on);
    }
    std::vector<std::string> order(std::string_view on) const {
        std::vector<std::string> ids;
        for (const path::waiting_entry* each : path::fair_order(book, day(on))) ids.push_back(each->id);
        return ids;
    }
};

inline std::vector<std::string> types_of(const std::vector<path::place_event>& events) {
    std::vector<std::string> types;
    for (const path::place_event& each : events) types.emplace_back(path::type_of(each.what));
    return types;
}

}  // namespace place_run

#endif
