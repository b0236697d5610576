// SPDX-License-Identifier: Apache-2.0
#include <polku/path/places.hpp>

#include "place_run.hpp"

using namespace place_run;
using names = std::vector<std::string>;

TEST_SUITE_BEGIN("path");

TEST_CASE("path/place_book: opens once, for an environment or a service of the path") {
    book_run run;
    CHECK(run.refusal(path::tick_places{}, "2026-01-05") == error_code::place_book_missing);
    CHECK(run.refusal(path::open_places{"small", {}, {}, {}, {}}, "2026-01-05") == error_code::missing_detail);
    CHECK(run.refusal(path::open_places{"small", "workshop", "rehabilitation", {}, {}}, "2026-01-05") ==
          error_code::missing_detail);
    CHECK(run.refusal(path::open_places{"small", "cellar", {}, {}, {}}, "2026-01-05") == error_code::unknown_path_item);
    CHECK(run.refusal(path::open_places{"small", "workshop", {}, "091", {}}, "2026-01-05") ==
          error_code::unknown_municipality);
    CHECK(run.refusal(path::open_places{"small", "workshop", {}, {}, -1}, "2026-01-05") ==
          error_code::invalid_argument);
    // Without a number the definition's counts: eight.
    const auto made = run.tell(path::open_places{"small", "workshop", {}, {}, {}}, "2026-01-05");
    CHECK(types_of(made) == names{"place_book_opened", "places_set"});
    CHECK(run.book.municipality == "698");
    CHECK(path::count_free(run.book, place("2026-02-01", "2026-02-28")) == 8);
    CHECK(path::count_free(run.book, place("2026-01-04", "2026-02-28")) == 0);
    CHECK(run.refusal(path::open_places{"small", "workshop", {}, {}, {}}, "2026-01-05") ==
          error_code::place_book_exists);
}

TEST_CASE("path/place_book: the last place is not given twice, and the error names the day and the next free one") {
    book_run run;
    run.open(2);
    run.reserve("a", place("2026-02-01", "2026-04-30"), "2026-01-10");
    run.reserve("b", place("2026-03-01", "2026-03-31"), "2026-01-10");
    const path::reserve_place third{"c", "case of c", place("2026-02-15", "2026-03-14"), {}};
    CHECK(run.refusal(third, "2026-01-10") == error_code::no_free_place);
    const std::string text = run.refusal_text(third, "2026-01-10");
    CHECK_MESSAGE(text.find("2026-03-01") != std::string::npos, text);
    CHECK_MESSAGE(text.find("free from 2026-04-01") != std::string::npos, text);
    run.reserve("c", place("2026-02-01", "2026-02-28"), "2026-01-10");
    CHECK(path::count_free(run.book, place("2026-02-01", "2026-02-28")) == 0);
    CHECK(path::count_free(run.book, place("2026-04-01", "2026-04-30")) == 1);
    // A place that is given up is free from that day on.
    run.tell(path::release_place{"a", "moved away"}, "2026-02-10");
    CHECK(path::count_free(run.book, place("2026-02-10", "2026-02-28")) == 1);
    CHECK(path::count_free(run.book, place("2026-02-09", "2026-02-28")) == 0);
}

TEST_CASE("path/place_book: packages and tasks have numbers of their own below that of the whole") {
    book_run run;
    run.open(5);
    run.tell(path::set_places{path::place_scope::package, "short", 1, day("2026-01-05"), {}}, "2026-01-05");
    run.tell(path::set_places{path::place_scope::task, "mowing", 1, day("2026-05-01"), day("2026-05-31")},
             "2026-01-05");
    run.reserve("a", place("2026-02-01", "2026-02-28", "short"), "2026-01-10");
    CHECK(run.refusal(path::reserve_place{"b", "b", place("2026-02-28", "2026-03-01", "short"), {}}, "2026-01-10") ==
          error_code::no_free_place);
    run.reserve("b", place("2026-02-28", "2026-03-01", "supported"), "2026-01-10");
    path::place_terms mowing = place("2026-04-01", "2026-05-01");
    mowing.tasks = {"mowing"};
    run.reserve("c", mowing, "2026-01-10");
    run.tell(path::reserve_place{"d", "d", place("2026-05-01", "2026-05-02"), {}}, "2026-01-10");
    CHECK(run.refusal(path::reserve_place{"e", "e", mowing, {}}, "2026-01-10") == error_code::no_free_place);
    mowing.until = day("2026-04-30");
    run.reserve("e", mowing, "2026-01-10");
    CHECK(run.refusal(path::set_places{path::place_scope::task, "digging", 1, day("2026-05-01"), {}}, "2026-01-10") ==
          error_code::unknown_path_item);
    CHECK(run.refusal(path::set_places{path::place_scope::any, "short", 1, day("2026-05-01"), {}}, "2026-01-10") ==
          error_code::missing_detail);
    CHECK(run.refusal(path::set_places{path::place_scope::any, {}, 1, day("2026-05-02"), day("2026-05-01")},
                      "2026-01-10") == error_code::place_dates);
}

