// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_TYPE_IPP
#define POLKU_IMPL_FEEL_TYPE_IPP

#include <polku/feel/type.hpp>

#include <algorithm>
#include <cstdint>
#include <unordered_set>
#include <utility>

namespace polku::inline POLKU_V::feel {

namespace detail {

struct named_kind {
    std::string_view name;
    feel::kind kind;
};

POLKU_DECL std::span<const named_kind> simple_type_names() noexcept {
    static constexpr named_kind names[] = {
        {"number", kind::number},
        {"string", kind::string},
        {"boolean", kind::boolean},
        {"date", kind::date},
        {"time", kind::time},
        {"date and time", kind::date_time},
        {"dateTime", kind::date_time},
        {"years and months duration", kind::months_duration},
        {"yearMonthDuration", kind::months_duration},
        {"days and time duration", kind::days_duration},
        {"dayTimeDuration", kind::days_duration},
        {"list", kind::list},
        {"context", kind::context},
        {"function", kind::function},
        {"range", kind::range},
    };
    return names;
}

POLKU_DECL const type& any_type() noexcept {
    static const type any;
    return any;
}

}  // namespace detail

POLKU_DECL type type::null() {
    type made;
    made.form_ = form::null;
    return made;
}

POLKU_DECL type type::simple(kind of) {
    if (of == kind::null) return null();
    if (of == kind::list) return list_of(any());
    if (of == kind::range) return range_of(any());
    if (of == kind::context) return context_of({});
    type made;
    made.form_ = form::simple;
    made.kind_ = of;
    return made;
}

POLKU_DECL type type::list_of(type element) {
    type made;
    made.form_ = form::list;
    made.kind_ = kind::list;
    made.element_ = std::make_shared<const type>(std::move(element));
    return made;
}

POLKU_DECL type type::range_of(type element) {
    type made = list_of(std::move(element));
    made.form_ = form::range;
    made.kind_ = kind::range;
    return made;
}

POLKU_DECL type type::context_of(std::vector<member> members) {
    type made;
    made.form_ = form::context;
    made.kind_ = kind::context;
    std::vector<std::string> names;
    std::vector<kind> kinds;
    for (const member& each : members) {
        names.push_back(each.name);
        const bool is_simple = each.is && each.is->form_ == form::simple && each.is->kind_ != kind::function;
        kinds.push_back(!each.is || each.is->form_ == form::any ? kind::null : is_simple ? each.is->kind_ : looked_at);
    }
    made.members_ = std::make_shared<const member_list>(
        member_list{std::move(members), entry_names(std::move(names)), std::move(kinds)});
    return made;
}

POLKU_DECL type type::function_of(std::vector<type> parameters, type result) {
    type made = list_of(std::move(result));
    made.form_ = form::function;
    made.kind_ = kind::function;
    made.parameters_ = std::make_shared<const std::vector<type>>(std::move(parameters));
    return made;
}

POLKU_DECL bool type::from_name(std::string_view name, type& out) {
    if (name == "Any") return out = any(), true;
    if (name == "Null") return out = null(), true;
    for (const detail::named_kind& each : detail::simple_type_names()) {
        if (each.name != name) continue;
        out = simple(each.kind);
        return true;
    }
    return false;
}

POLKU_DECL const type& type::element() const noexcept { return element_ ? *element_ : detail::any_type(); }

POLKU_DECL const entry_names& type::names() const noexcept {
    static const entry_names none;
    return members_ ? members_->names : none;
}

POLKU_DECL const type* type::find_member(std::string_view name) const noexcept {
    if (!members_) return nullptr;
    for (const member& each : members_->list)
        if (each.name == name) return each.is ? each.is.get() : &detail::any_type();
    return nullptr;
}

namespace detail {

POLKU_DECL bool function_conforms(const type& from, const type& wanted) noexcept {
    const auto& given = from.parameters();
    const auto& expected = wanted.parameters();
    if (given.size() != expected.size()) return false;
    for (std::size_t i = 0; i < given.size(); ++i)
        if (!expected[i].conforms_to(given[i])) return false;
    return from.element().conforms_to(wanted.element());
}

POLKU_DECL bool members_equivalent(const type& left, const type& right) noexcept {
    if (left.members().size() != right.members().size()) return false;
    return std::all_of(left.members().begin(), left.members().end(), [&right](const type::member& each) {
        const type* const other = right.find_member(each.name);
        return other != nullptr && (each.is ? *each.is : any_type()).equivalent_to(*other);
    });
}

}  // namespace detail

POLKU_DECL bool type::conforms_to(const type& wanted) const noexcept {
    if (wanted.form_ == form::any || form_ == form::null) return true;
    if (wanted.form_ == form::simple) return kind_ == wanted.kind_ && form_ != form::any;
    if (form_ != wanted.form_) return false;
    switch (form_) {
        case form::list:
        case form::range: return element().conforms_to(wanted.element());
        case form::context:
            return std::all_of(wanted.members().begin(), wanted.members().end(), [this](const member& each) {
                const type* const own = find_member(each.name);
                return own != nullptr && own->conforms_to(each.is ? *each.is : detail::any_type());
            });
        case form::function: return detail::function_conforms(*this, wanted);
        default: return true;
    }
}

POLKU_DECL bool type::equivalent_to(const type& other) const noexcept {
    if (form_ != other.form_ || kind_ != other.kind_) return false;
    switch (form_) {
        case form::list:
        case form::range: return element().equivalent_to(other.element());
        case form::context: return detail::members_equivalent(*this, other);
        case form::function:
            return std::equal(parameters_->begin(), parameters_->end(), other.parameters_->begin(),
                              other.parameters_->end(),
                              [](const type& a, const type& b) { return a.equivalent_to(b); }) &&
                   element().equivalent_to(other.element());
        default: return true;
    }
}

POLKU_DECL std::string type::to_string() const {
    std::string out;
    switch (form_) {
        case form::any: return "Any";
        case form::null: return "Null";
        case form::simple: return std::string(name_of(kind_));
        case form::list: return "list<" + element().to_string() + ">";
        case form::range: return "range<" + element().to_string() + ">";
        case form::context:
            if (members().empty()) return "context";
            for (const member& each : members())
                out += (out.empty() ? "" : ", ") + each.name + ": " + (each.is ? each.is->to_string() : "Any");
            return "context<" + out + ">";
        case form::function:
            for (const type& each : *parameters_) out += (out.empty() ? "" : ", ") + each.to_string();
            return "function<" + out + "> -> " + element().to_string();
    }
    return out;
}

namespace detail {

/// Defined with `function`, whose class it needs.
POLKU_DECL bool function_is_instance(const function& of, const type& wanted) noexcept;

/// Checks a value and its parts. A part that was found to be of a type is not looked at again under that type, since
/// values that share parts would otherwise take exponential time; the first ones are not written down.
class instance_check {
public:
    POLKU_DECL bool fits(const value& of, const type& wanted);
    POLKU_DECL bool are_contexts(std::span<const value> items, const type& wanted);

private:
    static constexpr std::size_t unwritten = 1'000;
    struct hash {
        std::size_t operator()(const std::pair<const void*, const type*>& of) const noexcept {
            return reinterpret_cast<std::uintptr_t>(of.first) * 31 + reinterpret_cast<std::uintptr_t>(of.second);
        }
    };

