// SPDX-License-Identifier: Apache-2.0
#include <polku/report/comparison.hpp>

#include <polku/json/described.hpp>
#include <polku/json/text.hpp>

#include <set>

namespace polku::inline POLKU_V::report {

namespace {

struct comparison_document {
    std::vector<comparison_figure> figures;
};
BOOST_DESCRIBE_STRUCT(comparison_document, (), (figures))

error invalid(std::string message, const std::string& source, std::size_t at, const char* member) {
    position where;
    where.source = source;
    where.pointer = "/figures/" + std::to_string(at) + "/" + member;
    return {error_code::comparison_invalid, std::move(message), std::move(where)};
}

result<void> check(const comparison_figure& of, const std::string& source, std::size_t at) {
    if (of.source.empty())
        return invalid("the figure '" + of.id + "' has no source; say who published it", source, at, "source");
    if (of.area.empty())
        return invalid("the figure '" + of.id + "' has no area; say of where it tells", source, at, "area");
    for (const char* language : {"fi", "sv", "en"}) {
        const auto found = of.name.find(language);
        if (found == of.name.end() || found->second.empty())
            return invalid(
                "the name of the figure '" + of.id + "' lacks '" + language + "'; people read it in fi, sv and en",
                source, at, "name");
    }
    return {};
}

}  // namespace

result<std::vector<comparison_figure>> try_read_comparison(std::string_view text, std::string source) {
    json::parse_options options;
    options.source = std::move(source);
    POLKU_TRY(const feel::value whole, json::try_parse(text, options));
    POLKU_TRY(comparison_document read, json::try_from_value<comparison_document>(whole, {}, options.source));
    std::set<std::string> seen;
    for (std::size_t at = 0; at < read.figures.size(); ++at) {
        const comparison_figure& each = read.figures[at];
        POLKU_CHECK(check(each, options.source, at));
        if (!seen.insert(each.id).second)
            return invalid("the figure '" + each.id + "' stands twice; each has its own id", options.source, at, "id");
    }
    return std::move(read.figures);
}

}  // namespace polku::inline POLKU_V::report
