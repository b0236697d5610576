// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_RULED_DAY_HPP
#define POLKU_SRC_POPULATION_RULED_DAY_HPP

#include "people_cells.hpp"

#include <polku/dmn/batch.hpp>
#include <polku/population/simulation.hpp>

#include <memory>

namespace polku::inline POLKU_V::population::detail {

/// The fact columns of a table, made once for all sides and days that ask for them alike.
class fact_columns {
public:
    explicit fact_columns(const std::vector<std::string>& names) : names_(names) {}

    /// The fact's column; null pointer when the table has none.
    result<fact_column*> try_find(const dmn::input_info& fact);
    void read(const people_block& from, row_faults& faults) {
        for (const auto& each : made_) each->read(from, faults);
    }

private:
    const std::vector<std::string>& names_;
    std::vector<std::unique_ptr<fact_column>> made_;
};

/// The rules of one side on one day, ready to decide of blocks.
class ruled_day {
public:
    /// Binds the inputs of the decision: figures to the values of the day, facts to columns. Facts without a column are
    /// added to `unknown`.
    static result<ruled_day> try_make(const simulated_rules& rules, const simulation_options& asked, time::date day,
                                      fact_columns& columns, std::vector<std::string>& unknown);

    const std::string& version() const noexcept { return version_; }
    const feel::type& answer_type() const { return program_.info(what_).result_type; }
    /// Decides on each row; the answers stand until the next block.
    result<void> try_decide(std::size_t rows, bool reasons, feel::evaluation_context& with);
    const simulated_answer& answer(std::size_t row) const { return distinct_[codes_[row]]; }
    /// Answers that are the same have the same code within a block, unless reasons are asked for.
    std::uint32_t code(std::size_t row) const { return codes_[row]; }
    /// What went wrong with a row (a limit); null pointer when nothing did.
    const error* fault(std::size_t row) const;

private:
    struct slot {
        feel::value fixed;
        const fact_column* column = nullptr;  ///< null pointer: the fixed value
    };

    ruled_day(rules::pack of, const dmn::program& program, dmn::decision_ref what, dmn::batch_evaluator batch)
        : pack_(std::move(of)), program_(program), what_(what), batch_(std::move(batch)) {}
    result<void> try_bind(const simulated_rules& rules, const rules::pack_version& version, time::date day,
                          fact_columns& columns, std::vector<std::string>& unknown);
    result<void> try_find_outcome(const std::string& asked);
    simulated_answer told(feel::value value) const;
    result<void> try_decide_rows(std::size_t rows, feel::evaluation_context& with);

    rules::pack pack_;  ///< keeps the program
    dmn::program program_;
    dmn::decision_ref what_;
    dmn::batch_evaluator batch_;
    std::string version_;
    std::string outcome_;  ///< empty: the answer itself
    std::vector<slot> slots_;
    std::vector<std::int32_t> all_the_same_;  ///< codes of a figure, which has one value in all rows
    std::vector<dmn::batch_column> columns_;
    dmn::batch_result answers_;
    std::vector<simulated_answer> distinct_;
    std::vector<std::uint32_t> codes_;
    std::map<std::size_t, error> faults_;
};

}  // namespace polku::inline POLKU_V::population::detail

#endif