    /// False when the parts at that address were checked before: a part that fails ends the whole check.
    bool is_new(const void* parts, const type& wanted) {
        return ++count_ <= unwritten || known_.emplace(parts, &wanted).second;
    }
    /// A value of another kind than its member tells on the spot.
    bool other_kind_fits(const value& of, const type& wanted, std::size_t member) {
        return wanted.member_kinds()[member] == kind::null || fits(of, *wanted.members()[member].is);
    }
    POLKU_DECL bool is_context(const context& of, const type& wanted);
    POLKU_DECL bool are_instances(std::span<const value> items, const type& wanted);

    std::size_t count_ = 0;
    std::unordered_set<std::pair<const void*, const type*>, hash> known_;
};

POLKU_DECL bool instance_check::is_context(const context& of, const type& wanted) {
    const std::span<const kind> kinds = wanted.member_kinds();
    const std::span<const value> values = of.values();
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const std::size_t at = of.index_of(wanted.members()[i].name, i);
        if (at == context::npos) return false;
        if (values[at].kind() != kinds[i] && !other_kind_fits(values[at], wanted, i)) return false;
    }
    return true;
}

/// Contexts that share the names of the type are read by place; the others by name.
POLKU_DECL bool instance_check::are_contexts(std::span<const value> items, const type& wanted) {
    const std::span<const kind> kinds = wanted.member_kinds();
    const entry_names& names = wanted.names();
    for (const value& each : items) {
        if (POLKU_UNLIKELY(!each.is(kind::context))) {
            if (!each.is_null()) return false;
            continue;
        }
        const context_cell& cell = quick_access::context_in(each);
        if (POLKU_UNLIKELY(cell.size != kinds.size() || cell.names != names)) {
            if (!is_context(each.as_context(), wanted)) return false;
            continue;
        }
        const value* const values = cell.values();
        for (std::size_t i = 0; i < kinds.size(); ++i)
            if (POLKU_UNLIKELY(values[i].kind() != kinds[i]) && !other_kind_fits(values[i], wanted, i)) return false;
    }
    return true;
}

POLKU_DECL bool instance_check::are_instances(std::span<const value> items, const type& wanted) {
    if (wanted.is() == type::form::any || !is_new(items.data(), wanted)) return true;
    if (wanted.is() == type::form::context) return are_contexts(items, wanted);
    return std::all_of(items.begin(), items.end(), [&](const value& each) { return fits(each, wanted); });
}

POLKU_DECL bool instance_check::fits(const value& of, const type& wanted) {
    if (of.is_null() || wanted.is() == type::form::any) return true;
    if (wanted.is() == type::form::null || of.kind() != wanted.simple_kind()) return false;
    switch (wanted.is()) {
        case type::form::list: return are_instances(of.as_list(), wanted.element());
        case type::form::range:
            return fits(of.as_range().low, wanted.element()) && fits(of.as_range().high, wanted.element());
        case type::form::context:
            return !is_new(of.as_context().values().data(), wanted) || are_contexts({&of, 1}, wanted);
        case type::form::function: return function_is_instance(of.as_function(), wanted);
        default: return true;
    }
}

}  // namespace detail

POLKU_DECL bool is_instance(const value& of, const type& wanted) { return detail::instance_check().fits(of, wanted); }

POLKU_DECL value coerce(const value& from, const type& wanted) {
    if (is_instance(from, wanted)) return from;
    if (wanted.is() == type::form::list && !from.is(kind::list)) {
        value item = coerce(from, wanted.element());
        return item.is_null() ? item : value(std::vector<value>{std::move(item)});
    }
    if (from.is(kind::list) && wanted.is() != type::form::list && from.as_list().size() == 1) {
        const value& item = from.as_list().front();
        if (!item.is(kind::list)) return coerce(item, wanted);
    }
    if (from.is(kind::date) && wanted.is() == type::form::simple && wanted.simple_kind() == kind::date_time)
        return time::date_time{from.as_date(), {0, time::zone::utc()}};
    return value(null_reason::type_mismatch);
}

}  // namespace polku::inline POLKU_V::feel

#endif
