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

/// Puts one record into the counters of its path.
class situation_counter {
public:
    situation_counter(situation_builder::counters& into, const case_record& one);
    void run();

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
