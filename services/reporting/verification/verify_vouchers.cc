#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/log/canonical_entry.h"
#include "ledger/store/entry_reader.h"
#include "services/reporting/verification/verify_parts.h"
#include "services/vouchers/domain/content_hash.h"
#include "services/vouchers/domain/voucher_entry.h"
#include "services/vouchers/store/attachment_store.h"
#include "services/vouchers/store/number_store.h"
#include "services/vouchers/store/voucher_trail.h"

namespace lumbung::reporting {
namespace {

using vouchers::Voucher;
using vouchers::VoucherTrail;

class VoucherVerification {
 public:
  VoucherVerification(store::TransactionScope& scope, const BookSnapshot& book)
      : scope_(scope), book_(book) {}

  absl::Status Check(const VoucherTrail& trail);
  void CheckNumbers();
  absl::Status Tell(const PromiseVisitor& visit) const;

 private:
  void CheckContent(const VoucherTrail& trail, const std::string& place);
  absl::Status CheckEntry(const Voucher& voucher, const std::string& place);

  store::TransactionScope& scope_;
  const BookSnapshot& book_;
  CheckedPromise contents_{"voucher-contents",
                           {"Setiap bukti masih seperti saat diajukan dan disetujui",
                            "Every voucher is what was submitted and approved"}};
  CheckedPromise entries_{
      "voucher-entries",
      {"Setiap bukti yang dibukukan memiliki jurnalnya, dan nomornya tanpa celah",
       "Every posted voucher has its entry, and numbers have no gap"}};
};

void VoucherVerification::CheckContent(const VoucherTrail& trail, const std::string& place) {
  ++contents_.checked;
  const std::string hash =
      vouchers::ContentHash(trail.voucher.content, vouchers::HashedDigests(trail.attachments));
  if (hash != trail.voucher.content_hash) {
    contents_.Find(place,
                   {"isinya tidak sesuai dengan hash-nya", "its content does not have its hash"});
  }
  for (const vouchers::Approval& approval : trail.approvals) {
    if (approval.content_hash == trail.voucher.content_hash) continue;
    contents_.Find(place, {absl::StrCat(approval.person.user_name, " menyetujui isi yang lain"),
                           absl::StrCat(approval.person.user_name, " approved another content")});
  }
}

absl::Status VoucherVerification::CheckEntry(const Voucher& voucher, const std::string& place) {
  if (voucher.state != vouchers::VoucherState::kPosted) return absl::OkStatus();
  ++entries_.checked;
  if (!voucher.entry.has_value() || !voucher.number.has_value()) {
    entries_.Find(place, {"dibukukan tanpa jurnal atau nomor", "posted without entry or number"});
    return absl::OkStatus();
  }
  const absl::StatusOr<std::vector<PostedEntry>> found =
      store::ReadEntriesIn(scope_, book_.book().key, {*voucher.entry});
  if (absl::IsNotFound(found.status())) {
    entries_.Find(place, {"jurnalnya tidak ada", "its entry is not there"});
    return absl::OkStatus();
  }
  LUMBUNG_RETURN_IF_ERROR(found.status());
  const ValidEntry& entry = found->front().content;
  const bool is_its_own = entry.source == vouchers::kVoucherSource &&
                          entry.reference == voucher.number->text &&
                          entry.effective_date == voucher.content.date &&
                          entry.postings.size() == voucher.content.postings.size();
  if (!is_its_own) {
    entries_.Find(place, {absl::StrCat("jurnal ", ToInteger(*voucher.entry), " bukan jurnalnya"),
                          absl::StrCat("entry ", ToInteger(*voucher.entry), " is not its own")});
    return absl::OkStatus();
  }
  for (std::size_t i = 0; i < entry.postings.size(); ++i) {
    const PostingDraft& approved = voucher.content.postings[i];
    const ValidPosting& posted = entry.postings[i];
    if (book_.FindAccount(posted.account)->key == approved.account &&
        posted.amount == approved.amount) {
      continue;
    }
    entries_.Find(place,
                  {absl::StrCat("ayat ", i + 1, " jurnalnya bukan yang disetujui"),
                   absl::StrCat("posting ", i + 1, " of its entry is not what was approved")});
  }
  return absl::OkStatus();
}

absl::Status VoucherVerification::Check(const VoucherTrail& trail) {
  const std::string place = vouchers::VoucherName(book_.book().slug, trail.voucher.id);
  CheckContent(trail, place);
  return CheckEntry(trail.voucher, place);
}

void VoucherVerification::CheckNumbers() {
  for (const vouchers::NumberRun& run : vouchers::ReadNumberRuns(scope_, book_.book().key)) {
    if (run.last == run.count && run.distinct == run.count) continue;
    entries_.Find(
        absl::StrCat("books/", book_.book().slug, "/voucher-series/", run.series, "/", run.period),
        {absl::StrCat(run.count, " nomor dari ", run.first, " sampai ", run.last),
         absl::StrCat(run.count, " numbers from ", run.first, " to ", run.last)});
  }
}

absl::Status VoucherVerification::Tell(const PromiseVisitor& visit) const {
  LUMBUNG_RETURN_IF_ERROR(visit(contents_));
  return visit(entries_);
}

}  // namespace

absl::Status VerifyVouchers(store::TransactionScope& scope, const BookSnapshot& book,
                            const PromiseVisitor& visit, std::vector<KeptFile>* files) {
  VoucherVerification verification(scope, book);
  LUMBUNG_RETURN_IF_ERROR(vouchers::VisitTrails(
      scope, book.book().key, {}, [&](const VoucherTrail& trail) -> absl::Status {
        for (const vouchers::Attachment& attachment : trail.attachments) {
          files->push_back({absl::StrCat(vouchers::VoucherName(book.book().slug, trail.voucher.id),
                                         "/attachments/", attachment.id),
                            attachment.file_name, attachment.sha256});
        }
        return verification.Check(trail);
      }));
  verification.CheckNumbers();
  return verification.Tell(visit);
}

absl::Status VerifyFiles(store::ConnectionPool& pool, const VerificationRequest& request,
                         const std::vector<KeptFile>& files, const PromiseVisitor& visit) {
  CheckedPromise promise{"attachments",
                         {"Setiap lampiran masih berkas yang dilampirkan",
                          "Every attachment is the file that was attached"}};
  vouchers::DatabaseAttachmentStore store(&pool);
  for (const KeptFile& file : files) {
    ++promise.checked;
    std::string content;
    const absl::Status read = store.Read(request.book.organization, file.sha256, request.deadline,
                                         [&content](const std::string& piece) {
                                           content += piece;
                                           return true;
                                         });
    if (!read.ok() && !absl::IsNotFound(read)) return read;
    if (read.ok() && log::Sha256(content) == file.sha256) continue;
    promise.Find(file.place, {absl::StrCat(file.name, " hilang atau berubah"),
                              absl::StrCat(file.name, " is gone or was changed")});
  }
  return visit(promise);
}

}  // namespace lumbung::reporting
