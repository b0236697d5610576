// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_BATCH_HPP
#define POLKU_DMN_BATCH_HPP

#include <polku/dmn/program.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace polku::inline POLKU_V::dmn {

namespace detail {
class batch_graph;
class batch_table;
}

/// A column of inputs as plain arrays, borrowed for the call. The layouts are those of Apache Arrow's columnar format,
/// so that a column of such a table can be handed over without copying. Bits are numbered from the least significant
/// one.
struct batch_column {
    /// No row has a value: every one is unknown.
    struct unknown {};
    /// One bit for each row.
    struct booleans {
        std::span<const std::uint8_t> bits;  ///< least significant bit first
    };
    /// Numbers `coefficient x 10^-scale`: whole numbers at scale 0, cents at scale 2.
    struct integers {
        std::span<const std::int64_t> coefficients;  ///< one for each row
        std::int32_t scale = 0;                      ///< number of decimals
    };
    /// Numbers of 128 bits (two's complement, low word first) at one scale; at most 34 digits.
    struct decimals {
        /// The two words of a number.
        struct words {
            std::uint64_t low;  ///< as in `polku_decimal`
            std::int64_t high;  ///< with the sign
        };
        std::span<const words> coefficients;  ///< one for each row
        std::int32_t scale = 0;               ///< number of decimals
    };
    /// Row n is `bytes` from `offsets[n]` to `offsets[n + 1]`, UTF-8.
    struct texts {
        std::span<const std::int32_t> offsets;  ///< one more than there are rows; ascending, from 0 or more
        std::string_view bytes;
    };
    /// Row n is `dictionary[codes[n]]`.
    struct codes {
        std::span<const std::int32_t> indexes;         ///< into the dictionary, from 0
        std::span<const std::string_view> dictionary;  ///< UTF-8; may hold what no row has
    };
    /// Dates as days since 1970-01-01.
    struct days {
        std::span<const std::int32_t> since_epoch;  ///< one for each row; negative before 1970
    };
    /// Values of any kind: lists, contexts, times.
    struct values {
        std::span<const feel::value> items;  ///< one for each row
    };

    /// Row n is `items[indexes[n]]`: values of any kind that repeat.
    struct repeated {
        std::span<const std::int32_t> indexes;  ///< into the items, from 0
        std::span<const feel::value> items;     ///< may hold what no row has
    };

    std::variant<unknown, booleans, integers, decimals, texts, codes, days, values, repeated>
        data;  ///< the layout says the kind
    /// One bit for each row, 0 where the row is null; empty when no row is.
    std::span<const std::uint8_t> validity;
};

/// The answers of a batch: row n is `distinct[codes[n]]`. Answers of tables repeat and are kept once.
struct batch_result {
    /// A row that has no answer: a limit was passed. Its value is null.
    struct row_fault {
        std::size_t row = 0;  ///< from 0
        polku::error what;    ///< why it has no answer
    };
    std::vector<feel::value> distinct;  ///< answers; those of a table once each
    std::vector<std::uint32_t> codes;   ///< one for each row
    std::vector<row_fault> faults;      ///< by ascending row

    /// The answer of a row, from 0; lives until the next evaluation.
    const feel::value& operator[](std::size_t row) const noexcept { return distinct[codes[row]]; }
};

/// Evaluates one decision, service or knowledge model over columns. Each row's answer is the one that
/// `try_evaluate_slots` gives for it, to the bit. A decision that is one UNIQUE or FIRST table over plain input data is
/// decided column by column on the table's atoms and masks, and row by row where an opaque cell or an output that is an
/// expression takes part. Any other decision goes step by step of its requirement graph, each evaluated once for each
/// combination of the values that it reads. Holds what it learns between calls, so it serves one thread at a time; make
/// one for each thread over the same program.
class batch_evaluator {
public:
    /// Error: `invalid_argument` when the decision is not the program's.
    POLKU_DECL static result<batch_evaluator> try_create(const program& from, decision_ref what);

    POLKU_DECL batch_evaluator(batch_evaluator&&) noexcept;
    POLKU_DECL batch_evaluator& operator=(batch_evaluator&&) noexcept;
    POLKU_DECL ~batch_evaluator();

    /// True when whole columns are decided at once.
    bool is_columnar() const noexcept { return table_ != nullptr; }

    /// One column for each of `program::inputs(decision)`, in that order, each of `rows` rows. Limits hold for each
    /// row. `into` is overwritten; handing the same object again saves its memory. Errors: `invalid_argument` for a
    /// wrong count of columns, a column that is too short, or codes and offsets out of their bounds (nothing is
    /// evaluated then), and for a decimal of more than 34 digits, with its row; `cancelled`.
    POLKU_DECL result<void> try_evaluate(std::span<const batch_column> inputs, std::size_t rows,
                                         feel::evaluation_context& with, batch_result& into);

private:
    POLKU_DECL batch_evaluator(program from, decision_ref what);
    POLKU_DECL bool evaluate_row(std::span<const batch_column> inputs, std::size_t row, feel::evaluation_context& with,
                                 batch_result& into);
    POLKU_DECL bool evaluate_graph(std::span<const batch_column> inputs, feel::evaluation_context& with,
                                   batch_result& into);

    program program_;
    decision_ref what_;
    std::unique_ptr<detail::batch_table> table_;  ///< null pointer where the decision is no table alone
    std::unique_ptr<detail::batch_graph> graph_;  ///< null pointer where rows go one by one
    std::vector<std::uint32_t> told_;             ///< codes of the batch by those of the graph
    std::vector<feel::value> slots_;
};

/// Numbers of a batch's answers as one column of integers at a scale.
struct batch_numbers {
    std::vector<std::int64_t> coefficients;       ///< 0 where there is no number
    std::vector<std::uint8_t> validity;           ///< one bit for each row
    std::vector<batch_result::row_fault> faults;  ///< numbers that are not exact at the scale or need more than 64 bits
};
/// Takes the entry of that name out of each answer (the answer itself when the name is empty). What is null or no
/// number is not valid; a number is never rounded: `inexact_number` as that row's fault.
POLKU_DECL batch_numbers numbers_of(const batch_result& from, std::string_view entry, std::int32_t scale);

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/batch.ipp>
#endif

#endif
