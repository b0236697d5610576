// SPDX-License-Identifier: Apache-2.0
#include <polku/path/supplement.hpp>

#include "supplement_story.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

using namespace supplement_story;

namespace {

const path::supplement_decision& decision(const story& of, std::size_t index = 0, const char* id = "a-1") {
    return of.at(id).decisions.at(index).content;
}

bool has_reason(const path::supplement_decision& of, const char* rule, bool against) {
    return std::any_of(of.reasons.begin(), of.reasons.end(),
                       [&](const path::rule_reason& each) { return each.rule == rule && each.against == against; });
}

/// Stories that lead to each phase.
std::vector<std::pair<path::application_phase, std::function<void(story&)>>> ways() {
    using phase = path::application_phase;
    const auto granted = [](story& of) { of.grant(); };
    const auto running = [](story& of) {
        of.grant();
        of.start();
    };
    return {{phase::draft, [](story& of) { of.draft(); }},
            {phase::submitted,
             [](story& of) {
                 of.draft();
                 of.submit();
             }},
            {phase::completing,
             [](story& of) {
                 of.draft({});
                 of.submit();
                 of.run("2026-03-04", path::request_completion{"a-1", {}, {}});
             }},
            {phase::refused,
             [](story& of) {
                 auto few = whole_details();
                 few.weekly_hours = 10;
                 of.grant(few);
             }},
            {phase::granted, granted},
            {phase::running, running},
            {phase::interrupted,
             [running](story& of) {
                 running(of);
                 of.run("2026-05-01", path::interrupt_employment{"a-1", "sickness"});
             }},
            {phase::ended,
             [running](story& of) {
                 running(of);
                 of.run("2026-05-31", path::end_employment{"a-1", "resigned"});
             }},
            {phase::settled,
             [granted](story& of) {
                 granted(of);
                 of.run("2026-04-01", path::settle_application{"a-1"});
             }},
            {phase::withdrawn, [](story& of) {
                 of.draft();
                 of.run("2026-03-03", path::withdraw_application{"a-1", "no job"});
             }}};
}

/// One command of each type to the application, made so that only the phase can stand against it.
std::vector<path::employer_command> all_steps() {
    return {path::amend_application{"a-1", {}, {}, {}},
            path::submit_application{"a-1"},
            path::confirm_group{"a-1", "immigrant"},
            path::request_completion{"a-1", {}, "more of the job"},
            path::withdraw_application{"a-1", "reason"},
            path::decide_application{"a-1", "d-9", {}, {}},
            path::give_notice{"a-1", "d-1", polku::time::notice_way::letter, {}},
            path::record_receipt{"a-1", "d-1", day("2026-06-02")},
            path::file_claim{"a-1", "c-1", "d-1", "employer", "wrong"},
            path::decide_claim{"a-1", "c-1", "d-9", path::claim_outcome::kept, "no", {}},
            path::record_appeal{"a-1", "ap-1", "d-1", "employer", "wrong"},
            path::record_appeal_outcome{"a-1", "ap-1", path::appeal_outcome::rejected, "no"},
            path::start_employment{"a-1"},
            path::interrupt_employment{"a-1", "reason"},
            path::resume_employment{"a-1"},
            path::end_employment{"a-1", "reason"},
            path::claim_payment{"a-1", "p-1", day("2026-05-01"), {}, {}, {}, {}, {}},
            path::pay_claim{"a-1", "p-1", "ref"},
            path::recover_payment{"a-1", "r-1", euros("1.00"), "reason"},
            path::record_repayment{"a-1", "r-1", euros("1.00")},
            path::record_effect{"a-1", "P1M", true, {}},
            path::settle_application{"a-1"}};
}

using names = std::set<std::string>;

const std::map<path::application_phase, names>& legal() {
    using phase = path::application_phase;
    static const std::map<phase, names> table{
        {phase::draft, {"amend_application", "submit_application", "withdraw_application"}},
        {phase::submitted, {"confirm_group", "request_completion", "withdraw_application", "decide_application"}},
        {phase::completing,
         {"amend_application", "submit_application", "confirm_group", "withdraw_application", "decide_application"}},
        {phase::refused, {"give_notice", "recover_payment", "record_repayment"}},
        {phase::granted, {"give_notice", "start_employment", "record_repayment", "settle_application"}},
        {phase::running,
         {"give_notice", "interrupt_employment", "end_employment", "claim_payment", "pay_claim", "recover_payment",
          "record_repayment", "record_effect"}},
        {phase::interrupted,
         {"give_notice", "resume_employment", "end_employment", "claim_payment", "pay_claim", "recover_payment",
          "record_repayment", "record_effect"}},
        {phase::ended,
         {"give_notice", "claim_payment", "pay_claim", "recover_payment", "record_repayment", "record_effect",
          "settle_application"}},
        {phase::settled, {"give_notice", "recover_payment", "record_repayment", "record_effect"}},
        {phase::withdrawn, {}}};
    return table;
}

}  // namespace

