#include "services/ledger/api/transfer_conversion.h"

#include <utility>

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "services/common/entry_conversion.h"
#include "services/common/resource_names.h"
#include "services/ledger/transfer/problems.h"

namespace lumbung::ledger::api {
namespace {

// Places that are told of one kind of finding; all are counted.
constexpr std::size_t kMaxPlaces = 10;

v1::AccountBalance TurnoverToProto(const transfer::AccountTurnover& turnover) {
  v1::AccountBalance out;
  const auto difference = [](const Decimal& debit, const Decimal& credit) {
    // Both stem from postings whose sum fits.
    return Subtract(debit, credit).value_or(Decimal()).ToString();
  };
  out.set_account(turnover.account);
  out.set_currency(turnover.currency);
  out.set_debit(turnover.debit.ToString());
  out.set_credit(turnover.credit.ToString());
  out.set_balance(difference(turnover.debit, turnover.credit));
  out.set_functional_currency(turnover.functional_currency);
  out.set_functional_debit(turnover.functional_debit.ToString());
  out.set_functional_credit(turnover.functional_credit.ToString());
  out.set_functional_balance(difference(turnover.functional_debit, turnover.functional_credit));
  return out;
}

v1::OperationError ErrorToProto(const absl::Status& status) {
  v1::OperationError out;
  out.set_code(static_cast<int>(status.code()));
  out.set_reason(ReasonOf(status));
  // What went wrong inside is for the log, not for the client.
  out.set_message(absl::IsInternal(status) || absl::IsUnknown(status)
                      ? "internal error"
                      : std::string(status.message()));
  if (ReasonOf(status).empty()) return out;
  out.set_place(transfer::PlaceOf(status.message()));
  for (const std::string& problem : transfer::ProblemsOf(status)) out.add_problems(problem);
  return out;
}

absl::Status InvalidMapping(absl::string_view field, absl::string_view message) {
  return InvalidArgument("INVALID_MAPPING", absl::StrCat("mapping.", field), message);
}

}  // namespace

absl::StatusOr<std::optional<import::JournalFormat>> FormatFromProto(v1::JournalFormat format) {
  switch (format) {
    case v1::JOURNAL_FORMAT_UNSPECIFIED:
      return std::optional<import::JournalFormat>();
    case v1::JOURNAL_FORMAT_HLEDGER:
      return import::JournalFormat::kHledger;
    case v1::JOURNAL_FORMAT_LEDGER:
      return import::JournalFormat::kLedger;
    case v1::JOURNAL_FORMAT_BEANCOUNT:
      return import::JournalFormat::kBeancount;
    case v1::JOURNAL_FORMAT_CSV:
      return import::JournalFormat::kCsv;
    default:
      return InvalidArgument("UNKNOWN_FORMAT", "format",
                             absl::StrCat("there is no format ", static_cast<int>(format)));
  }
}

v1::JournalFormat FormatToProto(import::JournalFormat format) {
  switch (format) {
    case import::JournalFormat::kHledger:
      return v1::JOURNAL_FORMAT_HLEDGER;
    case import::JournalFormat::kLedger:
      return v1::JOURNAL_FORMAT_LEDGER;
    case import::JournalFormat::kBeancount:
      return v1::JOURNAL_FORMAT_BEANCOUNT;
    case import::JournalFormat::kCsv:
      return v1::JOURNAL_FORMAT_CSV;
  }
  return v1::JOURNAL_FORMAT_UNSPECIFIED;
}

v1::ImportSummary SummaryToProto(const transfer::ImportReport& report) {
  v1::ImportSummary out;
  out.set_format(FormatToProto(report.format));
  out.set_entry_count(report.entry_count);
  out.set_posting_count(report.posting_count);
  out.set_already_imported_count(report.already_imported_count);
  out.set_accounts_created(report.accounts_created);
  out.set_currencies_created(report.currencies_created);
  out.set_rates_created(report.rates_created);
  out.set_assertions_checked(report.assertions_checked);
  out.set_assertions_stored(report.assertions_stored);
  for (const auto& [directive, unsupported] : report.unsupported) {
    auto* entry = out.add_unsupported();
    entry->set_directive(directive);
    entry->set_count(unsupported.count);
    for (const std::string& place : unsupported.places) {
      if (entry->places_size() == static_cast<int>(kMaxPlaces)) break;
      entry->add_places(place);
    }
  }
  for (const import::Residue& residue : report.residues) {
    auto* entry = out.add_residues();
    entry->set_place(residue.place.ToString());
    entry->mutable_amount()->set_amount(residue.amount.quantity.ToString());
    entry->mutable_amount()->set_currency(residue.amount.commodity);
  }
  out.set_residue_count(report.residue_count);
  for (const transfer::AccountTurnover& turnover : report.totals) {
    *out.add_totals() = TurnoverToProto(turnover);
  }
  out.set_digest(report.digest);
  if (report.first_date.has_value()) out.set_first_date(report.first_date->ToString());
  if (report.last_date.has_value()) out.set_last_date(report.last_date->ToString());
  return out;
}

v1::Operation OperationToProto(const transfer::OperationState& state) {
  v1::Operation out;
  out.set_name(ResourceName({{"operations", state.id}}));
  out.set_done(state.done);
  out.set_stage(state.stage);
  out.set_progress(state.progress);
  out.set_total(state.total);
  out.set_dry_run(state.dry_run);
  *out.mutable_create_time() = TimestampOf(state.created);
  if (!state.done) return out;
  *out.mutable_end_time() = TimestampOf(state.ended);
  if (!state.status.ok()) {
    *out.mutable_error() = ErrorToProto(state.status);
  } else if (state.report != nullptr) {
    *out.mutable_import_summary() = SummaryToProto(*state.report);
  }
  return out;
}

absl::StatusOr<import::CsvMapping> CsvMappingFromProto(const v1::CsvMapping& mapping) {
  import::CsvMapping out;
  if (mapping.delimiter().size() > 1) {
    return InvalidMapping("delimiter", absl::StrCat("found ", mapping.delimiter().size(),
                                                    " bytes; one character is allowed"));
  }
  if (!mapping.delimiter().empty()) out.delimiter = mapping.delimiter()[0];
  out.has_header = mapping.has_header();
  out.skip_lines = mapping.skip_lines();
  if (!mapping.date_format().empty()) out.date_format = mapping.date_format();
  const std::string& locale = mapping.number_format();
  if (locale == "id-ID") {
    out.number_locale = NumberLocale::kIndonesian;
  } else if (locale == "en-US") {
    out.number_locale = NumberLocale::kEnglish;
  } else if (locale == "plain" || locale.empty()) {
    out.number_locale = NumberLocale::kPlain;
  } else {
    return InvalidMapping(
        "number_format", absl::StrCat("found \"", locale, "\"; id-ID, en-US or plain are allowed"));
  }
  out.columns.insert(mapping.columns().begin(), mapping.columns().end());
  out.defaults.insert(mapping.defaults().begin(), mapping.defaults().end());
  if (absl::Status status = import::ValidateCsvMapping(out); !status.ok()) {
    return PrefixField(std::move(status), "mapping.");
  }
  return out;
}

absl::StatusOr<std::string> CsvMappingToJson(const v1::CsvMapping& mapping) {
  v1::CsvMapping definition = mapping;
  definition.clear_mapping_id();
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(definition, &json, options).ok()) {
    return InvalidMapping("", "the mapping is not UTF-8 text");
  }
  return json;
}

absl::StatusOr<v1::CsvMapping> CsvMappingFromJson(const std::string& id, const std::string& json) {
  v1::CsvMapping mapping;
  google::protobuf::util::JsonParseOptions options;
  // A mapping saved by a newer version may say more than this one understands.
  options.ignore_unknown_fields = true;
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, &mapping, options);
  if (!parsed.ok()) return absl::InternalError("a stored CSV mapping cannot be read");
  mapping.set_mapping_id(id);
  return mapping;
}

}  // namespace lumbung::ledger::api
