// SPDX-License-Identifier: Apache-2.0
// What a C++ programmer would write by hand for the two table workloads: the floors that polku is measured against.
#ifndef POLKU_BENCH_TABLE_FLOORS_HPP
#define POLKU_BENCH_TABLE_FLOORS_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

namespace polku_bench {

// ---- w1: 24 rules, if after if

/// Texts of w1 as small integers.
constexpr int code_of(std::string_view text) {
    constexpr std::string_view known[] = {"company", "municipality", "association", "household", "foundation",
                                          "049",     "091",          "092",         "179",       "235",
                                          "297",     "398",          "564",         "698",       "853"};
    for (int at = 0; at < 15; ++at)
        if (known[at] == text) return at;
    return -1;
}

struct small_enum_row {
    int age;
    int unemployed_months;
    bool reduced_ability;
    int employer;
    int municipality;
    int weekly_hours;
};
struct small_text_row {
    int age;
    int unemployed_months;
    bool reduced_ability;
    std::string_view employer;
    std::string_view municipality;
    int weekly_hours;
};
struct small_answer {
    int percentage;
    int most_months;
};

#include "w1_floor.inc"

// ---- w2: 1 000 rules, as a scan and as bitmaps

struct large_rule {
    std::uint64_t regions;
    std::uint32_t categories;
    std::int32_t amount_from, amount_to;  // cents, half open
    std::int32_t score_from, score_to;
    std::int32_t term_from, term_to;
    std::int32_t rate;  // 1/10 000
    std::string_view code;
};
inline constexpr large_rule large_rules[] = {
#include "w2_floor.inc"
};
inline constexpr std::size_t large_count = std::size(large_rules);

struct large_row {
    std::uint32_t region;  // 40 and above: none of the table's
    std::uint32_t category;
    std::int32_t amount;
    std::int32_t score;
    std::int32_t term;
};

/// The rule that hits, or null pointer.
inline const large_rule* large_by_scan(const large_row& row) {
    const std::uint64_t region = row.region < 64 ? std::uint64_t{1} << row.region : 0;
    for (const large_rule& rule : large_rules) {
        if ((rule.regions & region) != 0 && (rule.categories >> row.category & 1U) != 0 &&
            row.amount >= rule.amount_from && row.amount < rule.amount_to && row.score >= rule.score_from &&
            row.score < rule.score_to && row.term >= rule.term_from && row.term < rule.term_to)
            return &rule;
    }
    return nullptr;
}

/// One set of rules for each text and for each interval between bounds; a row is the intersection of five sets.
class large_index {
public:
    using rule_set = std::array<std::uint64_t, (large_count + 63) / 64>;

    large_index() : regions_(41), categories_(20) {
        for (std::size_t at = 0; at < large_count; ++at) {
            for (std::size_t region = 0; region < 40; ++region)
                if ((large_rules[at].regions >> region & 1U) != 0) add(regions_[region], at);
            for (std::size_t category = 0; category < 20; ++category)
                if ((large_rules[at].categories >> category & 1U) != 0) add(categories_[category], at);
        }
        amount_.fill(&large_rule::amount_from, &large_rule::amount_to);
        score_.fill(&large_rule::score_from, &large_rule::score_to);
        term_.fill(&large_rule::term_from, &large_rule::term_to);
    }

    const large_rule* find(const large_row& row) const {
        const rule_set& region = regions_[std::min<std::size_t>(row.region, 40)];
        const rule_set& category = categories_[row.category];
        const rule_set& amount = amount_.of(row.amount);
        const rule_set& score = score_.of(row.score);
        const rule_set& term = term_.of(row.term);
        for (std::size_t word = 0; word < region.size(); ++word) {
            const std::uint64_t both = region[word] & category[word] & amount[word] & score[word] & term[word];
            if (both != 0) return &large_rules[word * 64 + static_cast<std::size_t>(std::countr_zero(both))];
        }
        return nullptr;
    }

private:
    static void add(rule_set& to, std::size_t rule) { to[rule / 64] |= std::uint64_t{1} << (rule % 64); }

    struct axis {
        std::vector<std::int32_t> bounds;
        std::vector<rule_set> sets;  // one more than bounds

        const rule_set& of(std::int32_t value) const {
            return sets[static_cast<std::size_t>(std::upper_bound(bounds.begin(), bounds.end(), value) -
                                                 bounds.begin())];
        }
        void fill(std::int32_t large_rule::*from, std::int32_t large_rule::*to) {
            for (const large_rule& rule : large_rules) {
                bounds.push_back(rule.*from);
                bounds.push_back(rule.*to);
            }
            std::sort(bounds.begin(), bounds.end());
            bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
            sets.resize(bounds.size() + 1);
            for (std::size_t at = 0; at < large_count; ++at)
                for (std::size_t between = 0; between < bounds.size(); ++between)
                    if (bounds[between] >= large_rules[at].*from && bounds[between] < large_rules[at].*to)
                        add(sets[between + 1], at);
        }
    };

    std::vector<rule_set> regions_;
    std::vector<rule_set> categories_;
    axis amount_;
    axis score_;
    axis term_;
};

}  // namespace polku_bench

#endif