TEST_SUITE("supplement") {
    TEST_CASE("every phase takes its own steps, and an illegal one names them") {
        for (const auto& way : ways()) {
            story of;
            of.open();
            way.second(of);
            REQUIRE(of.at().phase == way.first);
            const names& open = legal().at(way.first);
            const std::vector<std::string> told = path::open_steps(of.at());
            CHECK(names(told.begin(), told.end()) == open);
            for (const path::employer_command& step : all_steps()) {
                const std::string type(path::type_of(step));
                CAPTURE(type);
                const auto made = of.ask("2026-06-02", step);
                const bool refused = !made.has_value() && made.error().code() == error_code::illegal_application_step;
                CHECK(refused == (open.count(type) == 0));
                if (!refused) continue;
                for (const std::string& each : open)
                    CHECK(made.error().message().find("'" + each + "'") != std::string::npos);
            }
        }
    }

    TEST_CASE("a whole application is granted with its reasons, and money is set aside") {
        story of;
        of.open();
        of.grant();
        const path::supplement_decision& made = decision(of);
        CHECK(made.outcome == path::decision_outcome::granted);
        CHECK(made.monthly_amount == euros("500"));
        CHECK(made.months == 6);
        CHECK(made.total == euros("3000.00"));
        CHECK(made.terms_version == "2026-1");
        CHECK(made.terms_hash == hash_of('1'));
        CHECK(made.remedy.remedy == "rectification");
        CHECK(made.remedy.days == 14);
        for (const char* rule : {"employer_eligible", "group_confirmed", "employment_eligible", "no_other_support",
                                 "amount_full_time", "months_basic", "de_minimis_fits"})
            CHECK(has_reason(made, rule, false));
        CHECK(path::reserved_in(of.programme) == euros("3000"));
        CHECK(path::free_budget(of.programme) == euros("7000"));
    }

    TEST_CASE("each rule that speaks against is the reason of a refusal") {
        struct odd {
            const char* rule;
            std::function<void(path::application_details&)> make;
        };
        const std::vector<odd> cases{{"employer_debts", [](auto& of) { of.wage_or_tax_debts = true; }},
                                     {"employer_dismissed", [](auto& of) { of.recent_dismissals = true; }},
                                     {"pay_below_agreement", [](auto& of) { of.pay_follows_agreement = false; }},
                                     {"hours_too_few", [](auto& of) { of.weekly_hours = euros("17.99"); }},
                                     {"started_before_application", [](auto& of) { of.starts_on = day("2026-03-02"); }},
                                     {"municipal_supplement_granted", [](auto& of) { of.municipal_supplement = true; }},
                                     {"contract_too_short", [](auto& of) { of.ends_on = day("2026-04-29"); }}};
        for (const odd& each : cases) {
            CAPTURE(each.rule);
            story of;
            of.open();
            auto details = whole_details();
            each.make(details);
            of.grant(details);
            CHECK(decision(of).outcome == path::decision_outcome::refused);
            CHECK(has_reason(decision(of), each.rule, true));
            CHECK(decision(of).total.is_zero());
            CHECK(path::reserved_in(of.programme).is_zero());
        }
    }

    TEST_CASE("nobody is in the target group before the employment area says so") {
        story of;
        of.open();
        of.draft();
        of.submit();
        of.decide();
        CHECK(has_reason(decision(of), "group_not_confirmed", true));
    }

    TEST_CASE("amounts follow group, hours and other support; months the contract and what was asked") {
        story of;
        of.open();
        auto part = whole_details();
        part.weekly_hours = euros("29.5");
        part.pay_subsidy = false;
        of.grant(part, "a-1", "d-1", "reduced work ability");
        CHECK(decision(of).monthly_amount == euros("425"));
        CHECK(decision(of).months == 8);
        auto beside = whole_details();
        beside.pay_subsidy = true;
        beside.ends_on = day("2026-06-30");
        beside.months_asked = 5;
        of.grant(beside, "a-2");
        CHECK(decision(of, 0, "a-2").monthly_amount == euros("250"));
        CHECK(decision(of, 0, "a-2").months == 3);
        CHECK(decision(of, 0, "a-2").outcome == path::decision_outcome::partly_granted);
        CHECK(has_reason(decision(of, 0, "a-2"), "beside_pay_subsidy", false));
        auto permanent = whole_details();
        permanent.ends_on.reset();
        permanent.permanent = true;
        of.grant(permanent, "a-3");
        CHECK(decision(of, 0, "a-3").months == 6);
    }

    TEST_CASE("what an application lacks is named, asked for, and refused when it does not come") {
        story of;
        of.open();
        path::application_details little;
        little.weekly_hours = 20;
        of.draft(little);
        of.submit();
        const std::vector<std::string> missing{"job",
                                               "starts on",
                                               "ends on",
                                               "pay follows agreement",
                                               "pay subsidy",
                                               "municipal supplement",
                                               "wage or tax debts",
                                               "recent dismissals",
                                               "employment contract",
                                               "consent of the employee",
                                               "de minimis declaration"};
        CHECK(of.at().missing == missing);
        CHECK(of.refused("2026-03-04", path::decide_application{"a-1", "d-1", {}, {}}) ==
              error_code::application_incomplete);
        of.run("2026-03-04", path::request_completion{"a-1", {}, {}});
        CHECK(of.at().completion_until == day("2026-03-18"));
        SUBCASE("it comes: the day of arrival stays") {
            of.run("2026-03-16", path::amend_application{"a-1", {}, {}, whole_details()});
            of.run("2026-03-16", path::submit_application{"a-1"});
            CHECK(of.at().missing.empty());
            CHECK(of.at().arrived == day("2026-03-03"));
            of.run("2026-03-17", path::confirm_group{"a-1", "immigrant"});
            of.run("2026-03-17", path::decide_application{"a-1", "d-1", {}, {}});
            CHECK(decision(of).outcome == path::decision_outcome::granted);
        }
        SUBCASE("it does not come") {
            CHECK(of.refused("2026-03-18", path::decide_application{"a-1", "d-1", {}, {}}) ==
                  error_code::application_incomplete);
            of.run("2026-03-19", path::decide_application{"a-1", "d-1", {}, {}});
            CHECK(decision(of).outcome == path::decision_outcome::refused);
            CHECK(decision(of).reasons.size() == missing.size());
            CHECK(has_reason(decision(of), "employment contract", true));
            CHECK(decision(of).remedy.days == 14);
        }
    }

    TEST_CASE("an association without economic activity needs no declaration of aid and has no limit of it") {
        story of;
        of.open();
        auto details = company();
        details.kind = path::employer_kind::association;
        details.economic_activity = false;
        of.run("2026-03-02", path::update_employer{details});
        auto told = whole_details();
        told.attachments.pop_back();
        of.grant(told);
        CHECK(of.at().missing.empty());
        CHECK(decision(of).outcome == path::decision_outcome::granted);
        CHECK_FALSE(decision(of).aid.has_value());
        CHECK(path::aid_of(of.employer).empty());
    }
}

