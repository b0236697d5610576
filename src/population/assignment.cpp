// SPDX-License-Identifier: Apache-2.0
#include "assignment_weights.hpp"

#include <polku/population/assignment.hpp>

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#if defined(__GNUC__) && !defined(__clang__)
// LEMON puts plain structs into vectors before it fills them; GCC says so where its code is inlined into ours.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <algorithm>
#include <map>

namespace polku::inline POLKU_V::population {

namespace {

using detail::priced_option;
using detail::weighted_problem;

/// How many options of each client a flow is made over, besides the one that the client got before.
constexpr std::size_t known_options = 8;
/// Rounds in which options that the prices have made worse are forgotten; afterwards options are only added, so that
/// the rounds come to an end.
constexpr int forgetful_rounds = 12;
/// Among equal options another one comes first for each client: otherwise all would begin with the same few places.
constexpr std::size_t spread = 97;

/// A minimum-cost flow over some options of each client, and the prices that come of it.
class option_flow {
public:
    explicit option_flow(const weighted_problem& of)
        : of_(of), known_(of.clients()), chosen_(of.clients(), no_place), price_(of.places()) {
        for (std::size_t i = 0; i < of.clients(); ++i) {
            find_best(i);
            for (const auto& each : best_) known_[i].push_back(each.second);
        }
    }

    /// Solves, and takes in options that the prices make better than what their clients know, until there are none:
    /// then the flow is best among all options, those that it never saw included.
    void run() {
        do solve();
        while (take_better());
    }
    static constexpr std::uint32_t no_place = UINT32_MAX;
    const std::vector<std::uint32_t>& chosen() const noexcept { return chosen_; }
    const std::vector<std::int64_t>& prices() const noexcept { return price_; }

private:
    using graph = lemon::SmartDigraph;
    using simplex = lemon::NetworkSimplex<graph, std::int64_t, std::int64_t>;

    std::int64_t priced(std::size_t option) const {
        return of_.options[option].cost + price_[of_.options[option].place];
    }

    /// The best options of a client at the prices, into `best_`, best first.
    void find_best(std::size_t client) {
        best_.clear();
        const std::size_t from = of_.first[client];
        const std::size_t all = of_.first[client + 1] - from;
        for (std::size_t k = 0, i = all == 0 ? 0 : client * spread % all; k < all; ++k, i = i + 1 == all ? 0 : i + 1) {
            const std::int64_t cost = priced(from + i);
            if (best_.size() == known_options) {
                if (cost >= best_.back().first) continue;
                best_.pop_back();
            }
            auto at = best_.end();
            while (at != best_.begin() && cost < std::prev(at)->first) --at;
            best_.insert(at, {cost, from + i});
        }
    }

    void solve() {
        graph net;
        net.reserveNode(static_cast<int>(of_.clients() + of_.places() + 1));
        for (std::size_t i = 0; i < of_.clients() + of_.places() + 1; ++i) net.addNode();
        const graph::Node sink = graph::nodeFromId(static_cast<int>(of_.clients() + of_.places()));
        const auto place_node = [&](std::size_t place) {
            return graph::nodeFromId(static_cast<int>(of_.clients() + place));
        };
        std::vector<std::int64_t> costs;
        std::vector<std::int64_t> uppers;
        std::vector<std::uint32_t> targets;
        const auto add = [&](graph::Node from, graph::Node to, std::int64_t cost, std::int64_t upper,
                             std::uint32_t target) {
            net.addArc(from, to);
            costs.push_back(cost);
            uppers.push_back(upper);
            targets.push_back(target);
        };
        for (std::size_t i = 0; i < of_.clients(); ++i) {
            const graph::Node client = graph::nodeFromId(static_cast<int>(i));
            for (const std::size_t k : known_[i])
                add(client, place_node(of_.options[k].place), of_.options[k].cost, 1, of_.options[k].place);
            add(client, sink, of_.stay[i], 1, no_place);
        }
        const auto clients = static_cast<std::int64_t>(of_.clients());
        for (std::size_t j = 0; j < of_.places(); ++j)
            add(place_node(j), sink, 0, std::min(of_.capacity[j], clients), no_place);
        graph::ArcMap<std::int64_t> cost(net);
        graph::ArcMap<std::int64_t> upper(net);
        for (std::size_t k = 0; k < costs.size(); ++k) {
            cost[graph::arcFromId(static_cast<int>(k))] = costs[k];
            upper[graph::arcFromId(static_cast<int>(k))] = uppers[k];
        }
        graph::NodeMap<std::int64_t> supply(net, 0);
        for (std::size_t i = 0; i < of_.clients(); ++i) supply[graph::nodeFromId(static_cast<int>(i))] = 1;
        supply[sink] = -clients;
        simplex flow(net);
        // Everybody can stay, so there is always a flow, and it is finite.
        flow.costMap(cost).upperMap(upper).supplyMap(supply).run();
        const std::int64_t base = flow.potential(sink);
        for (std::size_t j = 0; j < of_.places(); ++j)
            price_[j] = std::max<std::int64_t>(0, base - flow.potential(place_node(j)));
        std::fill(chosen_.begin(), chosen_.end(), no_place);
        for (std::size_t k = 0; k < costs.size(); ++k) {
            const graph::Arc arc = graph::arcFromId(static_cast<int>(k));
            if (targets[k] != no_place && flow.flow(arc) > 0)
                chosen_[static_cast<std::size_t>(graph::id(net.source(arc)))] = targets[k];
        }
    }

