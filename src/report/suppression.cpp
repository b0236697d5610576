// SPDX-License-Identifier: Apache-2.0
#include <polku/report/suppression.hpp>

#include <algorithm>
#include <limits>
#include <optional>

namespace polku::inline POLKU_V::report {

namespace {

using cost = std::int64_t;
constexpr cost no_way = std::numeric_limits<cost>::max();
/// Hiding a sum over all municipalities costs more than hiding any of its parts.
constexpr cost of_a_sum = 1'000'000'000;

/// A walk round the graph, and how the counts of two layers move along it: by one in `layer`, and in `partner` against
/// it, or with it where one of the two is the sum. Such a move changes no sum and no balance.
struct way_round {
    std::size_t layer = 0;
    std::size_t partner = 0;
    int sign = 1;                                   ///< of the move along the arcs in `layer`
    std::vector<std::pair<std::size_t, int>> arcs;  ///< with 1 for along, -1 for against
    cost price = no_way;
};

class protector {
public:
    protector(count_graph& counts, std::int64_t threshold) : of_(counts), threshold_(threshold) {}

    void run() {
        std::vector<std::pair<std::size_t, std::size_t>> to_protect;
        for (std::size_t arc = 0; arc < of_.arcs.size(); ++arc) {
            if (of_.arcs[arc].fixed) continue;
            for (std::size_t layer = 0; layer <= last_layer(arc); ++layer) {
                protected_count& one = of_.arcs[arc].layers[layer];
                const bool is_small = 0 < one.value && one.value < threshold_;
                if (is_small && one.shown == disclosure::exact) one.shown = disclosure::small;
                if (is_small || one.shown == disclosure::hidden) to_protect.emplace_back(arc, layer);
            }
        }
        for (const auto& each : to_protect)
            if (!hide_round(each.first, each.second)) return withhold();
    }

private:
    std::size_t last_layer(std::size_t arc) const { return of_.arcs[arc].layers.size() - 1; }

    /// What a move by one costs: nothing for a count that is hidden, its size for one that has yet to be hidden.
    cost price_of(std::size_t arc, std::size_t layer, int move) const {
        const protected_count& one = of_.arcs[arc].layers[layer];
        const std::int64_t then = one.value + move;
        switch (one.shown) {
            case disclosure::withheld: return then >= 0 && !of_.arcs[arc].fixed ? 0 : no_way;
            case disclosure::small: return 1 <= then && then < threshold_ && !of_.arcs[arc].fixed ? 0 : no_way;
            case disclosure::hidden: return then >= threshold_ && !of_.arcs[arc].fixed ? 0 : no_way;
            case disclosure::exact: break;
        }
        if (of_.arcs[arc].fixed || one.value < threshold_ || then < threshold_) return no_way;
        return one.value + (layer == last_layer(arc) ? of_a_sum : 0);
    }

    cost price_of(std::size_t arc, const way_round& with, int direction) const {
        const bool is_sum = with.layer == last_layer(arc) || with.partner == last_layer(arc);
        const int move = with.sign * direction;
        const cost here = price_of(arc, with.layer, move);
        const cost there = price_of(arc, with.partner, is_sum ? move : -move);
        return here == no_way || there == no_way ? no_way : here + there;
    }

    /// The cheapest way from the arc's head back to its tail (Bellman and Ford: the graphs are small).
    void close(std::size_t first, way_round& with) const {
        struct step {
            cost price = no_way;
            std::size_t arc = 0;
            int direction = 0;
            std::size_t before = 0;
        };
        std::vector<step> best(of_.nodes);
        const std::size_t start = of_.arcs[first].to;
        const std::size_t goal = of_.arcs[first].from;
        best[start].price = price_of(first, with, 1);
        if (best[start].price == no_way) return;
        for (bool better = true; better;) {
            better = false;
            for (std::size_t arc = 0; arc < of_.arcs.size(); ++arc) {
                if (arc == first) continue;
                for (const int direction : {1, -1}) {
                    const std::size_t from = direction > 0 ? of_.arcs[arc].from : of_.arcs[arc].to;
                    const std::size_t to = direction > 0 ? of_.arcs[arc].to : of_.arcs[arc].from;
                    if (best[from].price == no_way) continue;
                    const cost more = price_of(arc, with, direction);
                    if (more == no_way || best[to].price <= best[from].price + more) continue;
                    best[to] = {best[from].price + more, arc, direction, from};
                    better = true;
                }
            }
        }
        with.price = best[goal].price;
        with.arcs.assign(1, {first, 1});
        if (with.price == no_way) return;
        for (std::size_t at = goal; at != start; at = best[at].before)
            with.arcs.emplace_back(best[at].arc, best[at].direction);
    }

    bool hide_round(std::size_t arc, std::size_t layer) {
        std::optional<way_round> cheapest;
        for (std::size_t partner = 0; partner <= last_layer(arc); ++partner) {
            for (const int sign : {1, -1}) {
                way_round found{layer, partner, sign, {}, no_way};
                if (partner != layer) close(arc, found);
                if (found.price != no_way && (!cheapest || found.price < cheapest->price)) cheapest = std::move(found);
            }
        }
        if (!cheapest) return false;
        for (const auto& step : cheapest->arcs)
            for (const std::size_t each : {cheapest->layer, cheapest->partner})
                if (protected_count& one = of_.arcs[step.first].layers[each]; one.shown == disclosure::exact)
                    one.shown = disclosure::hidden;
        return true;
    }

    void withhold() {
        for (count_graph::arc& each : of_.arcs)
            if (!each.fixed)
                for (protected_count& one : each.layers) one.shown = disclosure::withheld;
    }

    count_graph& of_;
    std::int64_t threshold_;
};

}  // namespace

void protect(count_graph& counts, std::int64_t threshold) { protector(counts, threshold).run(); }

}  // namespace polku::inline POLKU_V::report
