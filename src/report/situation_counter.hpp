// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_SITUATION_COUNTER_HPP
#define POLKU_SRC_REPORT_SITUATION_COUNTER_HPP

#include <polku/report/situation.hpp>

#include <set>

namespace polku::inline POLKU_V::report {

std::string_view name_of(path::outcome_class of) noexcept;
std::string_view name_of(path::due_kind of) noexcept;
std::string_view name_of(service_kind of) noexcept;
/// Section of a move: `start`, `transition`, `ending` or `reopening`.
std::string_view name_of(const walk_step& of) noexcept;

/// Parts of a record, as bits. No figure is counted in two of them.
enum record_part : unsigned {
    part_place = 1,
    part_moves = 2,
    part_duties = 4,
    part_services = 8,
    part_feedbacks = 16,
    part_scores = 32,
    part_facts = 64,
    all_parts = 127
};
/// The parts in which two records of one path may count otherwise.
unsigned parts_that_differ(const case_record& left, const case_record& right);

/// Puts one record, or some parts of it, into the counters of its path.
class situation_counter {
public:
    situation_counter(situation_builder::counters& into, const case_record& one);
    void run(unsigned parts = all_parts);

private:
    /// Counts the client once, however often it is called for the same key.
    void client(figure_key key);
    /// Counts without asking whether it is the same client.
    void once_more(figure_key key);
    void value(figure_key key, const feel::number& of);

    void place();
    void moves();
    void duties();
    void services();
    void feedbacks();
    void scores();
    void facts_and_criteria();
    /// What was measured of the client again and again: once, or risen, stayed or fallen since.
    void scales(const std::string& section, const std::vector<score_record>& among);

    situation_builder::counters& into_;
    const case_record& one_;
    std::string layer_;
    std::set<figure_key> counted_;
    std::set<figure_key> valued_;
};

}  // namespace polku::inline POLKU_V::report

#endif
