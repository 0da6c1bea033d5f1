#include "tests/tidy/rules.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace lumbung::tidy {
namespace {

using Names = std::vector<absl::string_view>;

// ---- Who may know whom ----

struct Layer {
  absl::string_view folder;  // '*' stands for one folder name, the same one on both sides.
  Names may_include;         // Folders of ours, each with what is below it.
};

// Direction of knowledge. The first row that matches a file counts; `lumbung` is the generated API.
const Layer kLayers[] = {
    {"ledger/core", {"ledger/core"}},
    {"ledger/log", {"ledger/core", "ledger/log"}},
    {"ledger/yaml", {"ledger/core", "ledger/yaml"}},
    {"ledger/charts", {"ledger/core", "ledger/charts", "ledger/yaml"}},
    {"ledger/import", {"ledger/core", "ledger/import"}},
    {"ledger/export", {"ledger/core", "ledger/export"}},
    {"ledger/posting", {"ledger/core", "ledger/log", "ledger/posting"}},
    {"ledger/store",
     {"ledger/core", "ledger/log", "ledger/charts", "ledger/posting", "ledger/sql",
      "ledger/store"}},
    {"reports/model", {"ledger/core", "reports/model"}},
    {"reports/definitions", {"ledger/core", "ledger/yaml", "reports/definitions", "reports/model"}},
    {"reports/audit_pack",
     {"ledger/core", "reports/audit_pack", "reports/model", "reports/render/tables"}},
    {"reports/audit_tests",
     {"ledger/core", "ledger/log", "reports/audit_pack", "reports/audit_tests", "reports/model"}},
    {"reports/render", {"ledger/core", "reports/model", "reports/render"}},
    {"reports/slips", {"ledger/core", "reports/model", "reports/render/pdf", "reports/slips"}},
    {"reports/source", {"ledger/core", "ledger/store", "reports/model", "reports/source"}},
    // The commands of the user go through the API, never round it; what it proves they check.
    {"services/host/cli",
     {"ledger/core", "ledger/log", "lumbung", "services/common", "services/host/cli"}},
    {"services/host", {"ledger", "reports", "lumbung", "services"}},
    {"services/common", {"ledger", "lumbung", "services/common"}},
    {"services/*/domain", {"ledger/core", "ledger/log", "services/*/domain"}},
    // What every service writes to: the audit trail, and who founded an organization.
    {"services/*/store",
     {"ledger", "services/common", "services/identity/store", "services/*/domain",
      "services/*/store"}},
    // A hard close is bound to the log.
    {"services/ledger",
     {"ledger", "reports", "lumbung", "services/common", "services/identity/store",
      "services/log/store", "services/ledger"}},
    // Every report carries the log's newest checkpoint; an audit pack holds all that auditors ask
    // for.
    {"services/reporting",
     {"ledger", "reports", "lumbung", "services/common", "services/identity/store", "services/log",
      "services/vouchers/domain", "services/vouchers/store", "services/reporting"}},
    {"services/*",
     {"ledger", "reports", "lumbung", "services/common", "services/identity/store", "services/*"}},
    {"tests", {"ledger", "reports", "lumbung", "services", "tests"}},
};

// Headers of others that only some folders may see.
struct External {
  Names prefixes;
  bool (*allowed)(const SourceFile& file);
  const char* remedy;
};

bool HasFolderNamed(const SourceFile& file, std::initializer_list<absl::string_view> names) {
  for (const absl::string_view part : absl::StrSplit(FolderOf(file.path), '/')) {
    if (std::count(names.begin(), names.end(), part) > 0) return true;
  }
  return false;
}

const External kExternals[] = {
    {{"pqxx/"},
     [](const SourceFile& file) {
       return file.IsIn("tests") || HasFolderNamed(file, {"store", "source"});
     },
     "only store/ and source/ folders speak to PostgreSQL; put the query there"},
    {{"grpc/", "grpcpp/", "google/protobuf/"},
     [](const SourceFile& file) {
       return file.IsIn("tests") || (file.IsIn("services") && !HasFolderNamed(file, {"domain"}));
     },
     "the library knows no gRPC and no protobuf; convert in services/<area>/api"},
};

// What `folder` is called in a file's path, or empty when it does not match: "services/*" with the
// path "services/ledger/api/x.cc" gives "services/ledger".
absl::string_view MatchFolder(absl::string_view folder, absl::string_view path) {
  const Names wanted = absl::StrSplit(folder, '/');
  const Names parts = absl::StrSplit(path, '/');
  if (parts.size() <= wanted.size()) return "";
  std::size_t length = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] != "*" && wanted[i] != parts[i]) return "";
    length += parts[i].size() + (i > 0 ? 1 : 0);
  }
  return path.substr(0, length);
}

