#include <cstddef>
#include <cstdint>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/include_files.h"
#include "services/host/cli/interrupt.h"
#include "services/host/cli/operation_view.h"
#include "services/host/cli/progress_bar.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

constexpr std::size_t kChunkBytes = 64 * 1024;
// A large journal over a slow line takes its time; Ctrl-C is there.
constexpr absl::Duration kUploadTimeout = absl::Hours(6);

struct ImportFlags {
  std::vector<std::string> files;
  v1::ImportJournalRequest request;
  std::optional<v1::JournalFormat> format;
  std::string residue_account;
  std::vector<std::string> currencies;
};

using UploadWriter = grpc::ClientWriterInterface<v1::UploadFilesRequest>;

// Sends one file in chunks, the first of which names it. False when the stream is broken; its
// status says why.
absl::StatusOr<bool> SendFile(const UploadFile& file, UploadWriter& writer,
                              const std::function<void(std::size_t)>& on_sent) {
  std::ifstream in(file.path, std::ios::binary);
  if (!in) return UsageError("FILE", absl::StrCat("cannot read ", file.path));
  v1::UploadFilesRequest chunk;
  chunk.set_file_name(file.name);
  do {
    std::string& data = *chunk.mutable_data();
    data.resize(kChunkBytes);
    in.read(data.data(), static_cast<std::streamsize>(data.size()));
    data.resize(static_cast<std::size_t>(in.gcount()));
    if (!writer.Write(chunk)) return false;
    on_sent(data.size());
    chunk.clear_file_name();
  } while (in);
  if (in.bad()) return UsageError("FILE", absl::StrCat("cannot read ", file.path));
  return true;
}

absl::StatusOr<std::string> Upload(Invocation& call, const std::vector<UploadFile>& files) {
  std::int64_t total = 0;
  for (const UploadFile& file : files) total += file.size;
  ProgressBar bar(call.console());
  std::int64_t sent = 0;
  LUMBUNG_ASSIGN_OR_RETURN(const auto context, call.session().NewContext(kUploadTimeout));
  const InterruptWatch interrupt([&context] { context->TryCancel(); });
  v1::UploadFilesResponse response;
  const auto writer = call.session().transfer().UploadFiles(context.get(), &response);
  for (const UploadFile& file : files) {
    const absl::StatusOr<bool> going_on = SendFile(file, *writer, [&](std::size_t bytes) {
      sent += static_cast<std::int64_t>(bytes);
      bar.Update(call.Text(Label::kUploading), sent, total);
    });
    if (!going_on.ok()) {
      context->TryCancel();
      (void)writer->Finish();
      return going_on.status();
    }
    if (!*going_on) break;
  }
  writer->WritesDone();
  LUMBUNG_RETURN_IF_ERROR(call.session().Failed(writer->Finish()));
  return response.upload_id();
}

absl::Status ImportFile(Invocation& call, const std::string& file,
                        v1::ImportJournalRequest request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<UploadFile> files, GatherFiles(file));
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_upload_id(), Upload(call, files));
  request.set_main_file(files.front().name);
  LUMBUNG_ASSIGN_OR_RETURN(const v1::Operation started,
                           call.session().Call(&TransferApi::ImportJournal, request));
  LUMBUNG_ASSIGN_OR_RETURN(const v1::Operation operation, WaitForOperation(call, started));
  LUMBUNG_RETURN_IF_ERROR(FailureOf(operation));
  return WriteImportSummary(call, operation);
}

absl::Status Import(Invocation& call, const ImportFlags& flags) {
  if (flags.files.empty()) return UsageError("FILE", "name the file to import");
  v1::ImportJournalRequest request = flags.request;
  if (flags.format) request.set_format(*flags.format);
  for (const std::string& text : flags.currencies) {
    LUMBUNG_ASSIGN_OR_RETURN(const auto pair, SplitPair("--currency", text));
    (*request.mutable_currency_names())[pair.first] = pair.second;
  }
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  if (!flags.residue_account.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
    request.set_residue_account(chart.Resolve(flags.residue_account));
  }
  for (const std::string& file : flags.files) {
    if (call.table() && flags.files.size() > 1) call.WriteTitle(file);
    LUMBUNG_RETURN_IF_ERROR(ImportFile(call, file, request));
  }
  return absl::OkStatus();
}

CLI::App* AddImport(CLI::App& app, Client& client) {
  const auto flags = std::make_shared<ImportFlags>();
  CLI::App* const command =
      AddCommand(app, client,
                 {"import", "Bring in journals of hledger, ledger or beancount, or CSV",
                  "lumbung import books.journal --dry-run\n"
                  "  lumbung import books.beancount --currency '$=USD' --residue-account 5.9.99"},
                 Scope::kBook, [flags](Invocation& call) { return Import(call, *flags); });
  v1::ImportJournalRequest& request = flags->request;
  command->add_option(
      "FILE", flags->files,
      "Journals; what they include comes along. Each is imported all or nothing, one "
      "after the other");
  AddChoiceOption(command, "--format", flags->format, kJournalFormats,
                  "Default: by name and content");
  command->add_flag_callback(
      "--dry-run", [&request] { request.set_dry_run(true); },
      "Read, check, post, report, and undo everything");
  command
      ->add_option("--residue-account", flags->residue_account,
                   "Takes what is left of entries that balance only within a tolerance")
      ->type_name("ACCOUNT");
  command->add_flag_callback(
      "--allow-unsupported", [&request] { request.set_allow_unsupported(true); },
      "Go on although something is left out; it is reported either way");
  command->add_flag_callback(
      "--existing-only", [&request] { request.set_existing_only(true); },
      "Create no accounts, currencies or dimensions");
  command
      ->add_option("--currency", flags->currencies,
                   "What a symbol of the file means (repeatable), for example '$=USD'")
      ->allow_extra_args(false)
      ->type_name("SYMBOL=CODE");
  command->add_option("--mapping", *request.mutable_csv_mapping(), "Saved mapping of CSV columns")
      ->type_name("NAME");
  return command;
}

