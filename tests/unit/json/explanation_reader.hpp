// SPDX-License-Identifier: Apache-2.0
// Reads whole explanations back from their text: a second way through the words, which knows the pack's questions and
// the frame, but nothing of the writer.
#ifndef POLKU_TESTS_EXPLANATION_READER_HPP
#define POLKU_TESTS_EXPLANATION_READER_HPP

#include <polku/feel/context.hpp>
#include <polku/feel/value.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/time/date.hpp>

#include <map>
#include <optional>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace explanation_reader {

using namespace polku;

inline std::string frame(std::string_view name, std::string_view language) {
    struct row {
        std::string_view name, fi, sv, en, selko;
    };
    static constexpr row rows[] = {
#define X(name, fi, sv, en, selko) {#name, fi, sv, en, selko},
#include <polku/rules/explanation_frames.inc>
    };
    for (const row& each : rows)
        if (each.name == name)
            return std::string(language == "fi"   ? each.fi
                               : language == "sv" ? each.sv
                               : language == "en" ? each.en
                                                  : each.selko);
    throw std::runtime_error("no frame " + std::string(name));
}

/// Reads what `exact_words` writes.
class words_reader {
public:
    words_reader(std::string_view text, std::string_view language) : text_(text), language_(language) {}
    /// With the labels of a pack, for a value of that name.
    words_reader(std::string_view text, std::string_view language, const rules::value_labels& labels, std::string name)
        : text_(text), language_(language), labels_(&labels), name_(std::move(name)) {}

    /// The whole text as a value; a list where it has several items or `is_list` says so.
    feel::value whole(bool is_list) {
        if (is_list && text_ == none()) return feel::value(std::vector<feel::value>());
        std::vector<feel::value> items{item()};
        while (taken(", ")) items.push_back(item());
        if (at_ != text_.size()) throw std::runtime_error("left: " + std::string(text_.substr(at_)));
        return is_list ? feel::value(std::move(items)) : items.front();
    }

private:
    bool is_finnish() const { return language_ == "fi" || language_ == "fi-selko"; }
    std::string_view none() const { return is_finnish() ? "ei mitään" : language_ == "sv" ? "inget" : "none"; }
    std::string_view unknown() const {
        return is_finnish() ? "ei tiedossa" : language_ == "sv" ? "inte känt" : "not known";
    }

    bool taken(std::string_view what) {
        if (text_.substr(at_, what.size()) != what) return false;
        at_ += what.size();
        return true;
    }
    void expect(std::string_view what) {
        if (!taken(what)) throw std::runtime_error("expected '" + std::string(what) + "' in " + std::string(text_));
    }

    feel::value item() {
        if (taken("\"")) return quoted();
        if (taken("(")) return entries();
        if (taken("[")) {
            std::vector<feel::value> items;
            while (!taken("]")) {
                if (!items.empty()) expect(", ");
                items.push_back(item());
            }
            return feel::value(std::move(items));
        }
        const std::size_t from = at_;
        while (at_ < text_.size() && text_[at_] != ')' && text_[at_] != ']' && text_.substr(at_, 2) != ", ") ++at_;
        return atom(std::string(text_.substr(from, at_ - from)));
    }

    feel::value quoted() {
        std::string made;
        while (!taken("\"")) {
            if (at_ >= text_.size()) throw std::runtime_error("an open quote");
            if (taken("\\u00")) {
                made += static_cast<char>(std::stoi(std::string(text_.substr(at_, 2)), nullptr, 16));
                at_ += 2;
                continue;
            }
            taken("\\");
            made += text_[at_++];
        }
        return feel::value(made);
    }

    feel::value entries() {
        feel::context made;
        while (!taken(")")) {
            if (made.size() != 0) expect(", ");
            const std::size_t colon = text_.find(": ", at_);
            if (colon == std::string_view::npos) throw std::runtime_error("an entry without a value");
            const std::string name(text_.substr(at_, colon - at_));
            at_ = colon + 2;
            const std::string outer = std::exchange(name_, name);
            made.append(name, item());
            name_ = outer;
        }
        return feel::value(std::move(made));
    }

    feel::value atom(const std::string& text) const {
        if (text == unknown()) return feel::value();
        if (text == (is_finnish() ? "kyllä" : language_ == "sv" ? "ja" : "yes")) return feel::value(true);
        if (text == (is_finnish() ? "ei" : language_ == "sv" ? "nej" : "no")) return feel::value(false);
        std::smatch found;
        static const std::regex northern(R"((\d+)\.(\d+)\.(\d+))");
        static const std::regex english(R"((\d{4,})-(\d\d)-(\d\d))");
        static const std::regex counted(R"((-?\d+) (\D+))");
        if (std::regex_match(text, found, language_ == "en" ? english : northern)) {
            const bool is_english = language_ == "en";
            const auto part = [&](std::size_t at) { return static_cast<unsigned>(std::stoul(found[at])); };
            return feel::value(*time::date::from_parts(part(is_english ? 1 : 3), part(2), part(is_english ? 3 : 1)));
        }
        if (const auto number = plain_number(text)) return feel::value(*number);
        if (std::regex_match(text, found, counted)) return duration(std::stol(found[1]), found[2]);
        return labelled(text);
    }

