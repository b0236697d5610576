// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_REFERRAL_IPP
#define POLKU_IMPL_PATH_REFERRAL_IPP

#include <polku/path/referral.hpp>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <array>

namespace polku::inline POLKU_V::path {

POLKU_DECL std::span<const referral_transition> referral_transitions() noexcept {
    using state = referral_state;
    using move = referral_move;
    static constexpr std::array table{
        referral_transition{state::draft, move::send, state::sent},
        referral_transition{state::draft, move::revoke, state::revoked},
        referral_transition{state::draft, move::expire, state::expired},
        referral_transition{state::draft, move::enter_in_error, state::entered_in_error},
        referral_transition{state::sent, move::receive, state::received},
        referral_transition{state::sent, move::revoke, state::revoked},
        referral_transition{state::sent, move::expire, state::expired},
        referral_transition{state::sent, move::enter_in_error, state::entered_in_error},
        referral_transition{state::received, move::return_for_information, state::returned},
        referral_transition{state::received, move::accept, state::accepted},
        referral_transition{state::received, move::wait_list, state::wait_listed},
        referral_transition{state::received, move::decline, state::declined},
        referral_transition{state::received, move::forward, state::onward},
        referral_transition{state::received, move::revoke, state::revoked},
        referral_transition{state::received, move::expire, state::expired},
        referral_transition{state::received, move::enter_in_error, state::entered_in_error},
        referral_transition{state::returned, move::send, state::sent},
        referral_transition{state::returned, move::revoke, state::revoked},
        referral_transition{state::returned, move::expire, state::expired},
        referral_transition{state::returned, move::enter_in_error, state::entered_in_error},
        referral_transition{state::accepted, move::start, state::in_progress},
        referral_transition{state::accepted, move::hold, state::on_hold},
        referral_transition{state::accepted, move::fail, state::failed},
        referral_transition{state::accepted, move::revoke, state::revoked},
        referral_transition{state::accepted, move::enter_in_error, state::entered_in_error},
        referral_transition{state::wait_listed, move::accept, state::accepted},
        referral_transition{state::wait_listed, move::decline, state::declined},
        referral_transition{state::wait_listed, move::forward, state::onward},
        referral_transition{state::wait_listed, move::revoke, state::revoked},
        referral_transition{state::wait_listed, move::expire, state::expired},
        referral_transition{state::wait_listed, move::enter_in_error, state::entered_in_error},
        referral_transition{state::declined, move::forward, state::onward},
        referral_transition{state::declined, move::wake, state::returned},
        referral_transition{state::declined, move::revoke, state::revoked},
        referral_transition{state::declined, move::expire, state::expired},
        referral_transition{state::declined, move::enter_in_error, state::entered_in_error},
        referral_transition{state::in_progress, move::hold, state::on_hold},
        referral_transition{state::in_progress, move::complete, state::completed},
        referral_transition{state::in_progress, move::fail, state::failed},
        referral_transition{state::in_progress, move::revoke, state::revoked},
        referral_transition{state::in_progress, move::enter_in_error, state::entered_in_error},
        referral_transition{state::on_hold, move::resume, state::in_progress},
        referral_transition{state::on_hold, move::fail, state::failed},
        referral_transition{state::on_hold, move::revoke, state::revoked},
        referral_transition{state::on_hold, move::enter_in_error, state::entered_in_error},
        referral_transition{state::onward, move::enter_in_error, state::entered_in_error},
        referral_transition{state::completed, move::enter_in_error, state::entered_in_error},
        referral_transition{state::failed, move::enter_in_error, state::entered_in_error},
        referral_transition{state::revoked, move::enter_in_error, state::entered_in_error},
        referral_transition{state::expired, move::enter_in_error, state::entered_in_error},
    };
    return table;
}

POLKU_DECL std::vector<referral_move> legal_moves(referral_state from) {
    std::vector<referral_move> found;
    for (const referral_transition& each : referral_transitions())
        if (each.from == from) found.push_back(each.move);
    return found;
}

POLKU_DECL result<referral_state> try_move(referral_state from, referral_move move) {
    for (const referral_transition& each : referral_transitions())
        if (each.from == from && each.move == move) return each.to;
    std::string legal;
    for (const referral_move each : legal_moves(from)) {
        if (!legal.empty()) legal += ", ";
        legal += name_of(each);
    }
    if (legal.empty()) legal = "none";
    return error(error_code::illegal_referral_move, "a referral that is '" + std::string(name_of(from)) +
                                                        "' cannot be moved by '" + std::string(name_of(move)) +
                                                        "'; the legal moves are: " + legal);
}

namespace detail {

template <class Enum>
std::string_view described_name(Enum of) noexcept {
    std::string_view found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto each) {
        if (each.value == of) found = each.name;
    });
    return found;
}

template <class Enum>
std::optional<Enum> described_value(std::string_view name) noexcept {
    std::optional<Enum> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto each) {
        if (each.name == name) found = each.value;
    });
    return found;
}

}  // namespace detail

POLKU_DECL std::string_view name_of(referral_state of) noexcept { return detail::described_name(of); }
POLKU_DECL std::string_view name_of(referral_move of) noexcept { return detail::described_name(of); }
POLKU_DECL std::optional<referral_state> referral_state_named(std::string_view name) noexcept {
    return detail::described_value<referral_state>(name);
}
POLKU_DECL std::optional<referral_move> referral_move_named(std::string_view name) noexcept {
    return detail::described_value<referral_move>(name);
}

POLKU_DECL referral_limit default_limit(referral_state open_state) noexcept {
    switch (open_state) {
        case referral_state::draft: return {"P14D", referral_move::expire};
        case referral_state::sent: return {"P7D", std::nullopt};
        case referral_state::received: return {"P14D", std::nullopt};
        case referral_state::returned: return {"P14D", referral_move::expire};
        case referral_state::declined: return {"P14D", std::nullopt};
        case referral_state::accepted: return {"P1M", std::nullopt};
        case referral_state::wait_listed: return {"P3M", std::nullopt};
        case referral_state::in_progress: return {"P6M", std::nullopt};
        default: return {"P3M", std::nullopt};
    }
}

}  // namespace polku::inline POLKU_V::path

#endif
