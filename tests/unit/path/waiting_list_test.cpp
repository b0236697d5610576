// SPDX-License-Identifier: Apache-2.0
#include <polku/path/places.hpp>

#include "place_run.hpp"

using namespace place_run;
using names = std::vector<std::string>;

TEST_SUITE_BEGIN("path");

TEST_CASE("path/waiting_list: by class, day of joining and recording; who has waited too long comes first") {
    book_run run;
    run.open(1);
    run.join("old", "usual", "2026-01-10");
    run.join("new", "usual", "2026-02-10");
    run.join("urgent", "urgent", "2026-02-15");
    run.tell(path::join_waiting_list{"earlier", "case of earlier", {}, "usual", day("2026-01-20"), {}}, "2026-02-20");
    CHECK(run.order("2026-02-20") == names{"urgent", "old", "earlier", "new"});
    // A month passes for the urgent class, three for the usual one.
    CHECK(run.order("2026-03-15") == names{"urgent", "old", "earlier", "new"});
    CHECK(run.order("2026-04-09") == names{"urgent", "old", "earlier", "new"});
    run.join("urgent 2", "urgent", "2026-04-09");
    CHECK(run.order("2026-04-09") == names{"urgent", "urgent 2", "old", "earlier", "new"});
    CHECK(run.order("2026-04-10") == names{"urgent", "old", "urgent 2", "earlier", "new"});
    CHECK(run.order("2026-05-20") == names{"urgent", "old", "earlier", "urgent 2", "new"});
}

TEST_CASE("path/waiting_list: who may join") {
    book_run run;
    run.open(1);
    const auto ask = [&](const path::join_waiting_list& what) { return run.refusal(what, "2026-02-01"); };
    CHECK(ask({"", "case", {}, "usual", {}, {}}) == error_code::missing_detail);
    CHECK(ask({"a", "", {}, "usual", {}, {}}) == error_code::missing_detail);
    CHECK(ask({"a", "case", {}, {}, {}, {}}) == error_code::missing_detail);
    CHECK(ask({"a", "case", {}, "unheard of", {}, {}}) == error_code::unknown_path_item);
    CHECK(ask({"a", "case", {}, "usual", day("2026-02-02"), {}}) == error_code::command_in_future);
    CHECK(ask({"a", "case", {}, "usual", {}, path::place_wishes{{}, {}, {"unheard of"}, {}}}) ==
          error_code::unknown_path_item);
    CHECK(ask({"a", "case", {}, "usual", {}, path::place_wishes{day("2026-03-02"), day("2026-03-01"), {}, {}}}) ==
          error_code::place_dates);
    run.tell(path::join_waiting_list{"a", "case", {}, "usual", {}, {}}, "2026-02-01");
    CHECK(ask({"a", "other", {}, "usual", {}, {}}) == error_code::duplicate_record);
    CHECK(ask({"b", "case", {}, "usual", {}, {}}) == error_code::duplicate_record);
    run.tell(path::leave_waiting_list{"a", "moved away"}, "2026-02-02");
    CHECK(run.refusal(path::leave_waiting_list{"a", "again"}, "2026-02-02") == error_code::record_not_open);
    CHECK(run.refusal(path::leave_waiting_list{"zz", "again"}, "2026-02-02") == error_code::unknown_record);
    run.tell(path::join_waiting_list{"b", "case", {}, "usual", {}, {}}, "2026-02-03");
    book_run service;
    service.tell(path::open_places{"small", {}, "rehabilitation", {}, 2}, "2026-01-05");
    CHECK(service.refusal(path::join_waiting_list{"a", "case", {}, "usual", {}, {}}, "2026-02-01") ==
          error_code::missing_detail);
    // A definition without classes has one, without a name.
    book_run plain;
    plain.path = small_path::compiled();
    plain.open(1);
    CHECK(plain.refusal(path::join_waiting_list{"a", "case", {}, "usual", {}, {}}, "2026-02-01") ==
          error_code::unknown_path_item);
    plain.tell(path::join_waiting_list{"a", "case", {}, {}, {}, {}}, "2026-02-01");
    CHECK(plain.book.waiting[0].first_from == day("2026-05-01"));
}

TEST_CASE("path/waiting_list: a place is offered to the first whom it fits, and passing over has a reason") {
    book_run run;
    run.open(2);
    run.join("first", "usual", "2026-01-10", {day("2026-04-01"), {}, {}, {}});
    run.join("second", "usual", "2026-01-11");
    run.join("third", "usual", "2026-01-12");
    const path::place_terms march = place("2026-03-01", "2026-05-31");
    CHECK(run.refusal(path::offer_place{"o", "first", march, {}, {}}, "2026-02-01") == error_code::not_offered);
    const path::offer_place skipping{"o", "third", march, {}, {}};
    CHECK(run.refusal(skipping, "2026-02-01") == error_code::out_of_turn);
    CHECK(run.refusal_text(skipping, "2026-02-01").find("'second' waits since 2026-01-11") != std::string::npos);
    CHECK(run.refusal(path::offer_place{"o", "third", march, {}, {{"nobody", "reason"}}}, "2026-02-01") ==
          error_code::unknown_record);
    CHECK(run.refusal(path::offer_place{"o", "third", march, {}, {{"second", ""}}}, "2026-02-01") ==
          error_code::out_of_turn);
    const auto made =
        run.tell(path::offer_place{"o", "third", march, {}, {{"second", "cannot be reached"}}}, "2026-02-01");
    REQUIRE(types_of(made) == names{"waiting_passed", "waiting_passed", "place_offered"});
    CHECK(std::get<path::waiting_passed>(made[0].what).why == path::pass_reason::dates);
    CHECK(std::get<path::waiting_passed>(made[1].what).text == "cannot be reached");
    CHECK(std::get<path::place_offered>(made[2].what).answer_by == day("2026-02-08"));
    // Both keep their turn for the next place; a reservation past the queue needs reasons too.
    CHECK(run.order("2026-02-01") == names{"first", "second"});
    CHECK(run.refusal(path::reserve_place{"r", "somebody", march, {}}, "2026-02-01") == error_code::out_of_turn);
    run.tell(path::offer_place{"p", "second", march, {}, {}}, "2026-02-02");
    run.tell(path::accept_offer{"p"}, "2026-02-09");
    CHECK(path::find_entry(run.book, "second")->state == path::waiting_state::placed);
    CHECK(run.refusal(path::accept_offer{"p"}, "2026-02-09") == error_code::record_not_open);
    CHECK(run.refusal(path::accept_offer{"o"}, "2026-02-09") == error_code::offer_lapsed);
    CHECK(run.refusal(path::accept_offer{"zz"}, "2026-02-09") == error_code::unknown_record);
}