bool IsOwnHeader(absl::string_view header) {
  for (const absl::string_view top : {"ledger/", "reports/", "services/", "tests/", "lumbung/"}) {
    if (absl::StartsWith(header, top)) return true;
  }
  return false;
}

void CheckDirectionOfKnowledge(const SourceFile& file, const SourceTree&, Findings* findings) {
  for (const Include& include : file.includes) {
    for (const External& external : kExternals) {
      const bool known = std::any_of(external.prefixes.begin(), external.prefixes.end(),
                                     [&include](absl::string_view prefix) {
                                       return absl::StartsWith(include.header, prefix);
                                     });
      if (known && !external.allowed(file)) {
        findings->push_back(
            {file.path, include.line, absl::StrCat(include.header, ": ", external.remedy)});
      }
    }
  }
  const auto layer = std::find_if(std::begin(kLayers), std::end(kLayers), [&file](const Layer& l) {
    return !MatchFolder(l.folder, file.path).empty();
  });
  for (const Include& include : file.includes) {
    if (!IsOwnHeader(include.header)) continue;
    if (layer == std::end(kLayers)) {
      findings->push_back({file.path, include.line,
                           "this folder has no row in kLayers: say there what it may include"});
      return;
    }
    const Names parts = absl::StrSplit(file.path, '/');
    const bool allowed = std::any_of(
        layer->may_include.begin(), layer->may_include.end(), [&](absl::string_view folder) {
          const std::string own = absl::StrReplaceAll(folder, {{"*", parts[1]}});
          return !MatchFolder(own, include.header).empty();
        });
    if (!allowed) {
      findings->push_back(
          {file.path, include.line,
           absl::StrCat(layer->folder, " may not know ", include.header, "; it may include ",
                        absl::StrJoin(layer->may_include, ", "),
                        ". Move the code up, or hand in what it needs")});
    }
  }
}

// ---- Words ----

struct ForbiddenWord {
  absl::string_view word;
  Names folders;  // Empty: everywhere.
  const char* remedy;
};

// Drawing a page and writing a workbook go through libraries that measure in floating point;
// amounts come to them as text or through one function.
const Names kMoneyFolders = {"ledger", "reports/model", "reports/source", "reports/render/tables"};

// Not to be found in code. Comments and literals are free.
const ForbiddenWord kForbiddenCode[] = {
    {"double", kMoneyFolders, "binary floating point near money; use Decimal"},
    {"float", kMoneyFolders, "binary floating point near money; use Decimal"},
    {"std::views", {}, "clang-tidy 14 cannot read it; write a loop or use an algorithm"},
    {"std::ranges::views", {}, "clang-tidy 14 cannot read it; write a loop or use an algorithm"},
    {"using namespace", {}, "name what is used: using lumbung::Decimal;"},
};

// Not to be found anywhere, comments included.
const ForbiddenWord kForbiddenText[] = {
    {"/work/", {}, "a path of one machine; take it from the configuration or the environment"},
    {"/root/", {}, "a path of one machine; take it from the configuration or the environment"},
    {"/home/", {}, "a path of one machine; take it from the configuration or the environment"},
    {"artifactory", {}, "a package host; packages come from where the machine is set up to look"},
    {"nexus.", {}, "a package host; packages come from where the machine is set up to look"},
    {"devpi", {}, "a package host; packages come from where the machine is set up to look"},
};

