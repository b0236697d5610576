// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_MODEL_FILES_HPP
#define POLKU_CLI_MODEL_FILES_HPP

#include <polku/dmn/model.hpp>
#include <polku/dmn/program.hpp>
#include <polku/dmn/read_report.hpp>
#include <polku/result.hpp>

#include <string>
#include <vector>

namespace polku::cli {

/// A DMN file with the files that it imports.
struct model_files {
    std::vector<dmn::model> models;       ///< the file itself first
    std::vector<diagnostic> diagnostics;  ///< of reading all of them
};

/// Reads a DMN file and, directly or not, what it imports: by `locationURI` where that names a file beside it, else the
/// `.dmn` file of the same folder whose namespace it is. An import that is not found is left to the compiler to report.
result<model_files> read_models(const std::string& path);

/// Reads and compiles; the first error of either ends it.
result<dmn::program> load_program(const std::string& path);

}  // namespace polku::cli

#endif
