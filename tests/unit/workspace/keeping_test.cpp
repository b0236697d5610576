// SPDX-License-Identifier: Apache-2.0
// Keys, erasing, retention and the use log, as a host meets them.
#include <polku/json/text.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/supplement.hpp>
#include <polku/workspace/workspace.hpp>

#include "example_commands.hpp"
#include "unit/storage/raw_database.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

using namespace polku;
using namespace polku_tests;

namespace {

struct store_folder {
    std::filesystem::path folder;
    explicit store_folder(const std::string& name)
        : folder(std::filesystem::temp_directory_path() / ("polku-keeping-" + name)) {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
    }
    ~store_folder() { std::filesystem::remove_all(folder); }
    std::string file(const char* name) const { return (folder / name).string(); }
};

time::date day(const char* text) { return *time::parse_date(text); }

logged_reader some_reader() {
    logged_reader who;
    who.actor = "tyontekija-7";
    who.organisation = "municipality";
    who.role = "responsible_worker";
    who.purpose = "employment_service";
    who.ground = "380/2023 115 §";
    who.at_ms = 1'790'000'000'000;  // 21 September 2026
    return who;
}

std::unique_ptr<workspace> open_with(const store_folder& in, bool sealed, bool logged) {
    workspace_options options;
    if (sealed) options.keys = storage::master_key_of("test", storage::key_bytes{7});
    if (logged) options.log = in.file("store.db.log");
    options.log_flush = storage::read_log_flush::grouped;
    auto opened = workspace::try_open(in.file("store.db"), std::move(options)).value();
    opened->try_use(try_shipped_path("tyokyky-kayttoon").value()).value();
    return opened;
}

/// Three clients: most of what the path has, without the wait for the disk that all of them would be.
std::vector<example_client> played() {
    std::vector<example_client> some = example_clients().clients;
    if (some.size() > 3) some.resize(3);
    return some;
}

std::vector<feel::value> played_commands() {
    example_file some = example_clients();
    some.clients = played();
    return commands_in_order(some);
}

void play(workspace& in) {
    for (const feel::value& command : played_commands()) in.try_execute(command).value();
}

/// Texts with a space in them: notes, names and reasons, no ids of the path.
void collect_texts(const feel::value& of, std::set<std::string>& into) {
    if (of.is(feel::kind::string) && of.as_string().size() > 12 && of.as_string().find(' ') != std::string_view::npos)
        into.emplace(of.as_string());
    if (of.is(feel::kind::list)) {
        for (const feel::value& each : of.as_list()) collect_texts(each, into);
    }
    if (of.is(feel::kind::context)) {
        for (const auto& each : of.as_context()) collect_texts(each.value, into);
    }
}

std::string bytes_of(const store_folder& in) {
    std::string bytes;
    for (const char* name : {"store.db", "store.db-wal"}) {
        std::ifstream file(in.file(name), std::ios::binary);
        bytes.append(std::istreambuf_iterator<char>(file), {});
    }
    return bytes;
}

std::string client_of(workspace& in, const std::string& case_id) { return in.try_load(case_id).value().state.client; }

}  // namespace

TEST_CASE("workspace/keeping: a sealed workspace answers as one in clear does, and its file tells nothing") {
    const store_folder clear("clear");
    const store_folder sealed("sealed");
    const auto plain = open_with(clear, false, false);
    const auto keyed = open_with(sealed, true, false);
    play(*plain);
    play(*keyed);
    const view_options how{day("2026-10-01"), "fi", true};
    for (const example_client& client : played()) {
        CAPTURE(client.id);
        CHECK(json::write(keyed->try_case(case_of(client), how).value()) ==
              json::write(plain->try_case(case_of(client), how).value()));
    }
    CHECK(keyed->try_verify("").value().as_context().find("sealed")->is_true());
    CHECK(plain->try_verify("").value().as_context().find("sealed")->is_false());
    // Every longer text of the commands that the path itself does not have, as a canary.
    std::set<std::string> canaries;
    for (const feel::value& command : played_commands()) collect_texts(command, canaries);
    const std::string of_path = try_shipped_path("tyokyky-kayttoon").value().bytes;
    std::erase_if(canaries, [&](const std::string& each) { return of_path.find(each) != std::string::npos; });
    REQUIRE(canaries.size() > 5);
    const std::string in_clear = bytes_of(clear);
    const std::string in_sealed = bytes_of(sealed);
    std::size_t seen = 0;
    for (const std::string& each : canaries) {
        seen += in_clear.find(each) != std::string::npos;
        INFO(each);
        CHECK(in_sealed.find(each) == std::string::npos);
    }
    CHECK(seen > 5);
    CHECK(workspace::try_open(sealed.file("store.db")).error().code() == error_code::store_key_missing);
}

