// SPDX-License-Identifier: Apache-2.0
#include "path_report.hpp"

#include <algorithm>

namespace polku::inline POLKU_V::population::detail {

namespace {

/// Half up, of what is not negative.
std::int64_t divided(std::int64_t of, std::int64_t by) { return by == 0 ? 0 : (of + by / 2) / by; }

template <class List, class IdOf>
std::optional<std::size_t> place_of(const List& among, const std::string& id, IdOf id_of) {
    for (std::size_t each = 0; each < among.size(); ++each)
        if (id_of(among[each]) == id) return each;
    return {};
}

constexpr auto id_of_room = [](const auto& of) -> const std::string& { return of.id; };
constexpr auto id_of_exit = [](const std::string& of) -> const std::string& { return of; };

/// Ids of one side, then those that only the other one has.
template <class List, class IdOf>
std::vector<std::string> ids_of(const List& is, const List* other, IdOf id_of) {
    std::vector<std::string> made;
    for (const auto& each : is) made.push_back(id_of(each));
    if (other != nullptr)
        for (const auto& each : *other)
            if (std::find(made.begin(), made.end(), id_of(each)) == made.end()) made.push_back(id_of(each));
    return made;
}

}  // namespace

path_simulation_report report_maker::run() {
    made_.path = is_.rules.front().path.says().id;
    for (const planned_municipality& each : is_.municipalities) made_.municipalities.push_back(each.code);
    for (std::size_t month = 0; month + 1 < is_.months.size(); ++month) {
        made_.months.push_back(month_text(is_.months[month]));
        made_.versions.push_back(is_.rules[is_.rules_of_month[month]].path.says().version);
        add_month(month, {});
        for (std::size_t each = 0; each < is_.municipalities.size(); ++each) add_month(month, each);
    }
    return std::move(made_);
}

void report_maker::add_month(std::size_t month, std::optional<std::size_t> municipality) {
    month_ = month;
    municipality_ = municipality;
    add_path();
    add_rooms();
    add_exits_and_moves();
}

void report_maker::add_path() {
    const auto both = [](std::size_t figure) { return place{{figure, figure}}; };
    add(path_figure_kind::path, {}, {}, "arrived", both(run_layout::arrived));
    add(path_figure_kind::path, {}, {}, "left", both(run_layout::left_path));
    add(path_figure_kind::path, {}, {}, "on_path", both(run_layout::on_path));
    if (!is_.has_benefit && (against_ == nullptr || !against_->has_benefit)) return;
    add(path_figure_kind::path, {}, {}, "benefit_days", both(run_layout::benefit_days));
    add(path_figure_kind::path, {}, {}, "cost", both(run_layout::cost), measured::cost);
}

void report_maker::add_rooms() {
    const auto add_room = [this](path_figure_kind kind, const std::string& id, std::optional<std::size_t> is,
                                 std::optional<std::size_t> other, bool is_limited) {
        const auto at = [&](run_layout::room_place what) {
            place made;
            if (is) made.on[0] = layouts_[0].stage(*is, what);
            if (other) made.on[1] = layouts_[1].stage(*other, what);
            return made;
        };
        add(kind, id, {}, "entered", at(run_layout::entered));
        add(kind, id, {}, "left", at(run_layout::left));
        add(kind, id, {}, "inside", at(run_layout::inside));
        if (!is_limited) return;
        add(kind, id, {}, "waiting", at(run_layout::waiting));
        add(kind, id, {}, "waited", at(run_layout::waited), measured::wait, at(run_layout::entered));
    };
    for (const std::string& id : ids_of(is_.stages, against_ ? &against_->stages : nullptr, id_of_room)) {
        const auto is = place_of(is_.stages, id, id_of_room);
        const auto other = against_ ? place_of(against_->stages, id, id_of_room) : std::nullopt;
        add_room(path_figure_kind::stage, id, is, other,
                 (is && is_.stages[*is].room.is_limited) || (other && against_->stages[*other].room.is_limited));
    }
    for (const std::string& id : ids_of(is_.services, against_ ? &against_->services : nullptr, id_of_room)) {
        auto is = place_of(is_.services, id, id_of_room);
        auto other = against_ ? place_of(against_->services, id, id_of_room) : std::nullopt;
        const bool is_limited =
            (is && is_.services[*is].room.is_limited) || (other && against_->services[*other].room.is_limited);
        if (is) *is += is_.stages.size();
        if (other) *other += against_->stages.size();
        add_room(path_figure_kind::service, id, is, other, is_limited);
    }
}

void report_maker::add_exits_and_moves() {
    const auto exits = ids_of(is_.exits, against_ ? &against_->exits : nullptr, id_of_exit);
    const auto stages = ids_of(is_.stages, against_ ? &against_->stages : nullptr, id_of_room);
    const path_plan* const plans[] = {&is_, against_};
    for (const std::string& exit : exits) {
        place at;
        for (std::size_t side = 0; side < layouts_.size(); ++side)
            if (const auto found = place_of(plans[side]->exits, exit, id_of_exit))
                at.on[side] = layouts_[side].exit(*found);
        add(path_figure_kind::exit, exit, {}, "left", at);
    }
    std::vector<std::string> targets = stages;
    targets.insert(targets.end(), exits.begin(), exits.end());
    for (const std::string& from : stages)
        for (const std::string& to : targets) {
            place at;
            for (std::size_t side = 0; side < layouts_.size(); ++side) {
                const path_plan& plan = *plans[side];
                const auto stage = place_of(plan.stages, from, id_of_room);
                auto target = place_of(plan.stages, to, id_of_room);
                if (!target) {
                    target = place_of(plan.exits, to, id_of_exit);
                    if (target) *target += plan.stages.size();
                }
                if (stage && target) at.on[side] = layouts_[side].moved(*stage, *target);
            }
            add(path_figure_kind::stage, from, to, "moved", at);
        }
}

void report_maker::add(path_figure_kind kind, const std::string& of, const std::string& to, std::string_view measure,
                       const place& at, measured how, const place& divided_by) {
    std::vector<std::int64_t> values[2];
    bool is_something = false;
    for (std::size_t side = 0; side < layouts_.size(); ++side)
        for (std::uint32_t repeat = 0; repeat < repeats_; ++repeat) {
            values[side].push_back(value(side, repeat, at, how, divided_by));
            is_something = is_something || values[side].back() != 0;
        }
    // A way that nobody took is no row: there are as many as stages times places.
    if (!is_something && (measure == "moved" || kind == path_figure_kind::exit)) return;
    path_figure made;
    made.month = made_.months[month_];
    if (municipality_) made.municipality = is_.municipalities[*municipality_].code;
    made.kind = kind;
    made.of = of;
    made.to = to;
    made.measure = measure;
    if (layouts_.size() > 1) {
        std::vector<std::int64_t> differences;
        for (std::uint32_t repeat = 0; repeat < repeats_; ++repeat)
            differences.push_back(values[1][repeat] - values[0][repeat]);
        made.difference = spread(differences, how);
        made.against = spread(values[1], how);
    }
    made.is = spread(values[0], how);
    made_.figures.push_back(std::move(made));
}

std::int64_t report_maker::value(std::size_t side, std::size_t repeat, const place& at, measured how,
                                 const place& divided_by) const {
    const std::int64_t all = sum(side, repeat, at.on[side]);
    switch (how) {
        case measured::count: return all;
        case measured::cost: return divided(all, millionths / 100);
        case measured::wait: return divided(all * 10, sum(side, repeat, divided_by.on[side]));
    }
    return all;
}

std::int64_t report_maker::sum(std::size_t side, std::size_t repeat, std::optional<std::size_t> figure) const {
    if (!figure) return 0;
    const run_counts& counts = counts_(side, repeat);
    const run_layout& layout = layouts_[side];
    if (municipality_) return counts.cells[layout.cell(month_, *municipality_, *figure)];
    std::int64_t all = 0;
    for (std::size_t each = 0; each < layout.municipalities; ++each)
        all += counts.cells[layout.cell(month_, each, *figure)];
    return all;
}

figure_spread report_maker::spread(std::vector<std::int64_t>& values, measured how) const {
    std::sort(values.begin(), values.end());
    const std::int32_t scale = how == measured::cost ? 2 : how == measured::wait ? 1 : 0;
    const auto at = [&](std::size_t percent) {
        const std::size_t rank = (values.size() * percent + 99) / 100;
        return feel::number::from_scaled(values[std::max<std::size_t>(rank, 1) - 1], scale).normalized();
    };
    return {at(50), at(5), at(95)};
}

}  // namespace polku::inline POLKU_V::population::detail
