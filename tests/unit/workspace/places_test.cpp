// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/hash.hpp>

#include "place_town.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

using namespace polku;
using namespace place_town;

namespace {

std::vector<std::string> events_of(const feel::value& answer) {
    std::vector<std::string> types;
    for (const feel::value& each : answer.as_context().find("events")->as_list())
        types.emplace_back(each.as_context().find("type")->as_string());
    return types;
}
bool has(const std::vector<std::string>& among, const std::string& type) {
    return std::find(among.begin(), among.end(), type) != among.end();
}
}  // namespace

TEST_CASE("workspace/places: joining, accepting and leaving move the referral in the same transaction") {
    town run(":memory:", 2);
    run.open_queue();
    run.join(1);
    run.join(2);
    CHECK(run.referral_of(1) == path::referral_state::wait_listed);
    const std::string offer = R"({"offer":"o1","entry":"e1","place":{"from":"2026-03-02","until":"2026-06-30"}})";
    run.tell("environment", queue, "offer_place", offer, "2026-02-10");
    const feel::value accepted = run.tell("environment", queue, "accept_offer", R"({"offer":"o1"})", "2026-02-12");
    CHECK(has(events_of(accepted), "offer_accepted"));
    CHECK(has(events_of(accepted), "referral_accepted"));
    CHECK(run.referral_of(1) == path::referral_state::accepted);
    const feel::value left = run.tell("environment", queue, "leave_waiting_list",
                                      R"({"entry":"e2","reason":"the client has found work"})", "2026-02-13");
    CHECK(has(events_of(left), "referral_revoked"));
    CHECK(run.referral_of(2) == path::referral_state::revoked);
    CHECK(run.in().try_verify("").value().as_context().find("ok")->is_true());
}

TEST_CASE("workspace/places: a referral that ends and a case that closes take their entries and places along") {
    town run(":memory:", 2);
    run.open_queue();
    run.join(1);
    run.join(2);
    const feel::value revoked =
        run.tell("case", case_id(1), "move_referral",
                 R"({"referral":"ref-place","move":"revoke","reason":"another service"})", "2026-02-10");
    CHECK(has(events_of(revoked), "waiting_left"));
    run.tell("environment", workshop, "open_places", R"({"path":"toimi","environment":"joensuu"})", "2026-02-10");
    run.tell("environment", workshop, "reserve_place", reserve("r2", 2, "2026-03-02", "2026-05-29"), "2026-02-10");
    const feel::value closed =
        run.tell("case", case_id(2), "withdraw", R"({"reason":"moves to another town"})", "2026-02-11");
    CHECK(has(events_of(closed), "waiting_left"));
    CHECK(has(events_of(closed), "place_released"));
    const feel::value view = run.in().try_places(queue, day("2026-02-11")).value();
    CHECK(view.as_context().find("waiting")->as_list().size() == 0);
    const auto late =
        run.ask("environment", workshop, "reserve_place", reserve("r3", 2, "2026-03-02", "2026-05-29"), "2026-02-12");
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().code() == error_code::case_is_closed);
}

TEST_CASE("workspace/places: two writers race for the last place of a file; one wins, one is told the day") {
    const auto folder = std::filesystem::temp_directory_path() / "polku-workspace-places";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const std::string file = (folder / "store.db").string();
    {
        town run(file, 2);
        run.tell("environment", workshop, "open_places", R"({"path":"toimi","environment":"joensuu","places":1})",
                 "2026-02-10");
    }
    for (int round = 0; round < 5; ++round) {
        const std::string month = std::to_string(round + 4);
        std::atomic<int> ready{0};
        std::vector<result<feel::value>> answers(2, result<feel::value>(feel::value()));
        std::vector<std::thread> writers;
        for (int each = 0; each < 2; ++each)
            writers.emplace_back([&, each] {
                const auto mine = workspace::try_open(file).value();
                mine->try_use(try_shipped_path("toimi").value()).value();
                const feel::value command = town::document("environment", workshop, "reserve_place",
                                                           reserve("r" + month + std::to_string(each), each + 1,
                                                                   "2026-0" + month + "-01", "2026-0" + month + "-28"),
                                                           "2026-02-10", "race-" + month + "-" + std::to_string(each));
                ++ready;
                while (ready < 2) std::this_thread::yield();
                answers[static_cast<std::size_t>(each)] = mine->try_execute(command);
            });
        for (std::thread& each : writers) each.join();
        const int won = answers[0] ? 0 : 1;
        const auto& lost = answers[static_cast<std::size_t>(1 - won)];
        REQUIRE(answers[static_cast<std::size_t>(won)].has_value());
        REQUIRE_FALSE(lost.has_value());
        CHECK(lost.error().code() == error_code::no_free_place);
        CHECK(lost.error().message().find("2026-0" + month + "-01") != std::string::npos);
    }
    std::filesystem::remove_all(folder);
}

