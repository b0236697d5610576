// SPDX-License-Identifier: Apache-2.0
// The floors as engines: the workloads' decisions in C++ by hand, over structs made before.
#ifndef POLKU_BENCH_FLOOR_ROWS_HPP
#define POLKU_BENCH_FLOOR_ROWS_HPP

#include "../graph_floor.hpp"
#include "../table_floors.hpp"
#include "rows_protocol.hpp"

#include <polku/json/text.hpp>
#include <polku/time/date.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace polku_bench {

inline int whole_in(const polku::feel::value& row, std::string_view name) {
    return static_cast<int>(row.as_context().find(name)->as_number().to_int64().value());
}

inline std::string_view text_in(const polku::feel::value& row, std::string_view name) {
    return row.as_context().find(name)->as_string();
}

/// A number with at most two decimals in hundredths.
inline std::int64_t cents_in(const polku::feel::value& row, std::string_view name) {
    return polku::feel::multiply(row.as_context().find(name)->as_number(), polku::feel::number(100))
        ->to_int64()
        .value();
}

inline std::chrono::year_month_day day_in(const polku::feel::value& row, std::string_view name) {
    const polku::time::date told = polku::time::parse_date(text_in(row, name)).value();
    return std::chrono::year(static_cast<int>(told.year())) / std::chrono::month(told.month()) /
           std::chrono::day(told.day());
}

/// Hundredths as decimal text.
inline std::string money(std::int64_t cents) {
    const std::string digits = std::to_string(cents % 100);
    return std::to_string(cents / 100) + "." + (digits.size() < 2 ? "0" : "") + digits;
}

/// `Row` is made by `Work::row`, decided by `Work::decide` (a bool-like answer), told by `Work::text`.
template <class Work>
class floor_engine final : public engine {
public:
    void add(const std::string& row) override { rows_.push_back(work_.row(polku::json::try_parse(row).value())); }
    std::uint64_t pass(std::size_t from, std::size_t to) override {
        return hits_of(from, to, [this](std::size_t row) {
            const auto made = work_.decide(rows_[row]);
            keep(&made);
            return work_.hit(made);
        });
    }
    std::string text(std::size_t row) override { return work_.text(work_.decide(rows_[row])); }

private:
    /// The answer must be made, whatever of it is looked at.
    static void keep(const void* answer) { asm volatile("" : : "r"(answer) : "memory"); }

    Work work_;
    std::vector<decltype(Work().row(polku::feel::value()))> rows_;
};

struct small_by_hand {
    small_enum_row row(const polku::feel::value& from) const {
        return {whole_in(from, "age"),
                whole_in(from, "unemployed_months"),
                from.as_context().find("reduced_ability")->is_true(),
                code_of(text_in(from, "employer")),
                code_of(text_in(from, "municipality")),
                whole_in(from, "weekly_hours")};
    }
    small_answer decide(const small_enum_row& from) const { return small_by_enums(from); }
    bool hit(const small_answer&) const { return true; }
    std::string text(const small_answer& made) const {
        return "{\"percentage\":" + std::to_string(made.percentage) +
               ",\"most_months\":" + std::to_string(made.most_months) + "}";
    }
};

struct large_by_hand {
    large_row row(const polku::feel::value& from) const {
        const auto code = [](std::string_view text) {
            return static_cast<std::uint32_t>((text[1] - '0') * 10 + text[2] - '0');
        };
        return {code(text_in(from, "region")), code(text_in(from, "category")),
                static_cast<std::int32_t>(cents_in(from, "amount")), whole_in(from, "score"), whole_in(from, "term")};
    }
    const large_rule* decide(const large_row& from) const { return index_.find(from); }
    bool hit(const large_rule* made) const { return made != nullptr; }
    std::string text(const large_rule* made) const {
        if (made == nullptr) return "null";
        const std::string digits = std::to_string(10'000 + made->rate);  // rates are under 1
        return "{\"rate\":0." + digits.substr(1) + ",\"code\":\"" + std::string(made->code) + "\"}";
    }

private:
    large_index index_;
};

struct graph_by_hand_work {
    graph_row row(const polku::feel::value& from) const {
        graph_row made{day_in(from, "birth_date"),
                       day_in(from, "unemployed_since"),
                       day_in(from, "hired_on"),
                       whole_in(from, "work_ability"),
                       static_cast<employer_kind>(code_of(text_in(from, "employer"))),
                       whole_in(from, "wanted_months"),
                       {}};
        if (const polku::feel::value* payments = from.as_context().find("payments"))
            for (const polku::feel::value& each : payments->as_list())
                made.payments.push_back({kind_of(text_in(each, "kind")), cents_in(each, "amount")});
        return made;
    }
    graph_answer decide(const graph_row& from) const { return graph_by_hand(from); }
    bool hit(const graph_answer&) const { return true; }
    std::string text(const graph_answer& made) const {
        const auto day = polku::time::date::from_parts(static_cast<int>(made.ends_on.year()),
                                                       static_cast<unsigned>(made.ends_on.month()),
                                                       static_cast<unsigned>(made.ends_on.day()));
        return "{\"age\":" + std::to_string(made.age) + ",\"unemployed_days\":" + std::to_string(made.unemployed_days) +
               ",\"wage_base\":" + money(made.wage_base) + ",\"average_wage\":" + money(made.average_wage) +
               ",\"share\":" + money(made.share) + ",\"monthly_cap\":" + money(made.monthly_cap) +
               ",\"most_months\":" + std::to_string(made.most_months) + ",\"subsidy\":" + money(made.subsidy) +
               ",\"months\":" + std::to_string(made.months) +
               ",\"ends_on\":" + polku::json::write(polku::feel::value(*day)) + ",\"total\":" + money(made.total) + "}";
    }

private:
    static payment_kind kind_of(std::string_view text) {
        if (text == "wage") return payment_kind::wage;
        if (text == "bonus") return payment_kind::bonus;
        return text == "holiday" ? payment_kind::holiday : payment_kind::correction;
    }
};

/// The published six rules.
struct six_by_hand {
    struct six_row {
        int amount;
        bool member;
    };
    six_row row(const polku::feel::value& from) const {
        return {whole_in(from, "amount"), from.as_context().find("member")->is_true()};
    }
    int decide(const six_row& from) const {
        if (from.amount >= 500) return from.member ? 20 : 15;
        if (from.amount >= 100) return from.member ? 12 : 10;
        return from.amount >= 50 ? 5 : 0;
    }
    bool hit(int) const { return true; }
    std::string text(int made) const { return std::to_string(made); }
};

inline std::unique_ptr<engine> by_hand(const std::string& workload) {
    if (workload == "w1") return std::make_unique<floor_engine<small_by_hand>>();
    if (workload == "w2") return std::make_unique<floor_engine<large_by_hand>>();
    if (workload == "w3") return std::make_unique<floor_engine<graph_by_hand_work>>();
    if (workload == "six") return std::make_unique<floor_engine<six_by_hand>>();
    throw std::runtime_error("nothing is written by hand for " + workload);
}

}  // namespace polku_bench

#endif
