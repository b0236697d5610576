// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_DISTINCT_VALUES_HPP
#define POLKU_IMPL_FEEL_DISTINCT_VALUES_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/value.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace polku::inline POLKU_V::feel::detail {

/// A hash that values which FEEL's `=` holds equal have in common, whatever their scale, zone or order of entries.
/// Looks at the first items and the outer levels only, so that it costs little however large the value is.
POLKU_DECL std::uint64_t hash_of(const value& of, const evaluation_context& with);

/// Values in the order of their first appearance, each once by FEEL's `=`; near-linear in what is added.
class distinct_values {
public:
    explicit distinct_values(evaluation_context& with) : with_(with) {}
    /// Adds the items that are not there yet; false once a limit is passed.
    POLKU_DECL bool add(std::span<const value> items);
    std::vector<value> take() { return std::move(items_); }

private:
    POLKU_DECL bool add_one(const value& each);
    POLKU_DECL void grow();

    evaluation_context& with_;
    std::vector<value> items_;
    std::vector<std::uint64_t> hashes_;  // of the items
    std::vector<std::uint32_t> places_;  // an open table: one more than an item's index, or 0
};

}  // namespace polku::inline POLKU_V::feel::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/distinct_values.ipp>
#endif

#endif
