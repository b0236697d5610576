// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_UNIT_PATH_SUPPLEMENT_STORY_HPP
#define POLKU_TESTS_UNIT_PATH_SUPPLEMENT_STORY_HPP

#include <polku/path/supplement.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "files.hpp"

/// An employer and a programme with the shipped models, to which commands are given one by one.
namespace supplement_story {

namespace path = polku::path;
namespace feel = polku::feel;
using polku::error_code;

inline polku::time::date day(const char* text) { return polku::time::parse_date(text).value(); }
inline feel::number euros(const char* text) { return feel::number::parse(text).value(); }

inline const std::string client = "0123456789abcdef0123456789abcdef";
inline const std::string programme_id = "00000000000000000000000000000901";

inline path::supplement_terms shipped_terms(const std::string& version = "2026-1") {
    const std::string folder = std::string(POLKU_SOURCE_DIR) + "/src/packs/tyollistamislisa/";
    path::terms_definition says;
    says.id = "tyollistamislisa";
    says.version = version;
    says.valid.from = day("2026-03-01");
    says.model = "terms-" + version + ".dmn";
    says.law = "law.dmn";
    for (const char* each :
         {"long-term unemployed", "reduced work ability", "immigrant", "recent graduate", "long away from work"})
        says.groups[each] = {{"en", each}};
    says.completion_time = "P14D";
    says.effect_points = {"P1M", "P3M", "P6M"};
    path::terms_sources with;
    with.content_hash[31] = static_cast<std::uint8_t>(version.back() - '0');
    for (const std::string& name : {says.model, says.law}) with.models[name] = test_files::text_of(folder + name);
    return path::try_compile_terms(std::move(says), std::move(with)).value();
}

inline std::string hash_of(char digit) { return std::string(63, '0') + digit; }

inline path::employer_details company() {
    path::employer_details made;
    made.name = "Kuvitteellinen Konepaja Oy";
    made.business_id = "9000001-1";
    return made;
}

inline path::application_details whole_details() {
    path::application_details made;
    made.job = "varastotyö";
    made.starts_on = day("2026-04-01");
    made.ends_on = day("2026-12-31");
    made.weekly_hours = 30;
    made.pay_follows_agreement = true;
    made.pay_subsidy = false;
    made.municipal_supplement = false;
    made.wage_or_tax_debts = false;
    made.recent_dismissals = false;
    made.attachments = {"employment contract", "consent of the employee", "de minimis declaration"};
    return made;
}

/// Runs commands on the days that they tell of, and keeps the states.
struct story {
    path::employer_state employer;
    path::programme_state programme;
    std::vector<path::supplement_terms> terms{shipped_terms()};
    std::string employer_id = "00000000000000000000000000000e01";

    path::supplement_room room() const { return {employer_id, &programme, terms}; }
    static path::context on(const char* when) { return {day(when), "worker-901", "employment supplement", 0}; }

    polku::result<path::supplement_decided> ask(const char* when, const path::employer_command& what) const {
        return path::decide_employer(employer, room(), what, {}, on(when));
    }
    /// The events must come; they are folded.
    path::supplement_decided run(const char* when, const path::employer_command& what) {
        auto made = ask(when, what);
        REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().to_string()));
        for (const auto& each : made->events) employer = path::evolve_employer(std::move(employer), each);
        for (const auto& each : made->of_programme) programme = path::evolve_programme(std::move(programme), each);
        return std::move(made).value();
    }
    void run_programme(const char* when, const path::programme_command& what) {
        auto made = path::decide_programme(programme, terms, what, {}, on(when));
        REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().to_string()));
        for (const auto& each : *made) programme = path::evolve_programme(std::move(programme), each);
    }
    error_code refused(const char* when, const path::employer_command& what) const {
        const auto made = ask(when, what);
        REQUIRE_FALSE(made.has_value());
        return made.error().code();
    }
    const path::application& at(const char* id = "a-1") const {
        const path::application* const found = path::find_application(employer, id);
        REQUIRE(found != nullptr);
        return *found;
    }
    path::supplement_sums sums(const char* id = "a-1") const { return path::sums_of(at(id)); }

    void open(const char* budget = "10000.00") {
        run_programme("2026-03-01",
                      path::open_programme{{{"en", "Pilot"}}, {day("2026-03-01"), day("2026-12-31")}, euros(budget)});
        run_programme("2026-03-01", path::publish_terms{hash_of('1'), day("2026-03-01")});
        run("2026-03-02", path::open_employer{company()});
    }
    void draft(path::application_details details = whole_details(), const char* id = "a-1",
               const char* group = "long-term unemployed") {
        run("2026-03-02", path::draft_application{id, programme_id, {}, client, group, std::move(details)});
    }
    void submit(const char* id = "a-1") { run("2026-03-03", path::submit_application{id}); }
    void confirm(const char* id = "a-1", const char* group = "long-term unemployed") {
        run("2026-03-04", path::confirm_group{id, group});
    }
    void decide(const char* id = "a-1", const char* decision = "d-1") {
        run("2026-03-10", path::decide_application{id, decision, {}, {}});
    }
    void grant(path::application_details details = whole_details(), const char* id = "a-1",
               const char* decision = "d-1", const char* group = "long-term unemployed") {
        draft(std::move(details), id, group);
        submit(id);
        confirm(id, group);
        decide(id, decision);
    }
    void start() { run("2026-04-01", path::start_employment{"a-1"}); }
    void claim(const char* when, const char* id, const char* month, const char* worked, const char* full = "130") {
        run(when, path::claim_payment{
                      "a-1", id, day(month), euros(worked), euros(full), euros("2000"), euros("0"), {"pay slip"}});
    }
};

}  // namespace supplement_story

#endif
