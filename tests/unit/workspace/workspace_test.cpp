// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/memory_store.hpp>
#include <polku/workspace/workspace.hpp>

#include <workspace/named_store.hpp>

#include "example_commands.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <future>

using namespace polku;
using namespace polku_tests;

namespace {

struct store_file {
    std::filesystem::path folder;
    explicit store_file(const std::string& name)
        : folder(std::filesystem::temp_directory_path() / ("polku-workspace-" + name)) {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
    }
    ~store_file() { std::filesystem::remove_all(folder); }
    std::string path() const { return (folder / "store.db").string(); }
};

time::date day(const char* text) { return *time::parse_date(text); }

std::string text_of(const feel::value& document) { return json::write(document); }

error_code refused(workspace& in, const feel::value& command) {
    const auto answer = in.try_execute(command);
    REQUIRE_FALSE(answer);
    CHECK_FALSE(answer.error().message().empty());
    return answer.error().code();
}

}  // namespace

TEST_CASE("workspace: every example client comes to where its file says") {
    const auto in = open_in_memory();
    for (const feel::value& command : all_commands_in_order()) {
        const auto answer = in->try_execute(command);
        INFO(text_of(command), " ", answer ? "" : answer.error().to_string());
        CHECK(answer);
    }
    for (const example_client& client : example_clients().clients) {
        CAPTURE(client.id);
        const loaded_case loaded = in->try_load(case_of(client)).value();
        CHECK((loaded.state.ending ? "closed" : loaded.state.stage->stage) == client.expect.stage);
        CHECK((loaded.state.ending ? loaded.state.ending->exit : "") == client.expect.exit.value_or(""));
    }
    CHECK(in->try_verify("").value().as_context().find("ok")->is_true());
}

TEST_CASE("workspace: what no store can be opened by is refused, also a database where there is no PostgreSQL") {
    const auto none = workspace::try_open(std::unique_ptr<storage::event_store>());
    REQUIRE_FALSE(none);
    CHECK(none.error().code() == error_code::invalid_argument);
    const auto database = detail::try_open_named("postgresql://worker:secret@db.example/casework", {});
    REQUIRE_FALSE(database);
    CHECK(database.error().code() == error_code::store_cannot_open);
    CHECK(database.error().to_string().find("POLKU_POSTGRES") != std::string::npos);
    CHECK(database.error().to_string().find("secret") == std::string::npos);
    CHECK(detail::try_open_named(":memory:", {}));
    // Over a store that somebody else opened: the log first, so that a bad one is told.
    workspace_options with;
    with.log = "/nowhere/at/all/reads.log";
    CHECK_FALSE(workspace::try_open(storage::make_memory_store(), with));
    const auto opened = workspace::try_open(storage::make_memory_store());
    REQUIRE(opened);
    CHECK((*opened)->try_use(try_shipped_path("toimi").value()));
}

TEST_CASE("workspace: a command sent again answers as the first time, with other content it is a conflict") {
    const auto in = open_in_memory();
    const auto commands = commands_of(client_named("toivo"));
    const feel::value first = in->try_execute(commands[0]).value();
    for (std::size_t i = 1; i < commands.size(); ++i) CHECK(in->try_execute(commands[i]));
    CHECK(text_of(in->try_execute(commands[0]).value()) == text_of(first));
    CHECK(refused(*in, with_member(commands[0], "purpose", "another")) == error_code::store_command_conflict);
}

TEST_CASE("workspace: a wrong expected version is a conflict that says both versions") {
    const auto in = open_in_memory();
    const auto commands = commands_of(client_named("toivo"));
    CHECK(in->try_execute(with_member(commands[0], "expected_version", 0)));
    const auto answer = in->try_execute(with_member(commands[2], "expected_version", 99));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code() == error_code::store_version_conflict);
    CHECK(answer.error().message().find("99") != std::string::npos);
}

TEST_CASE("workspace: malformed command documents are refused with the member's pointer") {
    const auto in = open_in_memory();
    const feel::value good = commands_of(client_named("toivo"))[0];
    CHECK(refused(*in, feel::value("text")) == error_code::json_wrong_type);
    CHECK(refused(*in, with_member(good, "case", "xyz")) == error_code::json_invalid_value);
    CHECK(refused(*in, with_member(good, "now", "2026-03-02")) == error_code::json_invalid_value);
    CHECK(refused(*in, with_member(good, "now", "yesterday")) == error_code::json_invalid_value);
    CHECK(refused(*in, with_member(good, "actor", "")) == error_code::json_invalid_value);
    CHECK(refused(*in, with_member(good, "actor", 7)) == error_code::json_wrong_type);
    CHECK(refused(*in, with_member(good, "extra", 7)) == error_code::json_unknown_member);
    CHECK(refused(*in, with_member(good, "data", "text")) == error_code::json_wrong_type);
    CHECK(refused(*in, with_member(good, "data", feel::value(feel::context()))) == error_code::json_missing_member);
    CHECK(refused(*in, with_member(good, "expected_version", -1)) == error_code::json_invalid_value);
    CHECK(in->try_cases("", 10).value().as_list().empty());
}

TEST_CASE("workspace: a case that was never opened, or opens on an unknown path, is refused") {
    const auto in = open_in_memory();
    const auto commands = commands_of(client_named("toivo"));
    CHECK(refused(*in, commands[1]) == error_code::case_not_opened);
    feel::context data = commands[0].as_context().find("data")->as_context();
    data.set("path", "no-such-path");
    CHECK(refused(*in, with_member(commands[0], "data", feel::value(std::move(data)))) == error_code::not_found);
    CHECK_FALSE(in->try_case("00", {day("2026-01-01")}));
    CHECK_FALSE(in->try_case(case_of(client_named("toivo")), {day("2026-01-01")}));
}

