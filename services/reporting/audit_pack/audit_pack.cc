#include "services/reporting/audit_pack/audit_pack.h"

#include <cstdint>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/log/canonical_entry.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/signed_note.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/book_store.h"
#include "ledger/store/organization_store.h"
#include "ledger/store/transaction.h"
#include "reports/audit_pack/pack_archive.h"
#include "reports/audit_pack/pack_texts.h"
#include "services/log/store/checkpoint_store.h"
#include "services/log/store/period_seal.h"
#include "services/reporting/audit_pack/pack_audit_files.h"
#include "services/reporting/audit_pack/pack_audit_tests.h"
#include "services/reporting/audit_pack/pack_book.h"
#include "services/reporting/audit_pack/pack_context.h"
#include "services/reporting/audit_pack/pack_log.h"
#include "services/reporting/audit_pack/pack_people.h"
#include "services/reporting/audit_pack/pack_statements.h"
#include "services/reporting/audit_pack/pack_vouchers.h"
#include "services/reporting/audit_pack/read_audit_source.h"
#include "services/vouchers/store/attachment_store.h"

namespace lumbung::reporting {
namespace {

// The key that signed the checkpoint.
absl::StatusOr<const log::SigningKey*> KeyOf(const log::StoredCheckpoint& checkpoint,
                                             const std::string& origin, const log::KeyRing& keys) {
  LUMBUNG_ASSIGN_OR_RETURN(const log::SignedNote note, log::SignedNote::Parse(checkpoint.note));
  for (const log::SigningKey& key : keys) {
    const log::VerifierKey verifier = key.Verifier(origin, log::KeyType::kLog);
    if (log::OpenCheckpoint(note, verifier).ok()) return &key;
  }
  return FailedPrecondition("LOG_KEY_UNKNOWN", "",
                            "this server does not have the key that signs the log, so it cannot "
                            "sign a pack; ask the server that seals");
}

Json ManifestJson(const PackFacts& facts, const std::string& made_by,
                  const reports::PackArchive& archive) {
  const Book& book = facts.book->book();
  Json files = Json::array();
  for (const reports::PackedFile& file : archive.files()) {
    files.push_back({{"path", file.path}, {"bytes", file.bytes}, {"sha256", Hex(file.sha256)}});
  }
  return {{"format", "lumbung-audit-pack"},
          {"version", 1},
          {"origin", facts.origin},
          {"checkpoint_size", facts.checkpoint.size},
          {"organization",
           {{"uid", facts.organization.uid}, {"name", facts.organization.display_name}}},
          {"book", {{"uid", book.uid}, {"slug", book.slug}, {"name", book.display_name}}},
          {"from_date", facts.period.from->ToString()},
          {"to_date", facts.period.to->ToString()},
          {"last_sequence", facts.last_sequence},
          {"made_at", Utc(facts.made_at)},
          {"made_by", made_by},
          {"files", std::move(files)}};
}

std::string SignManifest(const PackFacts& facts, absl::string_view manifest,
                         const log::SigningKey& key) {
  log::SignedNote note;
  note.text =
      absl::StrCat("lumbung audit pack v1\n", facts.origin, "\nmanifest ",
                   Hex(log::Sha256(manifest)), "\ncheckpoint ", facts.checkpoint.size, "\n");
  note.signatures.push_back(log::SignNote(note.text, key, facts.origin));
  return note.ToString();
}

absl::StatusOr<PackFacts> ReadFacts(store::TransactionScope& scope,
                                    const AuditPackRequest& request) {
  PackFacts facts;
  LUMBUNG_ASSIGN_OR_RETURN(BookContents contents, store::LoadBookContents(scope, request.book));
  LUMBUNG_ASSIGN_OR_RETURN(const store::BookRecord record,
                           store::GetBook(scope, contents.book.slug));
  facts.last_sequence = record.last_entry_id;
  facts.book = std::make_shared<const BookSnapshot>(std::move(contents));
  LUMBUNG_ASSIGN_OR_RETURN(facts.organization,
                           store::FindOrganization(scope, request.organization));
  facts.period = request.period;
  LUMBUNG_ASSIGN_OR_RETURN(
      facts.checkpoint,
      log::CoveringCheckpoint(scope, request.book.book, facts.last_sequence, "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(facts.origin, log::OriginOf(scope));
  facts.with_audit_trail = request.with_audit_trail;
  facts.made_at = request.made_at;
  facts.scratch_dir = request.scratch_dir;
  return facts;
}

std::vector<reports::AuditPerson> PeopleOf(const std::vector<Member>& members) {
  std::vector<reports::AuditPerson> people;
  for (const Member& member : members) {
    reports::AuditPerson person{
        member.person.user_name, member.person.display_name, !member.person.disabled, {}};
    for (const identity::StoredGrant& grant : member.grants) {
      if (!grant.revoked_at.has_value()) person.roles.push_back(grant.role);
    }
    people.push_back(std::move(person));
  }
  return people;
}

// Everything that is read in the one view of the database; the digests of attachments go to
// `digests`.
absl::Status PackParts(PackContext& pack, std::set<std::string>* digests) {
  LUMBUNG_RETURN_IF_ERROR(pack.archive.Add("README.txt", reports::PackReadme()));
  LUMBUNG_RETURN_IF_ERROR(pack.archive.Add("verify.py", reports::PackVerifier()));
  LUMBUNG_RETURN_IF_ERROR(PackLog(pack));
  LUMBUNG_ASSIGN_OR_RETURN(
      reports::AuditSource source,
      ReadAuditSource(pack.scope, pack.facts.organization, pack.facts.book, pack.facts.period));
  source.made_at = pack.facts.made_at;
  LUMBUNG_RETURN_IF_ERROR(PackBook(pack, source.trial_balance));
  if (pack.facts.with_audit_trail) {
    const std::vector<Member> members = ReadMembers(pack);
    LUMBUNG_RETURN_IF_ERROR(PackPeople(pack, members));
    source.people = PeopleOf(members);
  }
  LUMBUNG_RETURN_IF_ERROR(PackVouchers(pack, digests));
  LUMBUNG_RETURN_IF_ERROR(PackStatements(pack));
  LUMBUNG_RETURN_IF_ERROR(PackAuditTests(pack, source));
  return PackAuditFiles(pack, source);
}

// Attachments never change under their digest, so they need not be read in that view.
absl::Status PackAttachments(store::ConnectionPool& pool, const AuditPackRequest& request,
                             const std::set<std::string>& digests, reports::PackArchive& archive) {
  vouchers::DatabaseAttachmentStore store(&pool);
  for (const std::string& digest : digests) {
    LUMBUNG_RETURN_IF_ERROR(archive.Add(
        absl::StrCat("vouchers/attachments/", Hex(digest)), [&](reports::ByteSink& sink) {
          absl::Status written;
          const absl::Status read = store.Read(request.book.organization, digest, request.deadline,
                                               [&](const std::string& piece) {
                                                 written = sink.Write(piece);
                                                 return written.ok();
                                               });
          return written.ok() ? read : written;
        }));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<AuditPackSummary> WriteAuditPack(store::ConnectionPool& pool,
                                                const AuditPackRequest& request,
                                                reports::ByteSink* sink) {
  reports::PackArchive archive(sink, request.made_at);
  std::set<std::string> digests;
  LUMBUNG_ASSIGN_OR_RETURN(
      const PackFacts facts,
      store::InTransaction(pool,
                           {request.book.organization, store::Access::kReadOnly, request.deadline},
                           [&](store::TransactionScope& scope) -> absl::StatusOr<PackFacts> {
                             LUMBUNG_ASSIGN_OR_RETURN(PackFacts read, ReadFacts(scope, request));
                             PackContext pack{read, scope, archive};
                             LUMBUNG_RETURN_IF_ERROR(PackParts(pack, &digests));
                             return read;
                           }));
  LUMBUNG_RETURN_IF_ERROR(PackAttachments(pool, request, digests, archive));
  LUMBUNG_ASSIGN_OR_RETURN(const log::SigningKey* const key,
                           KeyOf(facts.checkpoint, facts.origin, *request.keys));
  const std::string manifest = JsonFile(ManifestJson(facts, request.made_by, archive));
  LUMBUNG_RETURN_IF_ERROR(archive.Add("manifest.json", manifest));
  LUMBUNG_RETURN_IF_ERROR(archive.Add("manifest.note", SignManifest(facts, manifest, *key)));
  LUMBUNG_RETURN_IF_ERROR(archive.Finish());
  return AuditPackSummary{log::Sha256(manifest), facts.checkpoint.size, facts.last_sequence};
}

}  // namespace lumbung::reporting