TEST_CASE("path/place_book: fewer places than are held are refused with the day and the names") {
    book_run run;
    run.open(3);
    run.reserve("a", place("2026-02-01", "2026-02-28"), "2026-01-10");
    run.reserve("b", place("2026-02-20", "2026-03-31"), "2026-01-10");
    const path::set_places one{path::place_scope::any, {}, 1, day("2026-01-10"), {}};
    CHECK(run.refusal(one, "2026-01-10") == error_code::places_in_use);
    const std::string text = run.refusal_text(one, "2026-01-10");
    CHECK_MESSAGE(text.find("on 2026-02-20 2 places are held, by 'a' and 'b'") != std::string::npos, text);
    run.tell(path::set_places{path::place_scope::any, {}, 0, day("2026-04-01"), day("2026-04-30")}, "2026-01-10");
    CHECK(path::count_free(run.book, place("2026-03-31", "2026-04-01")) == 0);
    CHECK(path::count_free(run.book, place("2026-05-01", "2027-05-01")) == 3);
}

TEST_CASE("path/place_book: closing names whom it concerns, and takes nobody after") {
    book_run run;
    run.open(4);
    run.reserve("a", place("2026-02-01", "2026-06-30"), "2026-01-10");
    run.reserve("b", place("2026-02-01", "2026-03-31"), "2026-01-10");
    run.join("w", "usual", "2026-01-10");
    run.tell(path::offer_place{"o", "w", place("2026-03-01", "2026-05-31"), {}, {}}, "2026-01-11");
    const auto made = run.tell(path::close_places{day("2026-04-01"), {}, "the lease ends"}, "2026-01-12");
    REQUIRE(types_of(made) == names{"offer_withdrawn", "places_closed"});
    CHECK(std::get<path::places_closed>(made[1].what).to_move == names{"a"});
    REQUIRE(path::to_be_moved(run.book).size() == 1);
    CHECK(path::to_be_moved(run.book)[0]->id == "a");
    // Who had the offer waits on, in the old turn.
    CHECK(run.order("2026-01-12") == names{"w"});
    const path::reserve_place late{"c", "c", place("2026-03-15", "2026-04-15"), {{"w", "urgent help"}}};
    CHECK(run.refusal(late, "2026-01-12") == error_code::places_closed);
    CHECK(run.refusal(path::extend_place{"b", day("2026-04-10")}, "2026-01-12") == error_code::places_closed);
    CHECK(run.refusal_text(late, "2026-01-12").find("closed on 2026-04-01 (the lease ends)") != std::string::npos);
    // The reservation stands until its person is helped elsewhere.
    run.tell(path::release_place{"a", "moved to another environment"}, "2026-02-15");
    CHECK(path::to_be_moved(run.book).empty());
    CHECK(run.refusal(path::reopen_places{day("2026-05-01"), ""}, "2026-02-15") == error_code::missing_detail);
    run.tell(path::reopen_places{day("2026-05-01"), "new rooms"}, "2026-02-15");
    CHECK(path::count_free(run.book, place("2026-04-30", "2026-05-01")) == 0);
    CHECK(path::count_free(run.book, place("2026-05-01", "2026-05-02")) == 4);
    CHECK(run.refusal(path::reopen_places{day("2026-06-01"), "again"}, "2026-02-15") == error_code::record_not_open);
}

TEST_CASE("path/place_book: a stay is taken within its days, extended while there is room, and ended") {
    book_run run;
    run.open(1);
    run.reserve("a", place("2026-02-28", "2026-03-31", "supported"), "2026-01-10");
    CHECK(run.refusal(path::take_place{"a"}, "2026-02-27") == error_code::place_dates);
    CHECK(run.refusal(path::end_place{"a", {}}, "2026-03-01") == error_code::record_not_open);
    run.tell(path::take_place{"a"}, "2026-02-28");
    CHECK(run.refusal(path::take_place{"a"}, "2026-03-01") == error_code::duplicate_record);
    CHECK(run.refusal(path::release_place{"a", "reason"}, "2026-03-01") == error_code::record_not_open);
    run.reserve("b", place("2026-05-01", "2026-05-31"), "2026-03-01");
    CHECK(run.refusal(path::extend_place{"a", day("2026-03-31")}, "2026-03-01") == error_code::place_dates);
    CHECK(run.refusal(path::extend_place{"a", day("2026-05-01")}, "2026-03-01") == error_code::no_free_place);
    run.tell(path::extend_place{"a", day("2026-04-30")}, "2026-03-01");
    CHECK(run.refusal(path::extend_place{"a", day("2026-06-30")}, "2026-05-02") == error_code::record_not_open);
    run.tell(path::end_place{"a", "found a job"}, "2026-04-10");
    CHECK(run.refusal(path::end_place{"a", {}}, "2026-04-11") == error_code::record_not_open);
    CHECK(run.refusal(path::take_place{"zz"}, "2026-04-11") == error_code::unknown_record);
    CHECK(path::count_free(run.book, place("2026-04-11", "2026-04-30")) == 1);
    CHECK(path::find_reservation(run.book, "a")->last_day() == day("2026-04-10"));
}

