#include "services/ledger/transfer/upload_store.h"

#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"
#include "ledger/core/utf8.h"

namespace lumbung::transfer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kUploadIdBytes = 16;

absl::Status InvalidName(absl::string_view name, absl::string_view why) {
  return InvalidArgument(
      "INVALID_FILE_NAME", "file_name",
      absl::StrCat("\"", absl::CHexEscape(name.substr(0, kMaxFileNameBytes)), "\" ", why));
}

absl::Status TooLarge(absl::string_view what) {
  return Refusal(absl::StatusCode::kResourceExhausted, "UPLOAD_TOO_LARGE", "data", what);
}

absl::Status Failed(absl::string_view what) {
  return Refusal(absl::StatusCode::kUnavailable, "UPLOAD_FAILED", "",
                 absl::StrCat("cannot keep the upload: ", what));
}

absl::Status CheckCharacters(absl::string_view name) {
  for (absl::string_view rest = name; !rest.empty();) {
    const std::optional<char32_t> c = TakeCodePoint(&rest);
    if (!c.has_value()) return InvalidName(name, "is not UTF-8");
    if (IsControl(*c) || *c == '\\') {
      return InvalidName(name, "holds a backslash or a control character");
    }
  }
  return absl::OkStatus();
}

bool MakePrivateFolder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return false;
  fs::permissions(path, fs::perms::owner_all, error);
  return !error;
}

}  // namespace

absl::StatusOr<std::string> NormalizeFileName(absl::string_view name) {
  if (name.empty() || name.size() > kMaxFileNameBytes) {
    return InvalidName(name, absl::StrCat("has ", name.size(), " bytes; 1 to ", kMaxFileNameBytes,
                                          " are allowed"));
  }
  LUMBUNG_RETURN_IF_ERROR(CheckCharacters(name));
  if (name.front() == '/') return InvalidName(name, "is an absolute path; it must be relative");
  if (name.back() == '/') return InvalidName(name, "names a folder, not a file");
  std::vector<absl::string_view> kept;
  for (const absl::string_view part : absl::StrSplit(name, '/')) {
    if (part == "..") return InvalidName(name, "leads out of the upload with \"..\"");
    if (!part.empty() && part != ".") kept.push_back(part);
  }
  if (kept.empty()) return InvalidName(name, "names no file");
  return absl::StrJoin(kept, "/");
}

bool MatchesGlob(absl::string_view glob, absl::string_view name) {
  if (glob.size() > kMaxFileNameBytes || name.size() > kMaxFileNameBytes) return false;
  // matches[i]: what was read of the glob matches the first i bytes of the name. Bytes are as good
  // as characters here, but for "?", which takes one byte.
  std::array<bool, kMaxFileNameBytes + 1> matches{};
  matches[0] = true;
  for (std::size_t at = 0; at < glob.size(); ++at) {
    const bool deep = absl::StartsWith(glob.substr(at), "**");
    const bool with_slash =
        deep && absl::StartsWith(glob.substr(at), "**/") && (at == 0 || glob[at - 1] == '/');
    if (with_slash) {
      // Any number of whole folders.
      bool reachable = false;
      bool before = false;
      for (std::size_t i = 0; i <= name.size(); ++i) {
        const bool here = matches[i];
        const bool after_slash = i > 0 && name[i - 1] == '/';
        before = before || reachable;
        matches[i] = here || (after_slash && before);
        reachable = reachable || here;
      }
      at += 2;
    } else if (glob[at] == '*') {
      bool reachable = false;
      for (std::size_t i = 0; i <= name.size(); ++i) {
        if (!deep && i > 0 && name[i - 1] == '/') reachable = false;
        reachable = reachable || matches[i];
        matches[i] = reachable;
      }
      if (deep) ++at;
    } else {
      for (std::size_t i = name.size(); i > 0; --i) {
        const char c = name[i - 1];
        matches[i] = matches[i - 1] && (glob[at] == '?' ? c != '/' : c == glob[at]);
      }
      matches[0] = false;
    }
  }
  return matches[name.size()];
}

Upload::Upload(std::string folder, std::shared_ptr<std::atomic<std::int64_t>> used_bytes)
    : folder_(std::move(folder)), used_bytes_(std::move(used_bytes)) {}

Upload::~Upload() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
  *used_bytes_ -= byte_count_;
}

std::string Upload::PathOf(std::size_t number) const {
  return absl::StrCat(folder_, "/", number);
}

