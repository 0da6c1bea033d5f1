#include "reports/render/files/temporary_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <utility>
#include <vector>

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::reports {
namespace {

constexpr std::size_t kCopiedAtOnce = 65536;

class FileAppender final : public ByteSink {
 public:
  explicit FileAppender(const std::string& path) : out_(path, std::ios::binary | std::ios::app) {}

  // Unbuffered at the end of each piece, so that a full disk is noticed by whoever wrote it.
  absl::Status Write(absl::string_view bytes) override {
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out_.flush();
    if (out_) return absl::OkStatus();
    return absl::UnavailableError("a temporary file could not be written");
  }

 private:
  std::ofstream out_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TemporaryFile>> TemporaryFile::Create(const std::string& folder) {
  std::string path = absl::StrCat(folder.empty() ? "/tmp" : folder, "/lumbung-XXXXXX");
  const int file = ::mkstemp(path.data());
  if (file < 0) {
    return absl::UnavailableError(
        absl::StrCat("no temporary file can be made in \"", folder, "\": ", std::strerror(errno)));
  }
  ::close(file);
  return std::unique_ptr<TemporaryFile>(new TemporaryFile(std::move(path)));
}

TemporaryFile::TemporaryFile(std::string path) : path_(std::move(path)) {}

TemporaryFile::~TemporaryFile() {
  ::unlink(path_.c_str());
}

std::unique_ptr<ByteSink> TemporaryFile::Appender() const {
  return std::make_unique<FileAppender>(path_);
}

absl::Status TemporaryFile::CopyTo(ByteSink& sink) const {
  std::ifstream in(path_, std::ios::binary);
  std::vector<char> buffer(kCopiedAtOnce);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
    LUMBUNG_RETURN_IF_ERROR(
        sink.Write(absl::string_view(buffer.data(), static_cast<std::size_t>(in.gcount()))));
  }
  if (!in.eof()) return absl::UnavailableError("a temporary file could not be read back");
  return absl::OkStatus();
}

}  // namespace lumbung::reports
