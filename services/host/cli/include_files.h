// Which files an import needs: a journal and all that it includes, under names that are relative to
// their common root, so that the server finds them by the paths written in the journals.
//
// The client only gathers. Whether an include is right, missing or circular is for the server's
// readers to say, with file and line; here a path that leads nowhere is passed over.
#ifndef LUMBUNG_SERVICES_HOST_CLI_INCLUDE_FILES_H_
#define LUMBUNG_SERVICES_HOST_CLI_INCLUDE_FILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::cli {

struct UploadFile {
  std::string path;  // On this machine.
  std::string name;  // As uploaded: relative, '/' separated, without "..".
  std::int64_t size = 0;
};

// `main_file` and what it includes, the main file first. Understands `include PATH`, `!include
// PATH`,
// `@include PATH` and `include "PATH"`, with "*", "?" and "**" in the path; a CSV file includes
// nothing. USAGE, naming FILE, when the main file cannot be read or the journal includes more than
// 10,000 files.
absl::StatusOr<std::vector<UploadFile>> GatherFiles(const std::string& main_file);

// The path an include line names, or empty when the line is none.
std::string IncludedPath(absl::string_view line);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_INCLUDE_FILES_H_