    bool take_better() {
        ++round_;
        bool is_better = false;
        for (std::size_t i = 0; i < of_.clients(); ++i) {
            find_best(i);
            std::int64_t value = of_.stay[i];
            for (const std::size_t k : known_[i]) value = std::min(value, priced(k));
            const bool has_better = !best_.empty() && best_.front().first < value;
            is_better = is_better || has_better;
            if (round_ <= forgetful_rounds)
                forget_all_but_chosen(i);
            else if (!has_better)
                continue;
            for (const auto& each : best_)
                if (std::find(known_[i].begin(), known_[i].end(), each.second) == known_[i].end())
                    known_[i].push_back(each.second);
        }
        return is_better;
    }

    void forget_all_but_chosen(std::size_t client) {
        std::vector<std::size_t>& known = known_[client];
        const auto is_left = [&](std::size_t k) { return of_.options[k].place != chosen_[client]; };
        known.erase(std::remove_if(known.begin(), known.end(), is_left), known.end());
    }

    const weighted_problem& of_;
    std::vector<std::vector<std::size_t>> known_;
    std::vector<std::pair<std::int64_t, std::size_t>> best_;
    std::vector<std::uint32_t> chosen_;
    std::vector<std::int64_t> price_;
    int round_ = 0;
};

void count_class(assignment& into, const weighted_problem& of, const assignment_client& client, bool is_placed) {
    const auto at = std::lower_bound(of.ranks.begin(), of.ranks.end(), client.rank) - of.ranks.begin();
    assignment_class& counted = into.classes[static_cast<std::size_t>(at)];
    ++counted.clients;
    if (is_placed) ++counted.placed;
}

/// The possible places of one who stays, best first.
std::vector<std::string> full_places(const assignment_problem& problem, const weighted_problem& of,
                                     std::size_t client) {
    constexpr std::size_t shown = 3;
    std::vector<std::pair<std::int64_t, std::uint32_t>> options;
    for (std::size_t k = of.first[client]; k < of.first[client + 1]; ++k)
        options.emplace_back(of.options[k].cost, of.options[k].place);
    std::sort(options.begin(), options.end());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(shown, options.size()); ++i)
        names.push_back(problem.places[of.place_order[options[i].second]].id);
    return names;
}

assignment tell(const assignment_problem& problem, const weighted_problem& of, const option_flow& flow) {
    assignment told;
    for (const std::int64_t rank : of.ranks) told.classes.push_back({rank, 0, 0});
    for (std::size_t j = 0; j < of.places(); ++j)
        told.places.push_back({problem.places[of.place_order[j]].id, of.capacity[j], 0, flow.prices()[j]});
    for (std::size_t i = 0; i < of.clients(); ++i) {
        const assignment_client& client = problem.clients[of.client_order[i]];
        const std::uint32_t place = flow.chosen()[i];
        assignment_row row;
        row.client = client.id;
        if (place == option_flow::no_place) {
            row.full_places = full_places(problem, of, i);
            row.reason = row.full_places.empty() ? assignment_reason::no_option : assignment_reason::full;
        } else {
            row.place = problem.places[of.place_order[place]].id;
            ++told.places[place].used;
            for (std::size_t k = of.first[i]; k < of.first[i + 1]; ++k) {
                if (of.options[k].place != place) continue;
                row.misfit = of.options[k].cost / of.misfit_weight;
                row.wish = of.options[k].cost % of.misfit_weight;
            }
        }
        told.misfit += row.misfit;
        told.wish += row.wish;
        count_class(told, of, client, row.place.has_value());
        told.rows.push_back(std::move(row));
    }
    return told;
}

error unproved(const std::string& message) { return error(error_code::assignment_shape, message); }

}  // namespace

result<assignment> try_assign(const assignment_problem& of) {
    POLKU_TRY(const weighted_problem weighted, detail::try_weigh(of));
    option_flow flow(weighted);
    if (weighted.clients() > 0) flow.run();
    return tell(of, weighted, flow);
}

result<void> try_verify_assignment(const assignment_problem& problem, const assignment& answer) {
    POLKU_TRY(const weighted_problem of, detail::try_weigh(problem));
    if (answer.rows.size() != of.clients() || answer.places.size() != of.places())
        return unproved("the answer has other numbers of clients or places than the problem");
    std::map<std::string, std::size_t> at;
    for (std::size_t j = 0; j < of.places(); ++j) at[problem.places[of.place_order[j]].id] = j;
    std::vector<std::int64_t> used(of.places());
    for (std::size_t i = 0; i < of.clients(); ++i) {
        const assignment_row& row = answer.rows[i];
        const std::string& id = problem.clients[of.client_order[i]].id;
        if (row.client != id)
            return unproved("row " + std::to_string(i) + " is of '" + row.client + "', not of '" + id + "'");
        const auto place = row.place ? at.find(*row.place) : at.end();
        std::optional<std::int64_t> paid;
        if (!row.place) paid = of.stay[i];
        std::int64_t least = of.stay[i];
        for (std::size_t k = of.first[i]; k < of.first[i + 1]; ++k) {
            const priced_option& each = of.options[k];
            const std::int64_t priced = each.cost + answer.places[each.place].price;
            least = std::min(least, priced);
            if (place != at.end() && place->second == each.place) paid = priced;
        }
        if (!paid) return unproved("'" + id + "' is given a place that was no option");
        if (*paid != least) return unproved("'" + id + "' would be better off elsewhere at these prices");
        if (row.place) ++used[place->second];
    }
    for (std::size_t j = 0; j < of.places(); ++j) {
        const assignment_use& place = answer.places[j];
        if (used[j] > of.capacity[j]) return unproved("more people than places are in '" + place.place + "'");
        if (place.price < 0 || (place.price > 0 && used[j] < of.capacity[j]))
            return unproved("'" + place.place + "' has a price, but places are left in it");
    }
    return {};
}

}  // namespace polku::inline POLKU_V::population
