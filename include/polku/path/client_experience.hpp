// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_CLIENT_EXPERIENCE_HPP
#define POLKU_PATH_CLIENT_EXPERIENCE_HPP

#include <polku/feel/number.hpp>
#include <polku/path/assessment.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <map>
#include <optional>
#include <string>

namespace polku::inline POLKU_V::path {

/// What the client told of the own experience on a day: answers by question on the scale of the definition, and the
/// client's own words. It is the client's view, never a worker's judgement; who wrote it down for the client is said.
struct client_experience {
    std::string experience;                            ///< id among the definition's experiences
    instrument_phase phase = instrument_phase::start;  ///< when in the service
    std::map<std::string, feel::number> answers;       ///< whole numbers on the definition's scale
    std::optional<std::string> words;                  ///< the client's own
    std::optional<std::string> told_by;                ///< id of a representative; the client where none is said
    time::date told;                                   ///< effective day
    bool operator==(const client_experience&) const = default;
};
BOOST_DESCRIBE_STRUCT(client_experience, (), (experience, phase, answers, words, told_by, told))

}  // namespace polku::inline POLKU_V::path

#endif
