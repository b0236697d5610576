// SPDX-License-Identifier: Apache-2.0
#include <polku/json/described.hpp>
#include <polku/json/text.hpp>
#include <polku/report/situation_output.hpp>
#include <polku/storage/erasure.hpp>
#include <polku/workspace/examples.hpp>
#include <polku/workspace/schemas.hpp>
#include <polku/workspace/situation.hpp>
#include <polku/workspace/workspace.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace polku;

namespace {

namespace fs = std::filesystem;

const std::string practices = "0000000000000000000000000f2a0001";
const std::string employers = "0000000000000000000000000f2a0002";
const std::string employer = "0000000000000000000000000e2a0001";
const std::string person = "Keksitty Yhteyshenkilö";

time::date day(const char* text) { return *time::parse_date(text); }
feel::value parsed(const std::string& text) { return json::try_parse(text).value(); }
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
const feel::value& at(const feel::value& of, const char* member) {
    const feel::value* found = of.as_context().find(member);
    REQUIRE_MESSAGE(found != nullptr, member << " in " << json::write(of));
    return *found;
}

/// A store with a register of practices of `toimio` and one of employers of `toimi`.
class register_store {
public:
    explicit register_store(const std::string& file, workspace_options with = {})
        : in_(workspace::try_open(file, std::move(with)).value()) {
        for (const char* each : {"toimio", "toimi"}) in_->try_use(try_shipped_path(each).value()).value();
    }

    workspace& in() { return *in_; }
    result<feel::value> ask(const std::string& stream, const std::string& command, const std::string& data,
                            const std::string& on, const std::string& kind = "programme") {
        return in_->try_execute(parsed(R"({"command":")" + command + R"(",")" + kind + R"(":")" + stream +
                                       R"(","command_id":"r-)" + std::to_string(++commands_) + R"(","now":")" + on +
                                       R"(T10:00:00Z","actor":"worker-603","purpose":"registers","data":)" + data +
                                       "}"));
    }
    void tell(const std::string& stream, const std::string& command, const std::string& data, const std::string& on) {
        const auto answer = ask(stream, command, data, on);
        REQUIRE_MESSAGE(answer.has_value(), (answer ? std::string() : answer.error().to_string()));
    }
    error_code refusal(const std::string& stream, const std::string& command, const std::string& data,
                       const std::string& on) {
        const auto answer = ask(stream, command, data, on);
        return answer ? error_code::internal : answer.error().code();
    }
    void fill() {
        tell(practices, "open_register", R"({"path":"toimio","register":"practices"})", "2026-01-05");
        tell(practices, "record_entry",
             R"({"entry":"t1","about":"851","fields":{"kind":"good_practice","description":"Hyvä, \"toimiva\" tapa"}})",
             "2026-01-10");
        tell(practices, "record_entry",
             R"({"entry":"k1","about":"240","fields":{"kind":"problem_point","description":"Pitkä matka"}})",
             "2026-02-10");
        tell(employers, "open_register", R"({"path":"toimi","register":"employers"})", "2026-02-11");
        tell(employers, "record_entry",
             R"({"entry":"e1","about":")" + employer + R"x(","fields":{"business name":"Firma Oy (keksitty)",)x" +
                 R"("contact person":")" + person + R"("}})",
             "2026-02-12");
    }
    feel::value show(const std::string& path, const std::string& id, const register_query& how) {
        auto shown = in_->try_register(path, id, how);
        REQUIRE_MESSAGE(shown.has_value(), (shown ? std::string() : shown.error().to_string()));
        return std::move(shown).value();
    }

private:
    std::unique_ptr<workspace> in_;
    int commands_ = 0;
};

/// Both stores: in memory, and a file that goes with the object.
class some_file {
public:
    explicit some_file(const char* name) : path_(fs::temp_directory_path() / name) { remove(); }
    ~some_file() { remove(); }
    some_file(const some_file&) = delete;
    some_file& operator=(const some_file&) = delete;
    std::string path() const { return path_.string(); }
    std::string bytes() const {
        std::string all;
        for (const char* end : {"", "-wal"}) {
            std::ifstream in(path_.string() + end, std::ios::binary);
            std::ostringstream text;
            text << in.rdbuf();
            all += text.str();
        }
        return all;
    }

private:
    void remove() const {
        for (const char* end : {"", "-wal", "-shm", ".log", ".log-wal", ".log-shm"}) fs::remove(path_.string() + end);
    }
    fs::path path_;
};

