// SPDX-License-Identifier: Apache-2.0
#include <polku/path/registers.hpp>

#include "register_run.hpp"

#include <algorithm>

using namespace register_run;

TEST_SUITE_BEGIN("path");

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::vector<std::string> faults_of(path::definition says) {
    std::vector<std::string> found;
    for (const diagnostic& each : path::check(says, sources()))
        found.push_back(std::to_string(static_cast<int>(each.what.code())) + " " +
                        each.what.positions().front().pointer);
    return found;
}

}  // namespace

TEST_CASE("path/registers: a book opens once, for a register that the definition has") {
    register_book_run run;
    CHECK(run.refusal(path::confirm_entry{"a", {}}, "2026-01-05") == error_code::register_missing);
    CHECK(run.refusal(path::open_register{"small", "dreams"}, "2026-01-05") == error_code::unknown_path_item);
    CHECK(has(run.refusal_text(path::open_register{"small", "dreams"}, "2026-01-05"), "'material', 'practices'"));
    CHECK(run.refusal(path::open_register{"small", "practices"}, "2026-01-06", "2026-01-05") ==
          error_code::command_in_future);
    run.open("practices");
    CHECK(run.book.register_ == "practices");
    CHECK(run.book.opened == day("2026-01-05"));
    CHECK(run.refusal(path::open_register{"small", "practices"}, "2026-01-05") == error_code::register_exists);
    CHECK(has(run.refusal_text(path::open_register{"small", "practices"}, "2026-01-05"), "record_entry"));
    CHECK(run.refusal(entry("a", "698", "text"), "2026-01-04") == error_code::command_too_early);
}

TEST_CASE("path/registers: an entry has an owner and a day of review, whether or not they are told") {
    register_book_run run;
    run.open("practices");
    run.tell(entry("a", "698", "Starting together works."), "2026-01-10");
    CHECK(run.at("a").owner == "manager");
    CHECK(run.at("a").review_by == day("2026-07-10"));
    CHECK(run.at("a").recorded == day("2026-01-10"));
    path::record_entry sooner = entry("b", "698", "No lifts.");
    sooner.owner = "worker";
    sooner.review_by = day("2026-03-01");
    run.tell(sooner, "2026-01-10");
    CHECK(run.at("b").owner == "worker");
    // Misuse: a role that is not there, a day that is too late or has passed.
    path::record_entry wrong = entry("c", "698", "text");
    wrong.owner = "mayor";
    CHECK(run.refusal(wrong, "2026-01-10") == error_code::unknown_role);
    wrong.owner.reset();
    wrong.review_by = day("2026-07-11");
    CHECK(run.refusal(wrong, "2026-01-10") == error_code::register_entry_invalid);
    CHECK(has(run.refusal_text(wrong, "2026-01-10"), "by 2026-07-10 at the latest"));
    wrong.review_by = day("2026-01-10");
    CHECK(run.refusal(wrong, "2026-01-10") == error_code::register_entry_invalid);
    wrong.review_by.reset();
    CHECK(run.refusal(wrong, "2027-01-09", "2027-01-08") == error_code::command_in_future);
    CHECK(run.refusal(entry("a", "698", "again"), "2026-01-11") == error_code::duplicate_record);
    CHECK(run.refusal(entry("", "698", "text"), "2026-01-11") == error_code::missing_detail);
    // What is due, soonest first; an entry on its very day is due and not yet late.
    CHECK(path::entries_due(run.book, day("2026-02-28")).empty());
    const auto due = path::entries_due(run.book, day("2026-07-10"));
    REQUIRE(due.size() == 2);
    CHECK(due[0]->id == "b");
    CHECK_FALSE(run.at("a").is_late_on(day("2026-07-10")));
    CHECK(run.at("a").is_late_on(day("2026-07-11")));
}

TEST_CASE("path/registers: what an entry is about fits its register") {
    register_book_run run;
    run.open("practices");
    CHECK(run.refusal(entry("a", {}, "text"), "2026-01-10") == error_code::missing_detail);
    CHECK(run.refusal(entry("a", "091", "text"), "2026-01-10") == error_code::unknown_municipality);
    register_book_run sites;
    sites.open("sites");
    CHECK(sites.refusal(entry("a", "cellar", "text"), "2026-01-10") == error_code::unknown_path_item);
    sites.tell(entry("a", "workshop", "text"), "2026-01-10");
    register_book_run material;
    material.open("material");
    CHECK(material.refusal(entry("a", "698", "text"), "2026-01-10") == error_code::register_entry_invalid);
    material.tell(entry("a", {}, "text"), "2026-01-10");
    CHECK(material.at("a").about.empty());
    register_book_run employers;
    employers.open("employers");
    CHECK(employers.refusal(entry("a", "Firma Oy", "text"), "2026-01-10") == error_code::client_mismatch);
    CHECK_FALSE(has(employers.refusal_text(entry("a", "Firma Oy", "text"), "2026-01-10"), "Firma"));
    employers.tell(entry("a", employer, "text"), "2026-01-10");
    CHECK(employers.at("a").about == employer);
}

