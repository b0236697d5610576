// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_ITEM_TYPE_HPP
#define POLKU_DMN_ITEM_TYPE_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/type.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// A compiled item definition (DMN 1.5 clause 7.3.2): its FEEL type, and the constraints that values of it keep.
/// Immutable once its program is made.
struct item_type {
    /// A component of a structured type.
    struct member {
        std::string name;                     ///< as FEEL texts spell it
        std::shared_ptr<const item_type> is;  ///< its type
    };

    std::string name;                       ///< empty for a component
    feel::type type;                        ///< with the collection around it
    bool is_collection = false;             ///< the definition is of lists
    std::shared_ptr<const item_type> base;  ///< what the type reference names, where that is an item definition
    std::vector<member> members;            ///< components, in their order
    feel::unary_tests allowed;              ///< of the value, or of each item of a collection
    feel::unary_tests constraint;           ///< of the whole value (`typeConstraint`)
    std::string allowed_text;               ///< of `allowed`, as it was written
    bool is_constrained = false;            ///< a constraint stands here or below
};
/// Shared with the program that made it.
using item_type_pointer = std::shared_ptr<const item_type>;

/// True when the value keeps every constraint; null keeps them all.
POLKU_DECL bool keeps_constraints(const feel::value& of, const item_type& type, feel::evaluation_context& with);
/// Coerces a value to the type (`feel::coerce`) and checks the constraints: null with `type_mismatch` or
/// `constraint_violated` where it does not fit.
POLKU_DECL feel::value conform(const feel::value& from, const item_type& type, feel::evaluation_context& with);
namespace detail {

/// What `conform` does with a value that does not fit as it is, or whose type has constraints.
POLKU_DECL const feel::value& conform_at_all(const feel::value& from, const item_type& type,
                                             feel::evaluation_context& with, feel::value& scratch);

}  // namespace detail

/// The same without a copy: `from` itself where it fits as it is, else `scratch`, which holds what it becomes.
inline const feel::value& conform(const feel::value& from, const item_type& type, feel::evaluation_context& with,
                                  feel::value& scratch) {
    if (POLKU_LIKELY(!type.is_constrained && feel::fits(from, type.type))) return from;
    return detail::conform_at_all(from, type, with, scratch);
}
/// The same for a value that nobody else needs.
POLKU_DECL feel::value conformed(feel::value from, const item_type& type, feel::evaluation_context& with);

namespace detail {

/// A text in the form of a kind (date, time, date and time, duration), as the kind's conversion function reads it;
/// false when it is none, and for other kinds.
POLKU_DECL bool parse_kind(std::string_view text, feel::kind wanted, const feel::evaluation_context& with,
                           feel::value& out);

}  // namespace detail

/// Makes typed values of what JSON can say: strings where the type wants a date, time, date and time, duration or range
/// are read as the `date("...")`, ... functions would; everything inside lists and contexts likewise. Errors name the
/// place by JSON pointer: `dmn_input_type` for text that is none of its type and for values of another kind.
POLKU_DECL result<feel::value> try_typed(const feel::value& from, const feel::type& wanted, std::string pointer,
                                         const feel::evaluation_context& with);

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/item_type.ipp>
#endif

#endif
