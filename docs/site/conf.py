# SPDX-License-Identifier: Apache-2.0
"""The book: Sphinx over the Markdown pages as they stand. scripts/site calls it, with warnings as errors."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(TOP / "bindings" / "python"))

project = "polku"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.graphviz", "sphinx_inline_tabs", "contents", "mermaid"]
root_doc = "docs/index"
include_patterns = ["docs/**", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "bindings/python/README.md"]
exclude_patterns = ["docs/site"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 4  # links to headings work as they do where the repository is read
suppress_warnings = ["myst.header"]  # a README may begin its headings below the first level

# The package is read, not run: its native module belongs to a build.
autodoc_mock_imports = ["polku._native"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"

html_theme = "furo"
html_title = "polku"
html_static_path = ["page.css"]
html_css_files = ["page.css"]
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False
html_last_updated_fmt = None
graphviz_output_format = "svg"
pygments_style = "friendly"


def language_of_page(app, pagename, templatename, context, doctree):
    """A screen reader and a hyphenation ask for the language of the page, not of the site."""
    if pagename.startswith("docs/fi/"):
        context["language"] = "fi"


def setup(app):
    app.connect("html-page-context", language_of_page)
