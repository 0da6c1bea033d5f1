#include "reports/render/pdf/page_list.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::reports {
namespace {

// What a mark begins with in the file; read back by this process alone.
struct StoredMark {
  double places[5];
  std::uint32_t text_bytes;
  Mark::Kind kind;
  Face face;
  Ink ink;
};

absl::Status SpoolFault(const std::string& what) {
  return Refusal(absl::StatusCode::kInternal, "TEMPORARY_FILE_FAILED", "",
                 absl::StrCat(what, ": ", std::strerror(errno)));
}

}  // namespace

absl::StatusOr<PageList> PageList::Create(const std::string& folder) {
  std::string path = absl::StrCat(folder, "/pages.XXXXXX");
  const int descriptor = mkstemp(path.data());
  if (descriptor < 0) return SpoolFault(absl::StrCat("cannot make a file in ", folder));
  unlink(path.c_str());
  std::FILE* const file = fdopen(descriptor, "w+b");
  if (file == nullptr) {
    const absl::Status failed = SpoolFault("cannot use a temporary file");
    close(descriptor);
    return failed;
  }
  return PageList(file);
}

absl::Status PageList::Add(const Mark& mark) {
  StoredMark stored = {};
  stored.places[0] = mark.x;
  stored.places[1] = mark.y;
  stored.places[2] = mark.x2;
  stored.places[3] = mark.y2;
  stored.places[4] = mark.width;
  stored.text_bytes = static_cast<std::uint32_t>(mark.text.size());
  stored.kind = mark.kind;
  stored.face = mark.face;
  stored.ink = mark.ink;
  if (mark.kind == Mark::Kind::kPage) ++pages_;
  if (std::fwrite(&stored, sizeof(stored), 1, file_.get()) != 1 ||
      std::fwrite(mark.text.data(), 1, mark.text.size(), file_.get()) != mark.text.size()) {
    return SpoolFault("cannot write a temporary file");
  }
  return absl::OkStatus();
}

absl::Status PageList::Rewind() {
  if (std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0) {
    return SpoolFault("cannot write a temporary file");
  }
  return absl::OkStatus();
}

absl::StatusOr<Mark> PageList::Next() {
  StoredMark stored;
  if (std::fread(&stored, sizeof(stored), 1, file_.get()) != 1) {
    if (std::feof(file_.get()) != 0) return Mark();
    return SpoolFault("cannot read a temporary file");
  }
  Mark mark;
  mark.kind = stored.kind;
  mark.face = stored.face;
  mark.ink = stored.ink;
  mark.x = stored.places[0];
  mark.y = stored.places[1];
  mark.x2 = stored.places[2];
  mark.y2 = stored.places[3];
  mark.width = stored.places[4];
  mark.text.resize(stored.text_bytes);
  if (std::fread(mark.text.data(), 1, mark.text.size(), file_.get()) != mark.text.size()) {
    return SpoolFault("cannot read a temporary file");
  }
  return mark;
}

}  // namespace lumbung::reports
