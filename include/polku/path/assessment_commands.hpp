// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_ASSESSMENT_COMMANDS_HPP
#define POLKU_PATH_ASSESSMENT_COMMANDS_HPP

#include <polku/feel/number.hpp>
#include <polku/path/assessment.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Commands about assessments, instruments and feedback.

namespace polku::inline POLKU_V::path {

struct start_assessment {
    static constexpr std::string_view type = "start_assessment";
    std::string assessment;
    std::string kind;
    std::optional<std::string> organiser;
    std::optional<std::string> purpose;
    std::optional<time::date> ends;
};
BOOST_DESCRIBE_STRUCT(start_assessment, (), (assessment, kind, organiser, purpose, ends))

struct complete_assessment {
    static constexpr std::string_view type = "complete_assessment";
    std::string assessment;
    std::string result;
    std::vector<std::string> strengths;
    std::vector<std::string> limits;
};
BOOST_DESCRIBE_STRUCT(complete_assessment, (), (assessment, result, strengths, limits))

struct cancel_assessment {
    static constexpr std::string_view type = "cancel_assessment";
    std::string assessment;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(cancel_assessment, (), (assessment, reason))

struct record_instrument {
    static constexpr std::string_view type = "record_instrument";
    std::string instrument;
    instrument_phase phase = instrument_phase::start;
    std::map<std::string, feel::number> scores;
};
BOOST_DESCRIBE_STRUCT(record_instrument, (), (instrument, phase, scores))

struct record_feedback {
    static constexpr std::string_view type = "record_feedback";
    std::string from;
    std::optional<std::string> about;
    std::vector<observation> observations;
    std::optional<std::string> text;
    std::optional<std::string> tool;  ///< by which tool of the definition it came
};
BOOST_DESCRIBE_STRUCT(record_feedback, (), (from, about, observations, text, tool))

/// What the client tells of the own experience. `told_by` is a representative's id where one tells it for the client.
struct record_experience {
    static constexpr std::string_view type = "record_experience";
    std::string experience;
    instrument_phase phase = instrument_phase::start;
    std::map<std::string, feel::number> answers;
    std::optional<std::string> words;
    std::optional<std::string> told_by;
};
BOOST_DESCRIBE_STRUCT(record_experience, (), (experience, phase, answers, words, told_by))

}  // namespace polku::inline POLKU_V::path

#endif
