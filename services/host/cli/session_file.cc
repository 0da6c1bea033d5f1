#include "services/host/cli/session_file.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// {"servers": {"127.0.0.1:7080": {"user": "siti", "token": "..."}}}
Json ReadSessions(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  Json content = Json::parse(text.str(), nullptr, /*allow_exceptions=*/false);
  if (!content.is_object() || !content["servers"].is_object()) {
    content = {{"servers", Json::object()}};
  }
  return content;
}

std::string StringIn(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// Under another name first, so that a file that is there is always whole.
bool WriteSessions(const std::string& path, const std::string& text) {
  const std::string draft = absl::StrCat(path, ".new");
  const int file = open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool private_now = fchmod(file, 0600) == 0;
  const ssize_t written = write(file, text.data(), text.size());
  const bool whole = close(file) == 0 && written == static_cast<ssize_t>(text.size());
  std::error_code error;
  if (private_now && whole) fs::rename(draft, path, error);
  return private_now && whole && !error;
}

}  // namespace

std::string SessionFilePath(const Console& console) {
  if (const auto config = console.variable("XDG_CONFIG_HOME")) {
    return absl::StrCat(*config, "/lumbung/session");
  }
  const auto home = console.variable("HOME");
  return home ? absl::StrCat(*home, "/.config/lumbung/session") : "";
}

SavedSession ReadSession(const Console& console, absl::string_view server) {
  const std::string path = SessionFilePath(console);
  if (path.empty()) return {};
  const Json content = ReadSessions(path);
  const auto found = content["servers"].find(std::string(server));
  if (found == content["servers"].end() || !found->is_object()) return {};
  return {StringIn(*found, "user"), StringIn(*found, "token")};
}

absl::Status WriteSession(const Console& console, absl::string_view server,
                          const SavedSession& session) {
  const std::string path = SessionFilePath(console);
  std::error_code error;
  if (!path.empty()) {
    const fs::path folder = fs::path(path).parent_path();
    if (fs::create_directories(folder, error)) {
      fs::permissions(folder, fs::perms::owner_all, error);
    }
    Json content = ReadSessions(path);
    if (session.token.empty()) {
      content["servers"].erase(std::string(server));
    } else {
      content["servers"][std::string(server)] = {{"user", session.user_name},
                                                 {"token", session.token}};
    }
    if (WriteSessions(path, content.dump(2) + "\n")) return absl::OkStatus();
  }
  return FailedPrecondition("NOT_SAVED", "",
                            absl::StrCat("the session cannot be kept in ",
                                         path.empty() ? "~/.config/lumbung/session" : path,
                                         "; set XDG_CONFIG_HOME to a folder of your own"));
}

}  // namespace lumbung::cli
