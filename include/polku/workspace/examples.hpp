// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_EXAMPLES_HPP
#define POLKU_WORKSPACE_EXAMPLES_HPP

#include <polku/feel/value.hpp>
#include <polku/path/definition.hpp>
#include <polku/result.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// The made-up clients that a shipped path has beside it, each with a story, the commands that tell it, and the place
/// where it ends.

namespace polku::inline POLKU_V {

/// Where an example client must be in the end.
struct example_place {
    std::string stage;                ///< a stage, or `closed`
    std::optional<std::string> exit;  ///< id of the exit, of a case that is closed
};
BOOST_DESCRIBE_STRUCT(example_place, (), (stage, exit))

/// `commands` are whole commands as `workspace::try_execute` takes them. In the file a command has a day (`on`), an
/// actor, its name and its data; the case, the command id (`<id>-01`, `<id>-02`, ...), the minute of the day, the path
/// and the client of the opening, and the purpose `service path` follow from these unless the file says otherwise. A
/// command to a place book names its `environment`, one to a register its `programme`.
struct example_client {
    std::string id;        ///< as the file names the client
    std::string client;    ///< hex id of the client's stream
    std::string case_;     ///< hex id of the case's stream
    std::string name;      ///< made up
    path::texts story;     ///< in all four languages
    example_place expect;  ///< where the case is in the end
    std::vector<feel::value> commands;
};
BOOST_DESCRIBE_STRUCT(example_client, (), (id, client, case_, name, story, expect, commands))

/// The example clients of a path. `as_of` is the day on which their places are what the file says. `opening` are
/// commands that are nobody's own, such as those that open place books; their ids are `opening-01` and so on.
struct example_file {
    std::string path;  ///< id
    time::date as_of;
    path::texts notice;  ///< that they are made up, in all four languages
    std::vector<feel::value> opening;
    std::vector<example_client> clients;  ///< in the order of the file
};
BOOST_DESCRIBE_STRUCT(example_file, (), (path, as_of, notice, opening, clients))

/// Reads a file of example clients; errors of the JSON family with places.
result<example_file> try_read_examples(std::string_view text, std::string source = {});
/// Those of a shipped path; `not_found` when it has none.
result<example_file> try_shipped_examples(std::string_view path_id);

/// The commands of all clients in the order of their `now`: a store's clock does not go back.
std::vector<feel::value> commands_in_order(const example_file& of);

}  // namespace polku::inline POLKU_V

#endif
