// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_NETWORK_HPP
#define POLKU_PATH_NETWORK_HPP

#include <polku/config.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::path {

/// A person in a role for an organisation. Persons are named as the host names them.
struct party {
    std::string person;
    std::string role;
    std::string organisation;
    bool operator==(const party&) const = default;
};
BOOST_DESCRIBE_STRUCT(party, (), (person, role, organisation))

/// Client responsibility: person, role, organisation and period. Exactly one is open at a time.
struct responsibility {
    party who;
    time::date from;
    std::optional<time::date> until;  ///< the day on which the next one took over
    bool operator==(const responsibility&) const = default;
};
BOOST_DESCRIBE_STRUCT(responsibility, (), (who, from, until))

struct participant {
    std::string person;
    std::string role;
    std::string organisation;
    std::optional<bool> remote;
    bool operator==(const participant&) const = default;
};
BOOST_DESCRIBE_STRUCT(participant, (), (person, role, organisation, remote))

/// A joint meeting of the network team and the client.
struct meeting {
    std::string id;
    std::string kind;  ///< id among the definition's meetings
    time::date held;
    std::vector<participant> participants;
    std::optional<bool> client_present;
    std::optional<std::string> agreed;  ///< the joint follow-on plan
    std::optional<std::string> notes;
    bool operator==(const meeting&) const = default;
};
BOOST_DESCRIBE_STRUCT(meeting, (), (id, kind, held, participants, client_present, agreed, notes))

}  // namespace polku::inline POLKU_V::path

#endif