TEST_CASE(
    "workspace/places: closing an environment names those who must be moved, and nobody is shown by who they are") {
    town run(":memory:", 2);
    run.tell("environment", workshop, "open_places", R"({"path":"toimi","environment":"joensuu","places":2})",
             "2026-02-10");
    run.tell("environment", workshop, "reserve_place", reserve("r1", 1, "2026-03-02", "2026-05-29"), "2026-02-10");
    run.tell("environment", workshop, "close_places", R"({"from":"2026-05-01","reason":"repairs"})", "2026-02-11");
    const auto refused =
        run.ask("environment", workshop, "reserve_place", reserve("r2", 2, "2026-04-01", "2026-05-01"), "2026-02-11");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code() == error_code::places_closed);
    const feel::value view = run.in().try_places(workshop, day("2026-02-11")).value();
    const std::string text = json::write(view);
    CHECK_MESSAGE(text.find(R"("to_move":["r1"])") != std::string::npos, text);
    CHECK(text.find(case_id(1)) == std::string::npos);
    CHECK(text.find(client_id(1)) == std::string::npos);
    CHECK_FALSE(run.in().try_places("xyz", day("2026-02-11")).has_value());
    CHECK_FALSE(run.in().try_places(queue, day("2026-02-11")).has_value());
}

TEST_CASE("workspace/places: what tells of a person stands under the person's subject") {
    town run(":memory:", 1);
    run.open_queue();
    run.join(1);
    const auto id = storage::stream_id_from_hex(queue).value();
    const auto stored = run.in().store().load(id);
    const auto joined = std::find_if(stored.begin(), stored.end(),
                                     [](const path::event_envelope& each) { return each.type == "waiting_joined"; });
    REQUIRE(joined != stored.end());
    REQUIRE(joined->parts.size() == 2);
    CHECK(joined->parts[0].subject == "-");
    CHECK(joined->parts[0].bytes.find("ref-place") == std::string::npos);
    CHECK(joined->parts[0].bytes.find(case_id(1)) == std::string::npos);
    CHECK(joined->parts[1].subject == client_id(1));
    CHECK(joined->parts[1].bytes.find("ref-place") != std::string::npos);
}

TEST_CASE("workspace/places: suggestions rank environments by fit and free days, with reasons in four languages") {
    town run(":memory:", 2);
    run.tell("environment", workshop, "open_places", R"({"path":"toimi","environment":"joensuu","places":1})",
             "2026-02-10");
    run.tell("environment", workshop, "reserve_place", reserve("r1", 1, "2026-03-02", "2026-05-29"), "2026-02-10");
    const path::place_terms wanted{day("2026-03-02"), day("2026-03-31"), {}, {}};
    const feel::value found = run.in().try_suggest_places(case_id(2), wanted, {day("2026-02-11")}).value();
    const auto& rows = found.as_context().find("suggestions")->as_list();
    REQUIRE(rows.size() > 1);
    bool is_there = false;
    for (const feel::value& each : rows) {
        const feel::context& row = each.as_context();
        for (const feel::value& reason : row.find("reasons")->as_list())
            CHECK(reason.as_context().find("text")->as_context().size() == 4);
        if (row.find("environment")->as_string() != "joensuu") continue;
        is_there = true;
        CHECK(json::write(*row.find("free")) == "0");
        CHECK(json::write(*row.find("first_free")) == "\"2026-05-30\"");
        CHECK(row.find("book")->as_string() == workshop);
    }
    CHECK(is_there);
    const auto refused =
        run.in().try_suggest_places(case_id(2), {day("2026-03-02"), day("2026-03-01"), {}, {}}, {day("2026-02-11")});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code() == error_code::place_dates);
}