TEST_SUITE("supplement remedies") {
    struct received {
        const char* sent;
        polku::time::notice_way way;
        const char* day_of_receipt;
        int days;
        const char* last;
    };

    TEST_CASE("the time for contesting runs from the receipt that the law presumes") {
        using way = polku::time::notice_way;
        // Vectors of the law notes: letters of 1.6. and 18.12.2026, an electronic message of 1.6.2026.
        const std::vector<received> cases{{"2026-06-01", way::letter, "2026-06-08", 14, "2026-06-22"},
                                          {"2026-06-01", way::letter, "2026-06-08", 30, "2026-07-08"},
                                          {"2026-12-18", way::letter, "2026-12-25", 14, "2027-01-08"},
                                          {"2026-12-18", way::letter, "2026-12-25", 30, "2027-01-25"},
                                          {"2026-06-01", way::electronic_message, "2026-06-04", 14, "2026-06-18"}};
        for (const received& each : cases) {
            path::decision_entry entry;
            entry.content.remedy = shipped_terms().try_remedy(each.days == 14 ? "grant" : "rectification").value();
            CHECK(entry.content.remedy.days == each.days);
            entry.notice = path::notice_record{each.way, day(each.sent), {}};
            const auto period = path::contest_period_of(entry);
            REQUIRE(period.has_value());
            CHECK(period->received == day(each.day_of_receipt));
            CHECK(period->presumed);
            CHECK(period->last == day(each.last));
        }
    }

    TEST_CASE("a claim on the last day is in time, a day later it is inadmissible") {
        story of;
        of.open();
        of.grant();
        of.run("2026-06-01", path::give_notice{"a-1", "d-1", polku::time::notice_way::letter, {}});
        SUBCASE("in time: kept, with an appeal of 30 days") {
            of.run("2026-06-22", path::file_claim{"a-1", "c-1", "d-1", "employer", "more months"});
            CHECK(of.at().claims.at(0).in_time);
            CHECK(of.at().claims.at(0).last_day == day("2026-06-22"));
            CHECK(of.refused("2026-06-23", path::file_claim{"a-1", "c-2", "d-1", "employer", "again"}) ==
                  error_code::illegal_application_step);
            of.run("2026-07-01", path::decide_claim{"a-1", "c-1", "d-2", path::claim_outcome::kept, "as before", {}});
            CHECK(decision(of, 1).kind == path::decision_kind::rectified);
            CHECK(decision(of, 1).total == euros("3000"));
            CHECK(decision(of, 1).remedy == path::remedy_rule{"appeal", 30, "kuntalaki 410/2015 134–138 §"});
            CHECK(path::reserved_in(of.programme) == euros("3000"));
            CHECK(path::aid_of(of.employer).at(0).day == day("2026-03-10"));
            of.run("2026-07-01", path::give_notice{"a-1", "d-2", polku::time::notice_way::electronic_message, {}});
            CHECK(of.refused("2026-07-02", path::record_appeal{"a-1", "ap-1", "d-1", "employer", "wrong"}) ==
                  error_code::invalid_argument);
            // Received on 4.7., the last day 3.8.2026.
            of.run("2026-08-03", path::record_appeal{"a-1", "ap-1", "d-2", "employer", "wrong"});
            CHECK(of.at().appeals.at(0).in_time);
            of.run("2026-10-01",
                   path::record_appeal_outcome{"a-1", "ap-1", path::appeal_outcome::returned, "decide anew"});
            CHECK(of.at().phase == path::application_phase::submitted);
            of.run("2026-10-02", path::decide_application{"a-1", "d-3", {}, {}});
            CHECK(decision(of, 2).kind == path::decision_kind::anew);
            CHECK(of.at().phase == path::application_phase::granted);
            CHECK(path::reserved_in(of.programme) == euros("3000"));
        }
        SUBCASE("late") {
            of.run("2026-06-23", path::file_claim{"a-1", "c-1", "d-1", "employer", "more months"});
            CHECK_FALSE(of.at().claims.at(0).in_time);
            CHECK(of.refused("2026-07-01",
                             path::decide_claim{"a-1", "c-1", "d-2", path::claim_outcome::changed, "yes", {}}) ==
                  error_code::illegal_application_step);
            of.run("2026-07-01",
                   path::decide_claim{"a-1", "c-1", "d-2", path::claim_outcome::inadmissible, "late", {}});
            CHECK(of.at().claims.at(0).outcome == "inadmissible");
            CHECK(decision(of, 1).total == euros("3000"));
        }
        SUBCASE("a shown day of receipt replaces the presumption") {
            of.run("2026-06-15", path::record_receipt{"a-1", "d-1", day("2026-06-12")});
            of.run("2026-06-26", path::file_claim{"a-1", "c-1", "d-1", "employer", "more months"});
            CHECK(of.at().claims.at(0).in_time);
        }
    }

    TEST_CASE("a claim with something new is decided by the rules anew, and the money follows") {
        story of;
        of.open();
        auto part = whole_details();
        part.weekly_hours = 20;
        of.grant(part);
        CHECK(path::reserved_in(of.programme) == euros("2100"));
        of.run("2026-03-11", path::give_notice{"a-1", "d-1", polku::time::notice_way::electronic_message, {}});
        CHECK(of.refused("2026-03-12", path::amend_application{"a-1", {}, {}, whole_details()}) ==
              error_code::illegal_application_step);
        of.run("2026-03-12", path::file_claim{"a-1", "c-1", "d-1", "employer", "30 hours were agreed"});
        path::application_details more;
        more.weekly_hours = 30;
        of.run("2026-03-12", path::amend_application{"a-1", {}, {}, more});
        of.run("2026-03-13", path::decide_claim{"a-1", "c-1", "d-2", path::claim_outcome::changed, "30 hours", {}});
        CHECK(decision(of, 1).total == euros("3000"));
        CHECK(path::reserved_in(of.programme) == euros("3000"));
        CHECK(path::aid_of(of.employer).at(0).day == day("2026-03-13"));
    }
}

