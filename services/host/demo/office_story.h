// What the foundation's office does: salaries and what is withheld from them, rent and bills, petty
// cash, donations and services, depreciation. It stands in the default fund, save the endowment.
#ifndef LUMBUNG_SERVICES_HOST_DEMO_OFFICE_STORY_H_
#define LUMBUNG_SERVICES_HOST_DEMO_OFFICE_STORY_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/host/demo/foundation.h"
#include "services/host/demo/grant_story.h"
#include "services/host/demo/journal.h"

namespace lumbung::demo {

class OfficeStory {
 public:
  OfficeStory(Journal& journal, GrantStory& grants) : journal_(journal), grants_(grants) {}

  // Balances brought in from the books before these.
  void Open(Date first);
  // What was withheld in the month before is paid. Before all else of a month.
  void PayWithheld(Date first);
  void PlayMonth(int month, Date first);
  // Bank statements, depreciation and other entries of a month's end.
  void CloseMonth(int month, Date first);

 private:
  void ReceiveDonations(int month, Date first);
  void ProvideServices(int month, Date first);
  void PayBills(int month, Date first);
  void ReplenishPettyCash(int month, Date first);
  void PaySalaries(int month, Date first);
  // Pays `gross_account` for everyone, with social security when `with_social_security`; the grants
  // bear their part by the hours worked for them.
  void RunPayroll(int month, Date date, absl::string_view what, absl::string_view gross_account,
                  bool with_social_security);
  void WriteOffPrepaid(int month, Date first);
  void Depreciate(Date first);

  Journal& journal_;
  GrantStory& grants_;
};

}  // namespace lumbung::demo

#endif  // LUMBUNG_SERVICES_HOST_DEMO_OFFICE_STORY_H_
