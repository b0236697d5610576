// SPDX-License-Identifier: Apache-2.0
#include "path_draws.hpp"

namespace polku::inline POLKU_V::population::detail {

namespace {

/// Tries for each client who is expected: their count then varies nearly as that of clients who come of themselves.
constexpr std::int64_t tries_a_client = 16;

}  // namespace

run_draws::run_draws(const path_plan& of, std::uint64_t seed, std::uint32_t repeat)
    : of_(of), root_(chance(seed).at(repeat)) {
    const chance figures = root_.at("figures");
    for (const planned_municipality& each : of.municipalities) {
        municipality_names_.push_back(chance::hash(each.code));
        arrivals_.push_back(each.arrivals.draw(figures.at("arrivals").at(each.code)));
    }
    doors_ = drawn_shares(of.doors, figures.at("entries"));
    if (of.has_benefit) days_so_far_ = drawn_shares(of.days_so_far_shares, figures.at("days so far"));
    for (const planned_fact& each : of.facts) {
        fact_names_.push_back(chance::hash(each.name));
        brought_.push_back(each.brought ? drawn_shares(*each.brought, figures.at("facts").at(each.name)) : weighted());
    }
    for (const planned_stage& each : of.stages) {
        room_names_.push_back(chance::hash(each.id));
        draw_stage(each, figures.at("stages").at(each.id));
    }
    for (const planned_service& each : of.services) room_names_.push_back(~chance::hash(each.id));
}

void run_draws::draw_stage(const planned_stage& of, chance by) {
    told_.emplace_back();
    for (const auto& [fact, shares] : of.told)
        told_.back().push_back(drawn_shares(shares, by.at("facts").at(of_.facts[fact].name)));
    leaves_.emplace_back();
    std::int64_t upto = 0;
    for (const planned_share& each : of.leaves)
        leaves_.back().push_back(upto += each.share.draw(by.at("leaves").at(of_.exits[each.of])));
    referrals_.emplace_back();
    for (const planned_share& each : of.referrals)
        referrals_.back().push_back(each.share.draw(by.at("referrals").at(of_.services[each.of].id)));
}

weighted run_draws::drawn_shares(const planned_shares& of, chance by) {
    weighted made;
    for (std::size_t each = 0; each < of.shares.size(); ++each) made.add(of.shares[each].draw(by.at(of.names[each])));
    if (made.total() > 0) return made;
    made = {};
    for (const ranged& each : of.shares) made.add(each.likely);
    return made;
}

std::int64_t run_draws::arrivals(std::size_t municipality, std::size_t month) const {
    const std::int64_t expected = arrivals_[municipality];
    const std::int64_t tries = tries_a_client * ((expected + millionths - 1) / millionths);
    const chance by = root_.at("arrivals").at(municipality_names_[municipality]).at(month);
    std::int64_t many = 0;
    for (std::int64_t each = 0; each < tries; ++each)
        if (by.at(static_cast<std::uint64_t>(each)).below(static_cast<std::uint64_t>(tries * millionths)) <
            static_cast<std::uint64_t>(expected))
            ++many;
    return many;
}

chance run_draws::arriving_client(std::size_t municipality, std::size_t month, std::int64_t number) const {
    return root_.at("clients").at(municipality_names_[municipality]).at(month).at(static_cast<std::uint64_t>(number));
}

chance run_draws::stock_client(std::size_t municipality, std::size_t stage, std::int64_t number) const {
    return root_.at("stock")
        .at(municipality_names_[municipality])
        .at(room_names_[stage])
        .at(static_cast<std::uint64_t>(number));
}

chance run_draws::waiting_client(std::size_t municipality, std::size_t stage, std::int64_t number) const {
    return root_.at("waiting")
        .at(municipality_names_[municipality])
        .at(room_names_[stage])
        .at(static_cast<std::uint64_t>(number));
}

std::int32_t run_draws::days_so_far(chance who) const {
    return static_cast<std::int32_t>(
        of_.days_so_far[pick(of_.days_so_far_shares.of, days_so_far_, who.at(client_draw::days_so_far))]);
}

drawn_value run_draws::brought(std::size_t fact, chance who) const {
    return static_cast<drawn_value>(pick(of_.facts[fact].brought->of, brought_[fact], who.at(fact_names_[fact])));
}

drawn_value run_draws::told(std::size_t stage, std::size_t place, chance by) const {
    const auto& [fact, shares] = of_.stages[stage].told[place];
    return static_cast<drawn_value>(pick(shares.of, told_[stage][place], by.at(fact_names_[fact])));
}

std::optional<std::size_t> run_draws::leaves(std::size_t stage, chance by) const {
    const auto drawn = static_cast<std::int64_t>(by.below(static_cast<std::uint64_t>(millionths)));
    for (std::size_t each = 0; each < leaves_[stage].size(); ++each)
        if (drawn < leaves_[stage][each]) return of_.stages[stage].leaves[each].of;
    return {};
}

bool run_draws::is_referred(std::size_t stage, std::size_t place, chance by) const {
    const std::size_t service = of_.stages[stage].referrals[place].of;
    return static_cast<std::int64_t>(
               by.at(room_names_[of_.stages.size() + service]).below(static_cast<std::uint64_t>(millionths))) <
           referrals_[stage][place];
}

}  // namespace polku::inline POLKU_V::population::detail
