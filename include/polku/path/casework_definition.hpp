// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_CASEWORK_DEFINITION_HPP
#define POLKU_PATH_CASEWORK_DEFINITION_HPP

#include <polku/path/definition_words.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// @file
/// Parts of a path definition about the work around a client: what the client is asked of the own experience, and
/// tools.

namespace polku::inline POLKU_V::path {

/// What clients are asked of their own experience, again and again: questions on one scale (`minimum` to `maximum`,
/// whole numbers, the higher the better), and room for own words. Free of licensed item texts.
struct experience_definition {
    std::map<std::string, texts> questions;  ///< by id, each in all languages
    std::optional<std::int64_t> minimum;
    std::optional<std::int64_t> maximum;
    std::optional<bool> words;  ///< the client may tell in own words; true unless said
    texts name;                 ///< what the set of questions is called
    texts ask;                  ///< how the client is asked to tell
    bool operator==(const experience_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(experience_definition, (), (questions, minimum, maximum, words, name, ask))

/// A tool or digital platform that the path uses. `serves` names what it is used for: meetings, assessments, packages
/// or services; empty: all.
struct tool_definition {
    std::optional<std::string> organisation;  ///< who offers it
    std::optional<std::string> address;       ///< where it is found, as people are told
    std::vector<std::string> serves;
    std::optional<validity> valid;  ///< days on which it is in use; always where absent
    texts name;                     ///< in all four languages
    bool operator==(const tool_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(tool_definition, (), (organisation, address, serves, valid, name))

}  // namespace polku::inline POLKU_V::path

#endif
