// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_AGGREGATES_HPP
#define POLKU_IMPL_FEEL_CODE_AGGREGATES_HPP

#include <polku/feel/code.hpp>
#include <polku/impl/feel/builtins_support.hpp>
#include <polku/impl/feel/code_collections.hpp>

namespace polku::inline POLKU_V::feel::detail {

/// `count`, `sum`, `min` or `max` over `list[condition].entry`, `list[condition]` or `list.entry`: what is counted or
/// summed goes from the list to the result without lists between. The answer is that of the built-in over the list.
class aggregate_operation final : public operation {
public:
    enum class what : std::uint8_t { count, sum, min, max };

    /// `over` is a filter, or a path; the condition of a filter is one that gives booleans or null alone.
    aggregate_operation(what is, builtin_target plain, operation_pointer over, const path_operation* path,
                        const item_filter_operation* filter)
        : plain_(plain), over_(std::move(over)), path_(path), filter_(filter), is_(is) {
        if (filter_ != nullptr) reads_ = item_reads(*filter_->condition().get(), filter_->local(), path_);
    }
    POLKU_DECL value run(frame& in) const override;

private:
    POLKU_DECL value over_items(frame& in, std::span<const value> items) const;
    template <class Take>
    bool each_part(frame& in, std::span<const value> items, Take&& take) const;
    POLKU_DECL value sum_over(frame& in, std::span<const value> items) const;
    POLKU_DECL value extreme_over(frame& in, std::span<const value> items, int sign) const;

    builtin_target plain_;
    operation_pointer over_;
    const path_operation* path_;           ///< in `over_`, or null pointer
    const item_filter_operation* filter_;  ///< in `over_`, or null pointer
    item_reads reads_;                     ///< of the filter and the path
    what is_;
};

/// The call of an aggregate over one argument; null pointer, and `over` untouched, where this form does not fit.
POLKU_DECL operation_pointer make_aggregate(std::string_view name, builtin_target plain, operation_pointer& over);

}  // namespace polku::inline POLKU_V::feel::detail

#endif
