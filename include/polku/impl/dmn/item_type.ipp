// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_ITEM_TYPE_IPP
#define POLKU_IMPL_DMN_ITEM_TYPE_IPP

#include <polku/dmn/item_type.hpp>

namespace polku::inline POLKU_V::dmn {

namespace detail {

POLKU_DECL bool item_keeps_constraints(const feel::value& of, const item_type& type, feel::evaluation_context& with) {
    if (of.is_null()) return true;
    if (type.base && !keeps_constraints(of, *type.base, with)) return false;
    if (type.allowed && !type.allowed.accepts(with, {}, of).is_true()) return false;
    if (type.members.empty() || !of.is(feel::kind::context)) return true;
    for (const item_type::member& each : type.members) {
        const feel::value* entry = each.is ? of.as_context().find(each.name) : nullptr;
        if (entry && !keeps_constraints(*entry, *each.is, with)) return false;
    }
    return true;
}

POLKU_DECL bool parse_kind(std::string_view text, feel::kind wanted, const feel::evaluation_context& with,
                           feel::value& out) {
    const auto take = [&](auto parsed) {
        if (parsed) out = feel::value(*parsed);
        return static_cast<bool>(parsed);
    };
    switch (wanted) {
        case feel::kind::date: return take(time::parse_date(text));
        case feel::kind::time: return take(time::parse_time(text, with.zones()));
        case feel::kind::date_time: return take(time::parse_date_time(text, with.zones()));
        case feel::kind::months_duration: return take(time::parse_months_duration(text));
        case feel::kind::days_duration: return take(time::parse_days_duration(text));
        default: return false;
    }
}

POLKU_DECL error wrong_input(const feel::value& found, const feel::type& wanted, std::string pointer) {
    std::string text = feel::to_string(found, 60);
    if (text.size() > 60) text = text.substr(0, 57) + "...";
    return error(error_code::dmn_input_type,
                 "found " + std::string(feel::name_of(found.kind())) + " '" + text + "' where " + wanted.to_string() +
                     " is wanted",
                 {.pointer = std::move(pointer)});
}

POLKU_DECL result<feel::value> typed_list(const feel::value& from, const feel::type& wanted, const std::string& pointer,
                                          const feel::evaluation_context& with) {
    std::vector<feel::value> items;
    items.reserve(from.as_list().size());
    for (const feel::value& each : from.as_list()) {
        POLKU_TRY(feel::value made, try_typed(each, wanted.element(), pointer_to(pointer, items.size()), with));
        items.push_back(std::move(made));
    }
    return feel::value(std::move(items));
}

/// Where the entries are those of the type in its order, they share its names, so that paths find them by place.
POLKU_DECL result<feel::value> typed_context(const feel::value& from, const feel::type& wanted,
                                             const std::string& pointer, const feel::evaluation_context& with) {
    const feel::context& given = from.as_context();
    feel::context entries = feel::context::like(wanted.names());
    entries.reserve(given.size());
    for (const auto& each : given) {
        const feel::type* member = wanted.find_member(each.name);
        if (!member) {
            entries.append(each.name, each.value);
            continue;
        }
        POLKU_TRY(feel::value made, try_typed(each.value, *member, pointer_to(pointer, each.name), with));
        entries.append(each.name, std::move(made));
    }
    return feel::value(std::move(entries));
}

}  // namespace detail

POLKU_DECL bool keeps_constraints(const feel::value& of, const item_type& type, feel::evaluation_context& with) {
    if (!type.is_constrained || of.is_null()) return true;
    if (type.is_collection && of.is(feel::kind::list)) {
        for (const feel::value& each : of.as_list())
            if (!with.step() || !detail::item_keeps_constraints(each, type, with)) return false;
    } else if (!detail::item_keeps_constraints(of, type, with)) {
        return false;
    }
    return !type.constraint || type.constraint.accepts(with, {}, of).is_true();
}

POLKU_DECL const feel::value& detail::conform_at_all(const feel::value& from, const item_type& type,
                                                     feel::evaluation_context& with, feel::value& scratch) {
    const bool fits = feel::fits(from, type.type);
    if (!fits) scratch = feel::coerce(from, type.type);
    const feel::value& made = fits ? from : scratch;
    if (!type.is_constrained || made.is_null() || keeps_constraints(made, type, with)) return made;
    return scratch = feel::value(feel::null_reason::constraint_violated);
}

POLKU_DECL feel::value conform(const feel::value& from, const item_type& type, feel::evaluation_context& with) {
    feel::value scratch;
    return conform(from, type, with, scratch);
}

POLKU_DECL feel::value conformed(feel::value from, const item_type& type, feel::evaluation_context& with) {
    feel::value scratch;
    const feel::value& made = conform(from, type, with, scratch);
    return &made == &from ? std::move(from) : std::move(scratch);
}

POLKU_DECL result<feel::value> try_typed(const feel::value& from, const feel::type& wanted, std::string pointer,
                                         const feel::evaluation_context& with) {
    using form = feel::type::form;
    if (from.is_null() || wanted.is() == form::any) return from;
    if (wanted.is() == form::list) {
        if (from.is(feel::kind::list)) return detail::typed_list(from, wanted, pointer, with);
        return try_typed(from, wanted.element(), std::move(pointer), with);
    }
    if (wanted.is() == form::context && from.is(feel::kind::context))
        return detail::typed_context(from, wanted, pointer, with);
    if (wanted.is() == form::simple && from.is(feel::kind::string) && wanted.simple_kind() != feel::kind::string) {
        feel::value made;
        if (detail::parse_kind(from.as_string(), wanted.simple_kind(), with, made)) return made;
        return detail::wrong_input(from, wanted, std::move(pointer));
    }
    if (feel::is_instance(from, wanted)) return from;
    return detail::wrong_input(from, wanted, std::move(pointer));
}

}  // namespace polku::inline POLKU_V::dmn

#endif