std::vector<std::string> ids_of(const feel::value& shown) {
    std::vector<std::string> ids;
    for (const feel::value& each : at(shown, "entries").as_list()) ids.emplace_back(at(each, "entry").as_string());
    return ids;
}

register_query on_day(const char* text) {
    register_query how;
    how.as_of = day(text);
    return how;
}

using names = std::vector<std::string>;

}  // namespace

TEST_CASE("workspace/registers: entries are kept, looked at again and shown as they stood, in both stores") {
    const some_file file("polku_registers_test.db");
    for (const std::string& where : {std::string(":memory:"), file.path()}) {
        CAPTURE(where);
        register_store run(where);
        run.fill();
        CHECK(run.refusal(practices, "confirm_entry", R"({"entry":"x9"})", "2026-03-01") == error_code::unknown_record);
        run.tell(practices, "amend_entry", R"({"entry":"t1","fields":{"known from":"Palaute"}})", "2026-03-01");
        run.tell(practices, "end_entry", R"({"entry":"k1","reason":"The bus line was opened"})", "2026-04-01");
        CHECK(run.refusal(practices, "confirm_entry", R"({"entry":"k1"})", "2026-04-02") ==
              error_code::record_not_open);
        CHECK(ids_of(run.show("toimio", "practices", on_day("2026-01-31"))) == names{"t1"});
        CHECK(ids_of(run.show("toimio", "practices", on_day("2026-03-31"))) == names{"t1", "k1"});
        CHECK(ids_of(run.show("toimio", "practices", on_day("2026-04-01"))) == names{"t1"});
        register_query how = on_day("2026-04-01");
        how.ended = true;
        CHECK(ids_of(run.show("toimio", "practices", how)) == names{"t1", "k1"});
        how.about = "240";
        const feel::value ended = run.show("toimio", "practices", how);
        CHECK(ids_of(ended) == names{"k1"});
        CHECK(at(at(ended, "entries").as_list()[0], "reason") == feel::value("The bus line was opened"));
        CHECK(at(at(at(ended, "entries").as_list()[0], "about_name"), "fi") == feel::value("Kemi"));
        const feel::value now = run.show("toimio", "practices", on_day("2026-07-11"));
        const feel::value& entry = at(now, "entries").as_list()[0];
        CHECK(at(entry, "late") == feel::value(true));
        CHECK(at(entry, "owner") == feel::value("service_manager"));
        CHECK(at(at(entry, "fields"), "known from") == feel::value("Palaute"));
        // Before the amendment it was not told.
        const feel::value then = run.show("toimio", "practices", on_day("2026-02-28"));
        CHECK(at(at(then, "entries").as_list()[0], "fields").as_context().find("known from") == nullptr);
        CHECK(at(at(now, "fields").as_list()[2], "free_words") == feel::value(true));
        // Who asks for something that is not there is told what is.
        const auto missing = run.in().try_register("toimio", "dreams", on_day("2026-04-01"));
        REQUIRE_FALSE(missing.has_value());
        CHECK(missing.error().code() == error_code::not_found);
        CHECK(has(missing.error().message(), "'toimio practices'"));
        CHECK(run.in().try_verify("").value().as_context().find("ok")->is_true());
    }
}

TEST_CASE("workspace/registers: no entry is without an owner or a day, and what is due comes soonest first") {
    register_store run(":memory:");
    run.fill();
    const feel::value none = run.in().try_registers_due("", day("2026-07-09")).value();
    CHECK(none.as_list().size() == 0);
    const feel::value due = run.in().try_registers_due("", day("2026-12-31")).value();
    names order;
    for (const feel::value& each : due.as_list()) {
        order.emplace_back(at(each, "entry").as_string());
        CHECK_FALSE(at(each, "owner").as_string().empty());
        CHECK(at(each, "review_by").is(feel::kind::date));
    }
    CHECK(order == names{"t1", "k1", "e1"});
    CHECK(run.in().try_registers_due("toimi", day("2026-12-31")).value().as_list().size() == 1);
    const feel::value all = run.in().try_registers("", day("2026-07-10")).value();
    REQUIRE(all.as_list().size() == 2);
    CHECK(at(all.as_list()[1], "register") == feel::value("practices"));
    CHECK(at(all.as_list()[1], "due") == feel::value(1));
    CHECK(at(all.as_list()[1], "entries") == feel::value(2));
    run.tell(practices, "confirm_entry", R"({"entry":"t1"})", "2026-07-10");
    CHECK(run.in().try_registers_due("toimio", day("2026-07-31")).value().as_list().size() == 0);
}

