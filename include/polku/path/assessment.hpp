// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_ASSESSMENT_HPP
#define POLKU_PATH_ASSESSMENT_HPP

#include <polku/config.hpp>
#include <polku/feel/number.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::path {

/// What was seen of one aspect in a functional assessment: readiness, coping, health at work, social skills, action.
/// `aspect` is one of the definition's aspects where the assessment's kind lists them. `text` and `score` are what was
/// seen, in words and as a number; either may be absent.
struct observation {
    std::string aspect;
    std::optional<std::string> text;
    std::optional<feel::number> score;
    bool operator==(const observation&) const = default;
};
BOOST_DESCRIBE_STRUCT(observation, (), (aspect, text, score))

/// What an organiser, employer, client or the network told of a period, meeting or service.
struct feedback {
    std::string from;                       ///< `organiser`, `employer`, `client`, `network`
    std::optional<std::string> about;       ///< id of the assessment, coaching, placement or meeting
    std::vector<observation> observations;  ///< by aspect; may be empty where `text` is not
    std::optional<std::string> text;        ///< in the teller's own words
    time::date told;                        ///< effective day of the event
    std::optional<std::string> tool;        ///< by which tool of the definition it came
    bool operator==(const feedback&) const = default;
};
BOOST_DESCRIBE_STRUCT(feedback, (), (from, about, observations, text, told, tool))

/// When in the service an instrument was used, so that change can be measured. `start` and `end` of the service, or
/// `during` it.
enum class instrument_phase : std::uint8_t { start, during, end };
BOOST_DESCRIBE_ENUM(instrument_phase, start, during, end)

/// One use of a measuring instrument; scores by scale. Licensed item texts are never held.
struct instrument_result {
    std::string instrument;                            ///< id among the definition's instruments
    instrument_phase phase = instrument_phase::start;  ///< in which part of the service
    std::map<std::string, feel::number> scores;        ///< within the instrument's bounds
    time::date taken;                                  ///< day of use
    bool operator==(const instrument_result&) const = default;
};
BOOST_DESCRIBE_STRUCT(instrument_result, (), (instrument, phase, scores, taken))

/// A health check, an assessment of work and functional capacity, a functional assessment period, a mapping of
/// competence: begins from ability, strengths and resources; limits come second.
struct assessment {
    std::string id;                        ///< chosen by whoever started it
    std::string kind;                      ///< id among the definition's assessments
    time::date started;                    ///< first day
    std::optional<std::string> organiser;  ///< of a work trial: company, workshop, municipal unit
    std::optional<std::string> purpose;    ///< why it is made
    std::optional<time::date> ends;        ///< planned
    std::optional<time::date> completed;   ///< absent while it is open or when it was cancelled
    std::optional<time::date> cancelled;   ///< day of the cancelling
    std::optional<std::string> result;     ///< the conclusion, once completed
    std::vector<std::string> strengths;    ///< abilities and resources; shown first
    std::vector<std::string> limits;       ///< what makes work harder
    /// True until it is completed or cancelled.
    bool is_open() const { return !completed && !cancelled; }
    bool operator==(const assessment&) const = default;
};
BOOST_DESCRIBE_STRUCT(assessment, (),
                      (id, kind, started, organiser, purpose, ends, completed, cancelled, result, strengths, limits))

}  // namespace polku::inline POLKU_V::path

#endif