struct BannedPart {
  absl::string_view part;
  const char* remedy;
};

// Not to be a part of an identifier or of a file name: post_txn, TxnLog and txn_log.cc are all
// found.
const BannedPart kBannedParts[] = {
    {"txn", "ambiguous: a journal entry or a database transaction?"},
    {"util", "says nothing: name the file or function after what it does"},
    {"utils", "says nothing: name the file or function after what it does"},
    {"mgr", "write the word, or better: what it does"},
    {"amt", "write amount"},
    {"acct", "write account"},
};

bool IsWordCharacter(char c) {
  return c == '_' || absl::ascii_isalnum(static_cast<unsigned char>(c));
}

bool AppliesTo(const ForbiddenWord& word, const SourceFile& file) {
  return word.folders.empty() ||
         std::any_of(word.folders.begin(), word.folders.end(),
                     [&file](absl::string_view folder) { return file.IsIn(folder); });
}

void CheckForbiddenCode(const SourceFile& file, const SourceTree&, Findings* findings) {
  if (!file.HasExtension({".h", ".cc"})) return;
  for (const ForbiddenWord& forbidden : kForbiddenCode) {
    if (!AppliesTo(forbidden, file)) continue;
    const absl::string_view code = file.code;
    for (std::size_t at = code.find(forbidden.word); at != absl::string_view::npos;
         at = code.find(forbidden.word, at + 1)) {
      const std::size_t end = at + forbidden.word.size();
      const bool whole = (at == 0 || !IsWordCharacter(code[at - 1])) &&
                         (end == code.size() || !IsWordCharacter(code[end]));
      if (!whole) continue;
      findings->push_back(
          {file.path, file.LineOf(at), absl::StrCat(forbidden.word, ": ", forbidden.remedy)});
    }
  }
}

void CheckForbiddenText(const SourceFile& file, const SourceTree&, Findings* findings) {
  if (file.IsIn("tests/tidy")) return;  // The words stand here.
  for (const ForbiddenWord& forbidden : kForbiddenText) {
    const std::size_t at = absl::string_view(file.text).find(forbidden.word);
    if (at == absl::string_view::npos) continue;
    findings->push_back(
        {file.path, file.LineOf(at), absl::StrCat(forbidden.word, ": ", forbidden.remedy)});
  }
}

// "PostTxn", "post_txn" and "kPOST_TXN" all have the part "txn".
std::vector<std::string> PartsOf(absl::string_view identifier) {
  std::vector<std::string> parts(1);
  char previous = 0;
  for (const char c : identifier) {
    const bool starts_part =
        c == '_' || (absl::ascii_isupper(static_cast<unsigned char>(c)) &&
                     absl::ascii_islower(static_cast<unsigned char>(previous)));
    if (starts_part && !parts.back().empty()) parts.emplace_back();
    if (c != '_') parts.back() += absl::ascii_tolower(static_cast<unsigned char>(c));
    previous = c;
  }
  return parts;
}

const BannedPart* FindBannedPart(absl::string_view identifier) {
  for (const std::string& part : PartsOf(identifier)) {
    for (const BannedPart& banned : kBannedParts) {
      if (part == banned.part) return &banned;
    }
  }
  return nullptr;
}

