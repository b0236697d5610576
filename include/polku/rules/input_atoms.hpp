// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_INPUT_ATOMS_HPP
#define POLKU_RULES_INPUT_ATOMS_HPP

#include <polku/dmn/fwd.hpp>
#include <polku/feel/context.hpp>
#include <polku/feel/type.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Which values of an input the rules of a pack tell apart: the ground of questions such as "what if" and "what is
/// missing", which try one value for each of these classes instead of all values.

namespace polku::inline POLKU_V::rules {

class pack;
struct pack_question;
struct pack_version;

/// What is looked at in the value of a decision: the value, or one member of a context, under a FEEL unary test.
struct pack_goal {
    std::string member;  ///< empty: the value itself
    std::string test;    ///< as in a cell of a decision table: `true`, `"ok"`, `>= 50`, `not(null)`; for the
                         ///< classes of inputs empty, too: all of what is looked at
};

/// A class of values of one input: a point, an open interval between two points, or a text that no rule names.
struct input_atom {
    feel::value representative;       ///< a value of the class; null for classes of lists and contexts
    std::optional<feel::value> low;   ///< of an interval, not in it; absent where it is open to that side
    std::optional<feel::value> high;  ///< of an interval, not in it
    bool is_point = false;            ///< the representative alone
    /// Any value of the class gives the same answers, as far as this input goes. False where the exact value counts: it
    /// is computed with, compared with another fact or with a computed figure, or is a part of the answer.
    bool is_whole = false;
    std::string text;  ///< the class as a FEEL test: `18`, `(18..65)`, `> 65`, `"student"`, `not("student")`, `-`
};

/// The classes of one input: they cover the values of its type, and no two share one.
struct input_atoms {
    std::string name;               ///< name of the input
    feel::type type;                ///< its type in the model
    std::vector<input_atom> atoms;  ///< ascending; booleans: true, false; texts: in the order of the text
    bool exact = true;              ///< every class is whole
    std::string why;                ///< of one that is not exact: the expression in which the exact value counts
};

/// The classes of the inputs that a decision of a version can reach, in the order of its model. The parameters stand
/// under their names with the values that they have; one that is absent is a figure that nobody knows. With a goal only
/// that it holds or not is looked at, without one the whole value. The classes are never too coarse, but may be finer
/// than needed. An unknown input (null) is none of the classes. Facts under `fixed` keep their value, also a null: they
/// have no classes, and what is compared with them is compared with a known figure. Errors: `not_found` (no such
/// decision), those of the DMN room for values of another type, those of FEEL for the test of the goal.
POLKU_DECL result<std::vector<input_atoms>> try_input_atoms(const pack& of, const pack_version& version,
                                                            std::string_view decision, const feel::context& parameters,
                                                            const std::optional<pack_goal>& goal = {},
                                                            const feel::context& fixed = {});
/// The same for the version and the parameters with which a question would be answered, its overrides among them.
/// Errors also those of `pack::try_decide` for names that the pack does not have and overrides that are not allowed.
POLKU_DECL result<std::vector<input_atoms>> try_input_atoms(const pack& of, const pack_question& asked,
                                                            const std::optional<pack_goal>& goal = {},
                                                            const feel::context& fixed = {});

/// The same for a decision of a model that stands alone: `program` was compiled from `of` first. A decision that is not
/// of that model has classes that are not whole. Never too coarse.
POLKU_DECL std::vector<input_atoms> atoms_of_decision(const dmn::model& of, const dmn::program& program,
                                                      const dmn::decision_ref& decision);

}  // namespace polku::inline POLKU_V::rules

#if defined(POLKU_HEADER_ONLY)
#include <polku/rules/pack.hpp>

#include <polku/impl/rules/input_atoms.ipp>
#include <polku/impl/rules/value_flow.ipp>
#include <polku/impl/rules/value_flow_texts.ipp>
#endif

#endif
