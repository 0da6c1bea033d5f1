#include "services/ledger/api/transfer_handlers.h"

#include <filesystem>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "absl/time/clock.h"
#include "ledger/store/book_store.h"
#include "ledger/store/transaction.h"
#include "tests/support/refusal_matchers.h"
#include "tests/support/test_database.h"

namespace lumbung::ledger::api {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using testing::Refuses;

class ListReader final : public StreamReader<v1::UploadFilesRequest> {
 public:
  // Name and content by turns.
  using Chunks = std::vector<std::pair<std::string, std::string>>;
  explicit ListReader(const Chunks& chunks) {
    for (const auto& [name, data] : chunks) {
      chunks_.emplace_back();
      chunks_.back().set_file_name(name);
      chunks_.back().set_data(data);
    }
  }
  bool Read(v1::UploadFilesRequest* request) override {
    if (next_ == chunks_.size()) return false;
    *request = chunks_[next_++];
    return true;
  }

 private:
  std::vector<v1::UploadFilesRequest> chunks_;
  std::size_t next_ = 0;
};

template <typename Response>
class ListWriter final : public StreamWriter<Response> {
 public:
  bool Write(Response response) override {
    responses.push_back(std::move(response));
    return true;
  }
  std::vector<Response> responses;
};

void RandomBytes(char* bytes, std::size_t count) {
  static std::random_device device;
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>(device());
}

class TransferHandlersTest : public ::testing::Test {
 protected:
  TransferHandlersTest() {
    char folder[] = "/tmp/lumbung-transfer-XXXXXX";
    EXPECT_NE(mkdtemp(folder), nullptr);
    folder_ = folder;
    transfer::UploadStore::Options uploads;
    uploads.folder = folder_ + "/uploads";
    uploads.now = absl::Now;
    uploads.random_bytes = RandomBytes;
    uploads_ = *transfer::UploadStore::Open(uploads);
    transfer::Operations::Options operations;
    operations.now = absl::Now;
    operations.random_bytes = RandomBytes;
    operations_ = std::make_unique<transfer::Operations>(operations);
    handlers_ = std::make_unique<TransferHandlers>(
        TransferHandlers::Parts{&database_.pool(), &directory_, uploads_.get(), operations_.get(),
                                absl::Now, RandomBytes, [this](BookKey) { ++books_changed_; }});
    for (const char* slug : {"ours", "theirs"}) {
      const OrganizationId organization = database_.CreateOrganization(slug);
      store::NewBook book;
      book.slug = "main";
      book.uid = testing::NewTestUid();
      book.display_name = "Main";
      book.functional_currency.code = "IDR";
      EXPECT_THAT(store::InTransaction(database_.pool(), {organization},
                                       [&](store::TransactionScope& scope) {
                                         return store::CreateBook(scope, book);
                                       }),
                  IsOk());
    }
  }
  ~TransferHandlersTest() override {
    operations_->Drain();
    std::filesystem::remove_all(folder_);
  }

  static CallScope CallOf(const std::string& organization) {
    CallScope call;
    call.access.organization = organization;
    call.deadline = absl::Now() + absl::Minutes(1);
    call.cancelled = [] { return false; };
    return call;
  }
  std::string Upload(const std::vector<std::pair<std::string, std::string>>& chunks) {
    ListReader reader(chunks);
    const auto response = handlers_->UploadFiles(ours_, reader);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? response->upload_id() : "";
  }
  absl::StatusOr<v1::Operation> Import(const std::string& upload, const std::string& mapping = "") {
    v1::ImportJournalRequest request;
    request.set_parent("books/main");
    request.set_upload_id(upload);
    request.set_csv_mapping(mapping);
    return handlers_->ImportJournal(ours_, request);
  }
  // The last thing a watcher sees.
  v1::Operation End(const std::string& name) {
    v1::WatchOperationRequest request;
    request.set_name(name);
    ListWriter<v1::Operation> writer;
    EXPECT_THAT(handlers_->WatchOperation(ours_, request, writer), IsOk());
    EXPECT_FALSE(writer.responses.empty());
    return writer.responses.empty() ? v1::Operation() : writer.responses.back();
  }

