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
/// Commands about assessments, instruments and feedback. `type` is the command's name in JSON; `assessment` is an id
/// that the caller chooses when starting.

namespace polku::inline POLKU_V::path {

/// Begins an assessment. `kind` is an id among the definition's assessments, whose facts must be known; `organiser` and
/// `purpose` say who arranges it and why. `ends` is the planned last day, by the kind's longest time unless given.
struct start_assessment {
    static constexpr std::string_view type = "start_assessment";
    std::string assessment;
    std::string kind;
    std::optional<std::string> organiser;
    std::optional<std::string> purpose;
    std::optional<time::date> ends;
};
BOOST_DESCRIBE_STRUCT(start_assessment, (), (assessment, kind, organiser, purpose, ends))

/// Ends an open assessment with its conclusion `result` (required). `strengths` are abilities and resources, `limits`
/// what makes work harder. Error `step_missing` while feedback that the definition asks for is not there.
struct complete_assessment {
    static constexpr std::string_view type = "complete_assessment";
    std::string assessment;
    std::string result;
    std::vector<std::string> strengths;
    std::vector<std::string> limits;
};
BOOST_DESCRIBE_STRUCT(complete_assessment, (), (assessment, result, strengths, limits))

/// Ends an open assessment without a result, for a `reason` that must be given.
struct cancel_assessment {
    static constexpr std::string_view type = "cancel_assessment";
    std::string assessment;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(cancel_assessment, (), (assessment, reason))

/// Records one use of `instrument`, an id among the definition's instruments. `scores` is by scale and must lie within
/// the instrument's bounds (error `score_out_of_range`); `phase` says when in the service it was used.
struct record_instrument {
    static constexpr std::string_view type = "record_instrument";
    std::string instrument;
    instrument_phase phase = instrument_phase::start;
    std::map<std::string, feel::number> scores;
};
BOOST_DESCRIBE_STRUCT(record_instrument, (), (instrument, phase, scores))

/// Records what somebody told. `from` says who (`organiser`, `employer`, `client`, `network`), `about` which record of
/// the case (any when absent); at least one of `observations` and `text` is needed.
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
/// `experience` is an id among the definition's; `answers` are whole numbers by question, `words` the client's own, and
/// one of both is needed. `phase` says when in the service.
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