TEST_CASE("path/place_book: odd days are refused in words") {
    book_run run;
    run.open(1);
    const auto ask = [&](const path::place_terms& of) {
        return run.refusal(path::reserve_place{"a", "a", of, {}}, "2026-01-10");
    };
    CHECK(ask(place("2026-03-01", "2026-02-28")) == error_code::place_dates);
    CHECK(ask(place("2026-01-09", "2026-02-28")) == error_code::place_dates);
    CHECK(ask(place("2026-02-01", "2026-02-28", "unheard of")) == error_code::unknown_path_item);
    path::place_terms painting = place("2026-06-01", "2026-07-01");
    painting.tasks = {"painting"};
    CHECK(ask(painting) == error_code::path_not_in_force);
    painting.until = day("2026-06-30");
    CHECK(ask(painting) == error_code::internal);
    // The longest place there is: the calendar's last day has no day after it.
    run.tell(path::reserve_place{"a", "a", {day("2028-02-29"), day("999999999-12-31"), {}, {}}, {}}, "2026-01-10");
    CHECK(path::count_free(run.book, place("2028-02-28", "2028-02-28")) == 1);
    CHECK(path::count_free(run.book, place("2028-02-28", "2028-02-29")) == 0);
    CHECK(ask(place("2028-02-29", "2028-02-29")) == error_code::duplicate_record);
    CHECK_FALSE(path::find_first_free(run.book, place("2028-02-29", "2028-02-29")));
    CHECK(run.refusal(path::tick_places{}, "2026-01-04") == error_code::command_too_early);
    CHECK(path::place_levels(run.book, path::place_scope::any, "", day("2026-02-02"), day("2026-02-01")).empty());
    const auto future = path::decide_places(run.path, run.book, {path::tick_places{}, day("2026-01-11"), {}},
                                            {day("2026-01-10"), "w", "p", 0});
    REQUIRE_FALSE(future.has_value());
    CHECK(future.error().code() == error_code::command_in_future);
}

TEST_CASE("path/place_book: an environment gives what its definition offers, while it is in force") {
    path::definition says = with_classes();
    says.environments["workshop"].packages = {"supported"};
    says.environments["workshop"].tasks = {"mowing"};
    says.environments["workshop"].valid = path::validity{day("2026-02-01"), day("2026-12-31")};
    book_run run;
    run.path = place_run::compiled(says);
    run.open(1);
    const auto ask = [&](const path::place_terms& of) {
        return run.refusal(path::reserve_place{"a", "a", of, {}}, "2026-01-10");
    };
    CHECK(ask(place("2026-02-01", "2026-03-01", "short")) == error_code::not_offered);
    CHECK(ask(place("2026-01-31", "2026-03-01", "supported")) == error_code::path_not_in_force);
    CHECK(ask(place("2026-12-01", "2027-01-01", "supported")) == error_code::path_not_in_force);
    path::place_terms painting = place("2026-03-01", "2026-03-02");
    painting.tasks = {"painting"};
    CHECK(ask(painting) == error_code::not_offered);
    CHECK(ask(place("2026-02-01", "2026-12-31", "supported")) == error_code::internal);
}

TEST_CASE("path/place_book: the definition's waiting classes are checked") {
    path::definition says = with_classes();
    says.waiting->within = "two weeks";
    says.waiting->classes["urgent"].max = "P0D";
    says.waiting->classes["urgent"].rank = -1;
    says.waiting->classes["usual"].name.erase("sv");
    names found;
    for (const diagnostic& each : path::check(says, sources())) found.push_back(each.what.positions()[0].pointer);
    CHECK(found == names{"/waiting/within", "/waiting/classes/urgent/rank", "/waiting/classes/urgent/max",
                         "/waiting/classes/usual/name"});
    says = with_classes();
    says.waiting->classes.clear();
    REQUIRE(path::check(says, sources()).size() == 1);
    CHECK(path::check(says, sources())[0].what.positions()[0].pointer == "/waiting/classes");
}

TEST_SUITE_END();
