// Where a signed-in user's token is kept between commands: one file of the user's own, readable by
// nobody else, with one session per server.
#ifndef LUMBUNG_SERVICES_HOST_CLI_SESSION_FILE_H_
#define LUMBUNG_SERVICES_HOST_CLI_SESSION_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/host/cli/console.h"

namespace lumbung::cli {

struct SavedSession {
  std::string user_name;
  std::string token;
};

// ${XDG_CONFIG_HOME:-~/.config}/lumbung/session; empty when there is no home to keep it in.
std::string SessionFilePath(const Console& console);

// Empty when there is none for the server, or the file cannot be read.
SavedSession ReadSession(const Console& console, absl::string_view server);

// Replaces what was there for the server; an empty token removes it. NOT_SAVED.
absl::Status WriteSession(const Console& console, absl::string_view server,
                          const SavedSession& session);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_SESSION_FILE_H_