TEST_CASE("workspace: a store file is read again by a workspace that was told of no path") {
    const store_file file("reopen");
    const polku::example_client& client = client_named("aino");
    std::string before;
    const view_options how{day("2026-10-01"), "fi", false};
    {
        auto in = workspace::try_open(file.path()).value();
        in->try_use(try_shipped_path("tyokyky-kayttoon").value()).value();
        for (const feel::value& command : commands_of(client)) in->try_execute(command).value();
        before = text_of(in->try_case(case_of(client), how).value());
    }
    auto in = workspace::try_open(file.path()).value();
    CHECK(text_of(in->try_case(case_of(client), how).value()) == before);
    CHECK(in->try_verify("").value().as_context().find("ok")->is_true());
    const std::string anchor = in->try_head().value();
    CHECK(in->try_verify(anchor).value().as_context().find("ok")->is_true());
    CHECK_FALSE(in->try_verify("not an anchor"));
    CHECK(in->try_checkpoint());
}

TEST_CASE("workspace: two workspaces that write the same case at once lose nothing") {
    const store_file file("race");
    const polku::example_client& client = client_named("toivo");
    const feel::value opening = commands_of(client)[0];
    {
        auto in = workspace::try_open(file.path()).value();
        in->try_use(try_shipped_path("tyokyky-kayttoon").value()).value();
        in->try_execute(opening).value();
    }
    constexpr int each = 20;
    const auto write = [&](const std::string& who) -> std::string {
        auto in = workspace::try_open(file.path()).value();
        for (int i = 0; i < each; ++i) {
            feel::value command = with_member(opening, "command", "add_team_member");
            command = with_member(command, "command_id", who + std::to_string(i));
            const feel::value member(
                feel::context{{"person", who + std::to_string(i)}, {"role", "nurse"}, {"organisation", "county"}});
            command = with_member(command, "data", feel::value(feel::context{{"who", member}}));
            if (const auto done = in->try_execute(command); !done) return done.error().message();
        }
        return std::string();
    };
    auto other = std::async(std::launch::async, write, "a");
    CHECK(write("b") == "");
    CHECK(other.get() == "");
    auto in = workspace::try_open(file.path()).value();
    CHECK(in->try_load(case_of(client)).value().state.team.size() == 2 * each);
    CHECK(in->try_verify("").value().as_context().find("ok")->is_true());
}

TEST_CASE("workspace: what a non-disclosure order hides is in no view and not in the feed") {
    const auto in = open_in_memory();
    const polku::example_client& client = client_named("aamos");
    for (const feel::value& command : commands_of(client)) in->try_execute(command).value();
    const std::vector<std::string> secrets = {"Salattu katu", "040 000 0011", "Salainen Työpaikka"};
    std::uint64_t next = 0;
    const std::string feed = text_of(in->try_events_since(0, 10000, next).value());
    const std::string hidden = text_of(in->try_case(case_of(client), {day("2026-10-01"), "fi", false}).value());
    const std::string shown = text_of(in->try_case(case_of(client), {day("2026-10-01"), "fi", true}).value());
    const std::string list = text_of(in->try_cases("", 10).value());
    for (const std::string& secret : secrets) {
        CAPTURE(secret);
        CHECK(feed.find(secret) == std::string::npos);
        CHECK(hidden.find(secret) == std::string::npos);
        CHECK(shown.find(secret) != std::string::npos);
    }
    CHECK(list.find("698") == std::string::npos);
}

TEST_CASE("workspace: the feed gives every event once, in order, by pages") {
    const auto in = open_in_memory();
    for (const feel::value& command : commands_of(client_named("toivo"))) in->try_execute(command).value();
    std::uint64_t next = 0;
    const feel::value whole = in->try_events_since(0, 10000, next).value();
    std::size_t seen = 0;
    for (std::uint64_t cursor = 0;;) {
        const feel::value page = in->try_events_since(cursor, 3, next).value();
        if (page.as_list().empty()) break;
        for (const feel::value& each : page.as_list()) CHECK(each == whole.as_list()[seen++]);
        cursor = next;
    }
    CHECK(seen == whole.as_list().size());
    CHECK(whole.as_list()[0].as_context().find("specversion")->as_string() == "1.0");
}

TEST_CASE("workspace: follow-up after the exit is still due") {
    const auto in = open_in_memory();
    const polku::example_client& client = client_named("toivo");
    for (const feel::value& command : commands_of(client)) in->try_execute(command).value();
    const feel::value due = in->try_due(day("2026-12-31")).value();
    REQUIRE(due.as_list().size() == 1);
    const feel::context& item = due.as_list()[0].as_context();
    CHECK(item.find("kind")->as_string() == "follow_up");
    CHECK(item.find("case")->as_string() == case_of(client));
    CHECK(in->try_due(day("2026-03-05")).value().as_list().empty());
}

TEST_CASE("path bundle: shipped paths are known by id, and an unknown id names them") {
    const std::vector<std::string> ids = shipped_path_ids();
    CHECK(std::is_sorted(ids.begin(), ids.end()));
    CHECK(std::count(ids.begin(), ids.end(), "tyokyky-kayttoon") == 1);
    const path_bundle bundle = try_shipped_path("tyokyky-kayttoon").value();
    CHECK(bundle.hash_text().size() == 64);
    CHECK(try_restore_path(bundle.bytes).value().path.content_hash() == bundle.path.content_hash());
    const auto unknown = try_shipped_path("nowhere");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().message().find("tyokyky-kayttoon") != std::string::npos);
    CHECK_FALSE(try_make_path({}));
}
