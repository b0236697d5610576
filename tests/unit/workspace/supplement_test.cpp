// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/xml_reader.hpp>
#include <polku/json/described.hpp>
#include <polku/json/shipped.hpp>
#include <polku/json/text.hpp>
#include <polku/report/figures.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/supplement_letter.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/supplement.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace polku;

namespace {

time::date day(const char* text) { return time::parse_date(text).value(); }
feel::number euros(const char* text) { return feel::number::parse(text).value(); }

std::unique_ptr<workspace> in_memory() { return workspace::try_open(":memory:").value(); }

result<feel::value> execute(workspace& in, const std::string& command) {
    return in.try_execute(json::try_parse(command).value());
}

const std::string programme = "00000000000000000000000000009908";
std::string employer(int number) { return "0000000000000000000000000000990" + std::to_string(number); }

/// All is recorded at one time and tells of the day `on`: the store's clock does not go back.
std::string envelope(const char* kind, const std::string& stream, const std::string& id, const char* on,
                     const char* command, const std::string& data, const std::string& more = "") {
    const std::string rest = data.substr(1);
    return "{\"" + std::string(kind) + "\":\"" + stream + "\",\"command_id\":\"" + id +
           "\",\"now\":\"2026-03-05T10:00:00Z\",\"actor\":\"worker-901\",\"purpose\":\"employment supplement\"," +
           "\"command\":\"" + command + "\",\"data\":{\"on\":\"" + on + "\"" + (rest == "}" ? "" : ",") + rest + more +
           "}";
}

/// A programme with money for one grant of 3000 euros, and two employers that wait for the decision.
void prepare_race(workspace& in) {
    const terms_bundle terms = try_shipped_terms("2026-1").value();
    REQUIRE(try_use_terms(in, terms).has_value());
    const auto run = [&](const std::string& command) {
        const auto done = execute(in, command);
        REQUIRE_MESSAGE(done.has_value(), (done ? std::string() : done.error().to_string()));
    };
    run(envelope("programme", programme, "p-1", "2026-03-01", "open_programme",
                 R"({"name":{"en":"Pilot"},"valid":{"from":"2026-03-01"},"budget":3000.00})"));
    run(envelope("programme", programme, "p-2", "2026-03-01", "publish_terms",
                 "{\"hash\":\"" + terms.hash_text() + "\",\"from\":\"2026-03-01\"}"));
    const std::array<const char*, 2> ids{"9000001-1", "9000003-8"};
    for (int i = 0; i < 2; ++i) {
        const std::string id = employer(i);
        const std::string key = "e" + std::to_string(i);
        run(envelope("employer", id, key + "-1", "2026-03-02", "open_employer",
                     std::string(R"({"details":{"name":"Kuvitteellinen Oy","business_id":")") +
                         ids[static_cast<std::size_t>(i)] + R"(","kind":"company","economic_activity":true}})"));
        run(envelope("employer", id, key + "-2", "2026-03-02", "draft_application",
                     R"({"application":"a","programme":")" + programme +
                         R"(","client":"0123456789abcdef0123456789abcdef","group":"immigrant","details":{"job":"work",)"
                         R"("starts_on":"2026-04-01","permanent":true,"weekly_hours":30,"pay_follows_agreement":true,)"
                         R"("pay_subsidy":false,"municipal_supplement":false,"wage_or_tax_debts":false,)"
                         R"("recent_dismissals":false,"attachments":["employment contract","consent of the employee",)"
                         R"("de minimis declaration"]}})"));
        run(envelope("employer", id, key + "-3", "2026-03-03", "submit_application", R"({"application":"a"})"));
        run(envelope("employer", id, key + "-4", "2026-03-04", "confirm_group",
                     R"({"application":"a","group":"immigrant"})"));
    }
}

std::string decide(int number, const std::string& more = "") {
    return envelope("employer", employer(number), "d" + std::to_string(number), "2026-03-05", "decide_application",
                    R"({"application":"a","decision":"d"})", more);
}