absl::StatusOr<std::unique_ptr<std::istream>> Upload::Open(absl::string_view path) const {
  const auto file = files_.find(std::string(path));
  if (file == files_.end()) {
    return NotFound("INCLUDE_NOT_FOUND", "",
                    absl::StrCat("the upload has no file \"", absl::CHexEscape(path), "\""));
  }
  auto stream = std::make_unique<std::ifstream>(PathOf(file->second), std::ios::binary);
  if (!stream->is_open()) return Failed("a file of it has gone");
  return std::unique_ptr<std::istream>(std::move(stream));
}

std::vector<std::string> Upload::Match(absl::string_view glob) const {
  std::vector<std::string> names;
  for (const auto& [name, number] : files_) {
    if (MatchesGlob(glob, name)) names.push_back(name);
  }
  return names;
}

absl::Status UploadStore::Receiver::StartFile(absl::string_view name) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string normalized, NormalizeFileName(name));
  if (upload_->files_.size() == store_->options_.max_files) {
    return TooLarge(absl::StrCat("an upload has at most ", store_->options_.max_files, " files"));
  }
  LUMBUNG_RETURN_IF_ERROR(CloseFile());
  const std::size_t number = upload_->files_.size();
  if (!upload_->files_.emplace(normalized, number).second) {
    return InvalidName(name, "came before");
  }
  if (number == 0) upload_->first_file_ = normalized;
  file_.open(upload_->PathOf(number), std::ios::binary);
  if (!file_.is_open()) return Failed("a file cannot be made");
  return absl::OkStatus();
}

absl::Status UploadStore::Receiver::Append(absl::string_view data) {
  if (!file_.is_open()) return InvalidName("", "is missing: the first chunk of a file names it");
  const auto bytes = static_cast<std::int64_t>(data.size());
  if (upload_->byte_count_ + bytes > store_->options_.max_upload_bytes) {
    return TooLarge(
        absl::StrCat("an upload has at most ", store_->options_.max_upload_bytes, " bytes"));
  }
  upload_->byte_count_ += bytes;
  if (*store_->used_bytes_ += bytes; *store_->used_bytes_ > store_->options_.max_total_bytes) {
    return TooLarge("too much is being uploaded at the moment; try again later");
  }
  file_.write(data.data(), static_cast<std::streamsize>(data.size()));
  return file_.good() ? absl::OkStatus() : Failed("the disk does not take it");
}

absl::Status UploadStore::Receiver::CloseFile() {
  if (!file_.is_open()) return absl::OkStatus();
  file_.close();
  return file_.good() ? absl::OkStatus() : Failed("the disk does not take it");
}

absl::StatusOr<std::string> UploadStore::Receiver::Finish() {
  if (upload_->files_.empty()) return InvalidName("", "is missing: the upload has no file");
  LUMBUNG_RETURN_IF_ERROR(CloseFile());
  absl::MutexLock lock(&store_->mutex_);
  store_->waiting_[id_] = {organization_, store_->options_.now(), upload_};
  return id_;
}

absl::StatusOr<std::unique_ptr<UploadStore>> UploadStore::Open(Options options) {
  std::error_code error;
  fs::remove_all(options.folder, error);
  if (error || !MakePrivateFolder(options.folder)) {
    return Failed(absl::StrCat("the folder ", options.folder, " cannot be made"));
  }
  return std::unique_ptr<UploadStore>(new UploadStore(std::move(options)));
}

absl::StatusOr<std::unique_ptr<UploadStore::Receiver>> UploadStore::Receive(
    OrganizationId organization) {
  std::string random(kUploadIdBytes, '\0');
  options_.random_bytes(random.data(), random.size());
  const std::string id = absl::BytesToHexString(random);
  {
    absl::MutexLock lock(&mutex_);
    RemoveExpired();
  }
  const std::string folder = absl::StrCat(options_.folder, "/", id);
  if (!MakePrivateFolder(folder)) return Failed("a folder cannot be made");
  return std::unique_ptr<Receiver>(
      new Receiver(this, organization, id, std::make_shared<Upload>(folder, used_bytes_)));
}

absl::StatusOr<std::shared_ptr<const Upload>> UploadStore::Take(OrganizationId organization,
                                                                const std::string& id) {
  absl::MutexLock lock(&mutex_);
  RemoveExpired();
  const auto found = waiting_.find(id);
  if (found == waiting_.end() || found->second.organization != organization) {
    return NotFound("UPLOAD_NOT_FOUND", "upload_id",
                    "there is no such upload; it goes with its import, or after a day");
  }
  std::shared_ptr<const Upload> upload = std::move(found->second.upload);
  waiting_.erase(found);
  return upload;
}

void UploadStore::RemoveExpired() {
  const absl::Time oldest = options_.now() - options_.lifetime;
  for (auto it = waiting_.begin(); it != waiting_.end();) {
    it = it->second.arrived < oldest ? waiting_.erase(it) : std::next(it);
  }
}

}  // namespace lumbung::transfer
