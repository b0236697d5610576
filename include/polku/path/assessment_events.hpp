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
/// What happened to assessments; instruments and feedback.

namespace polku::inline POLKU_V::path {

struct assessment_started {
    static constexpr std::string_view type = "assessment_started";
    std::string assessment;
    std::string kind;
    std::optional<std::string> organiser;
    std::optional<std::string> purpose;
    std::optional<time::date> ends;
};
BOOST_DESCRIBE_STRUCT(assessment_started, (), (assessment, kind, organiser, purpose, ends))

struct assessment_completed {
    static constexpr std::string_view type = "assessment_completed";
    std::string assessment;
    std::string kind;
    std::string result;
    std::vector<std::string> strengths;
    std::vector<std::string> limits;
};
BOOST_DESCRIBE_STRUCT(assessment_completed, (), (assessment, kind, result, strengths, limits))

struct assessment_cancelled {
    static constexpr std::string_view type = "assessment_cancelled";
    std::string assessment;
    std::string kind;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(assessment_cancelled, (), (assessment, kind, reason))

struct instrument_recorded {
    static constexpr std::string_view type = "instrument_recorded";
    instrument_result result;
};
BOOST_DESCRIBE_STRUCT(instrument_recorded, (), (result))

struct feedback_recorded {
    static constexpr std::string_view type = "feedback_recorded";
    path::feedback feedback;
};
BOOST_DESCRIBE_STRUCT(feedback_recorded, (), (feedback))

struct experience_recorded {
    static constexpr std::string_view type = "experience_recorded";
    client_experience experience;
};
BOOST_DESCRIBE_STRUCT(experience_recorded, (), (experience))

}  // namespace polku::inline POLKU_V::path

#endif
