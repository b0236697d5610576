// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_PROGRAM_HPP
#define POLKU_DMN_PROGRAM_HPP

#include <polku/dmn/external.hpp>
#include <polku/dmn/item_type.hpp>
#include <polku/dmn/model.hpp>
#include <polku/dmn/trace.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/type.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::dmn {

namespace detail {
struct program_data;
}

/// What a compilation is told besides the models.
struct compile_options {
    /// Where Java functions come from; null pointer: `standard_externals()`.
    std::shared_ptr<const external_registry> externals;
    std::size_t max_diagnostics = 100;  ///< more are not kept
    /// Evaluate tables rule by rule instead of by atoms and masks. The answers are the same; tests compare the two.
    bool reference_tables = false;
};

/// Something that can be evaluated by name: a decision, a decision service or a business knowledge model. Valid for the
/// program that gave it out.
struct decision_ref {
    std::uint32_t index = 0;  ///< place in `program::decisions`
    bool operator==(const decision_ref&) const = default;
};

/// A `decision`, a decision `service` or a business `knowledge_model`.
enum class evaluable_kind : std::uint8_t { decision, service, knowledge_model };

/// What a program says of something that can be evaluated.
struct decision_info {
    decision_ref ref;                              ///< hands it to `try_evaluate`
    evaluable_kind is = evaluable_kind::decision;  ///< what it is
    std::string id;                                ///< of the element
    std::string name;                              ///< imported ones as `import.name`
    std::string model_namespace;                   ///< of the model that has it
    feel::type result_type;                        ///< declared or found; Any where neither
};

/// One input of a decision (input data that it needs, directly or through others), of a service or of a knowledge
/// model.
struct input_info {
    std::string name;  ///< as keys of the input context spell it; imported ones as `import.name` only where needed
    std::string id;    ///< of the element
    std::string model_namespace;  ///< of the model that has it
    feel::type type;              ///< declared; Any where none is
    std::string allowed_values;   ///< FEEL text, empty when there is no such constraint
};

/// A compiled set of models: immutable, shared freely by threads, cheap to copy.
class program {
public:
    program() = default;

    /// Name of the main model.
    POLKU_DECL std::string_view name() const noexcept;
    /// Decisions, services and knowledge models of the main model in the order of the file, then imported ones.
    POLKU_DECL std::span<const decision_info> decisions() const noexcept;
    /// By name, else by id; white space in names is folded.
    POLKU_DECL std::optional<decision_ref> find(std::string_view name_or_id) const;
    /// What it is; `of` must be this program's. Lives as long as any copy of the program.
    POLKU_DECL const decision_info& info(decision_ref of) const;
    /// What it needs, in the order of its slots; `of` must be this program's.
    POLKU_DECL std::span<const input_info> inputs(decision_ref of) const;
    /// Names of input data that the model of a decision declares and the decision does not need: a whole record may be
    /// handed over, and these keys of it are passed over.
    POLKU_DECL std::vector<std::string_view> other_inputs(decision_ref of) const;
    /// Constraints and type of an input; null pointer when it has none but its FEEL type.
    POLKU_DECL const item_type* input_type(decision_ref of, std::size_t input) const;
    /// Faults that leave the rest usable (an expression that does not compile is null when evaluated), and warnings.
    POLKU_DECL std::span<const diagnostic> diagnostics() const noexcept;
    /// False for a default-made object, on which nothing else may be called.
    explicit operator bool() const noexcept { return data_ != nullptr; }

private:
    friend struct detail::program_data;
    std::shared_ptr<const detail::program_data> data_;
};

/// Compiles models into a program. The first is the main one; the others are those that it imports, directly or not.
/// Errors, each with its places: `dmn_unknown_import`, `dmn_unknown_reference`, `dmn_wrong_reference`, `dmn_cycle`
/// (with the names along the circle). All else that is wrong stands in `diagnostics()`.
POLKU_DECL result<program> try_compile(std::vector<model> models, const compile_options& with = {});

/// As `try_compile`, but with every fault found (bounded), for checkers.
POLKU_DECL std::vector<diagnostic> check(std::vector<model> models, const compile_options& with = {});

/// Evaluates a decision, a service or a knowledge model. An input that is absent is null with `unknown_input`; a key
/// that the model declares for other decisions only is passed over, and one that it does not declare is
/// `dmn_unknown_input` with the nearest known name. Values are coerced to the declared types and checked against
/// allowed values as DMN says (null where they do not fit). Errors besides: `with.fault()`.
POLKU_DECL result<feel::value> try_evaluate(const program& from, decision_ref what, const feel::context& inputs,
                                            feel::evaluation_context& with, trace* into = nullptr);
/// The same with one value for each of `from.inputs(what)`, in that order.
POLKU_DECL result<feel::value> try_evaluate_slots(const program& from, decision_ref what,
                                                  std::span<const feel::value> inputs, feel::evaluation_context& with,
                                                  trace* into = nullptr);
/// The inputs of a context as one value for each of `from.inputs(what)`, in that order: what `try_evaluate` does first.
POLKU_DECL result<std::vector<feel::value>> try_slots(const program& from, decision_ref what,
                                                      const feel::context& inputs);

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/program.ipp>
#endif

#endif
