// SPDX-License-Identifier: Apache-2.0
#include <polku/population/simulation.hpp>

#include "benefit_column.hpp"
#include "ruled_day.hpp"
#include "simulation_totals.hpp"

#include <polku/detail/nearest_name.hpp>
#include <polku/rules/municipality.hpp>
#include <polku/rules/pack_definition.hpp>

#include <algorithm>
#include <set>
#include <unordered_map>

namespace polku::inline POLKU_V::population {

namespace {

using detail::benefit_column;
using detail::fact_columns;
using detail::row_faults;
using detail::ruled_day;
using detail::total_counter;

/// Both sides of a day.
struct day_rules {
    time::date day;
    ruled_day is;
    std::optional<ruled_day> against;
    total_counter totals;
};

/// Rows of a block with the same group and answer, in the order in which they first came: what is counted must not hang
/// on how a hash falls.
struct alike_rows {
    struct seen {
        std::size_t row = 0;  ///< the first one
        std::int64_t count = 0;
    };
    std::vector<seen> rows;
    std::unordered_map<std::uint64_t, std::size_t> places;

    void note(std::uint32_t group, std::uint32_t code, std::size_t row) {
        const auto [place, is_new] = places.try_emplace(std::uint64_t{group} << 32U | code, rows.size());
        if (is_new) rows.push_back({row, 0});
        ++rows[place->second].count;
    }
};

/// Which column each name of `wanted` is.
result<std::vector<std::size_t>> try_places(const std::vector<std::string>& wanted,
                                            const std::vector<std::string>& in) {
    std::vector<std::size_t> places;
    for (const std::string& each : wanted) {
        const auto found = std::find(in.begin(), in.end(), each);
        if (found == in.end()) {
            const std::vector<std::string_view> known(in.begin(), in.end());
            const std::string_view near = polku::detail::nearest_name(each, known);
            return error(error_code::people_column,
                         "the table has no column '" + each + "'" +
                             (near.empty() ? "" : "; did you mean '" + std::string(near) + "'?"));
        }
        places.push_back(static_cast<std::size_t>(found - in.begin()));
    }
    return places;
}

class simulation {
public:
    simulation(const simulation_options& what, people_reader& from)
        : what_(what), from_(from), columns_(from.columns()) {}

    result<bool> try_next() {
        POLKU_TRY(const bool is_more, from_.try_next(block_, std::max<std::size_t>(what_.block, 1)));
        if (!is_more) return false;
        POLKU_CHECK(decide(block_));
        report_.rows += static_cast<std::int64_t>(block_.rows);
        if (what_.progress && !what_.progress(static_cast<std::size_t>(report_.rows)))
            return error(error_code::cancelled,
                         "ended by the caller after " + std::to_string(report_.rows) + " rows; there is no result");
        return true;
    }

    simulation_report take_report() {
        for (day_rules& each : days_)
            for (group_total& total : std::move(each.totals).take(each.day)) report_.totals.push_back(std::move(total));
        return std::move(report_);
    }

    result<void> prepare() {
        if (what_.days.empty()) return error(error_code::simulation_shape, "a simulation decides on at least one day");
        POLKU_TRY(by_, try_places(what_.by, from_.columns()));
        POLKU_CHECK(try_places(what_.keep, from_.columns()));
        if (what_.municipality) {
            POLKU_TRY(const auto place, try_places({*what_.municipality}, from_.columns()));
            municipality_ = place.front();
        }
        if (what_.benefit) {
            POLKU_TRY(benefit_, benefit_column::try_make(*what_.benefit, what_.days, from_.columns()));
        }
        POLKU_CHECK(check_columns());
        report_.pack = what_.is.pack.says().id;
        report_.decision = what_.decision;
        report_.by = what_.by;
        for (const time::date day : what_.days) POLKU_CHECK(prepare_day(day));
        return {};
    }

private:
    result<void> prepare_day(time::date day) {
        simulated_day told{day, {}, {}};
        POLKU_TRY(ruled_day is, ruled_day::try_make(what_.is, what_, day, columns_, report_.unknown));
        told.version = is.version();
        day_rules made{day, std::move(is), {}, total_counter(what_.against.has_value(), what_.benefit.has_value())};
        if (what_.against) {
            POLKU_TRY(made.against, ruled_day::try_make(*what_.against, what_, day, columns_, report_.unknown));
            told.against = made.against->version();
        }
        days_.push_back(std::move(made));
        report_.days.push_back(std::move(told));
        return {};
    }

