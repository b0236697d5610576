// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_IPP
#define POLKU_IMPL_FEEL_BUILTINS_IPP

#include <polku/feel/function.hpp>
#include <polku/impl/feel/builtins_support.hpp>

#include <algorithm>
#include <deque>

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/builtins_aggregate.ipp>
#include <polku/impl/feel/builtins_boolean.ipp>
#include <polku/impl/feel/builtins_context.ipp>
#include <polku/impl/feel/builtins_conversion.ipp>
#include <polku/impl/feel/builtins_interval.ipp>
#include <polku/impl/feel/builtins_list.ipp>
#include <polku/impl/feel/builtins_numeric.ipp>
#include <polku/impl/feel/builtins_string.ipp>
#include <polku/impl/feel/builtins_temporal.ipp>
#endif

namespace polku::inline POLKU_V::feel {

namespace detail {

/// A signature taken apart.
struct parsed_signature {
    std::vector<parameter> parameters;
    std::size_t required = 0;  ///< leading parameters that must be given
    bool variadic = false;     ///< the last parameter takes the rest
};

POLKU_DECL type builtin_type(std::string_view name) {
    type found;
    return type::from_name(name, found) ? found : type::any();
}

POLKU_DECL std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

POLKU_DECL parsed_signature parse_signature(const signature& from) {
    parsed_signature made;
    std::string_view rest = from.parameters;
    while (!trimmed(rest).empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        const std::string_view one = rest.substr(0, comma);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        const std::size_t colon = std::min(one.find(':'), one.size());
        std::string_view name = trimmed(one.substr(0, colon));
        const std::string_view of = trimmed(one.substr(std::min(colon + 1, one.size())));
        const bool optional = name.ends_with('?');
        made.variadic = name.ends_with("...");
        name.remove_suffix(optional ? 1 : made.variadic ? 3 : 0);
        made.parameters.push_back({std::string(name), builtin_type(of)});
        if (!optional) made.required = made.parameters.size();
    }
    return made;
}

/// The function value of a built-in: chooses the signature that fits the arguments and calls the body.
class builtin_function final : public function {
public:
    explicit builtin_function(const builtin& of) : of_(&of), result_(builtin_type(of.result)) {
        for (const signature& each : of.signatures) signatures_.push_back(parse_signature(each));
    }

    std::span<const parameter> parameters() const noexcept override { return signatures_.front().parameters; }
    type result_type() const override { return result_; }
    std::string_view name() const noexcept override { return of_->name; }

    value call(evaluation_context& with, arguments given) const override {
        for (std::size_t i = 0; i < signatures_.size(); ++i) {
            const parsed_signature& each = signatures_[i];
            if (given.size() < each.required) continue;
            if (!each.variadic && given.size() > each.parameters.size()) continue;
            if (!each.variadic && given.size() == each.parameters.size()) return of_->body(with, i, given);
            return of_->body(with, i, filled(each, given));
        }
        return value(null_reason::wrong_arguments);
    }

    /// The body that `call` chooses for so many arguments, where it takes them as they are.
    builtin_target target(std::size_t count) const noexcept {
        for (std::size_t i = 0; i < signatures_.size(); ++i) {
            const parsed_signature& each = signatures_[i];
            if (count < each.required) continue;
            if (!each.variadic && count > each.parameters.size()) continue;
            return !each.variadic && count == each.parameters.size() ? builtin_target{of_->body, i} : builtin_target{};
        }
        return {};
    }

    value call_named(evaluation_context& with, std::span<const std::string> names, arguments given) const override {
        // `before(range: r, point: p)`: where signatures differ by order only, the order that was written chooses.
        for (std::size_t i = 0; i < signatures_.size(); ++i)
            if (is_written_so(signatures_[i], names)) return of_->body(with, i, given);
        std::vector<value> ordered;
        // What is not named is null (clause 10.3.2.13.5), but a signature that is named in full comes first.
        for (const bool in_full : {true, false})
            for (std::size_t i = 0; i < signatures_.size(); ++i)
                if (order(signatures_[i], names, given, in_full, ordered)) return of_->body(with, i, ordered);
        return value(null_reason::wrong_arguments);
    }

private:
    /// The arguments with nulls for what is left out and the rest of a variadic signature as one list.
    static std::vector<value> filled(const parsed_signature& to, arguments given) {
        std::vector<value> ordered(to.parameters.size());
        const std::size_t single = to.variadic ? to.parameters.size() - 1 : given.size();
        std::copy_n(given.begin(), single, ordered.begin());
        if (to.variadic) ordered.back() = value(std::vector<value>(given.begin() + single, given.end()));
        return ordered;
    }

    static bool is_written_so(const parsed_signature& to, std::span<const std::string> names) {
        return !to.variadic &&
               std::equal(names.begin(), names.end(), to.parameters.begin(), to.parameters.end(),
                          [](const std::string& name, const parameter& each) { return name == each.name; });
    }

    static bool order(const parsed_signature& to, std::span<const std::string> names, arguments given, bool in_full,
                      std::vector<value>& ordered) {
        if (names.size() != given.size()) return false;
        ordered.assign(to.parameters.size(), value());
        std::vector<bool> known(to.parameters.size(), false);
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto at = std::find_if(to.parameters.begin(), to.parameters.end(),
                                         [&](const parameter& each) { return each.name == names[i]; });
            const auto index = static_cast<std::size_t>(at - to.parameters.begin());
            if (at == to.parameters.end() || known[index]) return false;
            known[index] = true;
            ordered[index] = given[i];
        }
        if (to.variadic) ordered.back() = value(std::vector<value>{ordered.back()});
        const auto required = known.begin() + static_cast<std::ptrdiff_t>(to.required);
        return !in_full || std::find(known.begin(), required, false) == required;
    }

    const builtin* of_;
    type result_;
    std::vector<parsed_signature> signatures_;
};

/// All built-ins and their function values, both sorted by name; made at the first use.
struct builtin_table {
    std::vector<builtin> sorted;
    std::deque<builtin_function> functions;  // a deque, since function values cannot move

    builtin_table() {
        for (const auto family :
             {conversion_builtins(), boolean_builtins(), string_builtins(), list_builtins(), aggregate_builtins(),
              numeric_builtins(), interval_builtins(), temporal_builtins(), context_builtins()})
            sorted.insert(sorted.end(), family.begin(), family.end());
        std::sort(sorted.begin(), sorted.end(),
                  [](const builtin& left, const builtin& right) { return left.name < right.name; });
        for (const builtin& each : sorted) functions.emplace_back(each);
    }
};

POLKU_DECL const builtin_table& all_builtins() {
    // Never destroyed: function values may live in other static objects.
    static const builtin_table* const table = new builtin_table;
    return *table;
}

POLKU_DECL builtin_target target_of(const function& callee, std::size_t count) noexcept {
    const function* const known = find_builtin(callee.name());
    return known == &callee ? static_cast<const builtin_function*>(known)->target(count) : builtin_target{};
}

}  // namespace detail

POLKU_DECL std::span<const builtin> builtins() noexcept { return detail::all_builtins().sorted; }

POLKU_DECL const function* find_builtin(std::string_view name) noexcept {
    const detail::builtin_table& table = detail::all_builtins();
    const auto at = std::lower_bound(table.sorted.begin(), table.sorted.end(), name,
                                     [](const builtin& each, std::string_view wanted) { return each.name < wanted; });
    if (at == table.sorted.end() || at->name != name) return nullptr;
    return &table.functions[static_cast<std::size_t>(at - table.sorted.begin())];
}

}  // namespace polku::inline POLKU_V::feel

#endif