    feel::value labelled(const std::string& text) const {
        if (labels_ == nullptr) return feel::value(text);
        const auto named = labels_->find(name_);
        if (named == labels_->end()) return feel::value(text);
        for (const auto& [value, label] : named->second)
            if (label.at(std::string(language_)) == text) return feel::value(value);
        return feel::value(text);
    }

    std::optional<feel::number> plain_number(const std::string& text) const {
        std::string plain;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const char each = text[at];
            if (language_ == "en" && each == ',') continue;
            if (language_ != "en" && text.compare(at, 2, "\u00a0") == 0) {
                ++at;
                continue;
            }
            plain += language_ != "en" && each == ',' ? '.' : each;
        }
        if (plain.find_first_not_of("0123456789.-E+") != std::string::npos) return std::nullopt;
        return feel::number::parse(plain);
    }

    feel::value duration(long count, const std::string& unit) const {
        const auto is = [&unit](std::initializer_list<std::string_view> words) {
            for (const std::string_view each : words)
                if (unit == each) return true;
            return false;
        };
        if (is({"päivä", "päivää", "dag", "dagar", "day", "days"}))
            return feel::value(time::days_duration{count * 86'400L, 0});
        if (is({"kuukausi", "kuukautta", "månad", "månader", "month", "months"}))
            return feel::value(time::months_duration{count});
        if (is({"vuosi", "vuotta", "år", "year", "years"})) return feel::value(time::months_duration{count * 12});
        throw std::runtime_error("an unknown unit: " + unit);
    }

    std::string_view text_;
    std::string_view language_;
    const rules::value_labels* labels_ = nullptr;
    std::string name_;
    std::size_t at_ = 0;
};

/// What the text of an explanation says.
struct read_back {
    time::date decided;
    std::optional<time::date> event;
    std::string version;
    bool asked_by_id = false;
    feel::context facts;
    feel::context figures;
    feel::context background;
    std::vector<std::string> unknown;
};

/// `lists`: the inputs whose type is a list.
class text_reader {
public:
    text_reader(const rules::pack_definition& pack, std::string_view language, const std::map<std::string, bool>& lists)
        : pack_(pack), language_(language), lists_(lists) {}

    read_back read(const std::string& text) {
        std::istringstream lines(text);
        std::string section = "head";
        std::string line;
        while (std::getline(lines, line)) {
            if (line.empty()) {
                std::getline(lines, line);
                section = section_of(line);
            } else if (section == "head") {
                head(line);
            } else if (line.starts_with("- ")) {
                item(section, line.substr(2));
            }
        }
        return std::move(made_);
    }

private:
    std::string section_of(const std::string& heading) const {
        for (const char* each : {"facts", "figures", "background", "unknown", "reasons", "appeal"})
            if (heading == frame(each, language_)) return each;
        return "end";
    }

    feel::value words(std::string_view text, bool is_list) const {
        return words_reader(text, language_).whole(is_list);
    }

    void head(const std::string& line) {
        const auto behind = [&](std::string_view name) -> std::optional<std::string> {
            const std::string label = frame(name, language_) + ": ";
            if (!line.starts_with(label)) return std::nullopt;
            return line.substr(label.size());
        };
        if (const auto day = behind("decided")) made_.decided = words(*day, false).as_date();
        if (const auto day = behind("event")) made_.event = words(day->substr(0, day->find(" (")), false).as_date();
        if (const auto id = behind("version")) made_.version = id->substr(0, id->find(" ("));
        made_.asked_by_id = made_.asked_by_id || line == frame("by_id", language_);
    }

    /// The name whose text the line begins with, and what stands behind it.
    template <typename List>
    std::pair<std::string, std::string> split(const List& list, const std::string& line) const {
        std::pair<std::string, std::string> best;
        std::size_t longest = 0;
        for (const auto& each : list) {
            const std::string& text = each.text.find(std::string(language_))->second;
            const bool ends = text.back() == '?' || text.back() == '.';
            const std::string start = text + (ends ? " " : ": ");
            if (!line.starts_with(start) || start.size() <= longest) continue;
            longest = start.size();
            best = {each.name, line.substr(start.size())};
        }
        if (longest == 0) throw std::runtime_error("no text of the pack begins: " + line);
        return best;
    }

    void item(const std::string& section, const std::string& line) {
        if (section == "facts" || section == "background") {
            const auto [name, rest] = split(pack_.inputs, line);
            (section == "facts" ? made_.facts : made_.background)
                .append(name, words_reader(rest, language_, pack_.labels, name).whole(lists_.at(name)));
        } else if (section == "figures") {
            const auto [name, rest] = split(pack_.parameters, line);
            made_.figures.append(name, figure(name, rest.substr(0, rest.find(" ("))));
        } else if (section == "unknown") {
            made_.unknown.push_back(line);
        }
    }

    /// A number stands before its unit, all else alone.
    feel::value figure(const std::string& name, const std::string& text) const {
        for (const rules::parameter& each : pack_.parameters)
            if (each.name == name && each.type == "number") return words(text.substr(0, text.find(' ')), false);
        return words(text, false);
    }

    const rules::pack_definition& pack_;
    std::string_view language_;
    const std::map<std::string, bool>& lists_;
    read_back made_;
};

}  // namespace explanation_reader

#endif
