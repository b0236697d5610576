// SPDX-License-Identifier: Apache-2.0
// What a C++ programmer would write by hand for w3: structs, dates as days, money in cents.
#ifndef POLKU_BENCH_GRAPH_FLOOR_HPP
#define POLKU_BENCH_GRAPH_FLOOR_HPP

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

namespace polku_bench {

enum class employer_kind : std::uint8_t { company, municipality, association, household, foundation };
enum class payment_kind : std::uint8_t { wage, bonus, holiday, correction };

struct payment {
    payment_kind kind;
    std::int64_t cents;
};
struct graph_row {
    std::chrono::year_month_day birth_date;
    std::chrono::year_month_day unemployed_since;
    std::chrono::year_month_day hired_on;
    int work_ability;
    employer_kind employer;
    int wanted_months;
    std::vector<payment> payments;
};
struct graph_answer {
    int age;
    int unemployed_days;
    std::int64_t wage_base;
    std::int64_t average_wage;
    std::int64_t share;  // hundredths of a percent
    std::int64_t monthly_cap;
    int most_months;
    std::int64_t subsidy;
    int months;
    std::chrono::year_month_day ends_on;
    std::int64_t total;
};

inline std::int64_t divide_half_up(std::int64_t above, std::int64_t below) { return (above + below / 2) / below; }

inline int whole_years(std::chrono::year_month_day from, std::chrono::year_month_day to) {
    const int months = (static_cast<int>(to.year()) - static_cast<int>(from.year())) * 12 +
                       static_cast<int>(static_cast<unsigned>(to.month())) -
                       static_cast<int>(static_cast<unsigned>(from.month())) - (to.day() < from.day() ? 1 : 0);
    return months / 12;
}

inline std::chrono::year_month_day plus_months(std::chrono::year_month_day day, int months) {
    const std::chrono::year_month month =
        std::chrono::year_month(day.year(), day.month()) + std::chrono::months(months);
    const auto last = std::chrono::year_month_day_last(month.year(), std::chrono::month_day_last(month.month()));
    return {month.year(), month.month(), std::min(day.day(), last.day())};
}

inline std::int64_t share_of(int age, int days, int ability) {
    if (ability < 40) return 10'000;
    if (ability < 60) return 7'050;
    if (age >= 60 && days >= 365) return 7'000;
    if (age >= 55 && days >= 730) return 6'667;
    if (age < 25 && days >= 90) return 5'500;
    if (age >= 25 && age < 30 && days >= 180) return 5'250;
    return days >= 365 ? 5'000 : 0;
}

struct subsidy_terms {
    std::int64_t monthly_cap;
    int most_months;
};

inline subsidy_terms terms_of(employer_kind employer, std::int64_t share) {
    if (share < 5'000) return {0, 0};
    if (employer == employer_kind::association || employer == employer_kind::foundation)
        return share >= 10'000 ? subsidy_terms{340'000, 24} : subsidy_terms{248'050, 18};
    if (employer == employer_kind::municipality)
        return share >= 7'000 ? subsidy_terms{237'025, 12} : subsidy_terms{181'230, 10};
    return share >= 7'000 ? subsidy_terms{227'540, 12} : subsidy_terms{166'000, 10};
}

inline graph_answer graph_by_hand(const graph_row& row) {
    graph_answer made{};
    made.age = whole_years(row.birth_date, row.hired_on);
    made.unemployed_days =
        static_cast<int>((std::chrono::sys_days(row.hired_on) - std::chrono::sys_days(row.unemployed_since)).count());
    std::int64_t count = 0;
    for (const payment& each : row.payments) {
        if (each.kind != payment_kind::wage || each.cents <= 0) continue;
        made.wage_base += each.cents;
        ++count;
    }
    made.average_wage = divide_half_up(made.wage_base, count);
    made.share = share_of(made.age, made.unemployed_days, row.work_ability);
    const subsidy_terms terms = terms_of(row.employer, made.share);
    made.monthly_cap = terms.monthly_cap;
    made.most_months = terms.most_months;
    // cents x 1.2213 x hundredths of a percent
    made.subsidy = std::min(divide_half_up(made.average_wage * 12'213 * made.share, 100'000'000), made.monthly_cap);
    made.months = std::min(row.wanted_months, made.most_months);
    made.ends_on = plus_months(row.hired_on, made.months);
    made.total = made.subsidy * made.months;
    return made;
}

}  // namespace polku_bench

#endif