TEST_CASE("path/registers: fields are of their types, and no message repeats what somebody wrote") {
    register_book_run run;
    run.open("practices");
    path::record_entry told = entry("a", "698", "text");
    told.fields = {{"words", feel::value("text")},
                   {"kind", feel::value("good")},
                   {"people", feel::value(12)},
                   {"since", feel::value("2025-03-01")},
                   {"open", feel::value()}};
    run.tell(told, "2026-01-10");
    CHECK(run.at("a").fields.at("since") == feel::value("2025-03-01"));
    CHECK(run.at("a").fields.at("open").is_null());
    const auto refused = [&](const char* id, feel::value value) {
        path::record_entry wrong = entry("b", "698", "text");
        wrong.fields[id] = std::move(value);
        CHECK_FALSE(has(run.refusal_text(wrong, "2026-01-10"), "secret"));
        return run.refusal(wrong, "2026-01-10");
    };
    CHECK(refused("people", feel::value("secret")) == error_code::register_entry_invalid);
    CHECK(refused("kind", feel::value("secret")) == error_code::register_entry_invalid);
    CHECK(refused("since", feel::value("secret")) == error_code::register_entry_invalid);
    CHECK(refused("open", feel::value("secret")) == error_code::register_entry_invalid);
    CHECK(refused("colour", feel::value("secret")) == error_code::register_entry_invalid);
    CHECK(refused("words", feel::value("")) == error_code::missing_detail);
    CHECK(refused("words", feel::value()) == error_code::missing_detail);
    path::record_entry without = entry("b", "698", "text");
    without.fields.clear();
    CHECK(run.refusal(without, "2026-01-10") == error_code::missing_detail);
}

TEST_CASE("path/registers: a personal identity code is taken in no text") {
    register_book_run run;
    run.open("practices");
    for (const char* text : {"Asiakas 131052-308T sai paikan.", "131052-308t", "x131052-308Tx"}) {
        CAPTURE(text);
        const path::record_entry wrong = entry("a", "698", text);
        CHECK(run.refusal(wrong, "2026-01-10") == error_code::register_entry_invalid);
        CHECK_FALSE(has(run.refusal_text(wrong, "2026-01-10"), "308"));
    }
    run.tell(entry("a", "698", "Numero 131052-3081 ei ole tunnus."), "2026-01-10");
    CHECK(run.refusal(path::end_entry{"a", "131052-308T moved"}, "2026-01-11") == error_code::register_entry_invalid);
}

TEST_CASE("path/registers: entries are amended, confirmed and ended, and an ended one takes no more") {
    register_book_run run;
    run.open("practices");
    CHECK(run.refusal(path::amend_entry{"a", "worker", {}, {}}, "2026-01-10") == error_code::unknown_record);
    CHECK(run.refusal(path::confirm_entry{"a", {}}, "2026-01-10") == error_code::unknown_record);
    CHECK(run.refusal(path::end_entry{"a", "moot"}, "2026-01-10") == error_code::unknown_record);
    CHECK(has(run.refusal_text(path::end_entry{"a", "moot"}, "2026-01-10"), "record_entry"));
    path::record_entry told = entry("a", "698", "text");
    told.fields["people"] = feel::value(3);
    run.tell(told, "2026-01-10");
    // Amending changes what is told and leaves the day of review.
    run.tell(path::amend_entry{"a", "worker", {{"kind", feel::value("good")}}, {"people"}}, "2026-02-10");
    CHECK(run.at("a").owner == "worker");
    CHECK(run.at("a").fields == path::register_values{{"kind", feel::value("good")}, {"words", feel::value("text")}});
    CHECK(run.at("a").review_by == day("2026-07-10"));
    CHECK(run.refusal(path::amend_entry{"a", {}, {}, {}}, "2026-02-10") == error_code::missing_detail);
    CHECK(run.refusal(path::amend_entry{"a", {}, {}, {"people"}}, "2026-02-10") == error_code::register_entry_invalid);
    CHECK(run.refusal(path::amend_entry{"a", {}, {{"kind", feel::value("good")}}, {"kind"}}, "2026-02-10") ==
          error_code::register_entry_invalid);
    CHECK(run.refusal(path::amend_entry{"a", {}, {}, {"words"}}, "2026-02-10") == error_code::missing_detail);
    CHECK(run.refusal(path::amend_entry{"a", "mayor", {}, {}}, "2026-02-10") == error_code::unknown_role);
    CHECK(run.refusal(path::confirm_entry{"a", {}}, "2026-02-09") == error_code::command_too_early);
    run.tell(path::confirm_entry{"a", {}}, "2026-07-01");
    CHECK(run.at("a").confirmed == day("2026-07-01"));
    CHECK(run.at("a").review_by == day("2027-01-01"));
    CHECK(run.refusal(path::confirm_entry{"a", day("2027-01-03")}, "2026-07-02") == error_code::register_entry_invalid);
    CHECK(run.refusal(path::end_entry{"a", ""}, "2026-08-01") == error_code::missing_detail);
    run.tell(path::end_entry{"a", "the unit was closed"}, "2026-08-01");
    CHECK(run.at("a").ended == day("2026-08-01"));
    CHECK(path::entries_due(run.book, day("2030-01-01")).empty());
    for (const path::register_command_body& each :
         {path::register_command_body(path::amend_entry{"a", "worker", {}, {}}),
          path::register_command_body(path::confirm_entry{"a", {}}),
          path::register_command_body(path::end_entry{"a", "again"})}) {
        CHECK(run.refusal(each, "2026-08-02") == error_code::record_not_open);
        CHECK(has(run.refusal_text(each, "2026-08-02"), "record_entry begins another"));
    }
    CHECK(run.refusal(entry("a", "698", "text"), "2026-08-02") == error_code::duplicate_record);
}

