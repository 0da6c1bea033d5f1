#include "services/reporting/vouchers/voucher_list_document.h"

#include <cstdint>
#include <map>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/reporting/vouchers/voucher_words.h"

namespace lumbung::reporting {
namespace {

using reports::ColumnKind;
using vouchers::Voucher;
using vouchers::VoucherKind;
using vouchers::VoucherState;

struct KindSum {
  std::int64_t count = 0;
  Decimal amount;
};

std::string NumberOf(const Voucher& voucher) {
  return voucher.number.has_value() ? voucher.number->text
                                    : absl::StrCat("#", ToInteger(voucher.id));
}

reports::DocumentHead HeadOf(const VoucherList& list) {
  const auto say = [&](const char* id, const char* en) {
    return reports::Label{id, en}.In(list.frame.language);
  };
  const Currency& currency = *list.book.FindCurrency(list.book.book().functional_currency);
  reports::DocumentHead head;
  head.name = "voucher-list";
  head.language = list.frame.language;
  head.organization = list.frame.organization;
  head.title = say("DAFTAR BUKTI TRANSAKSI", "LIST OF VOUCHERS");
  head.subtitle = list.days;
  head.unit = absl::StrCat(say("Nilai dalam ", "Amounts in "), currency.code);
  head.marks = list.frame.marks;
  head.columns = {{"date", say("Tanggal", "Date"), ColumnKind::kDate, 10, 0},
                  {"number", say("Nomor", "Number"), ColumnKind::kCode, 19, 0},
                  {"description", say("Uraian", "Description"), ColumnKind::kLabel, 0, 0},
                  {"party", say("Pihak", "Party"), ColumnKind::kText, 18, 0},
                  {"state", say("Status", "State"), ColumnKind::kText, 9, 0},
                  {"maker", say("Pembuat", "Maker"), ColumnKind::kText, 10, 0},
                  {"approver", say("Penyetuju", "Approver"), ColumnKind::kText, 10, 0},
                  {"entry", say("Jurnal", "Entry"), ColumnKind::kCode, 7, 0},
                  {"amount", say("Nilai", "Amount"), ColumnKind::kAmount, 17, currency.scale}};
  return head;
}

reports::DocumentRow RowOf(const vouchers::VoucherTrail& trail, reports::Language language) {
  const Voucher& voucher = trail.voucher;
  reports::DocumentRow row;
  row.id = absl::StrCat(ToInteger(voucher.id));
  row.cells = {voucher.content.date,
               NumberOf(voucher),
               voucher.content.description,
               voucher.content.party,
               StateTitle(voucher.state, language),
               voucher.maker.user_name,
               trail.approvals.empty() ? std::string() : trail.approvals.back().person.user_name,
               voucher.entry ? absl::StrCat(ToInteger(*voucher.entry)) : std::string()};
  row.cells.push_back(voucher.amount ? reports::DocumentCell(*voucher.amount)
                                     : reports::DocumentCell(std::monostate()));
  return row;
}

}  // namespace

absl::Status WriteVoucherList(const VoucherList& list, reports::DocumentWriter& writer) {
  LUMBUNG_RETURN_IF_ERROR(writer.Begin(HeadOf(list)));
  std::map<VoucherKind, KindSum> posted;
  std::int64_t others = 0;
  LUMBUNG_RETURN_IF_ERROR(list.visit([&](const vouchers::VoucherTrail& trail) -> absl::Status {
    const Voucher& voucher = trail.voucher;
    if (voucher.state == VoucherState::kPosted && voucher.amount.has_value()) {
      KindSum& sum = posted[voucher.content.kind];
      ++sum.count;
      LUMBUNG_ASSIGN_OR_RETURN(sum.amount, Add(sum.amount, *voucher.amount));
    } else {
      ++others;
    }
    return writer.Add(RowOf(trail, list.frame.language));
  }));
  const bool is_indonesian = list.frame.language == reports::Language::kIndonesian;
  for (const auto& [kind, sum] : posted) {
    reports::DocumentRow row;
    row.style = reports::RowStyle::kSubtotal;
    row.id = std::string(vouchers::KindCode(kind));
    row.cells.resize(8);
    row.cells[2] = absl::StrCat(KindTitle(kind, list.frame.language), ": ", sum.count,
                                is_indonesian ? " dibukukan" : " posted");
    row.cells.push_back(sum.amount);
    LUMBUNG_RETURN_IF_ERROR(writer.Add(row));
  }
  reports::DocumentFoot foot;
  if (others > 0) {
    foot.notes.push_back(absl::StrCat(others, is_indonesian
                                                  ? " bukti di atas belum atau tidak dibukukan."
                                                  : " of the vouchers above are not posted."));
  }
  foot.place_and_date = list.frame.place_and_date;
  foot.signatures = list.frame.signatures;
  foot.provenance = list.frame.provenance;
  foot.checkpoint = list.frame.checkpoint;
  return writer.End(foot);
}

}  // namespace lumbung::reporting