    /// A column that nothing reads is rather a name that was mistyped.
    result<void> check_columns() const {
        std::set<std::string_view> facts;
        for (const rules::pack_input& each : what_.is.pack.says().inputs) facts.insert(each.name);
        if (what_.against)
            for (const rules::pack_input& each : what_.against->pack.says().inputs) facts.insert(each.name);
        const auto is_in = [](const std::vector<std::string>& names, const std::string& name) {
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        for (const std::string& each : from_.columns()) {
            if (facts.count(each) != 0 || is_in(what_.by, each) || is_in(what_.keep, each)) continue;
            if (what_.municipality && *what_.municipality == each) continue;
            if (what_.benefit && what_.benefit->days == each) continue;
            const std::vector<std::string_view> known(facts.begin(), facts.end());
            const std::string_view near = polku::detail::nearest_name(each, known);
            return error(error_code::people_column, "the column '" + each + "' is no fact of the pack '" +
                                                        what_.is.pack.says().id + "'" +
                                                        (near.empty() ? "; name it among those to keep or to count by"
                                                                      : "; did you mean '" + std::string(near) + "'?"));
        }
        return {};
    }

    result<void> decide(const people_block& block) {
        row_faults faults;
        columns_.read(block, faults);
        if (municipality_) check_municipalities(block, faults);
        if (benefit_) benefit_->read(block, faults);
        find_groups(block);
        for (day_rules& each : days_) {
            POLKU_CHECK(each.is.try_decide(block.rows, what_.reasons, with_));
            if (each.against) POLKU_CHECK(each.against->try_decide(block.rows, what_.reasons, with_));
            count(each, block, faults);
        }
        return what_.each_row ? tell_rows(block, faults) : result<void>();
    }

    void check_municipalities(const people_block& block, row_faults& faults) {
        for (std::size_t row = 0; row < block.rows; ++row) {
            const std::string_view code = block.columns[*municipality_].at(row);
            if (rules::find_municipality(code) != nullptr) continue;
            position at;
            at.pointer = "row " + std::to_string(block.first_row + row) + ", column '" + *what_.municipality + "'";
            faults.emplace(row,
                           error(error_code::people_cell, rules::try_find_municipality(code).error().message(), at));
        }
    }

    /// The group of each row, as a place among the groups of this block.
    void find_groups(const people_block& block) {
        groups_.clear();
        group_of_.assign(block.rows, 0);
        std::unordered_map<std::string, std::uint32_t> known;
        std::string key;
        for (std::size_t row = 0; row < block.rows; ++row) {
            key.clear();
            for (const std::size_t column : by_) {
                key += block.columns[column].at(row);
                key += '\0';
            }
            const auto [place, is_new] = known.try_emplace(key, static_cast<std::uint32_t>(groups_.size()));
            if (is_new) {
                std::vector<std::string> group;
                for (const std::size_t column : by_) group.emplace_back(block.columns[column].at(row));
                groups_.push_back(std::move(group));
            }
            group_of_[row] = place->second;
        }
    }

    static const error* fault_of(const day_rules& of, const row_faults& faults, std::size_t row) {
        if (const auto found = faults.find(row); found != faults.end()) return &found->second;
        if (const error* const own = of.is.fault(row)) return own;
        return of.against ? of.against->fault(row) : nullptr;
    }

    bool is_changed(const day_rules& of, std::size_t row) const {
        if (!of.against) return false;
        const simulated_answer& is = of.is.answer(row);
        const simulated_answer& other = of.against->answer(row);
        return is.decided && other.decided && !(is.value == other.value);
    }

    std::optional<benefit_column::share> share_of(const day_rules& of, std::size_t row) const {
        if (!benefit_) return {};
        return benefit_->share_of(row, static_cast<std::size_t>(&of - days_.data()));
    }

    void count_benefit(const day_rules& of, std::size_t row, total_counter::counted& into) const {
        const auto share = share_of(of, row);
        if (!share) return;
        const total_counter::paid paid{1, share->millionths};
        into.benefit_days += share->days;
        into.benefit[0].add(paid);
        if (of.is.answer(row).granted) into.benefit[1].add(paid);
        if (of.against && of.against->answer(row).granted) into.benefit[2].add(paid);
    }

    void count(day_rules& of, const people_block& block, const row_faults& faults) {
        std::vector<total_counter::counted> rows(groups_.size());
        alike_rows sides[2];
        for (std::size_t row = 0; row < block.rows; ++row) {
            total_counter::counted& counted = rows[group_of_[row]];
            ++counted.rows;
            if (fault_of(of, faults, row) != nullptr) {
                ++counted.faults;
                continue;
            }
            if (is_changed(of, row)) ++counted.changed;
            count_benefit(of, row, counted);
            sides[0].note(group_of_[row], of.is.code(row), row);
            if (of.against) sides[1].note(group_of_[row], of.against->code(row), row);
        }
        for (std::size_t group = 0; group < groups_.size(); ++group) of.totals.add_rows(groups_[group], rows[group]);
        for (const alike_rows& side : sides) {
            const bool is_other = &side == &sides[1];
            if (is_other && !of.against) break;
            const ruled_day& by = is_other ? *of.against : of.is;
            for (const auto& seen : side.rows)
                of.totals.add(groups_[group_of_[seen.row]], is_other, by.answer(seen.row), seen.count);
        }
    }

    result<void> tell_rows(const people_block& block, const row_faults& faults) {
        for (std::size_t row = 0; row < block.rows; ++row) {
            for (const day_rules& each : days_) {
                simulated_row told;
                told.row = block.first_row + row;
                told.day = each.day;
                told.people = &block;
                told.at = row;
                told.fault = fault_of(each, faults, row);
                if (told.fault == nullptr) {
                    told.is = &each.is.answer(row);
                    if (each.against) told.against = &each.against->answer(row);
                    told.changed = is_changed(each, row);
                    if (const auto share = share_of(each, row))
                        told.municipal_share = feel::number::from_scaled(share->millionths, 6).normalized();
                    if (!told.is->decided) told.fault = &undecided_;
                }
                POLKU_CHECK(what_.each_row(told));
            }
        }
        return {};
    }

    const simulation_options& what_;
    people_reader& from_;
    people_block block_;
    fact_columns columns_;
    feel::evaluation_context with_;
    const error undecided_{error_code::people_undecided, "not decided: facts of the row are unknown"};
    std::vector<day_rules> days_;
    std::vector<std::size_t> by_;
    std::optional<std::size_t> municipality_;
    std::optional<benefit_column> benefit_;
    std::vector<std::vector<std::string>> groups_;
    std::vector<std::uint32_t> group_of_;
    simulation_report report_;
};

}  // namespace

result<feel::type> try_answer_type(const simulated_rules& rules, const std::string& decision, time::date day) {
    const std::vector<std::string> no_table;
    fact_columns columns(no_table);
    std::vector<std::string> unknown;
    simulation_options what;
    what.decision = decision;
    POLKU_TRY(const ruled_day made, ruled_day::try_make(rules, what, day, columns, unknown));
    return made.answer_type();
}

result<std::vector<std::string>> try_answer_members(const simulated_rules& rules, const std::string& decision,
                                                    time::date day) {
    POLKU_TRY(const feel::type type, try_answer_type(rules, decision, day));
    std::vector<std::string> members;
    if (type.is() == feel::type::form::context)
        for (const feel::type::member& each : type.members()) members.push_back(each.name);
    return members;
}

result<simulation_report> try_simulate(const simulation_options& what, people_reader& from) {
    simulation run(what, from);
    POLKU_CHECK(run.prepare());
    for (;;) {
        POLKU_TRY(const bool is_more, run.try_next());
        if (!is_more) return run.take_report();
    }
}

/// The simulation refers to the two before it, which stay where they are.
struct simulation_run::parts {
    parts(simulation_options asked, std::unique_ptr<people_reader> table)
        : what(std::move(asked)), from(std::move(table)), run(what, *from) {}

    simulation_options what;
    std::unique_ptr<people_reader> from;
    simulation run;
};

simulation_run::simulation_run(std::unique_ptr<parts> made) noexcept : parts_(std::move(made)) {}
simulation_run::simulation_run(simulation_run&&) noexcept = default;
simulation_run& simulation_run::operator=(simulation_run&&) noexcept = default;
simulation_run::~simulation_run() = default;

result<simulation_run> simulation_run::try_begin(simulation_options what, std::unique_ptr<people_reader> from) {
    auto made = std::make_unique<parts>(std::move(what), std::move(from));
    POLKU_CHECK(made->run.prepare());
    return simulation_run(std::move(made));
}

result<bool> simulation_run::try_next() { return parts_->run.try_next(); }
simulation_report simulation_run::take_report() { return parts_->run.take_report(); }
const std::vector<std::string>& simulation_run::columns() const noexcept { return parts_->from->columns(); }

}  // namespace polku::inline POLKU_V::population