void CheckBannedParts(const SourceFile& file, const SourceTree&, Findings* findings) {
  if (!file.HasExtension({".h", ".cc", ".proto", ".sql", ".py", ".sh"})) return;
  if (const BannedPart* banned = FindBannedPart(StemOf(file.path))) {
    findings->push_back({file.path, 0, absl::StrCat(banned->part, ": ", banned->remedy)});
  }
  const absl::string_view code = file.code;
  for (std::size_t begin = 0; begin < code.size();) {
    std::size_t end = begin;
    while (end < code.size() && IsWordCharacter(code[end])) ++end;
    const absl::string_view identifier = code.substr(begin, end - begin);
    // google::protobuf::util and what is in it are not ours to name.
    const absl::string_view before = code.substr(0, begin);
    const bool ours = !absl::EndsWith(before, "protobuf::") && !absl::EndsWith(before, "util::");
    const BannedPart* banned = ours ? FindBannedPart(identifier) : nullptr;
    if (banned != nullptr) {
      findings->push_back(
          {file.path, file.LineOf(begin), absl::StrCat(identifier, ": ", banned->remedy)});
    }
    begin = end + 1;
  }
}

// ---- Shape ----

constexpr std::size_t kMaxColumns = 100;
constexpr int kMaxLines = 600;

bool IsCode(const SourceFile& file) {
  return file.HasExtension(
             {".h", ".cc", ".proto", ".sql", ".cmake", "CMakeLists.txt", ".py", ".sh"}) ||
         file.IsIn("scripts");
}

void CheckHeaderGuard(const SourceFile& file, const SourceTree&, Findings* findings) {
  if (!file.HasExtension({".h"})) return;
  const std::string guard = absl::StrCat(
      "LUMBUNG_", absl::AsciiStrToUpper(absl::StrReplaceAll(file.path, {{"/", "_"}, {".", "_"}})),
      "_");
  if (!absl::StrContains(file.text, absl::StrCat("#ifndef ", guard, "\n#define ", guard, "\n"))) {
    findings->push_back({file.path, 0, absl::StrCat("guard the header with ", guard)});
  }
}

void CheckHeaderOpening(const SourceFile& file, const SourceTree&, Findings* findings) {
  if (!file.HasExtension({".h"}) || absl::StartsWith(file.text, "// ")) return;
  findings->push_back({file.path, 1, "open the header with a comment that says why it exists"});
}

void CheckColumns(const SourceFile& file, const SourceTree&, Findings* findings) {
  if (!IsCode(file)) return;
  int line_number = 0;
  for (const absl::string_view line : absl::StrSplit(file.text, '\n')) {
    ++line_number;
    // Bytes that continue a UTF-8 character take no column of their own.
    const auto columns =
        static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
          return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        }));
    if (columns <= kMaxColumns || absl::StrContains(line, "://")) continue;
    findings->push_back({file.path, line_number,
                         absl::StrCat(columns, " columns; break the line at ", kMaxColumns)});
  }
}

void CheckLines(const SourceFile& file, const SourceTree&, Findings* findings) {
  if (!file.HasExtension({".h", ".cc"})) return;
  const int lines = file.LineOf(file.text.size()) - 1;
  if (lines > kMaxLines) {
    findings->push_back({file.path, lines,
                         absl::StrCat(lines, " lines; about 400 read well, ", kMaxLines,
                                      " is the end: find the second "
                                      "concept and give it a file")});
  }
}

void CheckLastNewline(const SourceFile& file, const SourceTree&, Findings* findings) {
  const bool is_text = IsCode(file) || file.HasExtension({".md", ".json", ".yaml", ".yml", ".txt"});
  if (!is_text || absl::StrContains(file.path, "/corpus/")) return;
  if (!file.text.empty() && file.text.back() != '\n') {
    findings->push_back({file.path, file.LineOf(file.text.size()), "end the file with a newline"});
  }
}

void CheckFileName(const SourceFile& file, const SourceTree&, Findings* findings) {
  if (!file.HasExtension({".h", ".cc", ".proto", ".sql", ".cmake", ".py"})) return;
  const bool snake_case = std::all_of(file.path.begin(), file.path.end(), [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '_' || c == '/' || c == '.';
  });
  if (!snake_case) findings->push_back({file.path, 0, "write the path in snake_case"});
}

// ---- Where things stand ----

