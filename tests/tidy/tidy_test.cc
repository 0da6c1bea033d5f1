// The tree keeps the rules of the house; and each rule finds what it is there to find.
#include <algorithm>
#include <cstring>
#include <iterator>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/tidy/rules.h"
#include "tests/tidy/source_tree.h"

namespace lumbung::tidy {
namespace {

const SourceTree& Tree() {
  static const SourceTree* const kTree = new SourceTree(ReadSourceTree(LUMBUNG_SOURCE_DIR));
  return *kTree;
}

Findings Check(const Rule& rule, const SourceTree& tree) {
  Findings findings;
  for (const auto& [path, file] : tree) rule.check(file, tree, &findings);
  return findings;
}

std::string Listed(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    absl::StrAppend(&text, finding.path, ":", finding.line, ": ", finding.remedy, "\n");
  }
  return text;
}

class TreeTest : public ::testing::TestWithParam<Rule> {};

TEST_P(TreeTest, Keeps) {
  const Findings findings = Check(GetParam(), Tree());
  if (!findings.empty()) ADD_FAILURE() << Listed(findings);
}

INSTANTIATE_TEST_SUITE_P(Rules, TreeTest, ::testing::ValuesIn(Rules().begin(), Rules().end()),
                         [](const auto& rule) { return std::string(rule.param.name); });

TEST(TreeTest, IsTheProject) {
  EXPECT_EQ(Tree().count("ledger/core/decimal.h"), 1u);
  EXPECT_EQ(Tree().count("tests/tidy/tidy_test.cc"), 1u);
}

// One file that breaks a rule at a line, or (line -1) one that looks as if it did and does not.
struct Example {
  const char* rule;
  const char* path;
  const char* text;
  int line;
};

const Example kExamples[] = {
    {"FoldersKnowOnlyWhatIsBelowThem", "ledger/core/a.cc", "\n#include \"ledger/store/b.h\"\n", 2},
    {"FoldersKnowOnlyWhatIsBelowThem", "ledger/core/a.cc", "#include \"lumbung/v1/b.pb.h\"\n", 1},
    {"FoldersKnowOnlyWhatIsBelowThem", "ledger/core/a.cc", "#include \"tests/support/b.h\"\n", 1},
    {"FoldersKnowOnlyWhatIsBelowThem", "ledger/core/a.cc", "#include <grpcpp/grpcpp.h>\n", 1},
    {"FoldersKnowOnlyWhatIsBelowThem", "ledger/posting/a.h", "#include <pqxx/pqxx>\n", 1},
    {"FoldersKnowOnlyWhatIsBelowThem", "ledger/store/a.cc", "#include <pqxx/pqxx>\n", -1},
    {"FoldersKnowOnlyWhatIsBelowThem", "ledger/new_room/a.cc", "#include \"ledger/core/b.h\"\n", 1},
    {"FoldersKnowOnlyWhatIsBelowThem", "services/common/a.cc", "#include <pqxx/pqxx>\n", 1},
    {"FoldersKnowOnlyWhatIsBelowThem", "services/ledger/store/a.cc", "#include <pqxx/pqxx>\n", -1},
    {"FoldersKnowOnlyWhatIsBelowThem", "services/ledger/domain/a.cc", "#include <grpcpp/a.h>\n", 1},
    {"FoldersKnowOnlyWhatIsBelowThem", "services/ledger/api/a.cc",
     "#include \"services/ledger/store/b.h\"\n", -1},
    {"FoldersKnowOnlyWhatIsBelowThem", "services/ledger/api/a.cc",
     "#include \"services/grants/store/b.h\"\n", 1},
    {"FoldersKnowOnlyWhatIsBelowThem", "services/ledger/store/a.cc",
     "#include \"services/ledger/api/b.h\"\n", 1},
    {"FoldersKnowOnlyWhatIsBelowThem", "services/host/cli/a.cc", "#include \"ledger/store/b.h\"\n",
     1},
    {"FoldersKnowOnlyWhatIsBelowThem", "reports/render/a.cc", "#include \"reports/source/b.h\"\n",
     1},
    {"FoldersKnowOnlyWhatIsBelowThem", "reports/source/a.cc", "#include \"ledger/store/b.h\"\n",
     -1},

    {"CodeHasNoForbiddenWords", "ledger/core/a.cc", "int a;\ndouble b;\n", 2},
    {"CodeHasNoForbiddenWords", "reports/model/a.h", "const float* b;\n", 1},
    {"CodeHasNoForbiddenWords", "ledger/core/a.cc", "// double\nint x = 1'000; /* float */\n", -1},
    {"CodeHasNoForbiddenWords", "ledger/core/a.cc",
     "auto s = R\"sql(\"double)sql\"; char c = '\"';\n", -1},
    {"CodeHasNoForbiddenWords", "ledger/core/a.cc", "auto s = \"x\"; double d;\n", 1},
    {"CodeHasNoForbiddenWords", "ledger/core/a.cc", "int double_entry;\n", -1},
    {"CodeHasNoForbiddenWords", "services/host/a.cc", "double seconds;\n", -1},
    {"CodeHasNoForbiddenWords", "services/host/a.cc", "using namespace std;\n", 1},
    {"CodeHasNoForbiddenWords", "services/host/a.cc", "auto v = x | std::views::all;\n", 1},

    {"TextNamesNoMachine", "ledger/core/a.cc", "// see /work/x\n", 1},
    {"TextNamesNoMachine", "scripts/run", "cd \"/root/x\"\n", 1},
    {"TextNamesNoMachine", "README.md", "the work/life balance\n", -1},

    {"NamesHaveNoBannedParts", "services/a.h", "int post_txn;\n", 1},
    {"NamesHaveNoBannedParts", "services/a.h", "class TxnLog;\n", 1},
    {"NamesHaveNoBannedParts", "services/a.h", "class PoolMgr;\n", 1},
    {"NamesHaveNoBannedParts", "services/string_util.h", "", 0},
    {"NamesHaveNoBannedParts", "proto/a.proto", "string acct_id = 1;\n", 1},
    {"NamesHaveNoBannedParts", "services/a.h", "int utility; // a txn\n", -1},
    {"NamesHaveNoBannedParts", "services/a.h", "google::protobuf::util::TimeUtil a;\n", -1},
    {"NamesHaveNoBannedParts", "services/a.h", "#include <google/protobuf/util/json_util.h>\n", -1},

    {"HeadersAreGuarded", "ledger/core/a.h", "#pragma once\n", 0},
    {"HeadersAreGuarded", "ledger/core/a.h", "#ifndef LUMBUNG_A_H_\n#define LUMBUNG_A_H_\n", 0},
    {"HeadersAreGuarded", "ledger/core/a.h",
     "#ifndef LUMBUNG_LEDGER_CORE_A_H_\n#define LUMBUNG_LEDGER_CORE_A_H_\n", -1},
    {"HeadersOpenWithWhyTheyExist", "ledger/core/a.h", "#ifndef A\n", 1},
    {"HeadersOpenWithWhyTheyExist", "ledger/core/a.h", "// An account.\n", -1},
    {"FilesEndInANewline", "ledger/core/a.cc", "int a;", 1},
    {"FilesEndInANewline", "tests/fuzz/corpus/decimal/a.txt", "1", -1},
    {"PathsAreSnakeCase", "ledger/core/JournalEntry.cc", "", 0},
    {"PathsAreSnakeCase", "ledger/core/journal-entry.cc", "", 0},
    {"PathsAreSnakeCase", "ledger/sql/0001_ledger/up.sql", "", -1},

    {"TestsMirrorSources", "tests/ledger/core/decimal_test.cc", "", 0},
    {"TestsMirrorSources", "tests/scenarios/refusals_test.cc", "", -1},
    {"EverySourceIsBuilt", "ledger/core/a.cc", "", 0},
    {"TopLevelHoldsOnlyItsRooms", "docs/a.md", "", 0},
    {"TopLevelHoldsOnlyItsRooms", ".clang-format", "", -1},
};

const Rule& RuleNamed(const char* name) {
  for (const Rule& rule : Rules()) {
    if (std::strcmp(rule.name, name) == 0) return rule;
  }
  ADD_FAILURE() << "there is no rule " << name;
  return Rules()[0];
}

TEST(RuleTest, FindsWhatItIsThereToFind) {
  for (const Example& example : kExamples) {
    SourceTree tree;
    tree.emplace(example.path, MakeSourceFile(example.path, example.text));
    const Findings findings = Check(RuleNamed(example.rule), tree);
    const int line = findings.empty() ? -1 : findings[0].line;
    EXPECT_EQ(line, example.line) << example.rule << " on " << example.path << ":\n"
                                  << example.text << Listed(findings);
  }
}

TEST(RuleTest, EveryRuleHasAnExample) {
  for (const Rule& rule : Rules()) {
    const auto is_named = [&rule](const Example& e) { return std::strcmp(e.rule, rule.name) == 0; };
    const bool shown = std::any_of(std::begin(kExamples), std::end(kExamples), is_named);
    const bool tested_below = rule.check == RuleNamed("LinesFitTheColumns").check ||
                              rule.check == RuleNamed("FilesAreShort").check;
    EXPECT_TRUE(shown || tested_below) << rule.name;
  }
}

TEST(RuleTest, MeasuresLinesInColumnsAndFilesInLines) {
  const auto findings = [](const char* rule, const std::string& text) {
    SourceTree tree;
    tree.emplace("ledger/core/a.cc", MakeSourceFile("ledger/core/a.cc", text));
    return Check(RuleNamed(rule), tree).size();
  };
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "é";
  EXPECT_EQ(findings("LinesFitTheColumns", absl::StrCat(std::string(100, 'x'), "\n")), 0u);
  EXPECT_EQ(findings("LinesFitTheColumns", absl::StrCat(std::string(101, 'x'), "\n")), 1u);
  EXPECT_EQ(findings("LinesFitTheColumns", accents + "\n"), 0u);
  EXPECT_EQ(findings("LinesFitTheColumns", accents + "x\n"), 1u);
  EXPECT_EQ(findings("FilesAreShort", std::string(600, '\n')), 0u);
  EXPECT_EQ(findings("FilesAreShort", std::string(601, '\n')), 1u);
}

TEST(RuleTest, LooksForTheSourceOfATestAndTheTargetOfASource) {
  SourceTree tree;
  for (const auto& [path, text] :
       {std::pair("ledger/core/decimal.h", ""), std::pair("ledger/core/decimal.cc", ""),
        std::pair("ledger/core/CMakeLists.txt", "add_library(core\n  decimal.cc\n)\n"),
        std::pair("tests/ledger/core/decimal_property_test.cc", ""),
        std::pair("tests/CMakeLists.txt", "x(ledger/core/decimal_property_test.cc)\n")}) {
    tree.emplace(path, MakeSourceFile(path, text));
  }
  EXPECT_EQ(Listed(Check(RuleNamed("TestsMirrorSources"), tree)), "");
  EXPECT_EQ(Listed(Check(RuleNamed("EverySourceIsBuilt"), tree)), "");
}

}  // namespace
}  // namespace lumbung::tidy