TEST_SUITE("supplement money") {
    TEST_CASE("de minimis aid counts for three years from the day of the right to it") {
        const path::supplement_terms terms = shipped_terms();
        std::vector<path::aid_grant> got{{day("2024-03-01"), euros("120000"), "a"},
                                         {day("2025-06-01"), euros("100000"), "b"}};
        const auto third = terms.try_aid(got, day("2026-11-01"), euros("70000")).value();
        CHECK(third.total == euros("290000"));
        CHECK(third.limit == euros("300000"));
        CHECK(third.allowed);
        CHECK(third.rule == "de_minimis_fits");
        got.push_back({day("2026-11-01"), euros("70000"), "c"});
        const auto fourth = terms.try_aid(got, day("2027-02-01"), euros("15000")).value();
        CHECK(fourth.total == euros("305000"));
        CHECK_FALSE(fourth.allowed);
        CHECK(fourth.rule == "de_minimis_over");
        CHECK(terms.try_aid(got, day("2027-02-01"), euros("10000")).value().allowed);
        CHECK_FALSE(terms.try_aid(got, day("2027-02-01"), euros("10000.01")).value().allowed);
        CHECK_FALSE(terms.try_aid(got, day("2027-03-01"), euros("15000")).value().allowed);
        const auto later = terms.try_aid(got, day("2027-03-02"), euros("15000")).value();
        CHECK(later.total == euros("185000"));
        CHECK(later.allowed);
        for (const char* outside : {"2023-12-31", "2031-01-01"}) {
            const auto made = terms.try_aid(got, day(outside), euros("1"));
            REQUIRE_FALSE(made.has_value());
            CHECK(made.error().code() == error_code::terms_not_in_force);
        }
    }

    TEST_CASE("a grant that would pass the limit of aid is refused for that") {
        story of;
        of.open();
        of.run("2026-03-02", path::declare_aid{{day("2025-05-05"), euros("297000.01"), "Esimerkkilä"}});
        of.grant();
        CHECK(decision(of).outcome == path::decision_outcome::refused);
        CHECK(has_reason(decision(of), "de_minimis_over", true));
        CHECK(decision(of).aid->total == euros("300000.01"));
    }

    TEST_CASE("one undertaking does not get the limit of aid twice by applying as two employers") {
        story of;
        of.open();
        of.grant();
        story other = of;
        other.employer = {};
        other.employer_id = "00000000000000000000000000000e02";
        auto details = company();
        details.business_id = "9000003-8";
        details.members = {{"9000001-1", "Kuvitteellinen Konepaja Oy"}};
        other.run("2026-03-02", path::open_employer{details});
        other.draft();
        other.submit();
        other.confirm();
        CHECK(other.refused("2026-03-10", path::decide_application{"a-1", "d-1", {}, {}}) ==
              error_code::duplicate_record);
    }

    TEST_CASE("partial months are paid to the cent, and never more than was granted") {
        story of;
        of.open();
        of.grant();
        of.start();
        of.claim("2026-05-04", "p-4", "2026-04-15", "100", "130");
        CHECK(of.at().payment_claims.at(0).month == day("2026-04-01"));
        of.run("2026-05-05", path::pay_claim{"a-1", "p-4", "ref-4"});
        CHECK(of.at().payment_claims.at(0).payment->amount == euros("384.62"));  // 500 x 100/130 = 384.615...
        CHECK(of.refused("2026-05-05", path::pay_claim{"a-1", "p-4", "ref-4"}) == error_code::record_not_open);
        of.claim("2026-06-02", "p-5", "2026-05-01", "140", "130");  // more hours than full give no more money
        of.run("2026-06-02", path::pay_claim{"a-1", "p-5", "ref-5"});
        CHECK(of.sums().paid == euros("884.62"));
        CHECK(of.refused("2026-06-03", path::claim_payment{"a-1", "p-5b", day("2026-05-20"), {}, {}, {}, {}, {}}) ==
              error_code::duplicate_record);
        CHECK(of.refused("2026-06-03", path::claim_payment{"a-1", "p-6", day("2026-06-01"), {}, {}, {}, {}, {}}) ==
              error_code::command_too_early);
        CHECK(of.refused("2026-11-03", path::claim_payment{"a-1", "p-10", day("2026-10-01"), {}, {}, {}, {}, {}}) ==
              error_code::invalid_argument);
    }

    TEST_CASE("for all hours of six months the sum of payments stays within the grant") {
        for (const char* full : {"129.37", "130", "7.5"}) {
            story of;
            of.open();
            of.grant();
            of.start();
            feel::number sum;
            for (int month = 4; month <= 9; ++month) {
                const std::string number = "2026-0" + std::to_string(month) + "-01";
                const std::string id = "p-" + std::to_string(month);
                of.claim("2026-10-02", id.c_str(), number.c_str(), "7.49", full);
                of.run("2026-10-02", path::pay_claim{"a-1", id, "ref"});
                const feel::number paid = of.at().payment_claims.back().payment->amount;
                CHECK(feel::quantize(paid, 2, feel::rounding::half_even) == paid);
                sum = feel::add(sum, paid).value();
            }
            CHECK(of.sums().paid == sum);
            CHECK(sum <= euros("3000"));
            CHECK(of.sums().left == feel::subtract(euros("3000"), sum));
        }
    }

    TEST_CASE("pay does not pass what the wage cost leaves, and an incomplete claim waits") {
        story of;
        of.open();
        of.grant();
        of.start();
        of.run("2026-05-04",
               path::claim_payment{
                   "a-1", "p-4", day("2026-04-01"), euros("130"), euros("130"), euros("1000.55"), euros("700.50"), {}});
        CHECK(of.at().payment_claims.at(0).missing == std::vector<std::string>{"pay slip"});
        CHECK(of.refused("2026-05-04", path::pay_claim{"a-1", "p-4", "ref"}) == error_code::application_incomplete);
        of.run("2026-05-06", path::claim_payment{"a-1", "p-4", day("2026-04-01"), {}, {}, {}, {}, {"pay slip"}});
        of.run("2026-05-06", path::pay_claim{"a-1", "p-4", "ref"});
        CHECK(of.sums().paid == euros("300.05"));
    }

    TEST_CASE("a month without work is not paid, and the time may end early") {
        story of;
        of.open();
        of.grant();
        of.start();
        of.run("2026-04-20", path::interrupt_employment{"a-1", "sickness"});
        of.run("2026-06-05", path::resume_employment{"a-1"});
        CHECK(of.refused("2026-06-06", path::claim_payment{"a-1", "p-5", day("2026-05-01"), {}, {}, {}, {}, {}}) ==
              error_code::invalid_argument);
        of.claim("2026-06-06", "p-4", "2026-04-01", "60");
        of.run("2026-06-10", path::end_employment{"a-1", "resigned"});
        of.claim("2026-06-10", "p-6", "2026-06-01", "20");
        CHECK(path::supported_until(of.at()) == day("2026-06-10"));
        CHECK(of.refused("2026-06-11", path::settle_application{"a-1"}) == error_code::step_missing);
        of.run("2026-06-12", path::pay_claim{"a-1", "p-4", "ref"});
        of.run("2026-06-12", path::pay_claim{"a-1", "p-6", "ref"});
        const feel::number paid = of.sums().paid;
        CHECK(paid == euros("307.69"));  // 230.77 + 76.92
        of.run("2026-06-13", path::settle_application{"a-1"});
        CHECK(path::reserved_in(of.programme) == paid);
        CHECK(of.sums().left.is_zero());
    }

    TEST_CASE("what was paid without right is recovered, no more than was paid, and contested like a grant") {
        story of;
        of.open();
        of.grant();
        of.start();
        of.claim("2026-05-04", "p-4", "2026-04-01", "130");
        of.run("2026-05-05", path::pay_claim{"a-1", "p-4", "ref"});
        CHECK(of.refused("2026-05-06", path::recover_payment{"a-1", "r-1", euros("500.01"), "wrong hours"}) ==
              error_code::amount_exceeded);
        CHECK(of.refused("2026-05-06", path::recover_payment{"a-1", "r-1", euros("0.001"), "wrong hours"}) ==
              error_code::invalid_argument);
        of.run("2026-05-06", path::recover_payment{"a-1", "r-1", euros("200.00"), "wrong hours"});
        CHECK(of.at().phase == path::application_phase::running);
        CHECK(path::newest_decision(of.at())->id == "d-1");
        of.run("2026-05-06", path::give_notice{"a-1", "r-1", polku::time::notice_way::electronic_message, {}});
        of.run("2026-05-07", path::file_claim{"a-1", "c-1", "r-1", "employer", "too much"});
        CHECK(of.refused("2026-05-08",
                         path::decide_claim{"a-1", "c-1", "r-2", path::claim_outcome::changed, "less", {}}) ==
              error_code::missing_detail);
        of.run("2026-05-08",
               path::decide_claim{"a-1", "c-1", "r-2", path::claim_outcome::changed, "less", euros("120.50")});
        CHECK(of.sums().to_recover == euros("120.50"));
        CHECK(of.at().phase == path::application_phase::running);
        of.run("2026-05-20", path::record_repayment{"a-1", "r-1", euros("100.00")});
        CHECK(of.refused("2026-05-21", path::record_repayment{"a-1", "r-1", euros("20.51")}) ==
              error_code::amount_exceeded);
        of.run("2026-05-21", path::record_repayment{"a-1", "r-1", euros("20.50")});
        CHECK(of.sums().repaid == euros("120.50"));
        CHECK(path::reserved_in(of.programme) == euros("2879.50"));
    }

    TEST_CASE("the budget holds: the last money goes to one, and spent money is a reason of its own") {
        story of;
        of.open("3000.00");
        CHECK(of.refused("2026-03-02", path::draft_application{"a-1", programme_id, "9000003-8", {}, {}, {}}) ==
              error_code::unknown_path_item);
        of.draft(whole_details(), "a-1");
        of.draft(whole_details(), "a-2");
        for (const char* each : {"a-1", "a-2"}) {
            of.submit(each);
            of.confirm(each);
        }
        CHECK(of.refused("2026-03-10", path::decide_application{"a-1", "d-1", {}, true}) ==
              error_code::invalid_argument);
        of.decide("a-1");
        CHECK(of.refused("2026-03-10", path::decide_application{"a-2", "d-1", {}, {}}) == error_code::budget_exceeded);
        of.run("2026-03-10", path::decide_application{"a-2", "d-1", {}, true});
        CHECK(has_reason(decision(of, 0, "a-2"), "budget_spent", true));
        const auto less = path::decide_programme(of.programme, of.terms, path::change_budget{euros("2999.99"), "cut"},
                                                 {}, story::on("2026-03-11"));
        REQUIRE_FALSE(less.has_value());
        CHECK(less.error().code() == error_code::budget_exceeded);
    }
}

