// UploadStore: where the files of an import wait for it. They lie in a private folder under numbers
// instead of their names, so that no name a client chose ever reaches the file system.
//
// An upload goes when its import ends, when it is a day old, or when the server starts again.
//
// Thread-safe; a Receiver belongs to one thread.
#ifndef LUMBUNG_SERVICES_LEDGER_TRANSFER_UPLOAD_STORE_H_
#define LUMBUNG_SERVICES_LEDGER_TRANSFER_UPLOAD_STORE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "ledger/core/ids.h"
#include "ledger/import/parsed_journal.h"

namespace lumbung::transfer {

inline constexpr std::size_t kMaxFileNameBytes = 255;

// The name with "." and doubled slashes taken out. INVALID_FILE_NAME for what is empty, too long,
// absolute, not UTF-8, or contains "..", a backslash or a control character.
absl::StatusOr<std::string> NormalizeFileName(absl::string_view name);

// Whether a name matches a glob: "?" one character and "*" any number of them, within one folder;
// "**" any number of characters, and "**/" also none. Patterns longer than kMaxFileNameBytes match
// nothing.
bool MatchesGlob(absl::string_view glob, absl::string_view name);

// The files of one upload. Removed from disk with the object.
class Upload final : public import::FileSource {
 public:
  // `used_bytes` counts what all uploads hold.
  Upload(std::string folder, std::shared_ptr<std::atomic<std::int64_t>> used_bytes);
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;
  ~Upload() override;

  absl::StatusOr<std::unique_ptr<std::istream>> Open(absl::string_view path) const override;
  std::vector<std::string> Match(absl::string_view glob) const override;

  const std::string& first_file() const { return first_file_; }
  bool Has(const std::string& name) const { return files_.count(name) > 0; }
  std::int64_t byte_count() const { return byte_count_; }

 private:
  friend class UploadStore;

  std::string PathOf(std::size_t number) const;

  const std::string folder_;
  const std::shared_ptr<std::atomic<std::int64_t>> used_bytes_;
  std::string first_file_;
  std::map<std::string, std::size_t> files_;  // Normalized name -> number.
  std::int64_t byte_count_ = 0;
};

class UploadStore {
 public:
  struct Options {
    // Made if missing; everything in it is removed.
    std::string folder;
    std::int64_t max_upload_bytes = std::int64_t{1} << 30;
    std::size_t max_files = 10'000;
    // Of all uploads together.
    std::int64_t max_total_bytes = std::int64_t{4} << 30;
    absl::Duration lifetime = absl::Hours(24);
    std::function<absl::Time()> now;
    std::function<void(char* bytes, std::size_t count)> random_bytes;
  };

  // An upload while it arrives. Dropped unless it is finished.
  class Receiver {
   public:
    // INVALID_FILE_NAME, also for a name that came before; UPLOAD_TOO_LARGE.
    absl::Status StartFile(absl::string_view name);
    // To the file started last. INVALID_FILE_NAME when there is none, UPLOAD_TOO_LARGE,
    // UPLOAD_FAILED when the disk is full.
    absl::Status Append(absl::string_view data);
    // The upload's id. INVALID_FILE_NAME when there is no file, UPLOAD_FAILED.
    absl::StatusOr<std::string> Finish();
    std::int64_t byte_count() const { return upload_->byte_count_; }

   private:
    friend class UploadStore;
    Receiver(UploadStore* store, OrganizationId organization, std::string id,
             std::shared_ptr<Upload> upload)
        : store_(store),
          organization_(organization),
          id_(std::move(id)),
          upload_(std::move(upload)) {}
    absl::Status CloseFile();

    UploadStore* const store_;
    const OrganizationId organization_;
    const std::string id_;
    const std::shared_ptr<Upload> upload_;
    std::ofstream file_;
  };

  // UPLOAD_FAILED when the folder cannot be made.
  static absl::StatusOr<std::unique_ptr<UploadStore>> Open(Options options);

  // UPLOAD_FAILED.
  absl::StatusOr<std::unique_ptr<Receiver>> Receive(OrganizationId organization);
  // Takes an upload out of the store. UPLOAD_NOT_FOUND, also for what belongs to others.
  absl::StatusOr<std::shared_ptr<const Upload>> Take(OrganizationId organization,
                                                     const std::string& id);

 private:
  struct Waiting {
    OrganizationId organization{};
    absl::Time arrived;
    std::shared_ptr<Upload> upload;
  };

  explicit UploadStore(Options options) : options_(std::move(options)) {}
  void RemoveExpired() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Options options_;
  const std::shared_ptr<std::atomic<std::int64_t>> used_bytes_ =
      std::make_shared<std::atomic<std::int64_t>>(0);
  absl::Mutex mutex_;
  std::map<std::string, Waiting> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace lumbung::transfer

#endif  // LUMBUNG_SERVICES_LEDGER_TRANSFER_UPLOAD_STORE_H_