struct temporary_store {
    std::string path = (std::filesystem::temp_directory_path() /
                        ("polku-supplement-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + ".db"))
                           .string();
    ~temporary_store() {
        for (const char* end : {"", "-wal", "-shm"}) std::remove((path + end).c_str());
    }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_SUITE("supplement in a store") {
    TEST_CASE("the example employers end where the file says, and playing them again changes nothing") {
        const auto store = in_memory();
        const example_employers examples = try_shipped_employers().value();
        const auto played = try_play_employers(*store, examples);
        REQUIRE_MESSAGE(played.has_value(), (played ? std::string() : played.error().to_string()));
        CHECK(*played > 50);
        const std::string head = store->try_head().value();
        CHECK(try_play_employers(*store, examples).has_value());
        CHECK(store->try_head().value() == head);
        CHECK(store->store().try_verify().value().sound());
        const path::programme_state pilot = try_load_programme(*store, examples.programme).value();
        CHECK(pilot.terms.size() == 2);
        // 2 703.46 settled, 4 800 twice (one less the 120.50 that came back), and 7 000.
        CHECK(path::reserved_in(pilot) == euros("19182.96"));
        const feel::value document = try_employer(*store, examples.employers.at(1).employer, day("2026-11-16")).value();
        const std::string text = json::write(document);
        CHECK(has(text, "\"missing\":[\"pay slip\"]"));
        CHECK(has(text, "\"last\":\"2026-04-20\""));
        CHECK(has(json::write(try_supplement_due(*store, day("2026-11-16")).value()), "complete_payment"));
        CHECK(try_employers(*store).value().as_list().size() == examples.employers.size());
        CHECK(has(json::write(try_programme(*store, examples.programme).value()), "\"reserved\":19182.96"));
    }

    TEST_CASE("what tells of the employee is under the employee's subject, and nothing of it elsewhere") {
        const auto store = in_memory();
        prepare_race(*store);
        REQUIRE(execute(*store, decide(0)).has_value());
        const auto stream = storage::stream_id_from_hex(employer(0)).value();
        std::size_t own = 0;
        for (const path::event_envelope& each : store->store().load(stream))
            for (const path::event_part& part : each.parts) {
                if (part.subject != "-") {
                    CHECK(part.subject == "0123456789abcdef0123456789abcdef");
                    CHECK(part.retention_class == "employment");
                    ++own;
                    continue;
                }
                CHECK_FALSE(has(part.bytes, "immigrant"));
                CHECK_FALSE(has(part.bytes, "0123456789abcdef"));
            }
        CHECK(own == 3);
    }

    TEST_CASE("two writers race for the last money: one wins, the other gets a typed refusal") {
        temporary_store file;
        prepare_race(*workspace::try_open(file.path).value());
        std::array<std::optional<error_code>, 2> ended;
        std::vector<std::thread> writers;
        for (int i = 0; i < 2; ++i)
            writers.emplace_back([&ended, &file, i] {
                const auto own = workspace::try_open(file.path).value();
                const auto done = execute(*own, decide(i));
                if (!done) ended[static_cast<std::size_t>(i)] = done.error().code();
            });
        for (std::thread& each : writers) each.join();
        CHECK(ended[0].has_value() != ended[1].has_value());
        CHECK(ended[0].value_or(*ended[1]) == error_code::budget_exceeded);
        const auto store = workspace::try_open(file.path).value();
        CHECK(path::reserved_in(try_load_programme(*store, programme).value()) == euros("3000"));
        const auto late = execute(*store, decide(ended[0] ? 0 : 1, ",\"expected_version\":3"));
        REQUIRE_FALSE(late.has_value());
        CHECK(late.error().code() == error_code::store_version_conflict);
    }

    TEST_CASE("commands that are no good say where and what would be right") {
        const auto store = in_memory();
        prepare_race(*store);
        const auto unknown =
            execute(*store, envelope("employer", employer(0), "x", "2026-03-05", "decide_aplication", "{}"));
        REQUIRE_FALSE(unknown.has_value());
        CHECK(has(unknown.error().message(), "decide_application"));
        const auto nowhere =
            execute(*store, envelope("programme", programme, "y", "2026-03-05", "publish_terms",
                                     "{\"hash\":\"" + std::string(64, '0') + "\",\"from\":\"2026-06-01\"}"));
        REQUIRE_FALSE(nowhere.has_value());
        CHECK(nowhere.error().code() == error_code::not_found);
        const auto wrong =
            execute(*store, envelope("employer", "00000000000000000000000000009909", "z", "2026-03-05", "open_employer",
                                     R"({"details":{"name":"X","business_id":"9000001-2",)"
                                     R"("kind":"company","economic_activity":true}})"));
        REQUIRE_FALSE(wrong.has_value());
        CHECK(wrong.error().code() == error_code::invalid_business_id);
        CHECK(wrong.error().positions().at(0).pointer == "/data/details/business_id");
    }
}

TEST_SUITE("supplement terms and letters") {
    TEST_CASE("every rule and every item of the shipped terms has its text in all languages") {
        for (const std::string& version : shipped_terms_versions()) {
            const terms_bundle bundle = try_shipped_terms(version).value();
            const path::terms_definition& says = bundle.terms.says();
            CHECK(says.version == version);
            CHECK(try_restore_terms(bundle.bytes).value().hash_text() == bundle.hash_text());
            const auto speaks = [](const path::texts& of) {
                return std::all_of(report::languages.begin(), report::languages.end(), [&](std::string_view each) {
                    const auto found = of.find(std::string(each));
                    return found != of.end() && !found->second.empty();
                });
            };
            for (const auto* list : {&says.reasons, &says.items, &says.groups})
                for (const auto& each : *list) CHECK_MESSAGE(speaks(each.second), each.first);
            const std::string text(json::find_shipped("tyollistamislisa/" + says.model).value());
            const dmn::model model = dmn::try_read_model(text, says.model).value();
            std::size_t rules = 0;
            for (const dmn::decision& each : model.decisions) {
                const auto* table = each.logic ? std::get_if<dmn::decision_table>(&each.logic->is) : nullptr;
                if (table == nullptr) continue;
                for (const dmn::decision_rule& rule : table->rules) {
                    const std::string id(rule.id);
                    CHECK_MESSAGE(says.reasons.count(id) == 1, id);
                    ++rules;
                }
            }
            CHECK(rules >= 24);
            const auto missing =
                bundle.terms
                    .try_missing_items(feel::context{{"economic activity", true},
                                                     {"permanent", false},
                                                     {"attachments", feel::value(std::vector<feel::value>{})}})
                    .value();
            CHECK(missing.size() == 13);
            for (const std::string& each : missing) CHECK_MESSAGE(says.items.count(each) == 1, each);
        }
        const auto unknown = try_shipped_terms("2019-1");
        REQUIRE_FALSE(unknown.has_value());
        CHECK(has(unknown.error().message(), "'2026-1', '2026-2'"));
    }

    TEST_CASE("a letter says what was decided, why, and how to contest it, and nothing of the employee") {
        const auto store = in_memory();
        const example_employers examples = try_shipped_employers().value();
        REQUIRE(try_play_employers(*store, examples).has_value());
        const auto letters_of = [&](std::size_t which, std::size_t decision, const char* language) {
            const loaded_employer loaded = try_load_employer(*store, examples.employers.at(which).employer).value();
            const path::application& about = loaded.state.applications.at(0);
            return report::supplement_letter(*loaded.terms_of(about), loaded.state, about, about.decisions.at(decision),
                                             language);
        };
        const std::string granted = letters_of(0, 0, "fi");
        for (const char* part :
             {"Päätös työllistämislisästä", "Työllistämislisä myönnetään.", "3\u00a0000,00\u00a0€",
              "Oikaisuvaatimusohje", "14 päivän kuluessa", "seitsemäntenä päivänä", "kirjaamo@example.invalid",
              "300\u00a0000,00\u00a0€", "Kuvitteellinen Konepaja Oy, 9000001-1", "27.3.2026",
              "Esimerkkimääriä, paikallinen valinta"})
            CHECK_MESSAGE(has(granted, part), part);
        for (const char* part : {"<script", "http", "pitkäaikaistyötön", "71040000000000000000000000000c01"})
            CHECK_MESSAGE(!has(granted, part), part);
        const std::string refused = letters_of(2, 0, "sv");
        CHECK(has(refused, "Ansökan avslås."));
        CHECK(has(refused, "300 000 euro"));
        CHECK_FALSE(has(refused, "Arbetsgivaren hör till dem"));
        const std::string late = letters_of(2, 1, "en");
        CHECK(has(late, "The claim for rectification is inadmissible."));
        CHECK(has(late, "How to appeal"));
        CHECK(has(late, "within 30 days"));
        const std::string recovery = letters_of(3, 1, "en");
        CHECK(has(recovery, "Decision on recovery"));
        CHECK(has(recovery, "€120.50"));
        const std::string plain = letters_of(2, 0, "fi-selko");
        CHECK(has(plain, "<html lang=\"fi\">"));
        for (const char* part : {"Et saa tukea.", "Miksi päätös on tällainen?", "Sinulla on 14 päivää aikaa.",
                                 "Pyynnön nimi on oikaisuvaatimus.", "yläraja ylittyisi"})
            CHECK_MESSAGE(has(plain, part), part);
        CHECK_FALSE(has(plain, "kuluessa"));
        CHECK(report::money_text(euros("1234567.5"), "en") == "€1,234,567.50");
        CHECK(report::money_text(euros("0"), "fi") == "0,00\u00a0€");
    }
}
