// SPDX-License-Identifier: Apache-2.0
#include "benefit_column.hpp"

#include <algorithm>

namespace polku::inline POLKU_V::population::detail {

namespace {

/// Benefit days of a life at work, and some; more is a mistake.
constexpr std::int64_t most_benefit_days = 15'000;

error not_days(const people_block& from, std::size_t row, const std::string& column, std::string_view text) {
    position at;
    at.pointer = "row " + std::to_string(from.first_row + row) + ", column '" + column + "'";
    return error(error_code::people_cell,
                 "'" + std::string(text) + "' is no number of benefit days; write a whole one from 0 to " +
                     std::to_string(most_benefit_days),
                 std::move(at));
}

}  // namespace

result<benefit_column> benefit_column::try_make(const benefit_question& of, const std::vector<time::date>& days,
                                                const std::vector<std::string>& columns) {
    const auto found = std::find(columns.begin(), columns.end(), of.days);
    if (found == columns.end())
        return error(error_code::people_column, "the table has no column '" + of.days + "' of benefit days");
    std::vector<time::date> months = days;
    if (std::adjacent_find(months.begin(), months.end(), [](auto one, auto next) { return next <= one; }) !=
        months.end())
        return error(error_code::simulation_shape, "the benefit is reckoned from day to day; give the days in order");
    const auto end = months.back().plus_months(1);
    if (!end) return error(error_code::simulation_shape, "there is no month after the last day");
    months.push_back(*end);
    benefit_assumptions assumed;
    assumed.benefit = of.benefit;
    assumed.daily_amount = of.daily_amount;
    POLKU_TRY(benefit_ladder ladder,
              benefit_ladder::try_make(of.ladder, assumed, months, most_benefit_days, {"the benefit", {}}));
    benefit_column made(std::move(ladder), static_cast<std::size_t>(found - columns.begin()), of.days);
    for (const time::date each : months) made.starts_.push_back(each.to_days() - months.front().to_days());
    return made;
}

void benefit_column::read(const people_block& from, row_faults& faults) {
    so_far_.assign(from.rows, -1);
    for (std::size_t row = 0; row < from.rows; ++row) {
        const std::string_view text = from.columns[column_].at(row);
        if (text.empty()) continue;
        const auto number = feel::number::parse(text);
        const auto days = number ? number->to_int64() : std::nullopt;
        if (days && *days >= 0 && *days <= most_benefit_days)
            so_far_[row] = *days;
        else
            faults.emplace(row, not_days(from, row, name_, text));
    }
}

std::optional<benefit_column::share> benefit_column::share_of(std::size_t row, std::size_t day) const {
    if (so_far_[row] < 0) return {};
    share made;
    const std::int64_t from = starts_[day];
    ladder_.charge(so_far_[row] + ladder_.paid(0, from), from, starts_[day + 1], day,
                   [&](std::size_t, std::int64_t days, std::int64_t charged) {
                       made.days += days;
                       made.millionths += charged;
                   });
    return made;
}

}  // namespace polku::inline POLKU_V::population::detail
