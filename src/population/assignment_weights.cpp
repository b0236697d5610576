// SPDX-License-Identifier: Apache-2.0
#include "assignment_weights.hpp"

#include <algorithm>
#include <numeric>

namespace polku::inline POLKU_V::population::detail {

namespace {

/// The sums of path costs in the solver stay below a quarter of what 64 bits hold.
constexpr std::int64_t largest_weight = std::int64_t{1} << 60;

error shape(const std::string& message, std::string pointer) {
    return error(error_code::assignment_shape, message, {.pointer = std::move(pointer)});
}

template <class Item>
result<std::vector<std::uint32_t>> order_by_id(const std::vector<Item>& of, const std::string& list) {
    std::vector<std::uint32_t> order(of.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
        return of[left].id != of[right].id ? of[left].id < of[right].id : left < right;
    });
    for (std::size_t i = 1; i < order.size(); ++i)
        if (of[order[i - 1]].id == of[order[i]].id)
            return shape("the id '" + of[order[i]].id + "' stands twice among the " + list,
                         "/" + list + "/" + std::to_string(order[i]));
    return order;
}

std::vector<std::uint32_t> inverse(const std::vector<std::uint32_t>& order) {
    std::vector<std::uint32_t> at(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) at[order[i]] = static_cast<std::uint32_t>(i);
    return at;
}

result<std::int64_t> product(std::int64_t left, std::int64_t right) {
    if (left != 0 && right > largest_weight / left)
        return error(
            error_code::assignment_range,
            "the penalties of the assignment are so large that their sums do not fit 64 bits; scale them down");
    return left * right;
}

result<void> check_options(const assignment_problem& of) {
    for (std::size_t i = 0; i < of.options.size(); ++i) {
        const assignment_option& each = of.options[i];
        if (each.client < of.clients.size() && each.place < of.places.size()) continue;
        const bool is_client = each.client >= of.clients.size();
        return shape("the option is of " + std::string(is_client ? "client " : "place ") +
                         std::to_string(is_client ? each.client : each.place) + ", but there are " +
                         std::to_string(is_client ? of.clients.size() : of.places.size()),
                     "/options/" + std::to_string(i));
    }
    for (std::size_t i = 0; i < of.places.size(); ++i)
        if (of.places[i].places < 0 || of.places[i].places > largest_weight)
            return shape("the place has " + std::to_string(of.places[i].places) + " places",
                         "/places/" + std::to_string(i) + "/places");
    return {};
}

/// Sorted by client and place, in the orders of ids.
result<void> place_options(const assignment_problem& of, weighted_problem& made) {
    const std::vector<std::uint32_t> client_at = inverse(made.client_order);
    const std::vector<std::uint32_t> place_at = inverse(made.place_order);
    made.first.assign(of.clients.size() + 1, 0);
    for (const assignment_option& each : of.options) ++made.first[client_at[each.client] + 1];
    std::partial_sum(made.first.begin(), made.first.end(), made.first.begin());
    made.options.resize(of.options.size());
    std::vector<std::size_t> next(made.first.begin(), made.first.end() - 1);
    for (const assignment_option& each : of.options)
        made.options[next[client_at[each.client]]++] = {place_at[each.place],
                                                        each.misfit * made.misfit_weight + each.wish};
    for (std::size_t i = 0; i < of.clients.size(); ++i) {
        const auto from = made.options.begin() + static_cast<std::ptrdiff_t>(made.first[i]);
        const auto to = made.options.begin() + static_cast<std::ptrdiff_t>(made.first[i + 1]);
        const auto by_place = [](const priced_option& left, const priced_option& right) {
            return left.place < right.place;
        };
        if (!std::is_sorted(from, to, by_place)) std::sort(from, to, by_place);
        const auto twice = std::adjacent_find(
            from, to, [](const priced_option& left, const priced_option& right) { return left.place == right.place; });
        if (twice != to)
            return shape("the client '" + of.clients[made.client_order[i]].id + "' has two options for the place '" +
                             of.places[made.place_order[twice->place]].id + "'",
                         "/options");
    }
    return {};
}

}  // namespace

result<weighted_problem> try_weigh(const assignment_problem& of) {
    POLKU_CHECK(check_options(of));
    weighted_problem made;
    POLKU_TRY(made.client_order, order_by_id(of.clients, "clients"));
    POLKU_TRY(made.place_order, order_by_id(of.places, "places"));
    std::int64_t misfit = 0;
    std::int64_t wish = 0;
    for (const assignment_option& each : of.options) {
        misfit = std::max<std::int64_t>(misfit, each.misfit);
        wish = std::max<std::int64_t>(wish, each.wish);
    }
    const auto clients = static_cast<std::int64_t>(of.clients.size());
    POLKU_TRY(const std::int64_t wishes, product(wish, clients));
    made.misfit_weight = wishes + 1;
    POLKU_TRY(const std::int64_t misfits, product(misfit, made.misfit_weight));
    const std::int64_t moves = std::min(clients, static_cast<std::int64_t>(of.places.size())) + 2;
    POLKU_TRY(const std::int64_t exchange, product(misfits + wish, moves));
    for (const std::uint32_t each : made.client_order) made.ranks.push_back(of.clients[each].rank);
    std::sort(made.ranks.begin(), made.ranks.end());
    made.ranks.erase(std::unique(made.ranks.begin(), made.ranks.end()), made.ranks.end());
    const auto classes = static_cast<std::int64_t>(made.ranks.size());
    POLKU_TRY(const std::int64_t dearest, product(exchange + 1, classes));
    POLKU_TRY(const std::int64_t all, product(dearest, 2 * clients + 2 * moves));
    (void)all;
    for (const std::uint32_t each : made.client_order) {
        const auto at = std::lower_bound(made.ranks.begin(), made.ranks.end(), of.clients[each].rank);
        made.stay.push_back((classes - (at - made.ranks.begin())) * (exchange + 1));
    }
    for (const std::uint32_t each : made.place_order) made.capacity.push_back(of.places[each].places);
    POLKU_CHECK(place_options(of, made));
    return made;
}

}  // namespace polku::inline POLKU_V::population::detail