TEST_CASE("workspace/registers: contact persons are shown to the host, the keeper and the owner only") {
    register_store run(":memory:");
    run.fill();
    register_query how = on_day("2026-03-01");
    const auto shown = [&] { return json::write(run.show("toimi", "employers", how)); };
    CHECK_FALSE(has(shown(), person));
    CHECK(has(shown(), R"("withheld":["contact person"])"));
    how.personal = true;
    CHECK(has(shown(), person));
    how.reader = path::reader{};
    how.reader->actor = "worker-1";
    CHECK_FALSE(has(shown(), person));
    how.reader->role = "job_coach";
    CHECK_FALSE(has(shown(), person));
    how.reader->role = "business_agent";
    CHECK(has(shown(), person));
    run.tell(employers, "amend_entry", R"({"entry":"e1","owner":"job_coach"})", "2026-02-20");
    how.reader->role = "job_coach";
    CHECK(has(shown(), person));
    // The other outputs have them under no circumstances, or where the host asks.
    CHECK_FALSE(has(json::write(run.in().try_registers("", day("2026-03-01")).value()), person));
    CHECK_FALSE(has(json::write(run.in().try_registers_due("", day("2030-03-01")).value()), person));
    std::uint64_t next = 0;
    feed_options feed;
    CHECK_FALSE(has(json::write(run.in().try_events_since(0, 100, next, feed).value()), person));
    feed.personal = true;
    CHECK(has(json::write(run.in().try_events_since(0, 100, next, feed).value()), person));
    feed.reader = how.reader;
    CHECK_FALSE(has(json::write(run.in().try_events_since(0, 100, next, feed).value()), person));
}

TEST_CASE("workspace/registers: contact persons are sealed, logged when read, and erased with the employer") {
    const some_file file("polku_registers_sealed_test.db");
    workspace_options with;
    with.keys = storage::master_key_of("test", storage::key_bytes{7});
    with.log = file.path() + ".log";
    register_store run(file.path(), std::move(with));
    run.fill();
    CHECK_FALSE(has(file.bytes(), person));
    CHECK_FALSE(has(file.bytes(), "Firma Oy"));
    register_query how = on_day("2026-03-01");
    CHECK_FALSE(has(json::write(run.show("toimi", "employers", how)), person));
    how.personal = true;
    const auto unnamed = run.in().try_register("toimi", "employers", how);
    REQUIRE_FALSE(unnamed.has_value());
    CHECK(unnamed.error().code() == error_code::reader_missing);
    logged_reader who;
    who.actor = "worker-603";
    who.organisation = "employment_area";
    who.purpose = "services";
    who.ground = "380/2023";
    run.in().set_reader(who);
    CHECK(has(json::write(run.show("toimi", "employers", how)), person));
    const feel::value log = run.in().try_log_entries(0, 10).value();
    REQUIRE(log.as_list().size() == 1);
    CHECK(at(log.as_list()[0], "client") == feel::value(employer));
    run.in().try_erase({employer, "employment", "retention", day("2026-03-02")}).value();
    const feel::value after = run.show("toimi", "employers", how);
    CHECK_FALSE(has(json::write(after), person));
    CHECK(at(at(after, "entries").as_list()[0], "erased") == feel::value(true));
    CHECK(at(at(at(after, "entries").as_list()[0], "fields"), "business name") == feel::value("Firma Oy (keksitty)"));
    // Words that should not have been written go with all that the register's entries tell; the register stays usable.
    run.in().try_erase({employers, "register", "words_about_a_person", day("2026-03-03")}).value();
    CHECK(ids_of(run.show("toimi", "employers", how)).empty());
    run.tell(employers, "record_entry",
             R"({"entry":"e2","about":")" + employer + R"(","fields":{"business name":"Toinen Oy"}})", "2026-03-04");
    CHECK(ids_of(run.show("toimi", "employers", on_day("2026-03-04"))) == names{"e2"});
    CHECK(run.in().try_registers_due("", day("2030-01-01")).value().as_list().size() == 3);
    CHECK(run.in().try_verify("").value().as_context().find("ok")->is_true());
}

