// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_DETAIL_BATCH_TABLE_HPP
#define POLKU_DMN_DETAIL_BATCH_TABLE_HPP

#include <polku/dmn/batch.hpp>
#include <polku/dmn/detail/direct_table.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL bool bit_at(std::span<const std::uint8_t> bits, std::size_t at) noexcept;
inline std::string_view text_at(const batch_column::texts& from, std::size_t row) noexcept {
    const auto begin = static_cast<std::size_t>(from.offsets[row]);
    return from.bytes.substr(begin, static_cast<std::size_t>(from.offsets[row + 1]) - begin);
}

/// What the values of a column come to, learned in one batch: by code of a dictionary, or by whole number from `low`
/// on.
struct learned_places {
    std::int64_t low = 0;
    std::vector<std::uint32_t> places;
    std::vector<std::uint64_t> words;  ///< of narrow tables: the rules at each place
};

/// A direct table over columns of inputs: the places of a block of rows column by column, then their join. Narrow
/// tables join the words of rules column by column, looked up by what was learned. Serves one thread.
class batch_table {
public:
    static constexpr std::size_t block = 1024;
    /// More whole numbers than these are not learned, nor more than the batch has had rows.
    static constexpr std::size_t most_learned = 8192;
    static constexpr std::uint32_t row_by_row = 0xFFFFFFFF;

    explicit batch_table(const direct_table& table)
        : table_(&table), learned_(table.columns().size()), places_(table.columns().size() * block) {}

    /// Learns the dictionaries of the columns and forgets the answers of the last batch; before `decide`.
    POLKU_DECL void start(std::span<const batch_column> inputs);
    /// Fills the codes of at most `block` rows; those that must be evaluated alone get `row_by_row`.
    POLKU_DECL void decide(std::span<const batch_column> inputs, std::size_t first, std::span<std::uint32_t> codes,
                           const feel::evaluation_context& with);
    /// What the codes name.
    POLKU_DECL std::vector<feel::value> answers() const;

private:
    POLKU_DECL void read_places(std::size_t at, const batch_column& from, std::size_t first, std::size_t count,
                                const feel::evaluation_context& with);
    POLKU_DECL void join_column(std::size_t at, const batch_column& from, std::size_t first, std::size_t count,
                                const feel::evaluation_context& with);
    /// The same for columns whose values were learned; false where they were not.
    POLKU_DECL bool join_learned(std::size_t at, const batch_column& from, std::size_t first, std::size_t count);
    template <class Value, class Place>
    bool learn_numbers(std::size_t at, std::span<const Value> values, Place place);
    template <class Word>
    void join(const batch_column& from, std::size_t first, std::size_t count, std::uint64_t of_null, Word word);
    POLKU_DECL void tell_words(std::span<std::uint32_t> codes);
    POLKU_DECL void join_rows(std::span<std::uint32_t> codes);
    POLKU_DECL std::uint32_t code_of(const feel::value* answer);
    POLKU_DECL std::uint32_t code_of_word(std::uint64_t joined);

    const direct_table* table_;
    std::vector<learned_places> learned_;  // by column of the table
    std::vector<std::uint32_t> places_;    // by column, `block` each
    std::size_t rows_ = 0;                 // of the batch so far
    std::array<std::uint64_t, block> words_{};
    std::vector<const feel::value*> answers_;
    std::vector<std::pair<const feel::value*, std::uint32_t>> known_;  // codes of answers, by address
    std::array<std::uint32_t, 64> rule_codes_{};  // of narrow tables: the code of each rule's answer
};

}  // namespace polku::inline POLKU_V::dmn::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/batch_table.ipp>
#endif

#endif
