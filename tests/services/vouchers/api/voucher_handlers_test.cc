#include "services/vouchers/api/voucher_handlers.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/services/vouchers/api/voucher_fixture.h"

namespace lumbung::vouchers::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;

class VoucherHandlersTest : public VoucherTest {
 protected:
  static v1::ListVouchersRequest All() {
    v1::ListVouchersRequest request;
    request.set_parent("books/main");
    return request;
  }
  // The ids of the vouchers that `person` sees.
  std::vector<std::string> Ids(const v1::ListVouchersRequest& request,
                               const std::string& person = "Sari") {
    CallScope call = By(person);
    const auto response = vouchers_.ListVouchers(call, request);
    EXPECT_THAT(response, IsOk());
    std::vector<std::string> ids;
    if (!response.ok()) return ids;
    for (const v1::Voucher& voucher : response->vouchers()) {
      ids.push_back(voucher.name().substr(voucher.name().rfind('/') + 1));
    }
    return ids;
  }
  absl::Status Refused(const v1::ListVouchersRequest& request) {
    CallScope call = By("Sari");
    return vouchers_.ListVouchers(call, request).status();
  }
};

TEST_F(VoucherHandlersTest, KeepsWhatADraftSays) {
  v1::Voucher written = Payment("150000.50");
  written.set_reference("CEK 12");
  written.set_series("BKK");
  written.mutable_postings(0)->set_memo("Kantor \"pusat\" \\ 🌾");
  written.mutable_postings(0)->set_fund("usaid");
  (*written.mutable_postings(0)->mutable_dimensions())["unit"] = "MSP";
  written.mutable_postings(1)->mutable_functional_amount()->set_amount("-150000.50");
  written.mutable_postings(1)->mutable_functional_amount()->set_currency("IDR");
  const auto created = Create("Sari", written);
  ASSERT_THAT(created, IsOk());
  const auto read = Get(created->name());
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->SerializeAsString(), created->SerializeAsString());
  v1::Voucher content = *read;
  for (const char* output :
       {"name", "state", "content_hash", "maker", "create_time", "update_time", "etag"}) {
    const auto* const field = content.GetDescriptor()->FindFieldByName(output);
    content.GetReflection()->ClearField(&content, field);
  }
  EXPECT_EQ(content.DebugString(), written.DebugString());
}

TEST_F(VoucherHandlersTest, ADraftMayBeUnfinished) {
  v1::Voucher voucher;
  voucher.set_kind(v1::VOUCHER_KIND_MEMORIAL);
  voucher.set_date("2026-06-15");
  EXPECT_THAT(Create("Sari", voucher), IsOk());
}

TEST_F(VoucherHandlersTest, RefusesWhatCannotBeAVoucher) {
  struct Row {
    const char* reason;
    const char* field;
    void (*change)(v1::Voucher&);
  };
  const Row kRows[] = {
      {"INVALID_KIND", "voucher.kind", [](v1::Voucher& v) { v.clear_kind(); }},
      {"INVALID_KIND", "voucher.kind",
       [](v1::Voucher& v) { v.set_kind(static_cast<v1::VoucherKind>(9)); }},
      {"INVALID_DATE", "voucher.date", [](v1::Voucher& v) { v.set_date("30/06/2026"); }},
      {"INVALID_AMOUNT", "voucher.postings[1].amount.amount",
       [](v1::Voucher& v) { v.mutable_postings(1)->mutable_amount()->set_amount("1,5"); }},
      {"TEXT_TOO_LONG", "voucher.party",
       [](v1::Voucher& v) { v.set_party(std::string(256, 'x')); }},
      {"INVALID_ID", "voucher.postings[0].account",
       [](v1::Voucher& v) { v.mutable_postings(0)->clear_account(); }},
  };
  for (const Row& row : kRows) {
    v1::Voucher voucher = Payment();
    row.change(voucher);
    EXPECT_THAT(Create("Sari", voucher), RefusesAt(row.reason, row.field));
  }
  EXPECT_THAT(Create("", Payment()), Refuses("SIGN_IN_REQUIRED"));
  v1::CreateVoucherRequest request;
  request.set_parent("books/other");
  *request.mutable_voucher() = Payment();
  CallScope call = By("Sari");
  EXPECT_THAT(vouchers_.CreateVoucher(call, request), RefusesAt("BOOK_NOT_FOUND", "parent"));
}