TEST_CASE("workspace/registers: a stream holds a register or a support programme, and never both") {
    register_store run(":memory:");
    run.fill();
    const auto wrong = run.ask(practices, "publish_terms", R"({"hash":"00"})", "2026-03-01");
    REQUIRE_FALSE(wrong.has_value());
    CHECK(has(wrong.error().message(), "'publish_terms' is no command"));
    run.tell("0000000000000000000000000f2a0009", "open_programme",
             R"({"name":{"fi":"a","sv":"a","en":"a","fi-selko":"a"},"valid":{"from":"2026-01-01"},"budget":1000})",
             "2026-03-01");
    CHECK(run.refusal("0000000000000000000000000f2a0009", "open_register",
                      R"({"path":"toimio","register":"practices"})", "2026-03-01") == error_code::register_missing);
    CHECK(run.refusal("0000000000000000000000000f2a0008", "record_entry", R"({"entry":"a"})", "2026-03-01") ==
          error_code::register_missing);
    // An entry about an employer must not name somebody else's stream.
    CHECK(run.refusal(employers, "record_entry",
                      R"({"entry":"e2","about":")" + practices + R"(","fields":{"business name":"x"}})",
                      "2026-03-01") == error_code::not_found);
    // A draft that names a register as its programme is told so.
    const auto draft = run.ask(employer, "open_employer",
                               R"({"details":{"name":"Firma Oy","business_id":"1234567-1","kind":"company",)"
                               R"("economic_activity":true}})",
                               "2026-03-01", "employer");
    CHECK_MESSAGE(draft.has_value(), (draft ? std::string() : draft.error().to_string()));
    const auto applied =
        run.ask(employer, "draft_application", R"({"application":"a","programme":")" + practices + R"(","details":{}})",
                "2026-03-02", "employer");
    REQUIRE_FALSE(applied.has_value());
    CHECK(has(applied.error().message(), "holds a register"));
}

TEST_CASE("workspace/registers: the situation picture tells reported entries by municipality") {
    register_store run(":memory:");
    run.fill();
    picture_options options;
    const auto picture = [&](const char* on) { return try_situation(run.in(), day(on), options).value().picture; };
    const report::situation now = picture("2026-07-11");
    REQUIRE(now.registers.size() == 1);
    CHECK(now.registers.front().entries.size() == 2);
    const auto all = report::picture_part::all;
    const std::string text = report::situation_text(now, all, "fi");
    CHECK_MESSAGE(has(text, "\n  Kemi\n  - Laji: ongelmakohta\n    Kuvaus: Pitkä matka\n"), text);
    CHECK_MESSAGE(has(text, "Katsottava uudelleen viimeistään: 10.7.2026 (myöhässä)"), text);
    CHECK(text.find("Kemi") < text.find("Tornio"));
    CHECK(has(report::situation_text(now, all, "sv"), "Slag: problempunkt"));
    CHECK(has(report::situation_json(now, all), R"("entry":"k1","fields":{"description":"Pitkä matka")"));
    CHECK(has(report::situation_csv(now, all),
              "toimio,register,practices,t1,851,description,told,\"Hyvä, \"\"toimiva\"\" tapa\",exact\r\n"));
    CHECK(has(report::situation_page(now, all, "en"), "<td>Hyvä, &quot;toimiva&quot; tapa</td>"));
    for (const std::string& part : {report::situation_json(now, report::picture_part::transitions),
                                    report::situation_text(now, report::picture_part::transitions, "fi")})
        CHECK_FALSE(has(part, "Pitkä matka"));
    CHECK(picture("2026-01-09").registers.empty());
    options.path = "top";
    CHECK_FALSE(try_situation(run.in(), day("2026-07-11"), options).has_value());
}

TEST_CASE("workspace/registers: commands and events have schemas") {
    const std::string commands = try_schema("command").value();
    for (const char* each : {"open_register", "record_entry", "amend_entry", "confirm_entry", "end_entry"})
        CHECK(has(commands, "\"const\": \"" + std::string(each) + "\""));
    CHECK(has(try_schema("event").value(), "polku.register_entry_recorded"));
    CHECK(has(try_schema("path").value(), "\"keeper\""));
}

