// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_SIMULATION_TOTALS_HPP
#define POLKU_SRC_POPULATION_SIMULATION_TOTALS_HPP

#include <polku/population/simulation.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::population::detail {

/// Counts answers of a day, group by group. Answers that are alike are counted together, so that a sum is made of
/// products and not of a million additions.
class total_counter {
public:
    total_counter(bool has_other, bool has_benefit) : has_other_(has_other), has_benefit_(has_benefit) {}

    /// Rows and millionths of a euro.
    struct paid {
        std::int64_t rows = 0;
        std::int64_t millionths = 0;

        void add(const paid& more) {
            rows += more.rows;
            millionths += more.millionths;
        }
    };
    struct counted {
        std::int64_t rows = 0;
        std::int64_t faults = 0;
        std::int64_t changed = 0;
        std::int64_t benefit_days = 0;
        paid benefit[3];  ///< of all, of those granted on the first side, and on the other
    };
    void add_rows(const std::vector<std::string>& group, const counted& rows);
    /// `count` rows of the group had the answer.
    void add(const std::vector<std::string>& group, bool is_other, const simulated_answer& answer, std::int64_t count);
    /// Totals by group; a sum of 34 digits and more is left out.
    std::vector<group_total> take(time::date day) &&;

private:
    struct group_counts {
        counted rows;
        side_total sides[2];
        std::map<std::string, std::size_t> places[2];  ///< of members by name
    };
    static void add_member(side_total& into, std::map<std::string, std::size_t>& places, const std::string& name,
                           const feel::value& found, std::int64_t count);

    benefit_total told_benefit(const counted& of) const;

    bool has_other_;
    bool has_benefit_;
    std::map<std::vector<std::string>, group_counts> groups_;
};

}  // namespace polku::inline POLKU_V::population::detail

#endif
