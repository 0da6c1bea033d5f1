#include "services/reporting/vouchers/voucher_slips.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "reports/model/amount_in_words.h"
#include "reports/model/date_words.h"
#include "services/reporting/vouchers/voucher_words.h"

namespace lumbung::reporting {
namespace {

using reports::Label;
using reports::Language;
using reports::Slip;
using vouchers::Voucher;
using vouchers::VoucherKind;
using vouchers::VoucherState;
using vouchers::VoucherTrail;

// Above it a document that states a sum of money bears stamp duty: UU 10/2020, article 3(2)g.
const Decimal kStampThreshold = Decimal::FromInteger(5'000'000);

struct Money {
  Decimal amount;
  std::string currency;
};

class SlipMaker {
 public:
  SlipMaker(const SlipSetting& setting, const VoucherTrail& trail)
      : setting_(setting),
        book_(setting.book),
        voucher_(trail.voucher),
        trail_(trail),
        language_(setting.frame.language) {}

  absl::StatusOr<Slip> VoucherItself() const;
  absl::StatusOr<Slip> Receipt() const;

 private:
  std::string Say(const Label& label) const { return label.In(language_); }
  Slip Frame(std::string title) const;
  std::string AccountName(const std::string& key) const;
  std::string CodeOf(const std::string& key) const;
  std::string AmountOf(const Decimal& amount, const std::string& currency) const;
  std::string FunctionalCode() const;
  bool HasOneCurrency() const;
  reports::SlipLine LineOf(const PostingDraft& posting) const;
  absl::StatusOr<reports::SlipLine> Total() const;
  // What came in or went out; of a memorial voucher what it is worth.
  absl::StatusOr<std::optional<Money>> Worth() const;
  void AddPeople(Slip* slip) const;
  std::string Provenance() const;

