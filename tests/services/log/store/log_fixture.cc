#include "tests/services/log/store/log_fixture.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/transaction>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/log/key_record.h"
#include "ledger/log/merkle_verify.h"
#include "ledger/store/book_store.h"
#include "ledger/store/transactional_posting.h"
#include "services/common/random_bytes.h"
#include "services/identity/store/audit_trail.h"
#include "services/log/store/tree_reader.h"

namespace lumbung::log {
namespace {

using ::lumbung::testing::IsOk;

store::NewAccount Account(const char* key, AccountType type) {
  store::NewAccount account;
  account.key = key;
  account.display_name = key;
  account.type = type;
  return account;
}

PostingDraft Line(const char* account, const char* amount) {
  PostingDraft posting;
  posting.account = account;
  posting.amount = *Decimal::Parse(amount);
  posting.currency = "IDR";
  return posting;
}

}  // namespace

LogTest::LogTest() {
  const OrganizationId neighbour = database_.CreateOrganization("tetangga");
  EXPECT_THAT(Post(CreateBook(neighbour, "main"), 3), IsOk());
  organization_ = database_.CreateOrganization("yayasan");
  book_ = CreateBook(organization_, "main");
  keys_.push_back(SigningKey::FromSeed(std::string(kSeedBytes, 'a')).value());
}

BookKey LogTest::CreateBook(OrganizationId organization, const std::string& slug) {
  store::NewBook book;
  book.slug = slug;
  book.uid = testing::NewTestUid();
  book.display_name = "Yayasan Contoh";
  book.functional_currency.code = "IDR";
  book.accounts = {Account("cash", AccountType::kAsset), Account("gifts", AccountType::kIncome)};
  const auto created = store::InTransaction(
      database_.pool(), {organization},
      [&](store::TransactionScope& scope) { return store::CreateBook(scope, book); });
  EXPECT_THAT(created, IsOk());
  return created.ok() ? created->book.key : BookKey{};
}

absl::Status LogTest::Post(BookKey book, int entries) {
  return store::RunInTransaction(
      database_.pool(), {book.organization}, [&](store::TransactionScope& scope) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(
            store::TransactionalPoster poster,
            store::TransactionalPoster::Open(
                scope, book, {.bulk = false, .now = now_, .random_bytes = SecureRandomBytes}));
        std::vector<EntryDraft> drafts;
        for (int i = 0; i < entries; ++i) {
          EntryDraft draft;
          draft.effective_date = *Date::Parse("2026-03-15");
          draft.description = "gift";
          draft.postings = {Line("cash", "100"), Line("gifts", "-100")};
          draft.request_id = testing::NewTestUid();
          drafts.push_back(std::move(draft));
        }
        return poster.Post(drafts, {}).status();
      });
}

void LogTest::RecordEvent(const std::string& resource) {
  audit::Event event;
  event.user_name = "sari";
  event.display_name = "Sari";
  event.method = "lumbung.test.v1.TestService/Test";
  event.action = "test";
  event.resource = resource;
  event.after = R"({"a": 1})";
  EXPECT_THAT(store::RunInTransaction(database_.pool(), {organization_},
                                      [&](store::TransactionScope& scope) {
                                        audit::Record(scope, event);
                                        return absl::OkStatus();
                                      }),
              IsOk());
}

SealOptions LogTest::Options() {
  SealOptions options;
  options.keys = &keys_;
  options.now = now_;
  options.random_bytes = SecureRandomBytes;
  return options;
}

absl::StatusOr<SealedBatch> LogTest::Seal(const SealOptions& options) {
  return store::InTransaction(
      database_.pool(), {organization_},
      [&](store::TransactionScope& scope) { return SealBatch(scope, options); });
}

std::int64_t LogTest::SealAll() {
  std::int64_t added = 0;
  while (true) {
    const auto batch = Seal(Options());
    EXPECT_THAT(batch, IsOk());
    if (!batch.ok()) return added;
    added += batch->added;
    if (!batch->more) return added;
  }
}

