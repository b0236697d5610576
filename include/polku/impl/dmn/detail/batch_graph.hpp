// SPDX-License-Identifier: Apache-2.0
// In front of the guard: in header-only mode this pulls in bodies that need the declarations below.
#include <polku/dmn/batch.hpp>

#ifndef POLKU_IMPL_DMN_DETAIL_BATCH_GRAPH_HPP
#define POLKU_IMPL_DMN_DETAIL_BATCH_GRAPH_HPP

#include <polku/dmn/detail/program_data.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::dmn::detail {

/// The value of one row of a column that is sound.
POLKU_DECL feel::value value_in_row(const batch_column& from, std::size_t row);

/// Values that are told apart by all that evaluation can see of them (`1.0` and `1.00` are two), each with a code.
/// Lists, contexts and times are not compared: each is a value of its own.
class coded_values {
public:
    POLKU_DECL std::uint32_t code_of(feel::value of);
    const std::vector<feel::value>& values() const noexcept { return values_; }
    std::size_t size() const noexcept { return values_.size(); }
    POLKU_DECL void clear() noexcept;

private:
    std::vector<feel::value> values_;
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> short_;  ///< by identity, where it fits a word
    boost::unordered_flat_map<std::string, std::uint32_t> known_;
};

/// Codes of pairs of codes, from 0 in the order in which they came. Pairs of small codes are looked up in a square, all
/// in a map.
class pair_codes {
public:
    /// Turns the first codes of rows into those of their pairs.
    POLKU_DECL void join(std::span<std::uint32_t> firsts, std::span<const std::uint32_t> seconds);
    POLKU_DECL void clear() noexcept;

private:
    static constexpr std::uint32_t unset = 0xFFFF'FFFF;
    static constexpr unsigned most_bits = 10;
    static constexpr std::size_t most_places = 1 << 16;

    POLKU_DECL std::uint32_t code_of(std::uint32_t first, std::uint32_t second);
    void place(std::uint64_t first, std::uint32_t second, std::uint32_t code);

    boost::unordered_flat_map<std::uint64_t, std::uint32_t> known_;
    std::vector<std::uint32_t> square_;  ///< by first code and second one, which has so many bits:
    unsigned bits_ = 0;
};

/// A requirement graph over columns. Each step of the plan is evaluated once for each combination of its inputs'
/// values, by the logic that decides one row, and remembered; the values of rows repeat, so most rows are looked up.
/// What it learns it keeps from call to call, up to a bound. One thread at a time.
class batch_graph {
public:
    /// Null pointer where the plan has what a row must do by itself.
    POLKU_DECL static std::unique_ptr<batch_graph> try_make(const program& from, decision_ref what);

    /// Before the first block of a batch: lets go of what was learned when it is too much.
    POLKU_DECL void start();
    /// Decides a block of rows: the answer of row n is `answers()[codes[n]]`, or `codes[n]` is left as it is, for a row
    /// that has to go by itself. False when the caller asked to stop.
    POLKU_DECL bool decide(std::span<const batch_column> inputs, std::size_t first, std::span<std::uint32_t> codes,
                           feel::evaluation_context& with);
    /// What codes of all blocks since `start` name.
    POLKU_DECL const std::vector<feel::value>& answers() const noexcept;
    static constexpr std::size_t block = 4096;

private:
    static constexpr std::uint32_t unset = 0xFFFF'FFFF;
    /// Past this many values of one place all is forgotten, between two batches.
    static constexpr std::size_t most_values = 1 << 17;
    /// A step whose first rows hardly repeat is evaluated for each row.
    static constexpr std::size_t rows_to_judge = 4096;

    struct remembered_step {
        const plan_step* step = nullptr;
        std::vector<std::uint32_t> read;    ///< places whose codes tell its evaluations apart
        std::vector<pair_codes> pairs;      ///< one less than places that are read
        std::vector<std::uint32_t> answer;  ///< by the last pair's code; `unset` before it was evaluated
        std::size_t rows = 0;
        std::size_t evaluated = 0;
        bool repeats() const noexcept { return rows < rows_to_judge || evaluated < rows - rows / 8; }
    };

    POLKU_DECL batch_graph(program from, decision_ref what);
    POLKU_DECL void code_column(std::size_t at, const batch_column& from, std::size_t first,
                                feel::evaluation_context& with);
    POLKU_DECL bool run_step(remembered_step& of, feel::evaluation_context& with);
    POLKU_DECL bool run_row(remembered_step& of, std::size_t row, std::uint32_t* remembered,
                            feel::evaluation_context& with);
    POLKU_DECL void combine(remembered_step& of);
    POLKU_DECL bool evaluate(remembered_step& of, std::size_t row, feel::evaluation_context& with,
                             std::uint32_t& answer);

    program program_;
    const program_data& data_;
    const program_node& node_;
    std::vector<remembered_step> steps_;
    std::vector<coded_values> places_;
    std::vector<std::vector<std::uint32_t>> codes_;  ///< by place and row
    std::vector<bool> by_itself_;                    ///< by row
    std::vector<std::uint32_t> combined_;            ///< by row: what tells the evaluations of a step apart
    std::vector<feel::value> values_;                ///< by place, of the row that is evaluated
    std::vector<std::uint32_t> held_;                ///< by place: the code of that value
    std::size_t rows_ = 0;
};

}  // namespace polku::inline POLKU_V::dmn::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/batch_graph.ipp>
#endif

#endif
