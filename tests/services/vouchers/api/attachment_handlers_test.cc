#include "services/vouchers/api/attachment_handlers.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "absl/strings/escaping.h"
#include "ledger/log/canonical_entry.h"
#include "tests/services/vouchers/api/voucher_fixture.h"
#include "tests/services/vouchers/domain/sample_files.h"

namespace lumbung::vouchers::api {
namespace {

using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;
using ::testing::SizeIs;

// A file in chunks, behind the name of its voucher.
class FileReader final : public StreamReader<v1::UploadAttachmentRequest> {
 public:
  FileReader(v1::UploadAttachmentRequest first, std::string content, std::size_t chunk)
      : next_(std::move(first)), content_(std::move(content)), chunk_(chunk) {}

  bool Read(v1::UploadAttachmentRequest* request) override {
    if (begun_ && content_.empty()) return false;
    begun_ = true;
    *request = std::exchange(next_, {});
    request->set_data(content_.substr(0, chunk_));
    content_.erase(0, chunk_);
    return true;
  }

 private:
  v1::UploadAttachmentRequest next_;
  std::string content_;
  const std::size_t chunk_;
  bool begun_ = false;
};

class FileWriter final : public StreamWriter<v1::DownloadAttachmentResponse> {
 public:
  bool Write(v1::DownloadAttachmentResponse response) override {
    if (response.has_attachment()) attachment = response.attachment();
    content += response.data();
    return ++messages < limit;
  }
  v1::Attachment attachment;
  std::string content;
  int messages = 0;
  int limit = 1'000;
};

class AttachmentHandlersTest : public VoucherTest {
 protected:
  AttachmentHandlersTest() : draft_(*Create("Sari", Payment())) {}

  absl::StatusOr<v1::Attachment> Upload(const std::string& person, const std::string& content,
                                        const std::string& file_name = "nota.pdf",
                                        const std::string& sha256 = "",
                                        std::size_t chunk = 60'000) {
    v1::UploadAttachmentRequest first;
    first.set_parent(draft_.name());
    first.set_file_name(file_name);
    first.set_sha256(sha256);
    FileReader reader(first, content, chunk);
    CallScope call = By(person);
    return attachments_.UploadAttachment(call, reader);
  }
  absl::Status Download(const std::string& name, FileWriter* writer,
                        const std::string& organization = "yayasan") {
    CallScope call = By("Budi", organization);
    v1::DownloadAttachmentRequest request;
    request.set_name(name);
    return attachments_.DownloadAttachment(call, request, *writer);
  }
  absl::StatusOr<v1::Voucher> Remove(const std::string& person, const std::string& name) {
    CallScope call = By(person);
    v1::RemoveAttachmentRequest request;
    request.set_name(name);
    return attachments_.RemoveAttachment(call, request);
  }
  // A PDF of so many bytes.
  static std::string LargePdf(std::size_t size) {
    std::string pdf = SamplePdf();
    std::string filling(size - pdf.size(), '\0');
    for (std::size_t i = 0; i < filling.size(); ++i) filling[i] = static_cast<char>(i * 31 + i / 7);
    return pdf.insert(9, filling);
  }

