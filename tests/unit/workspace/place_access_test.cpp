// SPDX-License-Identifier: Apache-2.0
#include <polku/path/access.hpp>

#include "place_town.hpp"

#include <filesystem>
#include <optional>
#include <random>
#include <string>

using namespace polku;
using namespace place_town;

namespace {

const char* const levels[] = {"physical capacity level", "concentration level", "independence level",
                              "interaction level", "language level"};
const path::place_terms wanted{*time::parse_date("2026-03-02"), *time::parse_date("2026-03-31"), {}, {}};

path::reader coordinator() {
    path::reader who;
    who.actor = "worker-601";
    who.role = "responsible_worker";
    who.organisation = "employment_area";
    who.purpose = "services";
    return who;
}
path::reader client_herself(int number) {
    path::reader who;
    who.client = client_id(number);
    return who;
}
path::reader stranger() {
    path::reader who = coordinator();
    who.actor = "worker-999";
    who.role = "job_coach_elsewhere";
    return who;
}

/// The suggestions, or the refusal, as a reader gets them.
std::string seen(town& run, const path::reader& who, std::string_view language = "en") {
    const auto answer =
        run.in().try_suggest_places(case_id(1), wanted, {day("2026-02-11"), std::string(language), false, who});
    return answer ? json::write(*answer) : answer.error().to_string();
}

void open_books(town& run) {
    run.tell("environment", workshop, "open_places", R"({"path":"toimi","environment":"joensuu","places":1})",
             "2026-02-10");
    run.tell("environment", workshop, "reserve_place", reserve("r1", 2, "2026-03-02", "2026-05-29"), "2026-02-10");
}

}  // namespace

TEST_CASE("workspace/place_access: clients who differ in levels that a reader may not see have the same suggestions") {
    town run(":memory:", 2);
    open_books(run);
    const std::string before = seen(run, coordinator());
    const std::string refused = seen(run, stranger());
    CHECK_MESSAGE(before.find(R"("level_withheld")") != std::string::npos, before);
    CHECK(before.find(R"("relation":"working")") != std::string::npos);
    CHECK(before.find("level_short") == std::string::npos);
    CHECK(refused.find("may not see what is suggested") != std::string::npos);
    const std::string own = seen(run, client_herself(1));
    std::mt19937 random(691);
    int differing = 0;
    for (int round = 0; round < 40; ++round) {
        const std::string name = levels[random() % 5];
        const std::string fact = R"({"fact":")" + name + R"(",)";
        const auto done =
            random() % 4 == 0
                ? run.ask("case", case_id(1), "withdraw_fact", fact + R"("reason":"told by mistake"})", "2026-02-11")
                : run.ask("case", case_id(1), "record_fact",
                          fact + R"("value":)" + std::to_string(random() % 5) + R"(,"source":"career_agent"})",
                          "2026-02-11");
        (void)done;  // a fact that is gone already cannot be taken back once more
        CHECK(seen(run, coordinator()) == before);
        CHECK(seen(run, stranger()) == refused);
        differing += seen(run, client_herself(1)) != own ? 1 : 0;
    }
    CHECK(differing > 10);
}

TEST_CASE("workspace/place_access: under a non-disclosure order nothing tells of the client's municipality") {
    town run(":memory:", 2);
    open_books(run);
    const auto about_distance = [](const std::string& text) {
        return text.find("municipality\"") != std::string::npos;
    };
    CHECK(about_distance(seen(run, coordinator())));
    run.tell("case", case_id(1), "set_non_disclosure", "{}", "2026-02-11");
    CHECK_FALSE(about_distance(seen(run, coordinator())));
    const auto host = [&](bool shown) {
        return json::write(
            run.in().try_suggest_places(case_id(1), wanted, {day("2026-02-11"), "en", shown, {}}).value());
    };
    CHECK_FALSE(about_distance(host(false)));
    CHECK(about_distance(host(true)));
    CHECK(about_distance(seen(run, client_herself(1))));
}

TEST_CASE("workspace/place_access: suggestions stand in the use log with the categories that were used") {
    const auto folder = std::filesystem::temp_directory_path() / "polku-workspace-place-access";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    { town run((folder / "store.db").string(), 1); }
    workspace_options options;
    options.log = (folder / "store.db.log").string();
    {
        const auto in = workspace::try_open((folder / "store.db").string(), options).value();
        const auto nobody = in->try_suggest_places(case_id(1), wanted, {day("2026-02-11")});
        REQUIRE_FALSE(nobody.has_value());
        CHECK(nobody.error().code() == error_code::reader_missing);
        logged_reader who;
        who.actor = "worker-601";
        who.organisation = "employment_area";
        who.purpose = "services";
        who.ground = "380/2023 114 §";
        who.at_ms = 1'770'800'000'000;
        in->set_reader(who);
        CHECK_FALSE(in->try_suggest_places(case_id(1), wanted, {day("2026-02-11"), "en", false, stranger()}));
        CHECK(in->try_log_entries(0, 10).value().as_list().size() == 0);
        REQUIRE(in->try_suggest_places(case_id(1), wanted, {day("2026-02-11"), "en", false, coordinator()}));
        REQUIRE(in->try_suggest_places(case_id(1), wanted, {day("2026-02-11"), "en", false, client_herself(1)}));
        const std::string entries = json::write(in->try_log_entries(0, 10).value());
        CHECK_MESSAGE(entries.find(R"("categories":["case"],"client":")" + client_id(1)) != std::string::npos, entries);
        CHECK_MESSAGE(entries.find(R"("categories":["case","social"],"client":")" + client_id(1)) != std::string::npos,
                      entries);
        CHECK(entries.find(R"("decided_by":"access )") != std::string::npos);
    }
    std::filesystem::remove_all(folder);
}

TEST_CASE("workspace/place_access: all books are listed with the numbers of the day") {
    town run(":memory:", 2);
    run.open_queue();
    run.join(1);
    open_books(run);
    const std::string listed = json::write(run.in().try_place_books("toimi", day("2026-03-02")).value());
    CHECK_MESSAGE(listed.find(R"("environment":"joensuu","free":0,"held":1,"municipality":"167","offered":0)") !=
                      std::string::npos,
                  listed);
    CHECK(listed.find(R"("service":"coaching place","waiting":1)") != std::string::npos);
    CHECK(run.in().try_place_books("typ", day("2026-03-02")).value().as_list().size() == 0);
    CHECK(run.in().try_place_books("", day("2026-03-02")).value().as_list().size() == 2);
}
