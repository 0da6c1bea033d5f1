#include "services/host/demo/demo_plan.h"

#include "services/host/demo/chart_codes.h"
#include "services/host/demo/foundation.h"
#include "services/host/demo/grant_story.h"
#include "services/host/demo/office_story.h"

namespace lumbung::demo {
namespace {

// What the bank and the cash count say at a quarter's end.
void AssertBalances(Journal& journal, Date last) {
  for (const absl::string_view account : {kOfficeBank, kProjectBank, kEndowmentBank}) {
    journal.Assert(account, Coin::kRupiah, last, "rekening koran");
  }
  journal.Assert(kDollarBank, Coin::kDollar, last, "rekening koran");
  journal.Assert(kPettyCash, Coin::kRupiah, last, "berita acara opname kas");
}

}  // namespace

std::vector<DemoMonth> PlanDemo() {
  Journal journal;
  GrantStory grants(journal);
  OfficeStory office(journal, grants);
  std::vector<DemoMonth> months;
  for (int month = 0; month < kMonths; ++month) {
    const Date first = Date::FromCivil(kFirstYear, 1, 1).value().AddMonths(month);
    if (month == 0) office.Open(first);
    office.PayWithheld(first);
    grants.PlayMonth(month, first);
    office.PlayMonth(month, first);
    grants.CloseMonth(month, first);
    office.CloseMonth(month, first);
    if (EndsQuarter(month)) AssertBalances(journal, first.LastOfMonth());
    months.push_back(journal.TakeMonth(first));
  }
  return months;
}

}  // namespace lumbung::demo