  v1::Voucher draft_;
};

TEST_F(AttachmentHandlersTest, ComesBackAsItWasSent) {
  for (const std::string& content :
       {SamplePdf(), SampleJpeg(), SamplePng(), LargePdf(DatabaseAttachmentStore::kChunkBytes),
        LargePdf(3 * DatabaseAttachmentStore::kChunkBytes + 1), LargePdf(20 << 20)}) {
    const auto attachment = Upload("Sari", content);
    ASSERT_THAT(attachment, IsOk());
    EXPECT_EQ(attachment->byte_count(), static_cast<std::int64_t>(content.size()));
    EXPECT_EQ(attachment->sha256(), absl::BytesToHexString(log::Sha256(content)));
    FileWriter writer;
    ASSERT_THAT(Download(attachment->name(), &writer), IsOk());
    EXPECT_TRUE(writer.content == content);
    EXPECT_EQ(writer.attachment.DebugString(), attachment->DebugString());
  }
  EXPECT_THAT(Get(draft_.name())->attachments(), SizeIs(6));
}

TEST_F(AttachmentHandlersTest, IsWhatItsContentIs) {
  const auto attachment = Upload("Sari", SamplePng(), "setup.exe");
  ASSERT_THAT(attachment, IsOk());
  EXPECT_EQ(attachment->media_type(), "image/png");
  EXPECT_EQ(attachment->file_name(), "setup.exe");
  EXPECT_FALSE(attachment->late());
  EXPECT_EQ(attachment->person().display_name(), "Sari");
}

TEST_F(AttachmentHandlersTest, RefusesWhatIsNoEvidence) {
  EXPECT_THAT(Upload("Sari", ""), RefusesAt("ATTACHMENT_EMPTY", "data"));
  EXPECT_THAT(Upload("Sari", "MZ"), RefusesAt("ATTACHMENT_TYPE", "data"));
  EXPECT_THAT(Upload("Sari", "PK\3\4", "nota.pdf"), Refuses("ATTACHMENT_TYPE"));
  EXPECT_THAT(Upload("Sari", SamplePdf().substr(0, 40)), Refuses("ATTACHMENT_DAMAGED"));
  EXPECT_THAT(Upload("Sari", SamplePng(65'000, 65'000)), RefusesAt("PICTURE_TOO_LARGE", "data"));
  EXPECT_THAT(Upload("Sari", LargePdf((20 << 20) + 1)), RefusesAt("ATTACHMENT_TOO_LARGE", "data"));
  EXPECT_THAT(Upload("Sari", LargePdf((1 << 20) + 1), "a", "", 2 << 20),
              RefusesAt("CHUNK_TOO_LARGE", "data"));
  EXPECT_THAT(Upload("Sari", SamplePdf(), "a", std::string(64, '0')),
              RefusesAt("SHA256_MISMATCH", "sha256"));
  for (const char* name : {"", "../x", "a/b", "a\\b", "..", "a\nb", " a"}) {
    EXPECT_THAT(Upload("Sari", SamplePdf(), name), RefusesAt("INVALID_FILE_NAME", "file_name"));
  }
  EXPECT_EQ(Ask("select count(*) from vouchers.blob"), "0");
}

TEST_F(AttachmentHandlersTest, IsKeptOncePerOrganization) {
  ASSERT_THAT(Upload("Sari", SamplePdf()), IsOk());
  EXPECT_THAT(Upload("Sari", SamplePdf()), RefusesAt("ATTACHMENT_REPEATED", "data"));
  draft_ = *Create("Sari", Payment());
  ASSERT_THAT(Upload("Sari", SamplePdf(), "again.pdf"), IsOk());
  EXPECT_EQ(Ask("select count(*) from vouchers.blob"), "1");
  EXPECT_EQ(Ask("select count(*) from vouchers.attachment"), "2");
}

TEST_F(AttachmentHandlersTest, IsPartOfWhatIsApproved) {
  const auto attachment = Upload("Sari", SamplePdf());
  ASSERT_THAT(attachment, IsOk());
  const std::string with = Get(draft_.name())->content_hash();
  EXPECT_NE(with, draft_.content_hash());
  const auto without = Remove("Sari", attachment->name());
  ASSERT_THAT(without, IsOk());
  EXPECT_EQ(without->content_hash(), draft_.content_hash());
  EXPECT_THAT(without->attachments(), SizeIs(0));
  ASSERT_THAT(Upload("Sari", SamplePdf()), IsOk());
  EXPECT_EQ(Get(draft_.name())->content_hash(), with);
  // An edit keeps what is attached.
  auto edited = Get(draft_.name());
  edited->set_party("PDAM");
  const std::string after_edit = Update("Sari", *edited)->content_hash();
  edited->set_party("PLN");
  edited->clear_etag();
  EXPECT_NE(after_edit, with);
  EXPECT_EQ(Update("Sari", *edited)->content_hash(), with);
}

TEST_F(AttachmentHandlersTest, ComesToDraftsByTheirMakerAlone) {
  EXPECT_THAT(Upload("Budi", SamplePdf()), Refuses("NOT_THE_MAKER"));
  EXPECT_THAT(Upload("nobody", SamplePdf()), Refuses("SIGN_IN_REQUIRED"));
  const auto attachment = Upload("Sari", SamplePdf());
  ASSERT_THAT(attachment, IsOk());
  EXPECT_THAT(Remove("Budi", attachment->name()), Refuses("NOT_THE_MAKER"));
  ASSERT_THAT(Submit("Sari", draft_), IsOk());
  EXPECT_THAT(Upload("Sari", SamplePng()), RefusesAt("VOUCHER_STATE", "state"));
  EXPECT_THAT(Remove("Sari", attachment->name()), RefusesAt("VOUCHER_STATE", "state"));
}

TEST_F(AttachmentHandlersTest, ComesLateToPostedVouchers) {
  draft_ = *Submit("Sari", draft_);
  const v1::Voucher posted = *Approve("Budi", draft_);
  const auto late = Upload("Tuti", SamplePdf(), "kuitansi.pdf");
  ASSERT_THAT(late, IsOk());
  EXPECT_TRUE(late->late());
  const auto after = Get(draft_.name());
  EXPECT_EQ(after->content_hash(), posted.content_hash());
  EXPECT_THAT(after->attachments(), SizeIs(1));
  EXPECT_THAT(Remove("Tuti", late->name()), RefusesAt("VOUCHER_STATE", "state"));
}

TEST_F(AttachmentHandlersTest, IsFoundByItsOwnOrganizationAlone) {
  const auto attachment = Upload("Sari", SamplePdf());
  ASSERT_THAT(attachment, IsOk());
  FileWriter writer;
  EXPECT_THAT(Download(attachment->name(), &writer, "tetangga"), Refuses("VOUCHER_NOT_FOUND"));
  EXPECT_THAT(Download(draft_.name() + "/attachments/99", &writer),
              RefusesAt("ATTACHMENT_NOT_FOUND", "name"));
  EXPECT_THAT(Download(draft_.name() + "/attachments/x", &writer),
              RefusesAt("ATTACHMENT_NOT_FOUND", "name"));
  EXPECT_THAT(Download(draft_.name(), &writer), RefusesAt("INVALID_NAME", "name"));
  EXPECT_EQ(writer.messages, 0);
}

TEST_F(AttachmentHandlersTest, StopsWhenTheClientHasGone) {
  const auto attachment = Upload("Sari", LargePdf(1 << 20));
  ASSERT_THAT(attachment, IsOk());
  FileWriter writer;
  writer.limit = 2;
  EXPECT_THAT(Download(attachment->name(), &writer), Refuses("CANCELLED"));
  EXPECT_EQ(writer.messages, 2);
}

TEST_F(AttachmentHandlersTest, AVoucherHasOnlySoMany) {
  for (int i = 0; i < 50; ++i) {
    ASSERT_THAT(Upload("Sari", SampleJpeg() + static_cast<char>(i)), IsOk());
  }
  EXPECT_THAT(Upload("Sari", SamplePdf()), Refuses("TOO_MANY_ATTACHMENTS"));
}

}  // namespace
}  // namespace lumbung::vouchers::api
