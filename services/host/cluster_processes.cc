#include "services/host/cluster_processes.h"

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <utility>

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace lumbung::host {
namespace {

std::string NotePath(const ClusterFiles& files) {
  return files.cluster + "/postmaster.pid";
}

// The lock of the server's socket begins with the same line.
std::string SocketLockPath(const ClusterFiles& files) {
  return files.socket_dir + "/.s.PGSQL.5432.lock";
}

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// PostgreSQL's own note of itself, a line for each fact.
std::vector<std::string> ServerNote(const ClusterFiles& files) {
  return absl::StrSplit(ReadAll(NotePath(files)), '\n');
}

pid_t ToPid(absl::string_view text) {
  std::int32_t pid = 0;
  return absl::SimpleAtoi(text, &pid) ? pid : 0;
}

// The server names its cluster by the path it was given, the others by the name in their titles.
// What makes or clears away a cluster names its folder, and what that starts stands in it.
bool IsOfCluster(const std::string& process, const std::string& command_line,
                 const ClusterFiles& files) {
  const absl::string_view zero("\0", 1);
  const auto has_words = [&](const std::string& words) {
    return absl::StrContains(command_line, absl::StrCat(zero, words, zero));
  };
  std::error_code error;
  return has_words(absl::StrCat("-D", zero, files.cluster)) ||
         has_words(files.unfinished_cluster) ||
         absl::StartsWith(command_line, absl::StrCat("postgres: ", files.cluster_name, ": ")) ||
         std::filesystem::read_symlink(process + "/cwd", error) == files.unfinished_cluster;
}

// A letter, as in ps; nothing when the process is gone or not ours to see.
std::optional<char> StateOf(const std::string& process) {
  // "number (name) state ...", where the name may have parentheses of its own.
  const std::string status = ReadAll(process + "/stat");
  const std::size_t name_end = status.rfind(") ");
  if (name_end == std::string::npos) return std::nullopt;
  return status[name_end + 2];
}

// All that is left of a dead process is its number: it holds no memory, no files and no locks.
bool IsDead(std::optional<char> state) {
  return !state.has_value() || *state == 'Z' || *state == 'X';
}

}  // namespace

ClusterProcesses FindClusterProcesses(const ClusterFiles& files, const OsAccount& account) {
  ClusterProcesses processes;
  const pid_t noted = ToPid(ServerNote(files).front());
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
    const pid_t pid = ToPid(entry.path().filename().string());
    struct stat found = {};
    if (pid == 0 || stat(entry.path().c_str(), &found) != 0 || found.st_uid != account.uid) {
      continue;
    }
    const std::string process = entry.path().string();
    const std::string command_line = ReadAll(process + "/cmdline");
    if (IsOfCluster(process, command_line, files)) {
      processes.all.push_back(pid);
      if (pid == noted) processes.first = pid;
    } else if (command_line.empty() && !IsDead(StateOf(process))) {
      processes.going.push_back(pid);
    }
  }
  return processes;
}

bool EndClusterProcesses(const ClusterFiles& files, const OsAccount& account) {
  // SIGINT: roll back, write everything out, and go. SIGQUIT: go at once; the next start recovers.
  for (const auto& [signal, patience] :
       {std::pair(SIGINT, absl::Minutes(1)), std::pair(SIGQUIT, absl::Seconds(10)),
        std::pair(SIGKILL, absl::Seconds(10))}) {
    const ClusterProcesses left = FindClusterProcesses(files, account);
    if (left.first != 0 && signal != SIGKILL) {
      kill(left.first, signal);
    } else {
      // Each is on its own. Without the first one, the rest go as soon as they notice.
      for (const pid_t process : left.all) kill(process, signal);
    }
    for (const absl::Time deadline = absl::Now() + patience; absl::Now() < deadline;
         absl::SleepFor(absl::Milliseconds(20))) {
      if (FindClusterProcesses(files, account).empty()) return true;
    }
  }
  return false;
}

void RemoveStaleNote(const ClusterFiles& files) {
  const pid_t noted = ToPid(ServerNote(files).front());
  if (noted == 0) return;
  const std::string process = absl::StrCat("/proc/", noted);
  const std::optional<char> state = StateOf(process);
  // Gone, or not ours to see: PostgreSQL judges better.
  if (!state.has_value()) return;
  const std::string command_line = ReadAll(process + "/cmdline");
  const bool is_another = !command_line.empty() && !IsOfCluster(process, command_line, files);
  if (!IsDead(state) && !is_another) return;
  for (const std::string& path : {NotePath(files), SocketLockPath(files)}) unlink(path.c_str());
}

bool IsServerReady(const ClusterFiles& files, pid_t server) {
  constexpr std::size_t kStateLine = 7;
  const std::vector<std::string> note = ServerNote(files);
  return note.size() > kStateLine && ToPid(note.front()) == server &&
         absl::StripAsciiWhitespace(note[kStateLine]) == "ready";
}

}  // namespace lumbung::host
