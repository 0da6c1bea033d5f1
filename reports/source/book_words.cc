#include "reports/source/book_words.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "reports/model/date_words.h"

namespace lumbung::reports {
namespace {

constexpr int kBookAmountWidth = 18;

}  // namespace

const std::string& BookWords::NameOf(const Account& account) const {
  return IsIndonesian() && !account.display_name_id.empty() ? account.display_name_id
                                                            : account.display_name;
}

std::string BookWords::CodeAndNameOf(const Account& account) const {
  return absl::StrCat(account.code, " ", NameOf(account));
}

const Currency& BookWords::currency() const {
  return *request_.book->FindCurrency(request_.book->book().functional_currency);
}

DocumentHead BookWords::Head(absl::string_view name, const std::string& title) const {
  DocumentHead head;
  head.name = std::string(name);
  head.language = request_.frame.language;
  head.organization = request_.frame.organization;
  head.title = title;
  head.subtitle = PeriodsInWords({request_.period}, request_.frame.language);
  const std::string& code = currency().code;
  head.unit = code == "IDR" ? Say("(Dinyatakan dalam rupiah)", "(In Indonesian rupiah)")
                            : absl::StrCat(Say("(Dinyatakan dalam ", "(In "), code, ")");
  head.marks = request_.frame.marks;
  return head;
}

DocumentColumn BookWords::Amount(absl::string_view key, const std::string& title) const {
  return {std::string(key), title, ColumnKind::kAmount, kBookAmountWidth, currency().scale};
}

DocumentFoot BookWords::Foot(std::vector<DocumentCheck> checks) const {
  DocumentFoot foot;
  foot.checks = std::move(checks);
  foot.place_and_date = request_.frame.place_and_date;
  foot.signatures = request_.frame.signatures;
  foot.provenance = request_.frame.provenance;
  foot.checkpoint = request_.frame.checkpoint;
  return foot;
}

absl::Status BookWords::CheckFunctional(CurrencyId functional) const {
  if (functional == request_.book->book().functional_currency) return absl::OkStatus();
  return FailedPrecondition(
      "FUNCTIONAL_CURRENCY_CHANGED", "parent",
      absl::StrCat("the book was kept in ", request_.book->FindCurrency(functional)->code,
                   " before; its amounts cannot be added up"));
}

}  // namespace lumbung::reports
