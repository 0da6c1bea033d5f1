#include "services/host/cli/include_files.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include <fnmatch.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/host/cli/failure.h"

namespace lumbung::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 10'000;
// An include line is short; what is longer is not read.
constexpr std::size_t kMaxIncludeLine = 4096;

bool IsRegularFile(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

bool HasWildcard(absl::string_view text) {
  return text.find_first_of("*?") != absl::string_view::npos;
}

std::vector<fs::path> SortedEntries(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    entries.push_back(it->path());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

// Adds the files below `folder` that match the parts of a pattern from `part` on. "**" stands for
// any number of folders; links to folders are not followed by it, so that a ring ends.
void AddMatches(const fs::path& folder, fs::path::iterator part, fs::path::iterator end,
                std::vector<fs::path>* matches) {
  if (matches->size() > kMaxFiles) return;
  const std::string pattern = part->string();
  const bool last = std::next(part) == end;
  if (pattern == "**" && !last) {
    AddMatches(folder, std::next(part), end, matches);
    for (const fs::path& entry : SortedEntries(folder)) {
      std::error_code ignored;
      const bool is_folder = fs::is_directory(fs::symlink_status(entry, ignored));
      if (is_folder) AddMatches(entry, part, end, matches);
    }
    return;
  }
  if (!HasWildcard(pattern)) {
    const fs::path next = (folder / *part).lexically_normal();
    if (!last) {
      AddMatches(next, std::next(part), end, matches);
    } else if (IsRegularFile(next)) {
      matches->push_back(next);
    }
    return;
  }
  for (const fs::path& entry : SortedEntries(folder)) {
    if (fnmatch(pattern.c_str(), entry.filename().c_str(), FNM_PERIOD) != 0) continue;
    std::error_code ignored;
    if (last && IsRegularFile(entry)) matches->push_back(entry);
    if (!last && fs::is_directory(entry, ignored)) {
      AddMatches(entry, std::next(part), end, matches);
    }
  }
}

// The files an include line of `includer` means; none when it leads nowhere. An absolute path
// cannot be named relative to the upload: the server will refuse the line.
std::vector<fs::path> Resolve(const fs::path& includer, const std::string& included) {
  const fs::path pattern(included);
  std::vector<fs::path> matches;
  if (pattern.is_absolute() || pattern.empty() || pattern.filename().empty()) return matches;
  AddMatches(includer.parent_path(), pattern.begin(), pattern.end(), &matches);
  return matches;
}

// Calls `visit` with every line that may be an include line; reads in constant memory.
template <typename Visitor>
void ForEachIncludeLine(std::istream& in, Visitor visit) {
  std::string line;
  bool keep = true;  // Whether the current line may still be one.
  char buffer[64 * 1024];
  while (in.read(buffer, sizeof buffer), in.gcount() > 0) {
    absl::string_view block(buffer, static_cast<std::size_t>(in.gcount()));
    while (!block.empty()) {
      const std::size_t newline = block.find('\n');
      const absl::string_view piece = block.substr(0, newline);
      if (keep) {
        line.append(piece.data(), std::min(piece.size(), kMaxIncludeLine - line.size()));
        keep = line.empty() || absl::StrContains("i!@", line.front());
      }
      if (newline == absl::string_view::npos) break;
      if (keep) visit(line);
      line.clear();
      keep = true;
      block.remove_prefix(newline + 1);
    }
  }
  if (keep && !line.empty()) visit(line);
}

bool IsCsv(const fs::path& path) {
  const std::string extension = absl::AsciiStrToLower(path.extension().string());
  return extension == ".csv" || extension == ".tsv" || extension == ".ssv";
}

// The folder that holds all files.
fs::path CommonRoot(const std::vector<fs::path>& files) {
  fs::path root = files.front().parent_path();
  for (const fs::path& file : files) {
    while (absl::StartsWith(file.lexically_relative(root).string(), "..")) {
      root = root.parent_path();
    }
  }
  return root;
}

}  // namespace

std::string IncludedPath(absl::string_view line) {
  if (absl::StartsWith(line, "!") || absl::StartsWith(line, "@")) line.remove_prefix(1);
  if (!absl::ConsumePrefix(&line, "include") || line.empty() ||
      !absl::ascii_isspace(static_cast<unsigned char>(line.front()))) {
    return "";
  }
  line = absl::StripAsciiWhitespace(line);
  if (absl::ConsumePrefix(&line, "\"")) line = line.substr(0, line.find('"'));
  return std::string(line);
}

absl::StatusOr<std::vector<UploadFile>> GatherFiles(const std::string& main_file) {
  std::error_code error;
  const fs::path main = fs::absolute(main_file, error).lexically_normal();
  std::vector<fs::path> files = {main};
  std::set<fs::path> seen = {main};
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::ifstream in(files[i], std::ios::binary);
    if (!in || !IsRegularFile(files[i])) {
      return UsageError("FILE", absl::StrCat("cannot read ", files[i].string(), ": ",
                                             in ? "it is not a file" : std::strerror(errno)));
    }
    if (IsCsv(files[i])) continue;
    const fs::path includer = files[i];
    ForEachIncludeLine(in, [&](absl::string_view line) {
      for (fs::path& path : Resolve(includer, IncludedPath(line))) {
        if (seen.insert(path).second) files.push_back(std::move(path));
      }
    });
    if (files.size() > kMaxFiles) {
      return UsageError("FILE",
                        absl::StrCat(main_file, " includes more than ", kMaxFiles, " files"));
    }
  }
  const fs::path root = CommonRoot(files);
  std::vector<UploadFile> uploads;
  for (const fs::path& file : files) {
    const auto size = fs::file_size(file, error);
    uploads.push_back({file.string(), file.lexically_relative(root).generic_string(),
                       error ? 0 : static_cast<std::int64_t>(size)});
  }
  return uploads;
}

}  // namespace lumbung::cli