TEST_F(VoucherHandlersTest, CreatesOncePerRequest) {
  v1::CreateVoucherRequest request;
  request.set_parent("books/main");
  *request.mutable_voucher() = Payment();
  request.set_request_id("r-1");
  CallScope call = By("Sari");
  const auto first = vouchers_.CreateVoucher(call, request);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(vouchers_.CreateVoucher(call, request)->SerializeAsString(),
            first->SerializeAsString());
  request.mutable_voucher()->set_party("PDAM");
  EXPECT_THAT(vouchers_.CreateVoucher(call, request), Refuses("REQUEST_ID_REUSED"));
  request.set_validate_only(true);
  EXPECT_THAT(vouchers_.CreateVoucher(call, request), IsOk());
  EXPECT_THAT(Ids(All()), ElementsAre("1"));
}

TEST_F(VoucherHandlersTest, OnlyTheMakerEditsAndOnlyWhatWasRead) {
  auto draft = Create("Sari", Payment());
  ASSERT_THAT(draft, IsOk());
  EXPECT_THAT(Update("Budi", *draft), Refuses("NOT_THE_MAKER"));
  draft->set_party("PDAM");
  const auto edited = Update("Sari", *draft);
  ASSERT_THAT(edited, IsOk());
  EXPECT_EQ(edited->party(), "PDAM");
  EXPECT_NE(edited->etag(), draft->etag());
  EXPECT_NE(edited->content_hash(), draft->content_hash());
  EXPECT_THAT(Update("Sari", *draft), RefusesAt("ETAG_MISMATCH", "etag"));
  draft->clear_etag();
  draft->set_name("books/main/vouchers/7");
  EXPECT_THAT(Update("Sari", *draft), Refuses("VOUCHER_NOT_FOUND"));
  EXPECT_THAT(History(*edited), ElementsAre("create Sari draft", "update Sari draft"));
}

TEST_F(VoucherHandlersTest, ListsByWhatIsKnownOfAVoucher) {
  v1::Voucher receipt = Payment("500", "2026-05-01");
  receipt.set_kind(v1::VOUCHER_KIND_CASH_IN);
  receipt.set_party("100%_donor");
  receipt.mutable_postings(0)->set_memo("Iuran");
  ASSERT_THAT(Create("Joko", receipt), IsOk());                     // 1
  Posted(Payment("1000"));                                          // 2
  Submitted(Payment("2000", "2026-06-20"));                         // 3
  ASSERT_THAT(Cancel("Sari", *Create("Sari", Payment())), IsOk());  // 4

  EXPECT_THAT(Ids(All()), ElementsAre("1", "2", "3", "4"));
  v1::ListVouchersRequest request = All();
  request.set_newest_first(true);
  EXPECT_THAT(Ids(request), ElementsAre("4", "3", "2", "1"));
  request = All();
  request.add_states(v1::VOUCHER_STATE_POSTED);
  request.add_states(v1::VOUCHER_STATE_CANCELLED);
  EXPECT_THAT(Ids(request), ElementsAre("2", "4"));
  request = All();
  request.set_kind(v1::VOUCHER_KIND_CASH_IN);
  EXPECT_THAT(Ids(request), ElementsAre("1"));
  request = All();
  request.set_maker(PersonNamed("Joko"));
  EXPECT_THAT(Ids(request), ElementsAre("1"));
  request = All();
  request.set_from_date("2026-05-02");
  request.set_to_date("2026-06-19");
  EXPECT_THAT(Ids(request), ElementsAre("2", "4"));
  for (const auto& [text, found] : std::vector<std::pair<const char*, const char*>>{
           {"100%_d", "1"}, {"iuran", "1"}, {"bkk.0001", "2"}}) {
    request = All();
    request.set_text(text);
    EXPECT_THAT(Ids(request), ElementsAre(found)) << text;
  }
  request.set_text("100%x");
  EXPECT_THAT(Ids(request), IsEmpty());
  request.set_text("'; drop table vouchers.voucher; --");
  EXPECT_THAT(Ids(request), IsEmpty());
}

