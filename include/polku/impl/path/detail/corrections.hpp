// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_CORRECTIONS_HPP
#define POLKU_IMPL_PATH_DETAIL_CORRECTIONS_HPP

#include <polku/path/case.hpp>

#include <set>
#include <utility>

namespace polku::inline POLKU_V::path::detail {

inline event_name name_of_event(const event& of) {
    return {of.stream == stream_kind::client ? "client" : "case", static_cast<std::int64_t>(of.version)};
}

inline bool rewrites_history(const event& of) {
    return std::holds_alternative<corrected>(of.what) || std::holds_alternative<entered_in_error>(of.what);
}

/// The event as its corrections leave it; empty when it was entered in error.
struct correction_index {
    std::set<std::pair<std::string, std::int64_t>> in_error;
    std::vector<const event*> corrections;

    bool is_in_error(const event& of) const {
        const event_name name = name_of_event(of);
        return in_error.count({name.stream, name.version}) > 0;
    }
    event corrected_form(event of) const {
        const event_name name = name_of_event(of);
        for (const event* each : corrections) {
            const auto& what = std::get<corrected>(each->what);
            if (!(what.event == name) || is_in_error(*each)) continue;
            if (!what.members.is_null()) (void)try_patch(of.what, what.members).has_value();
            if (what.effective) of.effective_date = *what.effective;
        }
        return of;
    }
};

inline correction_index index_corrections(const std::vector<std::shared_ptr<const event>>& history) {
    correction_index made;
    for (const auto& each : history) {
        if (std::holds_alternative<corrected>(each->what)) made.corrections.push_back(each.get());
        if (const auto* wrong = std::get_if<entered_in_error>(&each->what))
            made.in_error.insert({wrong->event.stream, wrong->event.version});
    }
    return made;
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