std::vector<Column> MappingColumns(const Invocation& call) {
  return {call.NewColumn("mapping", Label::kMapping),
          call.NewColumn("columns", Label::kColumns, ColumnKind::kFlexible),
          call.NewColumn("defaults", Label::kDefaults, ColumnKind::kFlexible),
          call.NewColumn("delimiter", Label::kDelimiter),
          call.NewColumn("date_format", Label::kDateFormat),
          call.NewColumn("number_format", Label::kNumberFormat)};
}

std::vector<Cell> MappingCells(const Invocation&, const v1::CsvMapping& mapping) {
  return {mapping.mapping_id(), ShowPairs(mapping.columns()), ShowPairs(mapping.defaults()),
          mapping.delimiter(),  mapping.date_format(),        mapping.number_format()};
}

constexpr RecordLayout<v1::CsvMapping> kMappings{MappingColumns, MappingCells};

struct MappingFlags {
  v1::SaveCsvMappingRequest request;
  std::vector<std::string> columns;
  std::vector<std::string> defaults;
  bool no_header = false;
};

absl::Status SaveMapping(Invocation& call, const MappingFlags& flags) {
  v1::SaveCsvMappingRequest request = flags.request;
  v1::CsvMapping& mapping = *request.mutable_mapping();
  mapping.set_has_header(!flags.no_header);
  for (const std::string& text : flags.columns) {
    LUMBUNG_ASSIGN_OR_RETURN(const auto pair, SplitPair("--column", text));
    (*mapping.mutable_columns())[pair.first] = pair.second;
  }
  for (const std::string& text : flags.defaults) {
    LUMBUNG_ASSIGN_OR_RETURN(const auto pair, SplitPair("--set", text));
    (*mapping.mutable_defaults())[pair.first] = pair.second;
  }
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(const v1::CsvMapping saved,
                           call.session().Call(&TransferApi::SaveCsvMapping, request));
  WriteRecord(call, saved, kMappings);
  return absl::OkStatus();
}

void AddMappingSave(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<MappingFlags>();
  CLI::App* const command = AddCommand(
      group, client,
      {"save", "Save which column of a CSV file means what",
       "lumbung import mapping save bank --column date=Tanggal --column amount=Jumlah \\\n"
       "      --column description=Uraian --set account=1.1.02 --number-format id-ID"},
      Scope::kBook, [flags](Invocation& call) { return SaveMapping(call, *flags); });
  v1::CsvMapping& mapping = *flags->request.mutable_mapping();
  command->add_option("NAME", *mapping.mutable_mapping_id(), "What people type")->required();
  command
      ->add_option("--column", flags->columns,
                   "A field and its column, by header or by number from 1 (repeatable); fields: "
                   "date, description, reference, account, contra_account, amount, debit, credit, "
                   "currency, fund, memo, entry, dimension:ID")
      ->allow_extra_args(false)
      ->required()
      ->type_name("FIELD=COLUMN");
  command
      ->add_option("--set", flags->defaults,
                   "A value for a field without column (repeatable): account, contra_account, "
                   "currency, fund")
      ->allow_extra_args(false)
      ->type_name("FIELD=VALUE");
  command->add_option("--delimiter", *mapping.mutable_delimiter(), "One character (default: ,)")
      ->type_name("C");
  command->add_flag("--no-header", flags->no_header, "The first line is data already");
  command
      ->add_option_function<std::int32_t>(
          "--skip-lines",
          [flags](std::int32_t lines) { flags->request.mutable_mapping()->set_skip_lines(lines); },
          "Lines to pass over at the top")
      ->check(CLI::Range(0, 1000))
      ->type_name("N");
  command
      ->add_option("--date-format", *mapping.mutable_date_format(),
                   "Made of %Y %m %d %y %b and literals (default: %Y-%m-%d)")
      ->type_name("FORMAT");
  RestrictToWords(command->add_option("--number-format", *mapping.mutable_number_format(),
                                      "How the file writes numbers (default: plain)"),
                  {"id-ID", "en-US", "plain"});
}

absl::Status ListMappings(Invocation& call) {
  v1::ListCsvMappingsRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(const v1::ListCsvMappingsResponse response,
                           call.session().Call(&TransferApi::ListCsvMappings, request));
  RecordWriter writer(call, "mappings", MappingColumns(call));
  for (const v1::CsvMapping& mapping : response.mappings()) {
    writer.Add(mapping, MappingCells(call, mapping));
  }
  writer.Finish();
  return absl::OkStatus();
}

}  // namespace

void AddImportCommands(CLI::App& app, Client& client) {
  CLI::App* const import_command = AddImport(app, client);
  CLI::App* const mappings = AddGroup(*import_command, "mapping", "Saved mappings of CSV columns");
  AddMappingSave(*mappings, client);
  AddCommand(*mappings, client, {"list", "List the saved mappings", "lumbung import mapping list"},
             Scope::kBook, ListMappings);
}

}  // namespace lumbung::cli
