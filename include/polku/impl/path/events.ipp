// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_EVENTS_IPP
#define POLKU_IMPL_PATH_EVENTS_IPP

#include <polku/path/events.hpp>

#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <array>
#include <type_traits>

namespace polku::inline POLKU_V::path {

namespace detail {

/// The part of an event by which triggers tell it from others of its type.
struct event_qualifier {
    template <class Other>
    std::string operator()(const Other&) const {
        return {};
    }
    std::string operator()(const fact_recorded& of) const { return of.fact; }
    std::string operator()(const fact_withdrawn& of) const { return of.fact; }
    std::string operator()(const consent_given& of) const { return of.consent; }
    std::string operator()(const consent_withdrawn& of) const { return of.consent; }
    std::string operator()(const case_opened& of) const { return of.entry; }
    std::string operator()(const stage_entered& of) const { return of.stage; }
    std::string operator()(const stage_timed_out& of) const { return of.stage; }
    std::string operator()(const referral_drafted& of) const { return of.service; }
    std::string operator()(const referral_amended& of) const { return of.service; }
    std::string operator()(const referral_moved& of) const { return of.service; }
    std::string operator()(const referral_escalated& of) const { return of.service; }
    std::string operator()(const responsible_assigned& of) const { return of.who.role; }
    std::string operator()(const own_worker_assigned& of) const { return of.who.role; }
    std::string operator()(const team_member_added& of) const { return of.who.role; }
    std::string operator()(const team_member_removed& of) const { return of.who.role; }
    std::string operator()(const meeting_planned& of) const { return of.kind; }
    std::string operator()(const meeting_moved& of) const { return of.kind; }
    std::string operator()(const meeting_cancelled& of) const { return of.kind; }
    std::string operator()(const meeting_missed& of) const { return of.kind; }
    std::string operator()(const meeting_held& of) const { return of.meeting.kind; }
    std::string operator()(const assessment_started& of) const { return of.kind; }
    std::string operator()(const assessment_completed& of) const { return of.kind; }
    std::string operator()(const assessment_cancelled& of) const { return of.kind; }
    std::string operator()(const instrument_recorded& of) const { return of.result.instrument; }
    std::string operator()(const feedback_recorded& of) const { return of.feedback.from; }
    std::string operator()(const experience_recorded& of) const { return of.experience.experience; }
    std::string operator()(const coaching_started& of) const { return of.package; }
    std::string operator()(const coaching_completed& of) const { return of.package; }
    std::string operator()(const placement_started& of) const { return of.kind; }
    std::string operator()(const placement_ended& of) const { return of.kind; }
    std::string operator()(const support_recorded& of) const { return of.support.support_; }
    std::string operator()(const follow_up_recorded& of) const { return of.status; }
    std::string operator()(const decision_made& of) const { return of.decision; }
    std::string operator()(const pack_decision_made& of) const { return of.pack; }
    std::string operator()(const case_closed& of) const { return of.exit; }
    std::string operator()(const case_reopened& of) const { return of.stage; }
    std::string operator()(const obligation_opened& of) const { return of.obligation; }
    std::string operator()(const obligation_redated& of) const { return of.obligation; }
    std::string operator()(const obligation_satisfied& of) const { return of.obligation; }
    std::string operator()(const obligation_ended& of) const { return of.obligation; }
    std::string operator()(const obligation_escalated& of) const { return of.obligation; }
};

template <class Member>
bool patch_member(Member& into, const feel::value& from);

/// True when the value fitted; a date may come as ISO text.
inline bool patch_plain(std::string& into, const feel::value& from) {
    if (!from.is(feel::kind::string)) return false;
    into = from.as_string();
    return true;
}
inline bool patch_plain(bool& into, const feel::value& from) {
    if (!from.is(feel::kind::boolean)) return false;
    into = from.as_boolean();
    return true;
}
inline bool patch_plain(feel::number& into, const feel::value& from) {
    if (!from.is(feel::kind::number)) return false;
    into = from.as_number();
    return true;
}
inline bool patch_plain(feel::value& into, const feel::value& from) {
    into = from;
    return true;
}
inline bool patch_plain(time::date& into, const feel::value& from) {
    if (from.is(feel::kind::date)) {
        into = from.as_date();
        return true;
    }
    const auto read = from.is(feel::kind::string) ? time::parse_date(from.as_string()) : std::nullopt;
    if (read) into = *read;
    return read.has_value();
}
inline bool patch_plain(std::vector<std::string>& into, const feel::value& from) {
    if (!from.is(feel::kind::list)) return false;
    std::vector<std::string> read;
    for (const feel::value& each : from.as_list()) {
        if (!each.is(feel::kind::string)) return false;
        read.emplace_back(each.as_string());
    }
    into = std::move(read);
    return true;
}
template <class Value>
bool patch_plain(std::optional<Value>& into, const feel::value& from) {
    if (from.is_null()) {
        into.reset();
        return true;
    }
    Value read{};
    if (!patch_member(read, from)) return false;
    into = std::move(read);
    return true;
}
inline bool patch_plain(std::map<std::string, feel::number>& into, const feel::value& from) {
    if (!from.is(feel::kind::context)) return false;
    for (const auto& each : from.as_context()) {
        if (!each.value.is(feel::kind::number)) return false;
        into[each.name] = each.value.as_number();
    }
    return true;
}

template <class Member>
bool patch_struct(Member& into, const feel::context& from) {
    bool all = true;
    for (const auto& entry : from) {
        bool found = false;
        using members = boost::describe::describe_members<Member, boost::describe::mod_any_access>;
        boost::mp11::mp_for_each<members>([&](auto each) {
            if (std::string_view(each.name) == entry.name) found = patch_member(into.*each.pointer, entry.value);
        });
        all = all && found;
    }
    return all;
}

template <class Member>
bool patch_member(Member& into, const feel::value& from) {
    if constexpr (requires { patch_plain(into, from); })
        return patch_plain(into, from);
    else if constexpr (boost::describe::has_describe_members<Member>::value)
        return from.is(feel::kind::context) && patch_struct(into, from.as_context());
    else
        return false;
}

/// Members that say what an event is about; a wrong one needs `enter_in_error` and a new command.
inline bool is_identity_member(std::string_view name) {
    constexpr std::array fixed{"fact",     "fact_type", "consent", "id",         "assessment", "kind",
                               "coaching", "placement", "goal",    "instrument", "point",      "package"};
    return std::any_of(fixed.begin(), fixed.end(), [&](const char* each) { return name == each; });
}

POLKU_DECL bool is_correctable(const event_body& what) {
    return std::visit(
        [](const auto& each) {
            using body = std::remove_cvref_t<decltype(each)>;
            return boost::mp11::mp_contains<
                boost::mp11::mp_list<client_details_recorded, fact_recorded, consent_given, representative_added,
                                     meeting_held, assessment_started, assessment_completed, instrument_recorded,
                                     feedback_recorded, experience_recorded, plan_agreed, plan_reviewed, goal_set,
                                     goal_scored, coaching_started, attendance_recorded, coaching_completed,
                                     placement_started, placement_ended, support_recorded, follow_up_recorded>,
                body>::value;
        },
        what);
}

/// `type_of(what) == type`, without a text being made: this is asked of every event of a case, for every duty.
inline bool is_of_type(const event_body& what, std::string_view type) {
    if (const auto* moved = std::get_if<referral_moved>(&what)) {
        constexpr std::string_view prefix = "referral_";
        return type.starts_with(prefix) && type.substr(prefix.size()) == name_of(moved->to_state);
    }
    return std::visit([&](const auto& each) { return std::remove_cvref_t<decltype(each)>::type == type; }, what);
}

POLKU_DECL polku::error correction_error(const event_body& what, const std::string& why) {
    return {error_code::correction_refused, "an event '" + type_of(what) + "' " + why +
                                                "; enter it in error and record what is right by a new command"};
}

}  // namespace detail

POLKU_DECL std::string type_of(const event_body& what) {
    if (const auto* moved = std::get_if<referral_moved>(&what))
        return "referral_" + std::string(name_of(moved->to_state));
    return std::string(std::visit([](const auto& each) { return std::remove_cvref_t<decltype(each)>::type; }, what));
}

POLKU_DECL std::string qualifier_of(const event_body& what) { return std::visit(detail::event_qualifier{}, what); }

POLKU_DECL stream_kind stream_of(const event_body& what) noexcept {
    // The first nine alternatives are what is known of the client whichever case it is.
    return what.index() < 9 ? stream_kind::client : stream_kind::case_;
}
static_assert(std::is_same_v<std::variant_alternative_t<8, event_body>, non_disclosure_lifted>);
static_assert(std::is_same_v<std::variant_alternative_t<9, event_body>, case_opened>);

POLKU_DECL bool is_triggered(const event_body& what, std::string_view trigger) {
    const std::size_t colon = trigger.find(':');
    if (!detail::is_of_type(what, trigger.substr(0, colon))) return false;
    return colon == std::string_view::npos || qualifier_of(what) == trigger.substr(colon + 1);
}

POLKU_DECL std::optional<event_body> body_of_type(std::string_view type) {
    constexpr std::string_view prefix = "referral_";
    if (type.substr(0, prefix.size()) == prefix) {
        const auto state = referral_state_named(type.substr(prefix.size()));
        if (state && *state != referral_state::draft) {
            referral_moved made;
            made.to_state = *state;
            return made;
        }
    }
    std::optional<event_body> found;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, event_body>>([&](auto each) {
        using body = typename decltype(each)::type;
        if constexpr (!std::is_same_v<body, referral_moved>) {
            if (body::type == type) found = body{};
        }
    });
    return found;
}

POLKU_DECL bool is_event_type(std::string_view type) { return body_of_type(type).has_value(); }

POLKU_DECL result<void> try_patch(event_body& what, const feel::value& members) {
    if (!detail::is_correctable(what)) return detail::correction_error(what, "is not corrected member by member");
    if (!members.is(feel::kind::context) || members.as_context().empty())
        return error(error_code::correction_refused, "a correction needs the members to replace, as an object");
    event_body patched = what;
    for (const auto& entry : members.as_context()) {
        if (detail::is_identity_member(entry.name))
            return detail::correction_error(what, "says by its member '" + entry.name + "' what it is about");
        const bool fits = std::visit(
            [&](auto& body) {
                return detail::patch_struct(body, feel::context{{entry.name, entry.value}});
            },
            patched);
        if (!fits)
            return detail::correction_error(
                what, "has no member '" + entry.name + "' that takes " + feel::to_string(entry.value));
    }
    if (auto* fact = std::get_if<fact_recorded>(&patched)) {
        POLKU_TRY(fact->value, try_typed(fact->value, fact->fact_type, fact->fact));
    }
    what = std::move(patched);
    return {};
}

}  // namespace polku::inline POLKU_V::path

#endif