TEST_CASE("workspace/keeping: what environments, employers and programmes tell is sealed too") {
    std::map<bool, std::string> raw;
    std::set<std::string> canaries;
    for (const bool sealed : {false, true}) {
        const store_folder folder("streams");
        const auto in = open_with(folder, sealed, false);
        const example_employers employers = try_shipped_employers().value();
        REQUIRE(try_play_employers(*in, employers).value() > 50);
        const auto tell = [&](const char* command, const char* data, int number) {
            const std::string text = std::string(R"({"environment":"0000000000000000000000000e000001","command":")") +
                                     command + R"(","command_id":"book-)" + std::to_string(number) +
                                     R"(","now":"2027-12-01T10:00:00Z","actor":"a","purpose":"p","data":)" + data + "}";
            const auto done = in->try_execute(json::try_parse(text).value());
            REQUIRE_MESSAGE(done.has_value(), (done ? std::string() : done.error().to_string()));
        };
        tell("open_places", R"({"path":"tyokyky-kayttoon","environment":"eduro","places":2})", 1);
        tell("close_places", R"({"from":"2028-05-01","reason":"Kuvitteellinen Kalle on sairaana"})", 2);
        tell("reopen_places", R"({"from":"2028-05-02","reason":"Kuvitteellinen Kalle on palannut"})", 3);
        std::uint64_t next = 0;
        collect_texts(in->try_events_since(0, 100'000, next, {.personal = true}).value(), canaries);
        raw[sealed] = bytes_of(folder);
    }
    // Terms are public, and stand in clear.
    for (const std::string& version : shipped_terms_versions()) {
        const std::string terms = try_shipped_terms(version).value().bytes;
        std::erase_if(canaries, [&](const std::string& each) { return terms.find(each) != std::string::npos; });
    }
    std::size_t seen = 0;
    for (const std::string& each : canaries) {
        INFO(each);
        seen += raw[false].find(each) != std::string::npos;
        CHECK(raw[true].find(each) == std::string::npos);
    }
    CHECK(seen > 20);
    CHECK(canaries.count("Kuvitteellinen Kalle on sairaana") == 1);
}