TEST_CASE("path/waiting_list: an offer holds its place until it is answered or lapses") {
    book_run run;
    run.open(1);
    run.join("a", "usual", "2026-01-10");
    run.join("b", "usual", "2026-01-11");
    const path::place_terms spring = place("2026-03-01", "2026-05-31");
    run.tell(path::offer_place{"o", "a", spring, day("2026-02-05"), {}}, "2026-02-01");
    CHECK(run.refusal(path::offer_place{"p", "b", spring, {}, {}}, "2026-02-05") == error_code::no_free_place);
    CHECK(run.refusal(path::offer_place{"p", "a", spring, {}, {}}, "2026-02-05") == error_code::record_not_open);
    CHECK(run.refusal(path::take_place{"o"}, "2026-03-05") == error_code::record_not_open);
    // The next day it has lapsed, and the same place is no longer for the same person.
    const auto made = run.tell(path::offer_place{"p", "b", spring, {}, {}}, "2026-02-06");
    CHECK(types_of(made) == names{"offer_lapsed", "place_offered"});
    CHECK(run.tell(path::decline_offer{"p", "too far"}, "2026-02-07").size() == 1);
    CHECK(run.refusal(path::offer_place{"q", "a", spring, {}, {}}, "2026-02-07") == error_code::not_offered);
    run.tell(path::offer_place{"q", "a", place("2026-03-02", "2026-05-31"), {}, {}}, "2026-02-07");
    CHECK(types_of(run.tell(path::tick_places{}, "2026-02-20")) == names{"offer_lapsed"});
    CHECK(run.tell(path::tick_places{}, "2026-02-20").empty());
    CHECK(run.order("2026-02-20") == names{"a", "b"});
    run.tell(path::offer_place{"r", "a", place("2026-03-03", "2026-05-31"), {}, {}}, "2026-02-20");
    CHECK(run.refusal(path::withdraw_offer{"r", ""}, "2026-02-20") == error_code::missing_detail);
    run.tell(path::withdraw_offer{"r", "a mistake"}, "2026-02-20");
    run.tell(path::offer_place{"s", "a", place("2026-03-03", "2026-05-31"), {}, {}}, "2026-02-21");
    CHECK(types_of(run.tell(path::leave_waiting_list{"a", "has work"}, "2026-02-22")) ==
          names{"offer_withdrawn", "waiting_left"});
    CHECK(path::count_free(run.book, spring) == 1);
    CHECK(run.refusal(path::offer_place{"t", "b", place("2026-03-03", "2026-05-31"), day("2026-02-21"), {}},
                      "2026-02-22") == error_code::place_dates);
}

TEST_CASE("path/waiting_list: wishes of packages and tasks are kept") {
    book_run run;
    run.open(3);
    run.join("a", "usual", "2026-01-10", {{}, {}, {"short"}, {}});
    run.join("b", "usual", "2026-01-11", {{}, {}, {}, {"mowing", "painting"}});
    run.join("c", "usual", "2026-01-12", {{}, day("2026-03-31"), {}, {}});
    path::place_terms of = place("2026-03-01", "2026-05-31", "supported");
    of.tasks = {"mowing"};
    const auto misfit = [&](const char* entry) { return path::find_misfit(*path::find_entry(run.book, entry), of); };
    CHECK(misfit("a") == path::pass_reason::package);
    CHECK_FALSE(misfit("b"));
    CHECK(misfit("c") == path::pass_reason::dates);
    of.tasks.clear();
    CHECK(misfit("b") == path::pass_reason::task);
    of.package = "short";
    of.until = day("2026-03-31");
    CHECK_FALSE(misfit("a"));
    CHECK_FALSE(misfit("c"));
}

TEST_SUITE_END();

TEST_CASE("path/waiting_list: where there is one class nobody needs to name it; without wishes any place will do") {
    path::definition says = with_classes();
    says.waiting->classes.erase("urgent");
    book_run run;
    run.path = compiled(says);
    run.open(1);
    run.tell(path::join_waiting_list{"a", "case of a", {}, {}, {}, {}}, "2026-02-02");
    const path::waiting_entry* joined = path::find_entry(run.book, "a");
    REQUIRE(joined != nullptr);
    CHECK(joined->priority == "usual");
    CHECK(joined->rank == 1);
    CHECK(time::to_string(joined->first_from) == "2026-05-02");
    CHECK(joined->wishes == path::place_wishes{});
    CHECK_FALSE(path::find_misfit(*joined, place("2026-03-02", "2026-03-31", "short")));
    CHECK(run.refusal(path::join_waiting_list{"b", "case of b", {}, "urgent", {}, {}}, "2026-02-02") ==
          error_code::unknown_path_item);
}
