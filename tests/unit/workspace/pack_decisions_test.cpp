// SPDX-License-Identifier: Apache-2.0
// Decisions by rule packs in a store: made, sent, derived again as they were, and as law and facts are known now.
#include <polku/json/described.hpp>
#include <polku/json/path_events.hpp>
#include <polku/json/shipped.hpp>
#include <polku/path/pack_decision.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/rule_packs.hpp>

#include "example_commands.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <optional>
#include <random>
#include <set>

using namespace polku;
using namespace polku_tests;

namespace {

using feel::context;
using feel::value;

value json_of(const char* text) { return json::try_parse(text).value(); }

const value& at(const value& of, std::string_view name) {
    const value* found = of.as_context().find(name);
    REQUIRE_MESSAGE(found != nullptr, name, " in ", json::write(of));
    return *found;
}
bool has(const value& of, std::string_view name) { return of.as_context().find(name) != nullptr; }
std::string text_at(const value& of, std::string_view name) { return std::string(at(of, name).as_string()); }

/// The local supplement with another amount for older people: what a corrected pack is.
pack_bundle supplement(const std::string& raised) {
    std::vector<named_text> files;
    for (const json::shipped_file& each : json::shipped_folder("paikallislisa")) {
        named_text one{std::string(each.name.substr(each.name.rfind('/') + 1)), std::string(each.bytes)};
        if (one.name == "pack.json") {
            const std::size_t found = one.text.find("\"value\": 450");
            REQUIRE(found != std::string::npos);
            one.text.replace(found, 12, "\"value\": " + raised);
            files.insert(files.begin(), std::move(one));
        } else {
            files.push_back(std::move(one));
        }
    }
    return try_make_pack(files).value();
}

/// A store with a few open cases.
struct town {
    std::unique_ptr<workspace> in;
    std::vector<std::string> cases;
    int commands = 0;

    explicit town(const std::string& file = ":memory:", std::size_t clients = 2, workspace_options options = {}) {
        in = workspace::try_open(file, std::move(options)).value();
        in->try_use(try_shipped_path("tyokyky-kayttoon").value()).value();
        for (std::size_t each = 0; each < clients; ++each) {
            const std::string digits = std::to_string(100 + each);
            cases.push_back("0000000000000000000000000000c" + digits);
            context data = json_of(R"({"entry":"social rehabilitation","municipality":"698","path":"tyokyky-kayttoon",
                "sender":{"person":"worker-201","role":"own_worker","organisation":"county"},"reason":"x"})")
                               .as_context();
            data.set("client", "0000000000000000000000000000d" + digits);
            tell(each, "open_case", "2026-01-12", value(data));
        }
    }

    result<value> told(std::size_t which, const char* command, const std::string& day, const value& data) {
        context whole{{"command", command},
                      {"case", cases[which]},
                      {"command_id", "c-" + std::to_string(++commands)},
                      {"now", day + "T10:00:00Z"},
                      {"actor", "worker-201"},
                      {"purpose", "decision"},
                      {"data", data}};
        return in->try_execute(value(std::move(whole)));
    }
    value tell(std::size_t which, const char* command, const std::string& day, const value& data) {
        auto done = told(which, command, day, data);
        REQUIRE_MESSAGE(done, done.error().to_string());
        return *done;
    }
    std::int64_t age(std::size_t which, int years, const std::string& day = "2026-01-13") {
        const value done = tell(which, "record_fact", day,
                                value(context{{"fact", "age"}, {"value", std::int64_t{years}}, {"source", "client"}}));
        return std::stoll(json::write(at(at(done, "events").as_list().front(), "version")));
    }
    void correct_age(std::size_t which, std::int64_t version, int years, const std::string& day) {
        tell(which, "correct", day,
             value(context{{"event", value(context{{"stream", "client"}, {"version", version}})},
                           {"members", value(context{{"value", std::int64_t{years}}})},
                           {"reason", "a slip of the pen"}}));
    }
    void adopt(const pack_bundle& pack, const std::string& day) {
        const std::string id = "adopt-" + std::to_string(++commands);
        const auto done = try_adopt_pack(*in, pack, {id, day + "T09:00:00Z", "lawyer-1", "rules", "as decided"});
        REQUIRE_MESSAGE(done, done.error().to_string());
    }