  testing::TestDatabase database_;
  BookDirectory directory_{&database_.pool()};
  std::string folder_;
  std::unique_ptr<transfer::UploadStore> uploads_;
  std::unique_ptr<transfer::Operations> operations_;
  std::unique_ptr<TransferHandlers> handlers_;
  int books_changed_ = 0;
  CallScope ours_ = CallOf("ours");
  CallScope theirs_ = CallOf("theirs");
};

TEST_F(TransferHandlersTest, ImportsWhatWasUploadedAndTellsHowItWent) {
  const std::string upload = Upload({{"main.journal", "include jan.jou"},
                                     {"", "rnal\n"},
                                     {"jan.journal", "2026-01-05 x\n  Assets:Cash  5 IDR\n  a\n"}});
  const auto started = Import(upload);
  ASSERT_THAT(started, IsOk());
  const v1::Operation ended = End(started->name());
  EXPECT_TRUE(ended.done());
  EXPECT_EQ(ended.error().message(), "");
  EXPECT_EQ(ended.import_summary().entry_count(), 1);
  EXPECT_EQ(ended.import_summary().format(), v1::JOURNAL_FORMAT_HLEDGER);
  EXPECT_EQ(books_changed_, 1);
  // The upload went with its import.
  EXPECT_THAT(Import(upload), Refuses("UPLOAD_NOT_FOUND"));
}

TEST_F(TransferHandlersTest, TellsWhyAnImportWasRefused) {
  const auto started = Import(Upload({{"a.journal", "2026-01-05 x\n  a  5 IDR\n  b  5 IDR\n"}}));
  ASSERT_THAT(started, IsOk());
  const v1::Operation ended = End(started->name());
  EXPECT_EQ(ended.error().reason(), "UNBALANCED");
  EXPECT_EQ(ended.error().place(), "a.journal:1");
  EXPECT_EQ(books_changed_, 0);
}

TEST_F(TransferHandlersTest, RefusesUploadsThatAreTooLargeOrLeadOut) {
  ListReader large(ListReader::Chunks{{"a", std::string((64 << 10) + 1, 'x')}});
  EXPECT_THAT(handlers_->UploadFiles(ours_, large), Refuses("UPLOAD_TOO_LARGE"));
  ListReader outside(ListReader::Chunks{{"../a", "x"}});
  EXPECT_THAT(handlers_->UploadFiles(ours_, outside), Refuses("INVALID_FILE_NAME"));
  ListReader nothing(ListReader::Chunks{});
  EXPECT_THAT(handlers_->UploadFiles(ours_, nothing), Refuses("INVALID_FILE_NAME"));
}

TEST_F(TransferHandlersTest, DropsAnUploadThatItsClientBrokeOff) {
  ListReader reader(ListReader::Chunks{{"a", "x"}});
  ours_.cancelled = [] { return true; };
  EXPECT_THAT(handlers_->UploadFiles(ours_, reader), Refuses("CANCELLED"));
  EXPECT_TRUE(std::filesystem::is_empty(folder_ + "/uploads"));
}

TEST_F(TransferHandlersTest, KeepsOperationsAndUploadsOfOrganizationsApart) {
  const std::string upload = Upload({{"a.journal", "2026-01-05 x\n  a  5 IDR\n  b\n"}});
  v1::ImportJournalRequest import;
  import.set_parent("books/main");
  import.set_upload_id(upload);
  EXPECT_THAT(handlers_->ImportJournal(theirs_, import), Refuses("UPLOAD_NOT_FOUND"));
  const auto started = Import(upload);
  ASSERT_THAT(started, IsOk());
  End(started->name());
  v1::GetOperationRequest get;
  get.set_name(started->name());
  EXPECT_THAT(handlers_->GetOperation(ours_, get), IsOk());
  EXPECT_THAT(handlers_->GetOperation(theirs_, get), Refuses("OPERATION_NOT_FOUND"));
  v1::CancelOperationRequest cancel;
  cancel.set_name(started->name());
  EXPECT_THAT(handlers_->CancelOperation(theirs_, cancel), Refuses("OPERATION_NOT_FOUND"));
  EXPECT_THAT(handlers_->CancelOperation(ours_, cancel), Refuses("OPERATION_DONE"));
  v1::WatchOperationRequest watch;
  watch.set_name(started->name());
  ListWriter<v1::Operation> writer;
  EXPECT_THAT(handlers_->WatchOperation(theirs_, watch, writer), Refuses("OPERATION_NOT_FOUND"));
}

TEST_F(TransferHandlersTest, ListsOperationsNewestFirstPageByPage) {
  std::vector<std::string> names;
  for (int i = 0; i < 3; ++i) {
    const auto started = Import(Upload({{"a.journal", "2026-01-05 x\n  a  5 IDR\n  b\n"}}));
    ASSERT_THAT(started, IsOk());
    End(started->name());
    names.push_back(started->name());
  }
  v1::ListOperationsRequest request;
  request.set_page_size(2);
  const auto first = handlers_->ListOperations(ours_, request);
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->operations_size(), 2);
  EXPECT_EQ(first->operations(0).name(), names[2]);
  EXPECT_EQ(first->operations(1).name(), names[1]);
  request.set_page_token(first->next_page_token());
  const auto second = handlers_->ListOperations(ours_, request);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->operations_size(), 1);
  EXPECT_EQ(second->operations(0).name(), names[0]);
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_F(TransferHandlersTest, ImportsCsvByASavedMapping) {
  v1::SaveCsvMappingRequest save;
  save.set_parent("books/main");
  v1::CsvMapping& mapping = *save.mutable_mapping();
  mapping.set_mapping_id("bank");
  mapping.set_has_header(true);
  (*mapping.mutable_columns())["date"] = "date";
  (*mapping.mutable_columns())["amount"] = "amount";
  (*mapping.mutable_columns())["description"] = "text";
  (*mapping.mutable_defaults())["account"] = "Assets:Bank";
  (*mapping.mutable_defaults())["contra_account"] = "Expenses:Other";
  (*mapping.mutable_defaults())["currency"] = "IDR";
  const auto saved = handlers_->SaveCsvMapping(ours_, save);
  ASSERT_THAT(saved, IsOk());
  EXPECT_EQ(saved->mapping_id(), "bank");
  v1::ListCsvMappingsRequest list;
  list.set_parent("books/main");
  EXPECT_EQ(handlers_->ListCsvMappings(ours_, list)->mappings_size(), 1);
  EXPECT_EQ(handlers_->ListCsvMappings(theirs_, list)->mappings_size(), 0);

  const std::string csv = "date,text,amount\n2026-01-05,rice,-5000\n2026-01-06,gift,7000\n";
  EXPECT_THAT(Import(Upload({{"a.csv", csv}}), "nothing"), Refuses("CSV_MAPPING_NOT_FOUND"));
  const auto started = Import(Upload({{"a.csv", csv}}), "bank");
  ASSERT_THAT(started, IsOk());
  const v1::Operation ended = End(started->name());
  EXPECT_EQ(ended.error().message(), "");
  EXPECT_EQ(ended.import_summary().entry_count(), 2);
}

}  // namespace
}  // namespace lumbung::ledger::api
