#include "reports/audit_pack/pack_archive.h"

#include <algorithm>
#include <utility>

#include <archive.h>
#include <archive_entry.h>
#include <openssl/evp.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::reports {
namespace {

struct ArchiveCloser {
  void operator()(archive* zip) const { archive_write_free(zip); }
};
struct EntryCloser {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
struct DigestCloser {
  void operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }
};

}  // namespace

class PackArchive::Impl {
 public:
  Impl(ByteSink* sink, absl::Time made_at)
      : sink_(sink), made_at_(made_at), zip_(archive_write_new()) {
    archive_write_set_format_zip(zip_.get());
    // What follows the last file is the directory, not padding to a tape's block.
    archive_write_set_bytes_in_last_block(zip_.get(), 1);
    Check(archive_write_open(zip_.get(), this, nullptr, &Impl::OnWrite, nullptr));
  }

  absl::Status Add(absl::string_view path, const std::function<absl::Status(ByteSink&)>& write);

  absl::Status Finish() {
    Check(archive_write_close(zip_.get()));
    return status_;
  }

  const std::vector<PackedFile>& files() const { return files_; }

 private:
  // What a file is written to: hashed, counted, compressed.
  class FileSink final : public ByteSink {
   public:
    explicit FileSink(Impl* archive) : archive_(archive), digest_(EVP_MD_CTX_new()) {
      EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr);
    }
    absl::Status Write(absl::string_view bytes) override {
      EVP_DigestUpdate(digest_.get(), bytes.data(), bytes.size());
      size_ += static_cast<std::int64_t>(bytes.size());
      const la_ssize_t written =
          archive_write_data(archive_->zip_.get(), bytes.data(), bytes.size());
      if (written != static_cast<la_ssize_t>(bytes.size())) archive_->Check(ARCHIVE_FATAL);
      return archive_->status_;
    }
    std::int64_t size() const { return size_; }
    std::string TakeDigest() {
      std::string digest(32, '\0');
      EVP_DigestFinal_ex(digest_.get(), reinterpret_cast<unsigned char*>(&digest[0]), nullptr);
      return digest;
    }

   private:
    Impl* const archive_;
    const std::unique_ptr<EVP_MD_CTX, DigestCloser> digest_;
    std::int64_t size_ = 0;
  };

  // After the sink has refused something the zip goes on into nothing: libarchive leaks what it
  // compresses with when its own callback fails.
  static la_ssize_t OnWrite(archive*, void* self, const void* bytes, std::size_t count) {
    auto* const impl = static_cast<Impl*>(self);
    if (impl->status_.ok()) {
      impl->status_.Update(
          impl->sink_->Write(absl::string_view(static_cast<const char*>(bytes), count)));
    }
    return static_cast<la_ssize_t>(count);
  }

  // The first error is the one that counts.
  void Check(int result) {
    if (result == ARCHIVE_OK || !status_.ok()) return;
    const char* const message = archive_error_string(zip_.get());
    status_ = absl::InternalError(
        absl::StrCat("the zip cannot be written: ", message == nullptr ? "" : message));
  }

  ByteSink* const sink_;
  const absl::Time made_at_;
  absl::Status status_;
  std::vector<PackedFile> files_;
  // The last member: freeing it may write.
  const std::unique_ptr<archive, ArchiveCloser> zip_;
};

absl::Status PackArchive::Impl::Add(absl::string_view path,
                                    const std::function<absl::Status(ByteSink&)>& write) {
  LUMBUNG_RETURN_IF_ERROR(status_);
  const bool is_known = std::any_of(files_.begin(), files_.end(),
                                    [path](const PackedFile& file) { return file.path == path; });
  if (is_known) {
    return Refusal(absl::StatusCode::kInternal, "FILE_REPEATED", path,
                   absl::StrCat("the pack has a file ", path, " already"));
  }
  const std::unique_ptr<archive_entry, EntryCloser> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), std::string(path).c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_mtime(entry.get(), absl::ToUnixSeconds(made_at_), 0);
  Check(archive_write_header(zip_.get(), entry.get()));
  LUMBUNG_RETURN_IF_ERROR(status_);
  FileSink sink(this);
  LUMBUNG_RETURN_IF_ERROR(write(sink));
  Check(archive_write_finish_entry(zip_.get()));
  files_.push_back({std::string(path), sink.size(), sink.TakeDigest()});
  return status_;
}

PackArchive::PackArchive(ByteSink* sink, absl::Time made_at)
    : impl_(std::make_unique<Impl>(sink, made_at)) {}
PackArchive::~PackArchive() = default;

absl::Status PackArchive::Add(absl::string_view path,
                              const std::function<absl::Status(ByteSink&)>& write) {
  return impl_->Add(path, write);
}

absl::Status PackArchive::Add(absl::string_view path, absl::string_view bytes) {
  return impl_->Add(path, [bytes](ByteSink& sink) { return sink.Write(bytes); });
}

std::vector<PackedFile> PackArchive::files() const {
  std::vector<PackedFile> files = impl_->files();
  std::sort(files.begin(), files.end(),
            [](const PackedFile& a, const PackedFile& b) { return a.path < b.path; });
  return files;
}

absl::Status PackArchive::Finish() {
  return impl_->Finish();
}

}  // namespace lumbung::reports