    std::vector<value> checked(const decision_query& which = {}) {
        std::vector<value> all;
        const auto done = try_check_decisions(*in, which, [&](const value& one) -> result<void> {
            all.push_back(one);
            return {};
        });
        REQUIRE_MESSAGE(done, done.error().to_string());
        return all;
    }
};

value wish(const std::string& id, int months = 4) {
    context made = json_of(R"({"pack":"paikallislisa","decision":"Supplement","facts":{"age":"age"},
        "inputs":{"employer sort":"company","target group":true,"weekly hours":20,"pay subsidy granted":false}})")
                       .as_context();
    made.set("id", id);
    context inputs = made.find("inputs")->as_context();
    inputs.set("employment months", std::int64_t{months});
    made.set("inputs", value(std::move(inputs)));
    return value(std::move(made));
}

std::int64_t ms_of(const char* text) {
    const auto read = time::parse_date_time(text, time::builtin_zones());
    return time::moment_of(*read, time::builtin_zones()).seconds * 1000;
}

}  // namespace

TEST_SUITE("workspace/pack_decisions") {
    TEST_CASE("a decision keeps its question, its answer and the pack it was made by") {
        town here;
        const pack_bundle pack = supplement("450");
        here.adopt(pack, "2026-01-13");
        here.age(0, 57);
        here.tell(0, "decide_by_pack", "2026-02-02", wish("d1"));
        const value shown = here.in->try_case(here.cases[0], {*time::parse_date("2026-02-03"), "en"}).value();
        const value& one = at(shown, "pack_decisions").as_list().front();
        CHECK(text_at(one, "pack_hash") == pack.hash_text());
        CHECK(json::write(at(at(one, "result"), "a month")) == "450");
        CHECK(json::write(at(at(at(one, "inputs"), "age"), "value")) == "57");
        CHECK(has(at(at(one, "inputs"), "age"), "fact_version"));
        const std::vector<value> all = here.checked();
        REQUIRE(all.size() == 1);
        CHECK(text_at(all[0], "derived") == "same");
        CHECK(at(all[0], "affected") == value(false));
        CHECK(json::write(at(at(all[0], "known"), "value")) == json::write(at(one, "result")));
        CHECK(text_at(at(all[0], "appeal"), "remedy") == "rectification");
        CHECK_FALSE(has(at(all[0], "appeal"), "last"));
    }

    TEST_CASE("150/1930 5 §: the last day to claim rectification runs from the receipt and is no Saturday") {
        town here;
        here.adopt(supplement("450"), "2026-01-13");
        here.age(0, 57);
        here.tell(0, "decide_by_pack", "2026-02-02", wish("d1"));
        here.tell(0, "notify_decision", "2026-02-02", json_of(R"({"id":"d1","way":"letter"})"));
        value appeal = at(here.checked().front(), "appeal");
        // Sent on Monday 2 February: received on the 9th, 14 days later is Monday the 23rd.
        CHECK(json::write(at(appeal, "received")) == "\"2026-02-09\"");
        CHECK(json::write(at(appeal, "last")) == "\"2026-02-23\"");
        here.tell(0, "notify_decision", "2026-02-10",
                  json_of(R"({"id":"d1","way":"letter","sent":"2026-02-02","received":"2026-02-07"})"));
        appeal = at(here.checked().front(), "appeal");
        CHECK(json::write(at(appeal, "nominal")) == "\"2026-02-21\"");  // a Saturday
        CHECK(json::write(at(appeal, "last")) == "\"2026-02-23\"");
    }

    TEST_CASE("a decision keeps which rules of which decision matched, and is shown with them") {
        town here;
        here.adopt(supplement("450"), "2026-01-13");
        here.age(0, 57);
        here.tell(0, "decide_by_pack", "2026-02-02", wish("d1"));
        const value shown = here.in->try_case(here.cases[0], {*time::parse_date("2026-02-03"), "en"}).value();
        const value& one = at(shown, "pack_decisions").as_list().front();
        std::vector<value> rules;
        std::set<std::string> decisions;
        for (const value& each : at(one, "matched").as_list()) {
            rules.push_back(at(each, "rule"));
            decisions.insert(text_at(each, "decision"));
            CHECK(at(each, "number").as_number() >= feel::number(1));
        }
        CHECK(json::write(value(rules)) == json::write(at(one, "rules")));
        CHECK(decisions.size() > 1);  // not of the decision that was asked alone
        CHECK(has(one, "engine_version"));
        const value made = at(here.checked().front(), "made");
        CHECK(json::write(at(made, "matched")) == json::write(at(one, "matched")));
        CHECK(has(made, "engine"));
        // An event of an earlier release has no `matched`, and is the same decision.
        context earlier = one.as_context();
        context stored;
        const value members = json::to_value(path::pack_decision_made{});
        for (const auto& each : members.as_context())
            if (each.name != "matched")
                if (const value* found = earlier.find(each.name)) stored.append(each.name, *found);
        path::event_envelope event;
        event.type = path::pack_decision_made::type;
        event.parts.push_back({.subject = "-", .retention_class = "none", .bytes = json::write(value(stored))});
        const auto read = json::try_read_event(event);
        REQUIRE_MESSAGE(read, read.error().to_string());
        const auto& body = std::get<path::pack_decision_made>(read->what);
        CHECK(body.matched.empty());
        CHECK(body.rules.size() == rules.size());
    }

    TEST_CASE("decisions are found without the rest of their cases, with one entry of the use log for each case") {
        const auto file = std::filesystem::temp_directory_path() / "polku-pack-decisions-log.db";
        for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
        {
            workspace_options options;
            options.log = file.string();
            town here(":memory:", 3, std::move(options));
            here.adopt(supplement("450"), "2026-01-13");
            for (std::size_t each = 0; each < 2; ++each) here.age(each, 57);
            for (std::size_t each = 0; each < 2; ++each) here.tell(each, "decide_by_pack", "2026-02-02", wish("d1"));
            logged_reader who;
            who.at_ms = ms_of("2026-03-01T00:00:00Z");
            who.actor = "lawyer-1";
            who.organisation = "county";
            who.role = "lawyer";
            who.purpose = "oversight";
            who.ground = "law";
            here.in->set_reader(who);
            CHECK(here.checked().size() == 2);
            const value entries = here.in->try_log_entries(0, 100).value();
            REQUIRE(entries.as_list().size() == 2);
            CHECK(!(at(entries.as_list()[0], "client") == at(entries.as_list()[1], "client")));
        }
        for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
    }

    TEST_CASE("a corrected fact affects the decisions that rest on it, and no others") {
        town here;
        here.adopt(supplement("450"), "2026-01-13");
        const std::int64_t told = here.age(0, 57);
        here.age(1, 58);
        here.tell(0, "decide_by_pack", "2026-02-02", wish("d1"));
        here.tell(1, "decide_by_pack", "2026-02-02", wish("d1"));
        here.correct_age(0, told, 50, "2026-03-01");
        const std::vector<value> all = here.checked({.affected_only = true});
        REQUIRE(all.size() == 1);
        CHECK(text_at(all[0], "case") == here.cases[0]);
        CHECK(text_at(all[0], "derived") == "same");
        const value& known = at(all[0], "known");
        CHECK(json::write(at(known, "changed_inputs")) == R"([{"fact":"age","input":"age","is":50,"was":57}])");
        CHECK(at(known, "changed_rules") == value(false));
        CHECK(json::write(at(at(known, "value"), "a month")) == "300");
        CHECK(here.checked({.known_ms = ms_of("2026-02-20T00:00:00Z"), .affected_only = true}).empty());
    }

    TEST_CASE(
        "what is told for later days does not change a decision of an earlier day; an age that leads to the same does "
        "not affect it") {
        town here;
        here.adopt(supplement("450"), "2026-01-13");
        const std::int64_t told = here.age(0, 57);
        here.tell(0, "decide_by_pack", "2026-02-02", wish("d1"));
        here.age(0, 30, "2026-04-01");
        CHECK(here.checked({.affected_only = true}).empty());
        here.correct_age(0, told, 59, "2026-04-02");
        const value one = here.checked().front();
        CHECK(at(one, "affected") == value(false));
        CHECK(has(at(one, "known"), "changed_inputs"));
    }

    TEST_CASE(
        "another text of the pack: old decisions derive by the old text, and are affected where the new one says "
        "other") {
        town here;
        const pack_bundle before = supplement("450");
        const pack_bundle after = supplement("500");
        CHECK(before.hash_text() != after.hash_text());
        here.adopt(before, "2026-01-13");
        here.age(0, 57);
        here.age(1, 40);
        here.tell(0, "decide_by_pack", "2026-02-02", wish("d1"));
        here.tell(1, "decide_by_pack", "2026-02-02", wish("d1"));
        here.adopt(after, "2026-03-01");
        const std::vector<value> all = here.checked();
        REQUIRE(all.size() == 2);
        for (const value& each : all) CHECK(text_at(each, "derived") == "same");
        CHECK(at(all[0], "affected") == value(true));
        CHECK(json::write(at(at(at(all[0], "known"), "value"), "a month")) == "500");
        CHECK(text_at(at(all[0], "known"), "hash") == after.hash_text());
        CHECK(at(all[1], "affected") == value(false));
        CHECK(here.checked({.known_ms = ms_of("2026-02-20T00:00:00Z"), .affected_only = true}).empty());
        // The next decision is made by the new text, and takes the first one's place.
        context again = wish("d2").as_context();
        again.set("replaces", "d1");
        here.tell(0, "decide_by_pack", "2026-03-02", value(again));
        CHECK(here.checked({.affected_only = true}).empty());
        CHECK(here.checked({.affected_only = true, .with_replaced = true}).size() == 1);
        CHECK(try_adopted_packs(*here.in).value().as_list().size() == 2);
    }

    TEST_CASE(
        "unknown is not false: a decision that an unknown fact can change is refused, or made without it by name") {
        town here;
        here.adopt(supplement("450"), "2026-01-13");
        auto refused = here.told(0, "decide_by_pack", "2026-02-02", wish("d1"));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code() == error_code::decision_undecided);
        CHECK(refused.error().message().find("'age'") != std::string::npos);
        context open = wish("d1").as_context();
        open.set("without", json_of(R"(["age"])"));
        here.tell(0, "decide_by_pack", "2026-02-02", value(open));
        CHECK(text_at(here.checked().front(), "derived") == "same");
        here.age(0, 57, "2026-02-02");
        open.set("id", "d2");
        refused = here.told(0, "decide_by_pack", "2026-02-02", value(open));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code() == error_code::duplicate_record);
    }

    TEST_CASE("a reader who may not see every category sees of a decision with told inputs only that it was made") {
        town here;
        here.adopt(supplement("450"), "2026-01-13");
        here.age(0, 57);
        here.tell(0, "decide_by_pack", "2026-02-02", wish("d1"));
        path::reader reader;  // of the employment authority: sees employment, not health
        reader.actor = "worker-201";
        reader.role = "responsible_worker";
        reader.organisation = "municipality";
        reader.purpose = "services";
        here.tell(
            0, "assign_responsible", "2026-02-02",
            json_of(R"({"who":{"person":"worker-201","role":"responsible_worker","organisation":"municipality"}})"));
        view_options how{*time::parse_date("2026-02-03"), "en"};
        how.reader = reader;
        const value seen = here.in->try_case(here.cases[0], how).value();
        const value& one = at(seen, "pack_decisions").as_list().front();
        CHECK(text_at(one, "id") == "d1");
        CHECK(has(one, "withheld"));
        CHECK_FALSE(has(one, "inputs"));
        CHECK_FALSE(has(one, "result"));
        std::uint64_t next = 0;
        feed_options feed;
        feed.reader = reader;
        const value events = here.in->try_events_since(0, 500, next, feed).value();
        CHECK(json::write(events).find("pack_decision_made") == std::string::npos);
        CHECK(json::write(here.in->try_events_since(0, 500, next).value()).find("pack_decision_made") !=
              std::string::npos);
    }

    TEST_CASE("what cannot be decided or sent is refused with what is wrong") {
        town here;
        const auto refused = [&](const char* command, const char* change, error_code why) {
            const std::string what = std::string(command) + " " + change;
            CAPTURE(what);
            context data = command == std::string("decide_by_pack") ? wish("d9").as_context() : context{};
            const value changes = json_of(change);
            for (const auto& each : changes.as_context()) data.set(each.name, each.value);
            const auto done = here.told(0, command, "2026-02-02", value(data));
            REQUIRE_FALSE(done);
            CHECK(done.error().code() == why);
        };
        refused("decide_by_pack", "{}", error_code::pack_not_in_use);
        here.adopt(supplement("450"), "2026-01-13");
        here.age(0, 57);
        here.tell(0, "decide_by_pack", "2026-02-02", wish("d1"));
        refused("decide_by_pack", R"({"id":"d1"})", error_code::duplicate_record);
        refused("decide_by_pack", R"({"id":""})", error_code::missing_detail);
        refused("decide_by_pack", R"({"pack":"palkkatuki"})", error_code::pack_not_in_use);
        refused("decide_by_pack", R"({"decision":"Bonus"})", error_code::not_found);
        refused("decide_by_pack", R"({"decided":"2026-02-03"})", error_code::command_in_future);
        refused("decide_by_pack", R"({"decided":"2024-02-03"})", error_code::pack_not_in_force);
        refused("decide_by_pack", R"({"facts":{"age":"shoe size"}})", error_code::unknown_fact);
        refused("decide_by_pack", R"({"replaces":"d7"})", error_code::unknown_record);
        refused("decide_by_pack", R"({"without":["shoe size"]})", error_code::unknown_path_item);
        refused("decide_by_pack", R"({"inputs":{"raised below age":30}})", error_code::pack_parameter);
        refused("notify_decision", R"({"id":"d7","way":"letter"})", error_code::unknown_record);
        refused("notify_decision", R"({"id":"d1","way":"pigeon"})", error_code::unknown_path_item);
        refused("notify_decision", R"({"id":"d1","way":"letter","sent":"2026-02-01"})", error_code::command_too_early);
        refused("notify_decision", R"({"id":"d1","way":"letter","sent":"2026-02-03"})", error_code::command_in_future);
        refused("notify_decision", R"({"id":"d1","way":"letter","received":"2026-02-01"})",
                error_code::command_too_early);
    }

    TEST_CASE("a pack is taken into use under its own id, once, and with the bytes that the store has") {
        town here;
        const pack_bundle pack = supplement("450");
        here.adopt(pack, "2026-01-13");
        const auto twice = try_adopt_pack(*here.in, pack, {"again", "2026-01-11T09:00:00Z", "lawyer-1", "rules", {}});
        REQUIRE_FALSE(twice);
        CHECK(twice.error().code() == error_code::duplicate_record);
        context command{{"command", "adopt_pack"},
                        {"programme", "00000000000000000000000000000001"},
                        {"command_id", "x"},
                        {"now", "2026-01-11T09:00:00Z"},
                        {"actor", "a"},
                        {"purpose", "p"},
                        {"data", value(context{{"pack", "palkkatuki"}, {"hash", pack.hash_text()}})}};
        CHECK(here.in->try_execute(value(command)).error().code() == error_code::invalid_argument);
        const pack_bundle restored = try_restore_pack(pack.bytes).value();
        CHECK(restored.hash == pack.hash);
        CHECK(try_shipped_pack_bundle("paikallislisa").value().hash == pack.hash);
        CHECK(try_shipped_pack_bundle("no such").error().code() == error_code::not_found);
        CHECK_FALSE(try_restore_pack("{}").has_value());
    }

    TEST_CASE("an erased input: the decision says that it cannot be derived again") {
        const auto file = std::filesystem::temp_directory_path() / "polku-pack-decisions-erased.db";
        std::filesystem::remove(file);
        {
            town here(file.string());
            here.adopt(supplement("450"), "2026-01-13");
            here.age(0, 57);
            here.tell(0, "decide_by_pack", "2026-02-02", wish("d1"));
            const std::string client = here.in->try_load(here.cases[0]).value().state.client;
            here.in->try_erase({client, "*", "request", *time::parse_date("2026-02-03")}).value();
            const std::vector<value> all = here.checked();
            REQUIRE(all.size() == 1);
            CHECK(text_at(all[0], "derived") == "erased");
            CHECK(json::write(at(at(all[0], "event"), "stream")) == "\"case\"");
            CHECK(here.in->try_verify("").has_value());
        }
        for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
    }

    TEST_CASE(
        "the affected decisions are those that deciding everything anew finds, after changes of facts and rules") {
        std::mt19937 random(11);
        const auto file = std::filesystem::temp_directory_path() / "polku-pack-decisions.db";
        std::filesystem::remove(file);
        {
            constexpr std::size_t clients = 24;
            town here(file.string(), clients);
            const pack_bundle before = supplement("450");
            const pack_bundle after = supplement("300");  // older people get what all get
            here.adopt(before, "2026-01-13");
            std::map<std::string, int> ages;
            std::map<std::string, int> months;
            std::vector<std::int64_t> told;
            for (std::size_t each = 0; each < clients; ++each) {
                const int years = 20 + static_cast<int>(random() % 45);
                const int length = 1 + static_cast<int>(random() % 8);
                told.push_back(here.age(each, years));
                ages[here.cases[each]] = years;
                months[here.cases[each]] = length;
            }
            for (std::size_t each = 0; each < clients; ++each)
                here.tell(each, "decide_by_pack", "2026-02-02", wish("d1", months[here.cases[each]]));
            for (std::size_t each = 0; each < clients; each += 1 + random() % 3) {
                ages[here.cases[each]] = 20 + static_cast<int>(random() % 45);
                here.correct_age(each, told[each], ages[here.cases[each]], "2026-02-20");
            }
            for (const pack_bundle* now : {&before, &after}) {
                if (now == &after) here.adopt(after, "2026-03-01");
                std::size_t affected = 0;
                for (const value& each : here.checked()) {
                    rules::pack_question asked;
                    asked.decision = "Supplement";
                    asked.decided = *time::parse_date("2026-02-02");
                    asked.inputs = at(wish("x", months[text_at(each, "case")]), "inputs").as_context();
                    asked.inputs.set("age", std::int64_t{ages[text_at(each, "case")]});
                    const rules::pack_answer anew = now->pack.try_decide(asked).value();
                    std::vector<value> rules(anew.rules.begin(), anew.rules.end());
                    const value& made = at(each, "made");
                    const bool is_other = json::write(anew.value) != json::write(at(made, "value")) ||
                                          json::write(value(rules)) != json::write(at(made, "rules"));
                    CHECK(at(each, "affected") == value(is_other));
                    CHECK(text_at(each, "derived") == "same");
                    affected += is_other ? 1 : 0;
                }
                CHECK(affected > 2);
                CHECK(affected < clients);
                CHECK(here.checked({.affected_only = true}).size() == affected);
            }
        }
        for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
    }
}
