// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_ASSESSMENT_EVENTS_HPP
#define POLKU_PATH_ASSESSMENT_EVENTS_HPP

#include <polku/path/assessment.hpp>
#include <polku/path/client_experience.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// What happened to assessments; instruments and feedback. `type` is the event's stored name; `assessment` the id of
/// the assessment, `kind` its id in the definition.

namespace polku::inline POLKU_V::path {

/// Who arranges it (`organiser`), why (`purpose`), and until when it is planned (`ends`), where that is known. It began
/// on the event's day.
struct assessment_started {
    static constexpr std::string_view type = "assessment_started";
    std::string assessment;
    std::string kind;
    std::optional<std::string> organiser;
    std::optional<std::string> purpose;
    std::optional<time::date> ends;
};
BOOST_DESCRIBE_STRUCT(assessment_started, (), (assessment, kind, organiser, purpose, ends))

/// `result` is the conclusion, `strengths` and `limits` what was found to help and to hinder.
struct assessment_completed {
    static constexpr std::string_view type = "assessment_completed";
    std::string assessment;
    std::string kind;
    std::string result;
    std::vector<std::string> strengths;
    std::vector<std::string> limits;
};
BOOST_DESCRIBE_STRUCT(assessment_completed, (), (assessment, kind, result, strengths, limits))

/// It ended without a result; `reason` says why.
struct assessment_cancelled {
    static constexpr std::string_view type = "assessment_cancelled";
    std::string assessment;
    std::string kind;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(assessment_cancelled, (), (assessment, kind, reason))

/// An instrument was used; `result` has its scores and day.
struct instrument_recorded {
    static constexpr std::string_view type = "instrument_recorded";
    instrument_result result;
};
BOOST_DESCRIBE_STRUCT(instrument_recorded, (), (result))

/// Somebody told of a period, meeting or service; `feedback` is what they said.
struct feedback_recorded {
    static constexpr std::string_view type = "feedback_recorded";
    path::feedback feedback;
};
BOOST_DESCRIBE_STRUCT(feedback_recorded, (), (feedback))

/// The client told of the own experience; `experience` holds answers and words.
struct experience_recorded {
    static constexpr std::string_view type = "experience_recorded";
    client_experience experience;
};
BOOST_DESCRIBE_STRUCT(experience_recorded, (), (experience))

}  // namespace polku::inline POLKU_V::path

#endif