TEST_CASE("workspace/keeping: every case of an erased client still opens, and tells what is gone") {
    for (const bool sealed : {false, true}) {
        CAPTURE(sealed);
        const store_folder folder("erase");
        const auto in = open_with(folder, sealed, false);
        play(*in);
        const std::string head = in->try_head().value();
        for (const example_client& client : played()) {
            CAPTURE(client.id);
            const std::string about = client_of(*in, case_of(client));
            const feel::value done = in->try_erase({about, "*", "request", day("2026-11-22")}).value();
            CHECK(done.as_context().find("pending")->is_false());
            const loaded_case loaded = in->try_load(case_of(client)).value();
            for (const auto& fact : loaded.state.facts) CHECK(fact.second.state != path::fact_state::known);
            CHECK(in->try_case(case_of(client), {day("2026-12-01"), "fi", true}).has_value());
        }
        std::uint64_t next = 0;
        CHECK(in->try_events_since(0, 10'000, next).has_value());
        CHECK(in->try_due(day("2027-06-01")).has_value());
        CHECK(in->try_head().value() == head);
        CHECK(in->try_verify(head).value().as_context().find("ok")->is_true());
        CHECK(storage::try_read_ledger(in->try_ledger().value()).value().entries.size() == played().size());
    }
}

TEST_CASE("workspace/keeping: content goes when the rule of its class says, counted from the client's last case") {
    const store_folder folder("retention");
    const auto in = open_with(folder, true, false);
    play(*in);
    const std::map<std::string, std::int64_t> years{{"employment", 4}, {"social", 10}, {"attribution", 12}};
    const auto rows_at = [&](const char* by) { return in->try_retention(day(by)).value().as_list(); };
    CHECK(rows_at("2026-12-31").empty());
    const feel::value all = in->try_retention(day("2060-01-01")).value();
    REQUIRE_FALSE(all.as_list().empty());
    std::set<std::string> classes;
    for (const feel::value& row : all.as_list()) {
        const feel::context& item = row.as_context();
        const std::string of_class(item.find("retention_class")->as_string());
        classes.insert(of_class);
        const time::date ended = item.find("ended")->as_date();
        CHECK(item.find("erase_from")->as_date() == *ended.plus_months(12 * years.at(of_class)));
    }
    CHECK(classes.count("employment") == 1);
    CHECK(classes.count("attribution") == 1);

    // On the day itself, and not the day before.
    const feel::context first = all.as_list().front().as_context();
    const time::date due = first.find("erase_from")->as_date();
    const auto has_first = [&](time::date by) {
        const feel::value rows = in->try_retention(by).value();
        for (const feel::value& row : rows.as_list()) {
            if (row.as_context().find("subject")->as_string() == first.find("subject")->as_string() &&
                row.as_context().find("retention_class")->as_string() == first.find("retention_class")->as_string())
                return true;
        }
        return false;
    };
    CHECK(has_first(due));
    CHECK_FALSE(has_first(*due.plus_days(-1)));
    const std::size_t count = in->try_retention(due).value().as_list().size();
    CHECK(in->try_erase_due(due).value().as_list().size() == count);
    CHECK(in->try_retention(due).value().as_list().empty());
    CHECK(in->try_verify("").value().as_context().find("ok")->is_true());
    CHECK(workspace::try_open(":memory:").value()->try_retention(due).error().code() == error_code::invalid_argument);
}

TEST_CASE("workspace/keeping: rules of retention are dated data, and bad ones are told by their place") {
    const retention_rules& shipped = shipped_retention_rules();
    CHECK(shipped.rule_of("employment", day("2026-01-01"))->years == 4);
    CHECK(shipped.rule_of("social", day("2026-01-01"))->years == 10);
    CHECK(shipped.rule_of("employment", day("2024-12-31")) == nullptr);
    CHECK(shipped.rule_of("unheard of", day("2026-01-01")) == nullptr);
    CHECK(shipped.log_rule(day("2026-01-01"))->years == 12);
    for (const retention_rule& each : shipped.classes) CHECK(each.name.size() == 4);
    const auto read = try_read_retention_rules(
        R"({"classes":[{"retention_class":"x","years":-1,"in_force":"2025-01-01","source":"s","name":{}}],"use_log":[]})");
    REQUIRE_FALSE(read);
    CHECK(read.error().positions().at(0).pointer == "/classes/0/years");
}

TEST_CASE("workspace/keeping: with a use log nothing is read without a reader, and every read is told") {
    const store_folder folder("log");
    const auto in = open_with(folder, true, true);
    play(*in);  // commands are told by their own events
    const std::string id = case_of(played()[0]);
    const view_options how{day("2026-10-01"), "fi", false};
    std::uint64_t next = 0;
    CHECK(in->try_case(id, how).error().code() == error_code::reader_missing);
    CHECK(in->try_load(id).error().code() == error_code::reader_missing);
    CHECK(in->try_due(day("2027-01-01")).error().code() == error_code::reader_missing);
    CHECK(in->try_cases("", 10).error().code() == error_code::reader_missing);
    CHECK(in->try_events_since(0, 10, next).error().code() == error_code::reader_missing);
    CHECK(in->try_circling({day("2026-10-01"), {}, {}}).error().code() == error_code::reader_missing);
    CHECK(in->try_log_entries(0, 10).value().as_list().empty());

    in->set_reader(some_reader());
    const std::string client = client_of(*in, id);
    feel::value entries = in->try_log_entries(0, 10).value();
    REQUIRE(entries.as_list().size() == 1);
    const feel::context& entry = entries.as_list().front().as_context();
    CHECK(entry.find("client")->as_string() == client);
    CHECK(entry.find("actor")->as_string() == "tyontekija-7");
    CHECK(entry.find("categories")->as_list().front() == feel::value("case"));
    CHECK(in->try_cases("", 1000).has_value());
    const std::size_t clients = in->try_log_entries(1, 1000).value().as_list().size();
    CHECK(clients == played().size());
    CHECK(in->try_circling({day("2026-10-01"), {}, {}}).has_value());
    CHECK(in->try_log_entries(1 + clients, 1000).value().as_list().size() == clients);
    CHECK(in->try_due(day("2028-01-01")).has_value());
    CHECK(in->try_events_since(0, 100'000, next).has_value());
    CHECK(in->try_log_entries(0, 1000).value().as_list().size() >= 3 * clients + 1);
    CHECK(in->try_verify_log().value().as_context().find("ok")->is_true());

    logged_reader nameless = some_reader();
    nameless.ground = "";
    in->set_reader(nameless);
    CHECK(in->try_case(id, how).error().code() == error_code::invalid_argument);
}

TEST_CASE("workspace/keeping: a log that cannot be written refuses the read") {
    const store_folder folder("full");
    const auto in = open_with(folder, false, true);
    play(*in);
    in->set_reader(some_reader());
    const std::string id = case_of(played()[0]);
    CHECK(in->try_load(id).has_value());
    storage_test::raw_database raw(folder.file("store.db.log"));
    REQUIRE(raw.run("CREATE TRIGGER full BEFORE INSERT ON uses BEGIN SELECT RAISE(ABORT, 'no room'); END") == 0);
    const auto refused = in->try_load(id);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == error_code::use_log_not_written);
    CHECK(refused.error().causes().size() == 1);
}

TEST_CASE("workspace/keeping: a client's extract goes two years back and says when the answer is due") {
    const store_folder folder("extract");
    const auto in = open_with(folder, true, true);
    play(*in);
    const std::string id = case_of(played()[0]);
    in->set_reader(some_reader());
    const std::string client = client_of(*in, id);
    logged_reader told = some_reader();
    told.disclosed_to = "hyvinvointialue";
    told.at_ms += 86'400'000;
    in->set_reader(told);
    CHECK(in->try_load(id).has_value());
    CHECK(in->try_load(case_of(played()[1])).has_value());

    const auto extract = [&](const char* asked, const char* language = "fi") {
        return in->try_log_extract(client, day(asked), language).value().as_context();
    };
    const feel::context now = extract("2026-11-22");
    CHECK(now.find("title")->as_string() == "Ote käyttö- ja luovutuslokista");
    CHECK(now.find("from")->as_date() == day("2024-11-22"));
    CHECK(now.find("answer_by")->as_date() == day("2027-01-22"));
    REQUIRE(now.find("entries")->as_list().size() == 2);
    CHECK(now.find("entries")->as_list()[0].as_context().find("told")->as_string() == "käyttö");
    CHECK(now.find("entries")->as_list()[1].as_context().find("told")->as_string() == "luovutus");
    CHECK(now.find("entries")->as_list()[1].as_context().find("disclosed_to")->as_string() == "hyvinvointialue");
    CHECK(extract("2028-09-21").find("entries")->as_list().size() == 2);
    CHECK(extract("2028-09-22").find("entries")->as_list().size() == 1);
    CHECK(extract("2028-09-23").find("entries")->as_list().empty());
    CHECK(extract("2026-11-22", "fi-selko").find("title")->as_string() == "Kuka on katsonut tietojasi");
    CHECK(in->try_log_extract("010190-900A", day("2026-11-22"), "fi").error().code() == error_code::client_mismatch);
    CHECK(in->try_log_extract(client, day("2026-11-22"), "de").error().code() == error_code::invalid_argument);
    CHECK(in->try_log_extract(client, day("2020-01-01"), "fi").error().code() == error_code::invalid_argument);
    CHECK(in->try_purge_log(day("2038-09-20")).value() == 0);
    CHECK(in->try_purge_log(day("2038-10-01")).value() == 3);
}