// Folders of tests/ that hold a suite of their own instead of mirroring the sources.
const Names kSuites = {"tests/access",
                       "tests/auditor",
                       "tests/bench",
                       "tests/crash",
                       "tests/faults",
                       "tests/fuzz",
                       "tests/differential",
                       "tests/goldens",
                       "tests/ledger/sql",
                       "tests/reports/statements",
                       "tests/model",
                       "tests/support",
                       "tests/services/identity/sql",
                       "tests/services/log/sql",
                       "tests/scenarios",
                       "tests/tidy",
                       "tests/services/vouchers/sql"};

void CheckTestMirrorsSource(const SourceFile& file, const SourceTree& tree, Findings* findings) {
  absl::string_view path = file.path;
  if (!absl::ConsumePrefix(&path, "tests/") || !absl::ConsumeSuffix(&path, "_test.cc")) return;
  for (const absl::string_view suite : kSuites) {
    if (file.IsIn(suite)) return;
  }
  // decimal_property_test.cc and decimal_test.cc both prove decimal.h.
  std::string stem(path);
  for (std::size_t cut = stem.size(); cut != std::string::npos && cut > FolderOf(path).size();
       cut = stem.rfind('_')) {
    stem.resize(cut);
    if (tree.count(stem + ".h") + tree.count(stem + ".cc") > 0) return;
  }
  findings->push_back({file.path, 0,
                       absl::StrCat("proves no source: there is no ", path,
                                    ".h or .cc. Name it after "
                                    "the file it tests, or list its folder in kSuites")});
}

void CheckIsBuilt(const SourceFile& file, const SourceTree& tree, Findings* findings) {
  if (!file.HasExtension({".cc"})) return;
  for (absl::string_view folder = FolderOf(file.path);; folder = FolderOf(folder)) {
    const auto list = tree.find(absl::StrCat(folder, folder.empty() ? "" : "/", "CMakeLists.txt"));
    const std::string listed = file.path.substr(folder.empty() ? 0 : folder.size() + 1);
    if (list != tree.end()) {
      for (const absl::string_view word :
           absl::StrSplit(list->second.text, absl::ByAnyChar(" \n()\""))) {
        if (word == listed || absl::EndsWith(word, absl::StrCat("}/", listed))) return;
      }
    }
    if (folder.empty()) break;
  }
  findings->push_back(
      {file.path, 0, "no CMakeLists.txt lists it: add it to its target or delete it"});
}

const Names kTopLevel = {
    "CMakeLists.txt", "CMakePresets.json", "README.md", "k8s",   "ledger", "proto",
    "reports",        "scripts",           "services",  "tests", "web"};

void CheckTopLevel(const SourceFile& file, const SourceTree&, Findings* findings) {
  const absl::string_view top = absl::string_view(file.path).substr(0, file.path.find('/'));
  if (top.front() == '.' || std::count(kTopLevel.begin(), kTopLevel.end(), top) > 0) return;
  findings->push_back({file.path, 0,
                       absl::StrCat("the house has no room called ", top, "; its rooms are ",
                                    absl::StrJoin(kTopLevel, ", "))});
}

const Rule kRules[] = {
    {"FoldersKnowOnlyWhatIsBelowThem", CheckDirectionOfKnowledge},
    {"CodeHasNoForbiddenWords", CheckForbiddenCode},
    {"TextNamesNoMachine", CheckForbiddenText},
    {"NamesHaveNoBannedParts", CheckBannedParts},
    {"HeadersAreGuarded", CheckHeaderGuard},
    {"HeadersOpenWithWhyTheyExist", CheckHeaderOpening},
    {"LinesFitTheColumns", CheckColumns},
    {"FilesAreShort", CheckLines},
    {"FilesEndInANewline", CheckLastNewline},
    {"PathsAreSnakeCase", CheckFileName},
    {"TestsMirrorSources", CheckTestMirrorsSource},
    {"EverySourceIsBuilt", CheckIsBuilt},
    {"TopLevelHoldsOnlyItsRooms", CheckTopLevel},
};

}  // namespace

absl::Span<const Rule> Rules() {
  return kRules;
}

}  // namespace lumbung::tidy
