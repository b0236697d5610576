// SPDX-License-Identifier: Apache-2.0
#include <polku/workspace/supplement.hpp>

#include "place_town.hpp"

#include <string>
#include <vector>

using namespace polku;
using namespace place_town;

namespace {

/// The whole feed from the start, a page at a time.
std::vector<feel::value> feed_of(workspace& in, const feed_options& how = {}) {
    std::vector<feel::value> all;
    std::uint64_t position = 0;
    for (;;) {
        std::uint64_t next = position;
        const feel::value page = in.try_events_since(position, 50, next, how).value();
        for (const feel::value& each : page.as_list()) all.push_back(each);
        if (next == position) return all;
        position = next;
    }
}

/// The data of the events of a type, as texts.
std::vector<std::string> data_of(const std::vector<feel::value>& feed, const std::string& type) {
    std::vector<std::string> found;
    for (const feel::value& each : feed)
        if (*each.as_context().find("type") == feel::value("polku." + type))
            found.push_back(json::write(*each.as_context().find("data")));
    return found;
}

std::size_t count_of(const std::vector<feel::value>& feed, const std::string& type) {
    return data_of(feed, type).size();
}

path::reader worker() {
    path::reader who;
    who.actor = "worker-601";
    who.role = "responsible_worker";
    who.organisation = "employment_area";
    who.purpose = "services";
    return who;
}

}  // namespace

TEST_CASE("workspace/feed: events of place books have their data, without what tells of the person") {
    town run(":memory:", 1);
    run.open_queue();
    run.join(1);
    const auto open = feed_of(run.in());
    CHECK(data_of(open, "places_set") ==
          std::vector<std::string>{R"({"from":"2026-02-03","of":"","places":1,"scope":"any"})"});
    REQUIRE(count_of(open, "waiting_joined") == 1);
    const std::string joined = data_of(open, "waiting_joined")[0];
    CHECK_MESSAGE(joined.find(R"("entry":"e1")") != std::string::npos, joined);
    for (const char* hidden : {"case", "client", "referral", "priority", "wishes"})
        CHECK_MESSAGE(joined.find(std::string("\"") + hidden + "\"") == std::string::npos, joined);
    feed_options asked;
    asked.personal = true;
    const std::string whole = data_of(feed_of(run.in(), asked), "waiting_joined")[0];
    CHECK_MESSAGE(whole.find(case_id(1)) != std::string::npos, whole);
    CHECK(whole.find(R"("referral":"ref-place")") != std::string::npos);
    run.tell("case", case_id(1), "set_non_disclosure", "{}", "2026-02-04");
    CHECK(data_of(feed_of(run.in(), asked), "waiting_joined")[0] == joined);
}

TEST_CASE("workspace/feed: a reader gets what the rules of access allow, and nothing of the rest") {
    town run(":memory:", 2);
    run.open_queue();
    run.join(1);
    feed_options how;
    how.personal = true;
    how.reader = worker();
    const auto seen = feed_of(run.in(), how);
    CHECK(count_of(seen, "case_opened") == 2);
    CHECK(count_of(seen, "assessment_completed") == 0);
    CHECK(count_of(seen, "decision_made") == 0);
    for (const std::string& each : data_of(seen, "fact_recorded"))
        CHECK_MESSAGE(each.find(R"("category":"social")") == std::string::npos, each);
    CHECK(count_of(seen, "fact_recorded") > 0);
    // Waiting is social, which an employment authority sees with consent only.
    CHECK(data_of(seen, "waiting_joined")[0].find(case_id(1)) == std::string::npos);
    how.reader->actor = "worker-999";
    how.reader->role = "somebody else";
    const auto nothing = feed_of(run.in(), how);
    CHECK(count_of(nothing, "case_opened") == 0);
    CHECK(count_of(nothing, "place_book_opened") == 1);
    path::reader own;
    own.client = client_id(1);
    how.reader = own;
    const auto mine = feed_of(run.in(), how);
    CHECK(count_of(mine, "case_opened") == 1);
    CHECK(data_of(mine, "waiting_joined")[0].find(case_id(1)) != std::string::npos);
}

TEST_CASE("workspace/feed: events of employers and programmes have their data, the employee's left out") {
    const auto in = workspace::try_open(":memory:").value();
    const example_employers examples = try_shipped_employers().value();
    try_play_employers(*in, examples).value();
    const auto open = feed_of(*in);
    REQUIRE(count_of(open, "application_drafted") > 0);
    for (const std::string& each : data_of(open, "application_drafted")) {
        CHECK_MESSAGE(each.find("\"details\"") != std::string::npos, each);
        CHECK_MESSAGE(each.find("\"client\"") == std::string::npos, each);
        CHECK_MESSAGE(each.find("\"group\"") == std::string::npos, each);
    }
    feed_options asked;
    asked.personal = true;
    bool is_there = false;
    for (const std::string& each : data_of(feed_of(*in, asked), "application_drafted"))
        is_there = is_there || each.find("\"client\"") != std::string::npos;
    CHECK(is_there);
}
