// SPDX-License-Identifier: Apache-2.0
#include <polku/report/pack_book.hpp>

#include "report/pack_book_page.hpp"
#include "report/pack_book_parts.hpp"

#include <polku/dmn/program.hpp>
#include <polku/dmn/xml_reader.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/svg.hpp>
#include <polku/rules/pack_explanation.hpp>
#include <polku/storage/hash.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::report {

namespace detail {

namespace {

struct book_row {
    std::string_view fi, sv, en;
};

constexpr book_row book_words[] = {
#define X(name, fi, sv, en) {fi, sv, en},
#include "report/book_words.inc"
#undef X
};

}  // namespace

std::string_view word_of(book_word which, std::string_view language) noexcept {
    const book_row& row = book_words[static_cast<unsigned char>(which)];
    if (language == "sv") return row.sv;
    return language == "fi" || language == "fi-selko" ? row.fi : row.en;
}

std::string book::word(book_word which) const { return escaped(word_of(which, language)); }

std::string book::text(const rules::texts& of) const {
    const auto found = of.find(std::string(language));
    return escaped(found != of.end() ? found->second : of.begin()->second);
}

std::string book::day(time::date of) const { return escaped(date_text(of, language)); }

std::string book::last_day(const std::optional<time::date>& before) const {
    if (!before) return word(book_word::open_end);
    return day(before->plus_days(-1).value_or(*before));
}

std::string book::source_links(const std::vector<std::string>& keys) const {
    std::string made;
    for (const std::string& key : keys) {
        const auto found = says->sources.find(key);
        if (found == says->sources.end()) continue;
        made += (made.empty() ? "" : "; ") + std::string("<a href=\"#source-") + escaped(key) + "\">" +
                escaped(rules::source_text(found->second)) + "</a>";
    }
    return made;
}

std::vector<std::size_t> book::tests_of(std::string_view version, std::string_view rule) const {
    std::vector<std::size_t> made;
    for (std::size_t at = 0; at < tests.size(); ++at)
        if (tests[at].version == version &&
            std::find(tests[at].rules.begin(), tests[at].rules.end(), rule) != tests[at].rules.end())
            made.push_back(at);
    return made;
}

std::string tagged(std::string_view tag, std::string_view html) {
    return "<" + std::string(tag) + ">" + std::string(html) + "</" + std::string(tag) + ">\n";
}

std::string fact_id(std::string name) {
    std::replace(name.begin(), name.end(), ' ', '-');
    return "fact-" + escaped(name);
}

std::string feel_code(std::string_view text) { return "<code lang=\"en\">" + escaped(text) + "</code>"; }

std::string table_head(std::string_view css_class, std::string_view caption, const std::vector<std::string>& columns) {
    std::string made = "<div class=\"scroll\"><table class=\"" + std::string(css_class) + "\">\n<caption>" +
                       std::string(caption) + "</caption>\n<thead><tr>";
    for (const std::string& each : columns) made += "<th scope=\"col\">" + each + "</th>";
    return made + "</tr></thead>\n<tbody>\n";
}

std::string table_row(const std::vector<std::string>& cells) {
    std::string made = "<tr>";
    for (std::size_t at = 0; at < cells.size(); ++at)
        made += at == 0 ? "<th scope=\"row\">" + cells[at] + "</th>" : "<td>" + cells[at] + "</td>";
    return made + "</tr>\n";
}

namespace {

constexpr std::string_view table_end = "</tbody></table></div>\n";

std::string heading(const book& of, book_word what, std::string_view id) {
    return "<h2 id=\"" + std::string(id) + "\">" + of.word(what) + "</h2>\n";
}

void write_about(std::string& out, const book& of) {
    out += heading(of, book_word::about, "about") + "<p class=\"notice\">" + of.text(of.says->notice) + "</p>\n<dl>\n";
    const auto row = [&](book_word name, const std::string& html) {
        out += "<dt>" + of.word(name) + "</dt><dd>" + html + "</dd>\n";
    };
    row(book_word::pack_id, "<code>" + escaped(of.says->id) + "</code>");
    row(book_word::law_read, of.day(of.says->facts_read));
    row(book_word::event_is, of.text(of.says->event));
    out += "</dl>\n" +
           table_head("files", of.word(book_word::files), {of.word(book_word::file), of.word(book_word::hash)});
    for (const auto& [name, bytes] : of.with->files)
        out += table_row({escaped(name), "<code>" + storage::to_hex(storage::blake2b(bytes)) + "</code>"});
    out += table_end;
}

void write_version_table(std::string& out, const book& of, const std::vector<rules::pack_version>& list,
                         book_word caption) {
    if (list.empty()) return;
    out += table_head("versions", of.word(caption),
                      {of.word(book_word::version), of.word(book_word::first_day), of.word(book_word::last_day),
                       of.word(book_word::model), of.word(book_word::sources), of.word(book_word::remarks)});
    for (const rules::pack_version& each : list)
        out += table_row({"<a href=\"#rules-" + escaped(each.id) + "\">" + escaped(each.id) + "</a>", of.day(each.from),
                          of.last_day(each.before), escaped(each.model), of.source_links(each.sources),
                          each.flag ? of.text(*each.flag) : "–"});
    out += table_end;
}

std::string days_of(const book& of, const std::optional<rules::date_interval>& days) {
    if (!days) return of.word(book_word::any_day);
    return (days->from ? of.day(*days->from) : "…") + " – " + (days->before ? of.last_day(days->before) : "…");
}

void write_transitions(std::string& out, const book& of) {
    out += "<h3 id=\"transitions\">" + of.word(book_word::transitions) + "</h3>\n";
    if (of.says->transitions.empty()) {
        out += tagged("p", of.word(book_word::no_transitions));
        return;
    }
    out += table_head("transitions", of.word(book_word::transitions),
                      {of.word(book_word::provision), of.word(book_word::meaning), of.word(book_word::event_days),
                       of.word(book_word::decided_days), of.word(book_word::version), of.word(book_word::sources)});
    for (const rules::transition& each : of.says->transitions)
        out += table_row({escaped(each.id), of.text(each.text), days_of(of, each.event), days_of(of, each.decided),
                          escaped(each.version), of.source_links(each.sources)});
    out += table_end;
}

void write_decisions(std::string& out, const book& of) {
    out += heading(of, book_word::decisions, "decisions") +
           table_head("decisions", of.word(book_word::decisions),
                      {of.word(book_word::decision), of.word(book_word::meaning), of.word(book_word::result),
                       of.word(book_word::since), of.word(book_word::appeal)});
    for (const rules::pack_decision& each : of.says->decisions)
        out += table_row({"<span lang=\"en\">" + escaped(each.name) + "</span>", of.text(each.text),
                          each.result ? of.text(*each.result) : "–",
                          each.since ? of.day(*each.since) : of.word(book_word::all_versions),
                          each.appeal ? "<code>" + escaped(*each.appeal) + "</code>" : "–"});
    out += table_end;
}

void write_inputs(std::string& out, const book& of) {
    out += heading(of, book_word::inputs, "inputs") + tagged("p", of.word(book_word::inputs_note)) +
           table_head("inputs", of.word(book_word::inputs),
                      {of.word(book_word::input), of.word(book_word::question), of.word(book_word::judged_by),
                       of.word(book_word::group), of.word(book_word::cost)});
    for (const rules::pack_input& each : of.says->inputs)
        out += table_row({"<span lang=\"en\" id=\"" + fact_id(each.name) + "\">" + escaped(each.name) + "</span>",
                          of.text(each.text),
                          each.judge ? "<strong>" + of.text(*each.judge) + "</strong>" : std::string("–"),
                          "<span lang=\"en\">" + escaped(each.group) + "</span>", std::to_string(each.cost)});
    out += table_end;
}

std::string remarks_of(const book& of, const rules::parameter& series, const rules::parameter_value& value) {
    std::string made;
    if (series.by == rules::date_choice::event) made += of.word(book_word::by_event) + " ";
    if (value.review) made += "<strong>" + of.word(book_word::review) + ":</strong> " + of.text(*value.review) + " ";
    if (value.override_.value_or(false)) made += of.word(book_word::may_override);
    return made.empty() ? "–" : made;
}

void write_parameters(std::string& out, const book& of) {
    out += heading(of, book_word::parameters, "parameters");
    if (of.says->parameters.empty()) {
        out += tagged("p", of.word(book_word::no_parameters));
        return;
    }
    out += table_head("parameters", of.word(book_word::parameters),
                      {of.word(book_word::input), of.word(book_word::first_day), of.word(book_word::last_day),
                       of.word(book_word::value), of.word(book_word::sources), of.word(book_word::remarks)});
    for (const rules::parameter& each : of.says->parameters)
        for (std::size_t at = 0; at < each.series.size(); ++at) {
            const rules::parameter_value& value = each.series[at];
            const std::string id = at == 0 ? " id=\"" + fact_id(each.name) + "\"" : "";
            out += table_row({"<span" + id + ">" + of.text(each.text) + "</span><br><code lang=\"en\">" +
                                  escaped(each.name) + "</code>",
                              of.day(value.from), of.last_day(value.before),
                              escaped(rules::value_words(value.value, of.language) +
                                      (each.unit ? "\u00a0" + *each.unit : std::string())),
                              of.source_links(value.sources), remarks_of(of, each, value)});
        }
    out += table_end;
}

void write_sources(std::string& out, const book& of) {
    out += heading(of, book_word::sources, "sources") +
           table_head("sources", of.word(book_word::sources),
                      {of.word(book_word::act), of.word(book_word::section), of.word(book_word::title),
                       of.word(book_word::address), of.word(book_word::read_on), of.word(book_word::mark)});
    for (const auto& [key, each] : of.says->sources)
        out += table_row(
            {"<span id=\"source-" + escaped(key) + "\">" + escaped(each.act) + "</span>", escaped(each.section),
             escaped(each.title), "<a href=\"" + escaped(each.address) + "\">" + escaped(each.address) + "</a>",
             of.day(each.read), of.word(each.mark == rules::source_mark::SEEN ? book_word::seen : book_word::known)});
    out += table_end;
}

void write_checklist(std::string& out, const book& of) {
    const auto link = [&](std::string_view id, book_word name) {
        return "<a href=\"#" + std::string(id) + "\">" + of.word(name) + "</a>";
    };
    const std::string versions = link("versions", book_word::versions);
    const std::string rules = link("rules", book_word::rules);
    out += heading(of, book_word::checklist, "checklist") + tagged("p", of.word(book_word::checklist_note)) +
           table_head("checklist", of.word(book_word::checklist),
                      {of.word(book_word::asked), of.word(book_word::answered_in)});
    const auto row = [&](book_word asked, const std::string& where) { out += table_row({of.word(asked), where}); };
    row(book_word::ask_what, link("decisions", book_word::decisions));
    row(book_word::ask_rules, rules + "; " + link("parameters", book_word::parameters));
    row(book_word::ask_when, versions + "; " + link("transitions", book_word::transitions));
    row(book_word::ask_data, link("inputs", book_word::inputs));
    row(book_word::ask_quality, link("proofs", book_word::proofs) + "; " + link("tests", book_word::tests));
    row(book_word::ask_sources, link("sources", book_word::sources));
    row(book_word::ask_version, link("about", book_word::about));
    row(book_word::ask_good, rules + ". " + of.word(book_word::partly));
    row(book_word::ask_log, of.word(book_word::not_in_book));
    row(book_word::ask_rest, of.word(book_word::not_in_book));
    out += table_end;
}

void write_contents(std::string& out, const book& of) {
    struct entry {
        std::string_view id;
        book_word name;
    };
    constexpr entry entries[] = {
        {"about", book_word::about},         {"versions", book_word::versions},     {"decisions", book_word::decisions},
        {"inputs", book_word::inputs},       {"parameters", book_word::parameters}, {"rules", book_word::rules},
        {"proofs", book_word::proofs},       {"tests", book_word::tests},           {"sources", book_word::sources},
        {"checklist", book_word::checklist},
    };
    out += "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">" + of.word(book_word::contents) + "</h2>\n<ol>\n";
    for (const entry& each : entries)
        out += "<li><a href=\"#" + std::string(each.id) + "\">" + of.word(each.name) + "</a></li>\n";
    out += "</ol>\n</nav>\n";
}

std::string page_of(const book& of) {
    const std::string title = of.text(of.says->name) + " – " + of.word(book_word::book_of);
    std::string out = "<!DOCTYPE html>\n<html lang=\"" + std::string(of.language.substr(0, 2)) +
                      "\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
                      title + "</title>\n<style>" + std::string(book_style) + "</style>\n</head>\n<body>\n<main>\n" +
                      "<p class=\"kind\">" + of.word(book_word::book_of) + "</p>\n" +
                      tagged("h1", of.text(of.says->name)) + "<p class=\"notice\">" + of.word(book_word::no_advice) +
                      "</p>\n";
    write_contents(out, of);
    write_about(out, of);
    out += heading(of, book_word::versions, "versions") + version_timeline(of);
    write_version_table(out, of, of.says->versions, book_word::versions);
    write_version_table(out, of, of.says->variants, book_word::variants);
    write_transitions(out, of);
    write_decisions(out, of);
    write_inputs(out, of);
    write_parameters(out, of);
    write_rules(out, of);
    write_proofs(out, of);
    write_tests(out, of);
    write_sources(out, of);
    write_checklist(out, of);
    return out + "</main>\n</body>\n</html>\n";
}

/// Reads the models of all versions and studies them.
result<std::vector<book_version>> try_versions(const rules::pack_definition& says, const pack_book_material& with) {
    std::vector<book_version> made;
    for (const auto* list : {&says.versions, &says.variants})
        for (const rules::pack_version& each : *list) {
            const auto text = with.files.find(each.model);
            if (text == with.files.end())
                return error(error_code::not_found,
                             "the model '" + each.model + "' of the version '" + each.id + "' is not among the files",
                             {.element = each.model});
            POLKU_TRY(dmn::model model, dmn::try_read_model(text->second, each.model));
            std::vector<dmn::model> models(1, model);
            POLKU_TRY(const dmn::program program, dmn::try_compile(std::move(models)));
            std::vector<dmn::model> sources(1, model);
            made.push_back({&each, std::move(model), dmn::analyse(program, sources)});
        }
    return made;
}

}  // namespace

}  // namespace detail

result<std::string> try_pack_book(const rules::pack& of, const pack_book_material& with) {
    detail::book made;
    made.says = &of.says();
    made.with = &with;
    made.language = with.language;
    POLKU_TRY(made.versions, detail::try_versions(of.says(), with));
    POLKU_TRY(made.tests, detail::try_run_vectors(of, with));
    return detail::page_of(made);
}

}  // namespace polku::inline POLKU_V::report
