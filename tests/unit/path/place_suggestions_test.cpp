// SPDX-License-Identifier: Apache-2.0
#include <polku/path/place_suggestions.hpp>

#include "place_run.hpp"

#include <map>

using namespace place_run;
using names = std::vector<std::string>;

namespace {

/// Three environments: near with little to do, far with free places, and one without a book.
struct town_run {
    path::service_path path;
    case_run client;
    std::map<std::string, path::place_book> books;

    town_run() {
        path::definition says = with_classes();
        says.municipalities["320"] = named("Kemijärvi");
        says.facts["strength"] = fact("number");
        says.abilities["strength"] = {"strength", 3, named("strength")};
        says.tasks.clear();
        says.tasks["light"] = {"kitchen", {{"strength", 1}}, {}, {}, {}, named("light")};
        says.tasks["heavy"] = {"grounds", {{"strength", 3}}, {}, {}, {}, named("heavy")};
        says.environments["workshop"].tasks = {"light"};
        says.environments["yard"] = says.environments["workshop"];
        says.environments["yard"].municipality = "320";
        says.environments["forest"] = says.environments["workshop"];
        says.environments["forest"].tasks = {"heavy"};
        path = place_run::compiled(says);
        client.path = path;
        client.to_assessment("2026-02-10");
        open("workshop", 1);
        open("yard", 3);
    }
    void open(const std::string& environment, std::int64_t places) {
        book_run run;
        run.path = path;
        run.tell(path::open_places{"small", environment, {}, {}, places}, "2026-01-05");
        books[environment] = run.book;
    }
    void reserve(const std::string& environment, const path::place_terms& of) {
        book_run run;
        run.path = path;
        run.book = books[environment];
        run.reserve("r", of, "2026-02-10");
        books[environment] = run.book;
    }
    std::vector<path::place_suggestion> ask(const path::place_terms& wanted) const {
        return path::suggest_places(path, client.state, books, wanted);
    }
};

names order_of(const std::vector<path::place_suggestion>& of) {
    names ids;
    for (const path::place_suggestion& each : of) ids.push_back(each.environment);
    return ids;
}
names kinds_of(const path::place_suggestion& of) {
    names kinds;
    for (const path::suggestion_reason& each : of.reasons) kinds.push_back(each.kind);
    return kinds;
}

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/place_suggestions: fit first, then the first free day; each with what speaks for it and against") {
    town_run run;
    const path::place_terms march = place("2026-03-01", "2026-03-31");
    auto unknown = run.ask(march);
    REQUIRE(unknown.size() == 3);
    CHECK(unknown[0].fit == path::task_fit::unknown);
    CHECK(kinds_of(unknown[0]) == names{"level_unknown", "free_places", "same_municipality"});
    run.client.know("strength", 2, "2026-02-11");
    const auto found = run.ask(march);
    CHECK(order_of(found) == names{"workshop", "yard", "forest"});
    CHECK(kinds_of(found[0]) == names{"task_fits", "free_places", "same_municipality"});
    CHECK(kinds_of(found[1]) == names{"task_fits", "free_places", "other_municipality"});
    CHECK(kinds_of(found[2]) == names{"level_short", "no_book", "same_municipality"});
    CHECK(found[0].free == 1);
    CHECK(found[1].free == 3);
    CHECK_FALSE(found[2].free);
    CHECK(found[2].reasons[0].text.at("en") == "The task still asks for more: strength 2 / 3");
    CHECK(found[1].reasons[2].text.at("fi") == "Toisessa kunnassa: Kemijärvi");
    for (const auto& each : found)
        for (const auto& reason : each.reasons) CHECK(reason.text.size() == 4);
    // Once the nearest is full, the one that is free earlier comes first.
    run.reserve("workshop", place("2026-03-15", "2026-04-14"));
    const auto later = run.ask(march);
    CHECK(order_of(later) == names{"yard", "workshop", "forest"});
    CHECK(later[1].free == 0);
    CHECK(later[1].first_free == day("2026-04-15"));
    CHECK(kinds_of(later[1]) == names{"task_fits", "free_later", "same_municipality"});
    CHECK(later[1].reasons[1].text.at("sv") == "Ledig plats från: 15.4.2026");
}

TEST_CASE("path/place_suggestions: a closing, a queue and no places at all are said") {
    town_run run;
    run.client.know("strength", 1, "2026-02-11");
    book_run closing;
    closing.path = run.path;
    closing.book = run.books["yard"];
    closing.join("w", "usual", "2026-02-01");
    closing.tell(path::close_places{day("2026-03-10"), {}, "moving"}, "2026-02-01");
    run.books["yard"] = closing.book;
    const auto found = run.ask(place("2026-03-01", "2026-03-31"));
    CHECK(order_of(found) == names{"workshop", "yard", "forest"});
    CHECK(kinds_of(found[1]) == names{"task_fits", "closing", "none_free", "queue", "other_municipality"});
    CHECK(found[1].waiting == 1);
    CHECK_FALSE(found[1].first_free);
    // Where a task is wanted, only those that have it are shown.
    path::place_terms heavy = place("2026-03-01", "2026-03-31");
    heavy.tasks = {"heavy"};
    CHECK(order_of(run.ask(heavy)) == names{"forest"});
}

TEST_SUITE_END();