TEST_SUITE("supplement programme") {
    TEST_CASE("an application is decided by the terms of the day on which it arrived") {
        story of;
        of.terms.push_back(shipped_terms("2026-2"));
        of.open("20000.00");
        of.run_programme("2026-03-01", path::publish_terms{hash_of('2'), day("2026-09-01")});
        of.draft(whole_details(), "a-1", "reduced work ability");
        of.submit();
        auto later = whole_details();
        later.starts_on = day("2026-09-15");
        later.ends_on = day("2027-12-31");
        of.draft(later, "a-2", "reduced work ability");
        of.run("2026-09-01", path::submit_application{"a-2"});
        for (const char* each : {"a-1", "a-2"}) {
            of.run("2026-09-02", path::confirm_group{each, "reduced work ability"});
            of.run("2026-09-02", path::decide_application{each, "d-1", {}, {}});
        }
        CHECK(decision(of, 0, "a-1").monthly_amount == euros("600"));
        CHECK(decision(of, 0, "a-1").terms_version == "2026-1");
        CHECK(decision(of, 0, "a-2").monthly_amount == euros("700"));
        CHECK(decision(of, 0, "a-2").months == 10);
        CHECK(decision(of, 0, "a-2").terms_version == "2026-2");
    }

    TEST_CASE("terms do not change behind the back of those who applied, and a closed programme takes no more") {
        story of;
        of.terms.push_back(shipped_terms("2026-2"));
        of.open();
        const auto back = path::decide_programme(
            of.programme, of.terms, path::publish_terms{hash_of('2'), day("2026-09-01")}, {}, story::on("2026-09-02"));
        REQUIRE_FALSE(back.has_value());
        CHECK(back.error().code() == error_code::invalid_argument);
        of.draft();
        of.run_programme("2026-03-02", path::close_programme{"pilot over"});
        CHECK(of.refused("2026-03-03", path::submit_application{"a-1"}) == error_code::terms_not_in_force);
    }

    TEST_CASE("what is due is told by day") {
        story of;
        of.open();
        of.grant();
        const auto duties = [&](const char* by) { return path::supplement_due_by(of.employer, of.terms, day(by)); };
        using duty = path::supplement_duty;
        CHECK(duties("2026-03-10") ==
              std::vector<path::supplement_due>{{"a-1", duty::give_notice, "d-1", day("2026-03-10"), false}});
        of.run("2026-03-10", path::give_notice{"a-1", "d-1", polku::time::notice_way::letter, {}});
        CHECK(duties("2026-03-20") ==
              std::vector<path::supplement_due>{{"a-1", duty::contest_ends, "d-1", day("2026-03-31"), false}});
        of.start();
        of.run("2026-05-31", path::end_employment{"a-1", "over"});
        CHECK(duties("2026-06-30") ==
              std::vector<path::supplement_due>{{"a-1", duty::record_effect, "P1M", day("2026-06-30"), false}});
        CHECK(of.refused("2026-06-29", path::record_effect{"a-1", "P1M", true, {}}) == error_code::command_too_early);
        of.run("2026-07-02", path::record_effect{"a-1", "P1M", true, "goes on"});
        CHECK(duties("2026-07-02").empty());
        CHECK(duties("2026-09-01").at(0).late);
    }
}
