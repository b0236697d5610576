// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_SUPPLEMENT_STEPS_HPP
#define POLKU_IMPL_PATH_DETAIL_SUPPLEMENT_STEPS_HPP

// Which commands an application takes where it is: one table.

#include <polku/impl/path/detail/find_by_id.hpp>
#include <polku/path/supplement.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::path::detail {

inline std::string hex_text(const hash& of) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t each : of) {
        text += digits[each >> 4U];
        text += digits[each & 15U];
    }
    return text;
}

constexpr std::uint32_t in(application_phase of) noexcept { return 1U << static_cast<unsigned>(of); }

/// What must be there besides the phase.
enum class step_needs : std::uint8_t {
    nothing,
    open_claim,
    no_claim,
    unnoticed,
    noticed,
    to_claim,
    to_appeal,
    open_appeal
};

struct step_rule {
    std::string_view type;
    std::uint32_t phases = 0;
    step_needs needs = step_needs::nothing;
};

inline constexpr std::uint32_t after_grant = in(application_phase::granted) | in(application_phase::running) |
                                             in(application_phase::interrupted) | in(application_phase::ended) |
                                             in(application_phase::settled);
inline constexpr std::uint32_t decided_phases = after_grant | in(application_phase::refused);
inline constexpr std::uint32_t at_work = in(application_phase::running) | in(application_phase::interrupted);
inline constexpr std::uint32_t handled = in(application_phase::submitted) | in(application_phase::completing);

/// A command may stand twice: open where one of its rules is.
inline constexpr std::array step_rules{
    step_rule{amend_application::type, in(application_phase::draft) | in(application_phase::completing)},
    step_rule{amend_application::type, decided_phases & ~in(application_phase::settled), step_needs::open_claim},
    step_rule{submit_application::type, in(application_phase::draft) | in(application_phase::completing)},
    step_rule{confirm_group::type, handled},
    step_rule{confirm_group::type, decided_phases & ~in(application_phase::settled), step_needs::open_claim},
    step_rule{request_completion::type, in(application_phase::submitted)},
    step_rule{withdraw_application::type, handled | in(application_phase::draft)},
    step_rule{decide_application::type, handled},
    step_rule{give_notice::type, decided_phases | handled, step_needs::unnoticed},
    step_rule{record_receipt::type, decided_phases | handled, step_needs::noticed},
    step_rule{file_claim::type, decided_phases, step_needs::to_claim},
    step_rule{decide_claim::type, decided_phases, step_needs::open_claim},
    step_rule{record_appeal::type, decided_phases, step_needs::to_appeal},
    step_rule{record_appeal_outcome::type, decided_phases, step_needs::open_appeal},
    step_rule{start_employment::type, in(application_phase::granted)},
    step_rule{interrupt_employment::type, in(application_phase::running)},
    step_rule{resume_employment::type, in(application_phase::interrupted)},
    step_rule{end_employment::type, at_work},
    step_rule{claim_payment::type, at_work | in(application_phase::ended)},
    step_rule{pay_claim::type, at_work | in(application_phase::ended)},
    step_rule{recover_payment::type, decided_phases & ~in(application_phase::granted)},
    step_rule{record_repayment::type, decided_phases},
    step_rule{record_effect::type, at_work | in(application_phase::ended) | in(application_phase::settled)},
    step_rule{settle_application::type, in(application_phase::granted) | in(application_phase::ended),
              step_needs::no_claim},
};

inline bool has_open(const std::vector<contest>& among) {
    return std::any_of(among.begin(), among.end(), [](const contest& each) { return each.is_open(); });
}

inline bool is_contestable(const decision_entry& of, std::string_view remedy) {
    return of.notice && of.content.remedy.remedy == remedy;
}

inline bool meets(const application& of, step_needs needs) {
    const auto any = [&](auto&& holds) { return std::any_of(of.decisions.begin(), of.decisions.end(), holds); };
    switch (needs) {
        case step_needs::nothing: return true;
        case step_needs::open_claim: return has_open(of.claims);
        case step_needs::no_claim: return !has_open(of.claims);
        case step_needs::unnoticed: return any([](const decision_entry& each) { return !each.notice; });
        case step_needs::noticed: return any([](const decision_entry& each) { return each.notice.has_value(); });
        case step_needs::to_claim:
            return !has_open(of.claims) &&
                   any([](const decision_entry& each) { return is_contestable(each, "rectification"); });
        case step_needs::to_appeal:
            return !has_open(of.appeals) &&
                   any([](const decision_entry& each) { return is_contestable(each, "appeal"); });
        case step_needs::open_appeal: return has_open(of.appeals);
    }
    return false;
}

inline bool is_open_step(const application& of, const step_rule& rule) {
    return (rule.phases & in(of.phase)) != 0 && meets(of, rule.needs);
}

inline std::string_view name_of(application_phase of) noexcept {
    constexpr std::array<std::string_view, 10> names{"draft",   "submitted",   "completing", "refused", "granted",
                                                     "running", "interrupted", "ended",      "settled", "withdrawn"};
    return names[static_cast<std::size_t>(of)];
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
