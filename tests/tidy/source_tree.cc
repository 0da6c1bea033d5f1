#include "tests/tidy/source_tree.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace lumbung::tidy {
namespace {

namespace fs = std::filesystem;

// `.git` is a folder, or a file in a second work tree.
bool IsLeftOut(absl::string_view name) {
  return name == ".git" || name == ".cache" || name == "node_modules" || name == "__pycache__";
}

// Where the literal, comment or include that starts at `begin` ends; `begin` when none starts
// there.
std::size_t EndOfNonCode(absl::string_view text, std::size_t begin) {
  const auto after = [text](absl::string_view mark, std::size_t from) {
    const std::size_t at = text.find(mark, from);
    return at == absl::string_view::npos ? text.size() : at + mark.size();
  };
  const absl::string_view rest = text.substr(begin);
  if (absl::StartsWith(rest, "//") || absl::StartsWith(rest, "#include "))
    return std::min(text.find('\n', begin), text.size());
  if (absl::StartsWith(rest, "/*")) return after("*/", begin + 2);
  if (absl::StartsWith(rest, "R\"")) {
    const std::size_t parenthesis = text.find('(', begin);
    if (parenthesis == absl::string_view::npos) return text.size();
    const absl::string_view delimiter = text.substr(begin + 2, parenthesis - begin - 2);
    return after(absl::StrCat(")", delimiter, "\""), parenthesis);
  }
  const char quote = rest.front();
  // An apostrophe after a letter or digit separates the digits of a number.
  const bool separator = quote == '\'' && begin > 0 &&
                         absl::ascii_isalnum(static_cast<unsigned char>(text[begin - 1]));
  if ((quote != '"' && quote != '\'') || separator) return begin;
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote || text[i] == '\n') {
      return i + 1;
    }
  }
  return text.size();
}

std::string WithoutCommentsAndLiterals(absl::string_view text) {
  std::string code(text);
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = EndOfNonCode(text, i);
    for (std::size_t j = i; j < end; ++j) {
      if (code[j] != '\n') code[j] = ' ';
    }
    i = std::max(end, i + 1);
  }
  return code;
}

std::vector<Include> IncludesOf(absl::string_view text) {
  std::vector<Include> includes;
  int line_number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++line_number;
    if (!absl::ConsumePrefix(&line, "#include ") || line.empty()) continue;
    const char close = line.front() == '<' ? '>' : '"';
    line.remove_prefix(1);
    includes.push_back({line_number, std::string(line.substr(0, line.find(close)))});
  }
  return includes;
}

}  // namespace

bool SourceFile::HasExtension(std::initializer_list<absl::string_view> extensions) const {
  return std::any_of(extensions.begin(), extensions.end(),
                     [this](absl::string_view e) { return absl::EndsWith(path, e); });
}

bool SourceFile::IsIn(absl::string_view folder) const {
  absl::string_view rest = path;
  return absl::ConsumePrefix(&rest, folder) && absl::StartsWith(rest, "/");
}

int SourceFile::LineOf(std::size_t offset) const {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(offset);
  return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

SourceFile MakeSourceFile(std::string path, std::string text) {
  SourceFile file;
  file.path = std::move(path);
  file.text = std::move(text);
  const bool is_cpp = file.HasExtension({".h", ".cc"});
  file.code = is_cpp ? WithoutCommentsAndLiterals(file.text) : file.text;
  if (is_cpp) file.includes = IncludesOf(file.text);
  return file;
}

SourceTree ReadSourceTree(const std::string& root) {
  SourceTree tree;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator();
       ++it) {
    std::string path = it->path().lexically_relative(root).generic_string();
    if (path == "build" || IsLeftOut(it->path().filename().string())) {
      it.disable_recursion_pending();
    } else if (it->is_regular_file()) {
      std::ifstream stream(it->path(), std::ios::binary);
      std::string text((std::istreambuf_iterator<char>(stream)), {});
      tree.emplace(path, MakeSourceFile(path, std::move(text)));
    }
  }
  return tree;
}

absl::string_view FolderOf(absl::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? absl::string_view() : path.substr(0, slash);
}

absl::string_view NameOf(absl::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? path : path.substr(slash + 1);
}

absl::string_view StemOf(absl::string_view path) {
  const absl::string_view name = NameOf(path);
  return name.substr(0, name.find('.'));
}

}  // namespace lumbung::tidy
