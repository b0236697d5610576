// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_DECISION_READER_HPP
#define POLKU_JSON_DECISION_READER_HPP

#include <polku/dmn/program.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::json {

/// The inputs of one decision as the reader of JSON texts wants to know them. Immutable, shared freely by threads; it
/// keeps the program.
class input_plan {
public:
    static constexpr std::size_t npos =
        static_cast<std::size_t>(-1);  ///< what `find` answers for a name that is no key
    /// A key that may be given. The first `slots()` keys are the inputs in their order; the others are passed over.
    struct key {
        std::string_view name;             ///< as JSON has it, escapes resolved
        const feel::type* type = nullptr;  ///< null pointer: any
        bool is_plain = false;             ///< the name stands between quotes as it is
    };

    /// `decision` must be the program's.
    input_plan(dmn::program program, dmn::decision_ref decision);

    /// The program that was given.
    const dmn::program& program() const noexcept { return program_; }
    /// The decision that was given.
    dmn::decision_ref decision() const noexcept { return decision_; }
    /// How many inputs the decision has.
    std::size_t slots() const noexcept { return slots_; }
    /// All keys; the inputs come first.
    std::span<const key> keys() const noexcept { return keys_; }
    /// The index of a name among the keys, or `npos`.
    std::size_t find(std::string_view name) const noexcept;

private:
    dmn::program program_;
    dmn::decision_ref decision_;
    std::size_t slots_ = 0;
    std::vector<key> keys_;
    std::vector<std::uint32_t> places_;  // hash table: index of a key, plus one
};

namespace detail {
class slot_reader;
}

/// Reads JSON texts, one after another, as the inputs of decisions: what `try_parse` and `try_decision_inputs` read and
/// refuse, without a document between. Each value gets its type as it comes; memory is kept from text to text. For one
/// thread at a time.
class decision_reader {
public:
    decision_reader();
    decision_reader(decision_reader&& other) noexcept;
    decision_reader& operator=(decision_reader&& other) noexcept;
    ~decision_reader();

    /// One value for each input, in the order of `program.inputs(decision)`, ready for `dmn::try_evaluate_slots`; valid
    /// until the next call. An input that is absent is null with `unknown_input`. Errors, with line, column and JSON
    /// pointer: those of `try_parse`, `dmn_input_type`, and `dmn_unknown_input` with the nearest known name.
    result<std::span<const feel::value>> try_read(const input_plan& of, std::string_view text,
                                                  const feel::evaluation_context& with);
    /// The same by way of a document: slower, and what `try_read` is tested against.
    static result<std::vector<feel::value>> try_read_document(const input_plan& of, std::string_view text,
                                                              const feel::evaluation_context& with);
    /// Says that the values read last are not needed any more. Those of a short text stay: the next text uses their
    /// memory.
    void clear() noexcept;

private:
    std::unique_ptr<detail::slot_reader> reader_;
    std::vector<feel::value> slots_;  // where the text went through a document
};

}  // namespace polku::inline POLKU_V::json

#endif
