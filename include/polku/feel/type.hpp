// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_TYPE_HPP
#define POLKU_FEEL_TYPE_HPP

#include <polku/feel/value.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::feel {

/// A FEEL type (DMN 1.5 clause 10.3.2.6 and the lattice of 10.3.2.9): simple, list<T>, range<T>, context<...>,
/// function<...> -> T, Any or Null. A cheap handle to an immutable tree.
class type {
public:
    /// What tells types apart: `any`, `null`, `simple`, `list`, `range`, `context` or `function`.
    enum class form : std::uint8_t { any, null, simple, list, range, context, function };
    /// An entry of a context type.
    struct member {
        std::string name;                ///< of the entry
        std::shared_ptr<const type> is;  ///< its type
    };

    type() = default;  ///< Any
    /// The type that every value has.
    static type any() { return {}; }
    /// The type of null alone.
    POLKU_DECL static type null();
    /// A type without parts; not for lists, contexts, ranges and functions.
    POLKU_DECL static type simple(kind of);
    /// Lists whose items all have that type.
    POLKU_DECL static type list_of(type element);
    /// Ranges between values of that type.
    POLKU_DECL static type range_of(type element);
    /// Contexts that have at least these entries, each of its type.
    POLKU_DECL static type context_of(std::vector<member> members);
    /// Functions with these parameters and that result.
    POLKU_DECL static type function_of(std::vector<type> parameters, type result);
    /// `number`, `string`, `boolean`, `date`, `time`, `date and time`, `dateTime`, `years and months duration`,
    /// `yearMonthDuration`, `days and time duration`, `dayTimeDuration`, `Any`, `Null`, `list`, `context`; false for
    /// others.
    POLKU_DECL static bool from_name(std::string_view name, type& out);

    /// Which form it has.
    form is() const noexcept { return form_; }
    /// The kind of a simple type; null for others.
    kind simple_kind() const noexcept { return kind_; }
    /// Element of a list or range, result of a function; Any where none is known.
    POLKU_DECL const type& element() const noexcept;
    /// The entries of a context type, in their order; none for other forms.
    const std::vector<member>& members() const noexcept { return members_->list; }
    /// The names of the members, which contexts of this type may share; none for other forms.
    POLKU_DECL const entry_names& names() const noexcept;
    /// The parameters of a function type; none for other forms.
    const std::vector<type>& parameters() const noexcept { return *parameters_; }
    /// Stands among kinds for a type that is not told by the kind alone.
    static constexpr kind looked_at = static_cast<kind>(255);
    /// One for each member: the kind of a simple one, `null` for Any, `looked_at` for all else.
    std::span<const kind> member_kinds() const noexcept { return members_->kinds; }
    /// The member's type, or null pointer; only for contexts.
    POLKU_DECL const type* find_member(std::string_view name) const noexcept;

    /// DMN 1.5 clause 10.3.2.9.2: a value of this type can stand where `wanted` is expected.
    POLKU_DECL bool conforms_to(const type& wanted) const noexcept;
    /// True for the same form with equivalent parts.
    POLKU_DECL bool equivalent_to(const type& other) const noexcept;
    /// As FEEL spells it: `list<number>`, `context<name: string>`.
    POLKU_DECL std::string to_string() const;

private:
    form form_ = form::any;
    kind kind_ = kind::null;
    std::shared_ptr<const type> element_;
    struct member_list {
        std::vector<member> list;
        entry_names names;
        std::vector<kind> kinds;  ///< of simple members; null for Any
    };
    std::shared_ptr<const member_list> members_;
    std::shared_ptr<const std::vector<type>> parameters_;
};

/// True when the value is in the type's domain; null is in every domain (`instance of` treats null apart).
POLKU_DECL bool is_instance(const value& of, const type& wanted);
/// The same, with the simple types looked at on the spot.
inline bool fits(const value& of, const type& wanted) {
    if (of.is_null() || wanted.is() == type::form::any) return true;
    return wanted.is() == type::form::simple && wanted.simple_kind() != kind::function
               ? of.kind() == wanted.simple_kind()
               : is_instance(of, wanted);
}
/// DMN 1.5 clause 10.3.2.9.4: conforming values pass; a singleton list becomes its item and an item a singleton list
/// where the type wants that; a date becomes midnight UTC where a date and time is wanted; all else is null with
/// `type_mismatch`.
POLKU_DECL value coerce(const value& from, const type& wanted);

}  // namespace polku::inline POLKU_V::feel

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/type.ipp>
// The bodies of types ask function values for theirs.
#include <polku/feel/function.hpp>
#endif

#endif
