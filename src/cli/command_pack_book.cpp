// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/pack_files.hpp"

#include <polku/report/pack_book.hpp>
#include <polku/rules/pack_definition.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>

namespace polku::cli {

namespace {

struct book_options {
    std::string pack;
    std::string language = "fi";
    std::string out = "books";
    std::string vectors;
};

/// Writes the book and returns the name of its file.
result<std::string> try_write_book(const book_options& with) {
    report::pack_book_material material;
    material.language = with.language;
    POLKU_TRY(material.files, try_pack_files(with.pack));
    POLKU_TRY(const rules::pack pack, try_load_pack(with.pack));
    if (!with.vectors.empty()) {
        POLKU_TRY(material.vectors, read_file(with.vectors));
        material.vectors_name = with.vectors;
    }
    POLKU_TRY(const std::string page, report::try_pack_book(pack, material));
    std::error_code failed;
    std::filesystem::create_directories(with.out, failed);
    const std::filesystem::path file =
        std::filesystem::path(with.out) / (pack.says().id + "." + with.language + ".html");
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << page;
    out.close();
    if (out) return file.string();
    return error(error_code::invalid_argument, "the book cannot be written; is the folder writable?",
                 {.source = file.string()});
}

exit_status run_book(const session& in, const book_options& with) {
    const auto written = try_write_book(with);
    if (!written) return fail(in, written.error());
    std::cout << *written << "\n";
    return exit_status::fine;
}

}  // namespace

void add_pack_book(CLI::App& to, session& in) {
    auto with = std::make_shared<book_options>();
    CLI::App* book = to.add_subcommand("book", "A page that documents a pack: tables, sources, days, proofs, tests");
    book->add_option("PACK", with->pack, "Id of a shipped pack, or a folder with a pack.json")->required();
    book->add_option("--language", with->language, "Language of the book: fi, sv, en, fi-selko")
        ->check(CLI::IsMember({"fi", "sv", "en", "fi-selko"}))
        ->capture_default_str();
    book->add_option("--out", with->out, "Folder of the page")->capture_default_str();
    book->add_option("--vectors", with->vectors, "JSON file with test vectors of the pack (docs/packs.md)");
    book->callback([with, &in] { in.run = [with, &in] { return run_book(in, *with); }; });
}

}  // namespace polku::cli