TEST_CASE("path/registers: contact persons stand under the employer, all else under nobody") {
    register_book_run run;
    run.open("employers");
    path::record_entry told = entry("a", employer, "needs a cleaner");
    CHECK(run.tell(told, "2026-01-10").front().subject.empty());
    told.entry = "b";
    told.fields["contact person"] = feel::value("Made-up Person");
    const auto made = run.tell(told, "2026-01-10");
    CHECK(made.front().subject == employer);
    CHECK(made.front().retention == "employment");
    CHECK(run.at("b").contacts.at("contact person") == feel::value("Made-up Person"));
    CHECK(run.at("b").fields.count("contact person") == 0);
    // Erased content is known to have been there, and never stands as if nothing had been told.
    path::register_event erased = made.front();
    std::get<path::register_entry_recorded>(erased.what).contacts.clear();
    erased.erased = true;
    const path::register_book after = path::evolve_register({}, erased);
    CHECK(after.entries.front().erased);
    CHECK(after.entries.front().fields.at("words") == feel::value("needs a cleaner"));
}

TEST_CASE("path/registers: a definition's registers are checked, each fault with its place") {
    CHECK(faults_of(with_registers()).empty());
    const auto fault = [](auto change) {
        path::definition says = with_registers();
        change(says.registers);
        const std::vector<std::string> found = faults_of(std::move(says));
        return found.empty() ? std::string() : found.front();
    };
    using registers = std::map<std::string, path::register_definition>;
    CHECK(fault([](registers& in) { in["sites"].keeper = "mayor"; }) == "601 /registers/sites/keeper");
    CHECK(fault([](registers& in) { in["sites"].keeper = "mailbox"; }) == "600 /registers/sites/keeper");
    CHECK(has(fault([](registers& in) { in["sites"].review = "soon"; }), "/registers/sites/review"));
    CHECK(fault([](registers& in) { in["sites"].reported = true; }) == "600 /registers/sites/reported");
    CHECK(fault([](registers& in) { in["sites"].fields.clear(); }) == "600 /registers/sites/fields");
    CHECK(fault([](registers& in) { in["sites"].fields[0].personal = true; }) ==
          "600 /registers/sites/fields/0/personal");
    CHECK(has(fault([](registers& in) { in["sites"].fields[0].type = "list"; }), "/registers/sites/fields/0/type"));
    CHECK(has(fault([](registers& in) { in["sites"].fields[2].values = in["sites"].fields[1].values; }),
              "/registers/sites/fields/2/values"));
    CHECK(has(fault([](registers& in) { in["sites"].fields[1].id = "words"; }), "/registers/sites/fields/1/id"));
    CHECK(has(fault([](registers& in) { in["sites"].fields[0].id.clear(); }), "/registers/sites/fields/0/id"));
    CHECK(has(fault([](registers& in) { in["sites"].name.erase("sv"); }), "/registers/sites/name"));
    CHECK(has(fault([](registers& in) { in["sites"].help.clear(); }), "/registers/sites/help"));
    CHECK(has(fault([](registers& in) { in["sites"].fields[1].values["good"].clear(); }),
              "/registers/sites/fields/1/values/good"));
}

TEST_SUITE_END();