std::string LogTest::Ask(const std::string& sql) {
  pqxx::connection connection(database_.app_uri());
  pqxx::work transaction(connection);
  transaction.exec0(
      absl::StrCat("set local lumbung.organization_id = '", ToInteger(organization_), "'"));
  return transaction.exec1(sql)[0].c_str();
}

void LogTest::Tamper(const std::string& sql) {
  pqxx::connection connection(database_.superuser_uri());
  pqxx::nontransaction session(connection);
  session.exec0("set session_replication_role = replica");
  session.exec(sql);
}

std::int64_t LogTest::Size() {
  return Read([](store::TransactionScope& scope) -> absl::StatusOr<std::int64_t> {
           return LeafCount(scope);
         })
      .value();
}

StoredCheckpoint LogTest::Newest() {
  return Read([](store::TransactionScope& scope) -> absl::StatusOr<StoredCheckpoint> {
           return FindCheckpoint(scope, 0).value_or(StoredCheckpoint());
         })
      .value();
}

std::vector<std::string> LogTest::Subjects() {
  const auto leaves = Read([](store::TransactionScope& scope) -> absl::StatusOr<std::vector<Leaf>> {
    return ListLeaves(scope, 0, 1'000'000);
  });
  std::vector<std::string> subjects;
  for (const Leaf& leaf : *leaves) {
    switch (leaf.kind) {
      case LeafKind::kEntry:
        subjects.push_back(absl::StrCat(ToInteger(leaf.book), "/", leaf.subject));
        break;
      case LeafKind::kAuditEvent:
        subjects.push_back(absl::StrCat("E", leaf.subject));
        break;
      case LeafKind::kKeyRecord:
        subjects.push_back(absl::StrCat("K", leaf.subject));
        break;
    }
  }
  return subjects;
}

void LogTest::ExpectSound() {
  std::vector<Leaf> leaves;
  std::vector<std::string> notes;
  std::vector<std::string> records;
  // A second tree, made from nothing but the leaves.
  EXPECT_THAT(
      store::RunInTransaction(
          database_.pool(), {organization_, store::Access::kReadOnly},
          [&](store::TransactionScope& scope) {
            leaves = ListLeaves(scope, 0, 1'000'000);
            records = KeyRecords(scope);
            CompactRange range;
            std::optional<Checkpoint> previous;
            for (const Leaf& leaf : leaves) {
              EXPECT_EQ(leaf.index, static_cast<std::int64_t>(range.size())) << "a gap";
              range.Append(leaf.hash);
              const auto stored = FindCheckpoint(scope, static_cast<std::int64_t>(range.size()));
              if (!stored.has_value()) continue;
              notes.push_back(stored->note);
              const auto checkpoint =
                  Checkpoint::FromText(SignedNote::Parse(stored->note).value().text).value();
              EXPECT_EQ(checkpoint.root, range.Root());
              EXPECT_EQ(checkpoint.size, range.size());
              if (previous.has_value()) {
                EXPECT_THAT(
                    VerifyConsistency(
                        previous->size, previous->root, checkpoint.size, checkpoint.root,
                        ConsistencyProof(previous->size, checkpoint.size, StoredNodes(scope))
                            .value()),
                    IsOk());
              }
              previous = checkpoint;
            }
            EXPECT_EQ(previous.has_value() ? previous->size : 0, range.size())
                << "leaves without a checkpoint";
            return absl::OkStatus();
          }),
      IsOk());
  std::map<std::string, int> times;
  for (const std::string& subject : Subjects()) EXPECT_EQ(++times[subject], 1) << subject;
  for (const std::string& note : seen_notes_) {
    EXPECT_EQ(std::count(notes.begin(), notes.end(), note), 1) << "a checkpoint is gone: " << note;
  }
  seen_notes_.insert(notes.begin(), notes.end());
}

}  // namespace lumbung::log
