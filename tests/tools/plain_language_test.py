# SPDX-License-Identifier: Apache-2.0
"""At least 95 % of the plain Finnish passes, docs/plain-language.md lists the rest, and each rule finds what it is for."""
import importlib.machinery
import importlib.util
import pathlib
import sys
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = TOP / "scripts" / "check_plain_language"


def script():
    loader = importlib.machinery.SourceFileLoader("check_plain_language", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


CHECK = script()


class Rules(unittest.TestCase):
    def broken(self, text):
        return {rule for rule, _ in CHECK.faults(text)}

    def test_each_rule_finds_its_fault(self):
        self.assertEqual(self.broken("Tässä on yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen yksitoista."),
                         {"sentence"})
        self.assertEqual(self.broken("Kun tulet, jos voit, niin kerro, mitä haluat."), {"clauses"})
        for text in ("Tuki maksetaan sinulle.", "Tuki on maksettu.", "Tukea ei ole maksettu.", "Maksetaanko tuki?", "Tukea ei makseta."):
            self.assertEqual(self.broken(text), {"passive"}, text)
        self.assertIn("compound", self.broken("Palkkatukipäätös tuli."))
        self.assertIn("letters", self.broken("Epäjärjestelmällistyttäminen alkoi."))

    def test_plain_sentences_pass(self):
        for text in ("Olet saanut tukea {days} päivää. Raja on 300 päivää.", "Olet lomautettu.", "He ovat olleet töissä.",
                     "Tee työllistymissuunnitelma.", "Olet kokeillut työtä."):
            self.assertEqual(self.broken(text), set(), text)

    def test_texts_of_packs_paths_letters_and_pages_are_found(self):
        files = {file for file, _, _ in CHECK.shipped()}
        for wanted in ("src/packs/palkkatuki/pack.json", "src/packs/toimi/path.json", "src/report/supplement_words.inc",
                       "src/cli/place_words.inc", "include/polku/report/labels.inc", "src/workspace/use_logging.cpp",
                       "include/polku/rules/explanation_frames.inc", "include/polku/path/detail/event_texts.inc"):
            self.assertIn(wanted, files)

    def test_the_list_is_fresh_and_short_enough(self):
        self.assertEqual(CHECK.main(["--check"]), 0)


if __name__ == "__main__":
    try:
        CHECK.engine()
    except (ModuleNotFoundError, OSError) as missing:
        sys.exit(f"Voikko is missing ({missing}); scripts/setup installs python3-libvoikko and voikko-fi")
    unittest.main()
