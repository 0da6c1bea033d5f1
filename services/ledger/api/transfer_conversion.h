// Imports, operations and CSV mappings between protobuf and the library. Pure functions.
#ifndef LUMBUNG_SERVICES_LEDGER_API_TRANSFER_CONVERSION_H_
#define LUMBUNG_SERVICES_LEDGER_API_TRANSFER_CONVERSION_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/import/readers.h"
#include "lumbung/ledger/v1/transfer_service.pb.h"
#include "services/ledger/transfer/import_journal.h"
#include "services/ledger/transfer/operations.h"

namespace lumbung::ledger::api {

// Nothing when unspecified. UNKNOWN_FORMAT for a number that means nothing.
absl::StatusOr<std::optional<import::JournalFormat>> FormatFromProto(v1::JournalFormat format);
v1::JournalFormat FormatToProto(import::JournalFormat format);

v1::ImportSummary SummaryToProto(const transfer::ImportReport& report);
v1::Operation OperationToProto(const transfer::OperationState& state);

// INVALID_MAPPING, with the field below `mapping`.
absl::StatusOr<import::CsvMapping> CsvMappingFromProto(const v1::CsvMapping& mapping);

// A mapping as the store keeps it: JSON without its id.
absl::StatusOr<std::string> CsvMappingToJson(const v1::CsvMapping& mapping);
absl::StatusOr<v1::CsvMapping> CsvMappingFromJson(const std::string& id, const std::string& json);

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_TRANSFER_CONVERSION_H_
