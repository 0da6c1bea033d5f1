#include "services/host/cli/log_memory.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"
#include "services/common/random_bytes.h"

namespace lumbung::cli {
namespace {

namespace fs = std::filesystem;

std::string ConfigFolder(const Console& console) {
  if (const auto config = console.variable("XDG_CONFIG_HOME")) return *config + "/lumbung";
  const auto home = console.variable("HOME");
  return home ? *home + "/.config/lumbung" : "";
}

absl::Status NotSaved(const std::string& path) {
  return FailedPrecondition("NOT_SAVED", "",
                            absl::StrCat("cannot write ", path.empty() ? "without a home" : path,
                                         "; name another file, or set XDG_CONFIG_HOME"));
}

// Under another name first, so that a file that is there is always whole.
absl::Status WriteWhole(const std::string& path, const std::string& text) {
  if (path.empty()) return NotSaved(path);
  std::error_code error;
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty() && fs::create_directories(folder, error)) {
    fs::permissions(folder, fs::perms::owner_all, error);
  }
  const std::string draft = absl::StrCat(path, ".new");
  const int file = open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return NotSaved(path);
  const bool whole = fchmod(file, 0600) == 0 &&
                     write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                     fsync(file) == 0;
  if (close(file) != 0 || !whole || rename(draft.c_str(), path.c_str()) != 0) {
    return NotSaved(path);
  }
  return absl::OkStatus();
}

// Nothing when there is no such file.
std::optional<std::string> ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

std::string LogMemoryPath(const Console& console, absl::string_view server,
                          absl::string_view organization) {
  const std::string folder = ConfigFolder(console);
  if (folder.empty()) return "";
  std::string name = absl::StrCat(server, "_", organization);
  for (char& c : name) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '.' && c != '-') c = '_';
  }
  return absl::StrCat(folder, "/logs/", name);
}

std::string WitnessKeyPath(const Console& console) {
  const std::string folder = ConfigFolder(console);
  return folder.empty() ? "" : folder + "/witness.key";
}

absl::StatusOr<std::optional<log::FollowedLog>> ReadLogMemory(const std::string& path) {
  const std::optional<std::string> text = ReadWhole(path);
  if (!text.has_value()) return std::optional<log::FollowedLog>();
  LUMBUNG_ASSIGN_OR_RETURN(log::FollowedLog followed, log::FollowedLog::FromText(*text));
  return std::optional<log::FollowedLog>(std::move(followed));
}

absl::Status WriteLogMemory(const std::string& path, const log::FollowedLog& followed) {
  return WriteWhole(path, followed.ToText());
}

absl::StatusOr<log::SigningKey> OpenWitnessKey(const std::string& path) {
  if (const std::optional<std::string> text = ReadWhole(path)) {
    return log::SigningKey::Parse(absl::StripSuffix(*text, "\n"));
  }
  std::string seed(log::kSeedBytes, '\0');
  SecureRandomBytes(&seed[0], seed.size());
  LUMBUNG_ASSIGN_OR_RETURN(const log::SigningKey key, log::SigningKey::FromSeed(seed));
  LUMBUNG_RETURN_IF_ERROR(WriteWhole(path, absl::StrCat(key.ToPrivateLine(), "\n")));
  return key;
}

}  // namespace lumbung::cli