TEST_F(VoucherHandlersTest, RefusesQuestionsThatMakeNoSense) {
  v1::ListVouchersRequest request = All();
  request.set_from_date("2026-06-02");
  request.set_to_date("2026-06-01");
  EXPECT_THAT(Refused(request), RefusesAt("INVALID_FILTER", "to_date"));
  request = All();
  request.set_from_date("x");
  EXPECT_THAT(Refused(request), RefusesAt("INVALID_DATE", "from_date"));
  request = All();
  request.add_states(static_cast<v1::VoucherState>(7));
  EXPECT_THAT(Refused(request), RefusesAt("INVALID_FILTER", "states"));
  request = All();
  request.set_view(static_cast<v1::ListVouchersRequest::View>(9));
  EXPECT_THAT(Refused(request), RefusesAt("INVALID_FILTER", "view"));
  request = All();
  request.set_text(std::string(256, 'x'));
  EXPECT_THAT(Refused(request), RefusesAt("INVALID_FILTER", "text"));
  request = All();
  request.set_maker("people/nobody");
  EXPECT_THAT(Refused(request), RefusesAt("PERSON_NOT_FOUND", "maker"));
  request = All();
  request.set_view(v1::ListVouchersRequest::VIEW_MY_APPROVALS);
  request.add_states(v1::VOUCHER_STATE_DRAFT);
  EXPECT_THAT(Refused(request), RefusesAt("INVALID_FILTER", "states"));
}

TEST_F(VoucherHandlersTest, PagesStayWhatTheyWereWhileVouchersAreAdded) {
  for (int i = 0; i < 5; ++i) ASSERT_THAT(Create("Sari", Payment()), IsOk());
  v1::ListVouchersRequest request = All();
  request.set_page_size(2);
  request.set_newest_first(true);
  CallScope call = By("Sari");
  std::string seen;
  while (true) {
    const auto page = vouchers_.ListVouchers(call, request);
    ASSERT_THAT(page, IsOk());
    for (const v1::Voucher& voucher : page->vouchers()) seen += voucher.name().back();
    ASSERT_THAT(Create("Sari", Payment()), IsOk());
    request.set_page_token(page->next_page_token());
    if (request.page_token().empty()) break;
  }
  EXPECT_EQ(seen, "54321");
  request.set_page_token("x");
  EXPECT_THAT(Refused(request), RefusesAt("INVALID_PAGE_TOKEN", "page_token"));
}

TEST_F(VoucherHandlersTest, EveryoneSeesWhatWaitsForThem) {
  ASSERT_THAT(AddPolicy("small", "1000", "approver"), IsOk());
  ASSERT_THAT(AddPolicy("large", "", "treasurer", "manager"), IsOk());
  Submitted(Payment("1000"));                            // 1
  const v1::Voucher large = Submitted(Payment("1001"));  // 2
  ASSERT_THAT(Create("Sari", Payment()), IsOk());        // 3
  v1::ListVouchersRequest mine = All();
  mine.set_view(v1::ListVouchersRequest::VIEW_MY_APPROVALS);
  v1::ListVouchersRequest others = All();
  others.set_view(v1::ListVouchersRequest::VIEW_WAITING_FOR_OTHERS);
  EXPECT_THAT(Ids(mine, "Sari"), IsEmpty());
  EXPECT_THAT(Ids(mine, "Budi"), ElementsAre("1"));
  EXPECT_THAT(Ids(mine, "Tuti"), ElementsAre("1", "2"));
  EXPECT_THAT(Ids(others, "Sari"), ElementsAre("1", "2"));
  EXPECT_THAT(Ids(others, "Tuti"), IsEmpty());
  ASSERT_THAT(Approve("Tuti", large), IsOk());
  EXPECT_THAT(Ids(mine, "Tuti"), ElementsAre("1"));
  EXPECT_THAT(Ids(mine, "Wati"), ElementsAre("1", "2"));
  EXPECT_THAT(Ids(others, "Tuti"), ElementsAre("2"));
  ASSERT_THAT(Approve("Wati", large), IsOk());
  EXPECT_THAT(Ids(mine, "Wati"), ElementsAre("1"));
  EXPECT_THAT(Ids(others, "Tuti"), IsEmpty());
  mine.set_page_size(1);
  EXPECT_THAT(Ids(mine, "Wati"), ElementsAre("1"));
}

}  // namespace
}  // namespace lumbung::vouchers::api