  const SlipSetting& setting_;
  const BookSnapshot& book_;
  const Voucher& voucher_;
  const VoucherTrail& trail_;
  const Language language_;
};

std::string SlipMaker::FunctionalCode() const {
  return book_.FindCurrency(book_.book().functional_currency)->code;
}

Slip SlipMaker::Frame(std::string title) const {
  Slip slip;
  slip.language = language_;
  slip.organization = setting_.frame.organization;
  slip.title = std::move(title);
  slip.number = voucher_.number.has_value() ? voucher_.number->text
                                            : absl::StrCat("#", ToInteger(voucher_.id));
  slip.date = reports::DateInWords(voucher_.content.date, language_);
  slip.provenance = Provenance();
  return slip;
}

std::string SlipMaker::AccountName(const std::string& key) const {
  const Account* const account = book_.FindAccount(key);
  if (account == nullptr) return key;
  const bool use_indonesian =
      language_ == Language::kIndonesian && !account->display_name_id.empty();
  return use_indonesian ? account->display_name_id : account->display_name;
}

std::string SlipMaker::CodeOf(const std::string& key) const {
  const Account* const account = book_.FindAccount(key);
  return account == nullptr ? "" : account->code;
}

std::string SlipMaker::AmountOf(const Decimal& amount, const std::string& currency) const {
  const Currency* const known = book_.FindCurrency(currency);
  const std::string text = reports::AmountText(
      amount, known == nullptr ? amount.scale() : known->scale, setting_.amounts);
  return currency == FunctionalCode() ? text : absl::StrCat(currency, " ", text);
}

bool SlipMaker::HasOneCurrency() const {
  for (const PostingDraft& posting : voucher_.content.postings) {
    if (posting.currency != voucher_.content.postings.front().currency) return false;
  }
  return true;
}

reports::SlipLine SlipMaker::LineOf(const PostingDraft& posting) const {
  reports::SlipLine line;
  line.code = CodeOf(posting.account);
  line.text = AccountName(posting.account);
  if (!posting.memo.empty()) absl::StrAppend(&line.text, " - ", posting.memo);
  if (!posting.fund.empty()) {
    const Fund* const fund = book_.FindFund(posting.fund);
    absl::StrAppend(&line.text, " [", fund == nullptr ? posting.fund : fund->display_name, "]");
  }
  const std::string amount = AmountOf(posting.amount.Abs(), posting.currency);
  (posting.amount.IsNegative() ? line.credit : line.debit) = amount;
  return line;
}

absl::StatusOr<reports::SlipLine> SlipMaker::Total() const {
  reports::SlipLine total;
  total.text = Say({"Jumlah", "Total"});
  if (!HasOneCurrency()) {
    if (voucher_.amount.has_value()) {
      total.debit = total.credit = AmountOf(*voucher_.amount, FunctionalCode());
    }
    return total;
  }
  Decimal debit;
  Decimal credit;
  for (const PostingDraft& posting : voucher_.content.postings) {
    Decimal& side = posting.amount.IsNegative() ? credit : debit;
    LUMBUNG_ASSIGN_OR_RETURN(side, Add(side, posting.amount.Abs()));
  }
  const std::string& currency = voucher_.content.postings.front().currency;
  total.debit = AmountOf(debit, currency);
  total.credit = AmountOf(credit, currency);
  return total;
}

absl::StatusOr<std::optional<Money>> SlipMaker::Worth() const {
  std::optional<Money> cash;
  if (voucher_.content.kind != VoucherKind::kMemorial) {
    for (const PostingDraft& posting : voucher_.content.postings) {
      if (posting.account != voucher_.content.cash_account) continue;
      if (!cash.has_value()) cash = Money{Decimal(), posting.currency};
      if (cash->currency != posting.currency) {
        cash.reset();
        break;
      }
      LUMBUNG_ASSIGN_OR_RETURN(cash->amount, Add(cash->amount, posting.amount));
    }
  }
  if (cash.has_value()) {
    cash->amount = cash->amount.Abs();
    return cash;
  }
  if (!voucher_.amount.has_value()) return std::optional<Money>();
  return std::optional<Money>(Money{*voucher_.amount, FunctionalCode()});
}

std::string SlipMaker::Provenance() const {
  std::string text =
      absl::StrCat(Say({"Buku ", "Book "}), book_.book().slug, ", ", Say({"bukti #", "voucher #"}),
                   ToInteger(voucher_.id), ", ", StateTitle(voucher_.state, language_));
  if (voucher_.entry.has_value()) {
    absl::StrAppend(&text, Say({" sebagai jurnal ke-", " as entry "}), ToInteger(*voucher_.entry));
  }
  absl::StrAppend(&text, ". SHA-256 ", absl::BytesToHexString(voucher_.content_hash));
  if (!trail_.attachments.empty()) {
    absl::StrAppend(&text, ". ", Say({"Lampiran: ", "Attachments: "}), trail_.attachments.size());
  }
  return text;
}

void SlipMaker::AddPeople(Slip* slip) const {
  slip->signatures.push_back({Say({"Dibuat oleh", "Prepared by"}), voucher_.maker.display_name,
                              MomentText(voucher_.created_at, language_)});
  for (const vouchers::Approval& approval : trail_.approvals) {
    std::string name = approval.person.display_name;
    if (approval.on_behalf_of.has_value()) {
      absl::StrAppend(&name, Say({" a.n. ", " for "}), approval.on_behalf_of->display_name);
    }
    slip->signatures.push_back({Say({"Disetujui oleh", "Approved by"}), std::move(name),
                                MomentText(approval.approved_at, language_)});
  }
  if (IsPaying(voucher_.content.kind)) {
    slip->signatures.push_back({Say({"Diterima oleh", "Received by"}), voucher_.content.party, ""});
  } else if (IsReceiving(voucher_.content.kind)) {
    slip->signatures.push_back({Say({"Disetor oleh", "Paid in by"}), voucher_.content.party, ""});
  }
  for (const reports::DocumentSignature& signature : setting_.frame.signatures) {
    slip->signatures.push_back({signature.role, signature.name, signature.position});
  }
}

absl::StatusOr<Slip> SlipMaker::VoucherItself() const {
  Slip slip = Frame(KindTitle(voucher_.content.kind, language_));
  if (voucher_.state != VoucherState::kPosted) {
    slip.marks.push_back(
        absl::StrCat(Say({"BELUM DIBUKUKAN: ", "NOT POSTED: "}),
                     absl::AsciiStrToUpper(StateTitle(voucher_.state, language_)),
                     voucher_.reason.empty() ? "" : absl::StrCat(" - ", voucher_.reason)));
  }
  if (voucher_.self_approved) {
    slip.marks.push_back(Say({"Dibuat dan disetujui oleh orang yang sama (organisasi kecil)",
                              "Made and approved by the same person (small organization)"}));
  }
  const vouchers::VoucherContent& content = voucher_.content;
  if (!content.party.empty()) {
    slip.facts.push_back({PartyTitle(content.kind, language_), content.party});
  }
  slip.facts.push_back({Say({"Untuk", "For"}), content.description});
  if (!content.reference.empty()) {
    slip.facts.push_back({Say({"Rujukan", "Reference"}), content.reference});
  }
  if (!content.cash_account.empty()) {
    slip.facts.push_back(
        {Say({"Akun kas/bank", "Cash or bank account"}),
         absl::StrCat(CodeOf(content.cash_account), " ", AccountName(content.cash_account))});
  }
  for (const PostingDraft& posting : content.postings) slip.lines.push_back(LineOf(posting));
  if (!slip.lines.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(slip.total, Total());
  }
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<Money> worth, Worth());
  if (worth.has_value()) {
    slip.in_words = {Say({"Terbilang", "In words"}),
                     reports::AmountInWords(worth->amount, worth->currency, language_)};
  }
  AddPeople(&slip);
  return slip;
}

absl::StatusOr<Slip> SlipMaker::Receipt() const {
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<Money> worth, Worth());
  if (voucher_.content.kind == VoucherKind::kMemorial || voucher_.state != VoucherState::kPosted ||
      !worth.has_value()) {
    return FailedPrecondition(
        "NOT_A_RECEIPT", "vouchers",
        absl::StrCat("voucher ", ToInteger(voucher_.id),
                     " has no receipt: only posted cash and bank vouchers have"));
  }
  const bool is_ours = IsReceiving(voucher_.content.kind);
  Slip slip = Frame(Say({"KWITANSI", "RECEIPT"}));
  slip.facts = {{Say({"Sudah terima dari", "Received from"}),
                 is_ours ? voucher_.content.party : setting_.frame.organization},
                {Say({"Uang sejumlah", "The sum of"}),
                 reports::AmountInWords(worth->amount, worth->currency, language_)},
                {Say({"Untuk pembayaran", "In payment of"}), voucher_.content.description}};
  if (!voucher_.content.reference.empty()) {
    slip.facts.push_back({Say({"Rujukan", "Reference"}), voucher_.content.reference});
  }
  const Currency* const currency = book_.FindCurrency(worth->currency);
  slip.amount =
      absl::StrCat(worth->currency == "IDR" ? "Rp" : worth->currency, " ",
                   reports::AmountText(
                       worth->amount, currency == nullptr ? worth->amount.scale() : currency->scale,
                       setting_.amounts));
  if (worth->currency == "IDR" && kStampThreshold < worth->amount) {
    slip.stamp = Say({"Meterai Rp10.000", "Stamp duty Rp10,000"});
  }
  slip.signatures = {{setting_.frame.place_and_date.empty() ? Say({"Yang menerima", "Received by"})
                                                            : setting_.frame.place_and_date,
                      is_ours ? setting_.frame.organization : voucher_.content.party,
                      Say({"Tanda tangan dan nama terang", "Signature and name"})}};
  return slip;
}

}  // namespace

absl::StatusOr<Slip> VoucherSlip(const SlipSetting& setting, const VoucherTrail& trail) {
  return SlipMaker(setting, trail).VoucherItself();
}

absl::StatusOr<Slip> ReceiptSlip(const SlipSetting& setting, const VoucherTrail& trail) {
  return SlipMaker(setting, trail).Receipt();
}

}  // namespace lumbung::reporting