namespace {

/// The example registers of a shipped path after all of its example commands that are nobody's own.
class shipped_registers {
public:
    explicit shipped_registers(const char* path) : in_(workspace::try_open(":memory:").value()) {
        in_->try_use(try_shipped_path(path).value()).value();
        path_ = path;
        const example_file examples = try_shipped_examples(path).value();
        as_of_ = examples.as_of;
        for (const feel::value& each : examples.opening) {
            const auto done = in_->try_execute(each);
            REQUIRE_MESSAGE(done.has_value(), (done ? std::string() : done.error().to_string()));
        }
    }
    feel::value show(const char* id) {
        register_query how;
        how.as_of = as_of_;
        auto shown = in_->try_register(path_, id, how);
        REQUIRE_MESSAGE(shown.has_value(), (shown ? std::string() : shown.error().to_string()));
        return std::move(shown).value();
    }
    std::set<std::string> fields(const char* id) {
        std::set<std::string> ids;
        const feel::value shown = show(id);
        CHECK(at(shown, "entries").as_list().size() > 0);
        for (const feel::value& each : at(shown, "fields").as_list()) ids.emplace(at(each, "id").as_string());
        return ids;
    }
    workspace& in() { return *in_; }
    time::date as_of() const { return as_of_; }

private:
    std::unique_ptr<workspace> in_;
    std::string path_;
    time::date as_of_;
};

}  // namespace

TEST_CASE("workspace/registers: toimio tells good practices and problem points of municipalities in words") {
    shipped_registers run("toimio");
    const feel::value shown = run.show("practices");
    CHECK(at(shown, "about") == feel::value("municipality"));
    std::set<std::string> kinds;
    for (const feel::value& each : at(shown, "entries").as_list())
        kinds.emplace(at(at(each, "fields"), "kind").as_string());
    CHECK(kinds == std::set<std::string>{"good_practice", "operating_model", "problem_point"});
    const report::situation picture = try_situation(run.in(), run.as_of(), {}).value().picture;
    REQUIRE(picture.registers.size() == 1);
    CHECK(has(report::situation_text(picture, report::picture_part::all, "fi"), "Tornio\n  - Laji: hyvä käytäntö"));
}

TEST_CASE("workspace/registers: toimi keeps employers, contract partners, surveys and training material") {
    shipped_registers run("toimi");
    CHECK(run.fields("employers").count("needs") == 1);
    CHECK(run.fields("partners").count("agreed") == 1);
    CHECK(run.fields("surveys").count("learned") == 1);
    CHECK(run.fields("training_material").count("topic") == 1);
    CHECK_FALSE(has(json::write(run.show("employers")), "Maija"));
}

TEST_CASE("workspace/registers: tyokyky-kayttoon keeps a company's own needs and its will to social procurement") {
    shipped_registers run("tyokyky-kayttoon");
    const std::set<std::string> fields = run.fields("employer_needs");
    for (const char* each : {"recruitment difficulty", "part-time culture", "social procurement"})
        CHECK(fields.count(each) == 1);
    const feel::value entry = at(run.show("employer_needs"), "entries").as_list()[0];
    CHECK(at(at(entry, "fields"), "part-time culture") == feel::value(true));
    CHECK(at(at(entry, "fields"), "social procurement") == feel::value("willing"));
}

TEST_CASE("workspace/registers: tyokyky-kayttoon keeps by area what developer clients, experts and close ones bring") {
    shipped_registers run("tyokyky-kayttoon");
    const feel::value shown = run.show("readiness");
    CHECK(at(shown, "about") == feel::value("municipality"));
    CHECK(ids_of(shown) == names{"rovaniemi-1", "kemijarvi-1"});
    std::set<std::string> who;
    for (const auto& each : at(at(shown, "fields").as_list()[0], "values").as_context()) who.emplace(each.name);
    CHECK(who == std::set<std::string>{"associations", "close_ones", "developer_clients", "experience_experts"});
    // What nobody has looked at in time is told as late.
    CHECK(at(at(shown, "entries").as_list()[1], "late") == feel::value(true));
}
