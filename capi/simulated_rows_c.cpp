// SPDX-License-Identifier: Apache-2.0
#include "simulated_rows.hpp"

#include "arrow_structs.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace feel = polku::feel;
namespace population = polku::population;

namespace polku_capi {

simulated_rows::simulated_rows(const population::simulation_options& what, const std::vector<std::string>& columns,
                               std::vector<answer_column> answers, std::string error_column)
    : members_(answers.size()),
      is_compared_(what.against.has_value()),
      has_reasons_(what.reasons),
      error_column_(std::move(error_column)) {
    const auto add_column = [this](std::string name, std::uint32_t form) {
        columns_.push_back({{{}, std::move(name), form, 0}, {}, {}});
    };
    add_column("day", POLKU_COLUMN_DATE);
    for (std::size_t each = 0; each < columns.size(); ++each) {
        const auto is_in = [&](const std::vector<std::string>& names) {
            return std::find(names.begin(), names.end(), columns[each]) != names.end();
        };
        if (!is_in(what.by) && !is_in(what.keep) && what.municipality != columns[each]) continue;
        shown_.push_back(each);
        add_column(columns[each], POLKU_COLUMN_TEXT);
    }
    for (const answer_column& each : answers) columns_.push_back({each, {}, {}});
    if (is_compared_) {
        for (answer_column& each : answers) {
            each.name += " against";
            columns_.push_back({std::move(each), {}, {}});
        }
        add_column("changed", POLKU_COLUMN_BOOLEAN);
    }
    if (has_reasons_) add_column("rules matched", POLKU_COLUMN_TEXT);
}

polku::result<void> simulated_rows::check_names() const {
    std::vector<std::string> names{"row", error_column_};
    for (const column& each : columns_) names.push_back(each.shape.name);
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice == names.end()) return {};
    return polku::error(polku::error_code::invalid_argument, "two columns of the rows would be called '" + *twice +
                                                                 "'; keep another, or name error_column otherwise");
}

void simulated_rows::make_schema(ArrowSchema& out) const {
    std::vector<ArrowSchema> columns(columns_.size() + 2);
    make_integer_schema("row", columns.front());
    for (std::size_t each = 0; each < columns_.size(); ++each)
        polku_capi::make_schema(columns_[each].shape, columns[each + 1]);
    make_text_schema(error_column_, columns.back());
    make_record_schema(std::move(columns), out);
}

void simulated_rows::add_value(column& into, feel::value of) {
    into.cells.codes.push_back(static_cast<std::uint32_t>(into.cells.distinct.size()));
    into.cells.distinct.push_back(std::move(of));
}

void simulated_rows::add_answer(std::size_t first, const population::simulated_answer* of) {
    for (std::size_t each = first; each < first + members_; ++each) {
        column& into = columns_[each];
        const auto [place, is_new] = into.known.emplace(of, static_cast<std::uint32_t>(into.cells.distinct.size()));
        if (is_new) into.cells.distinct.push_back(of == nullptr ? feel::value() : of->value);
        into.cells.codes.push_back(place->second);
    }
}

void simulated_rows::add(const population::simulated_row& row) {
    rows_.push_back(row.row);
    std::size_t at = 0;
    add_value(columns_[at++], feel::value(row.day));
    for (const std::size_t each : shown_) add_value(columns_[at++], feel::value(row.people->columns[each].at(row.at)));
    add_answer(at, row.is);
    at += members_;
    if (is_compared_) {
        add_answer(at, row.against);
        at += members_;
        add_value(columns_[at++], feel::value(row.changed));
    }
    if (has_reasons_) {
        std::string reasons;
        if (row.is != nullptr)
            for (const std::string& each : row.is->reasons) reasons += (reasons.empty() ? "" : " ") + each;
        add_value(columns_[at], feel::value(reasons));
    }
    errors_.push_back(row.fault == nullptr ? std::string() : row.fault->message());
}

polku::result<void> simulated_rows::take(ArrowArray& out) {
    const auto count = static_cast<std::int64_t>(rows_.size());
    std::vector<answer_builder> builders;
    builders.reserve(columns_.size());
    for (column& each : columns_) {
        builders.emplace_back(each.shape, feel::limits().text_bytes);
        POLKU_CHECK(builders.back().add(each.cells, errors_));
        each.cells = {};
        each.known.clear();
    }
    std::vector<ArrowArray> made;
    made.reserve(columns_.size() + 2);
    auto numbers = std::make_unique<array_keeper>();
    numbers->words = std::exchange(rows_, {});
    numbers->buffers = {nullptr, numbers->words.data()};
    show_array(std::move(numbers), count, 0, made.emplace_back());
    for (answer_builder& each : builders) each.finish(made.emplace_back());
    errors_column(errors_, made.emplace_back());
    errors_.clear();
    make_record(std::move(made), count, out);
    return {};
}

}  // namespace polku_capi
