// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_SORT_IPP
#define POLKU_IMPL_FEEL_BUILTINS_SORT_IPP

#include <polku/impl/feel/builtins_sort.hpp>

#include <algorithm>

// `sort` (DMN 1.5 clause 10.3.4.7). A merge sort of our own, since the standard library's may run past the end when the
// model's function is no order.

namespace polku::inline POLKU_V::feel::detail {

/// Sorting by a function of the model; `refused` is set by its first answer that is no boolean.
struct model_sort {
    evaluation_context& with;
    const function& precedes;
    value refused;
    bool failed = false;

    bool before(const value& left, const value& right) {
        if (failed) return false;
        const value both[] = {left, right};
        const value answer = with.step() ? precedes.call(with, both) : value();
        if (answer.is(kind::boolean)) return answer.as_boolean();
        failed = true;
        refused = refuse(answer);
        return false;
    }

    /// Merges the sorted halves of `items` from `begin` to `end` into `to`; equal items keep their order.
    void merge(std::span<value> items, std::size_t begin, std::size_t middle, std::size_t end, std::span<value> to) {
        std::size_t left = begin;
        std::size_t right = middle;
        for (std::size_t at = begin; at < end; ++at) {
            const bool from_right = left == middle || (right < end && before(items[right], items[left]));
            to[at] = std::move(items[from_right ? right++ : left++]);
        }
    }

    void run(std::vector<value>& items) {
        std::vector<value> other(items.size());
        for (std::size_t width = 1; width < items.size() && !failed; width *= 2) {
            for (std::size_t begin = 0; begin < items.size(); begin += 2 * width)
                merge(items, begin, std::min(begin + width, items.size()), std::min(begin + 2 * width, items.size()),
                      other);
            items.swap(other);
        }
    }
};

POLKU_DECL value builtin_sort(evaluation_context& with, std::size_t, arguments given) {
    arguments items;
    const function* precedes = nullptr;
    if (!take_list(given[0], items)) return refuse(given[0]);
    if (!take_function(given[1], precedes)) return refuse(given[1]);
    model_sort sort{with, *precedes, {}};
    std::vector<value> sorted(items.begin(), items.end());
    sort.run(sorted);
    return sort.failed ? sort.refused : bounded_list(with, std::move(sorted));
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
