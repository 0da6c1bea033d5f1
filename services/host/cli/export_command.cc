#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include <unistd.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/progress_bar.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

constexpr absl::Duration kExportTimeout = absl::Hours(6);

constexpr Choice<v1::JournalFormat> kExportFormats[] = {
    {"hledger", v1::JOURNAL_FORMAT_HLEDGER},
    {"beancount", v1::JOURNAL_FORMAT_BEANCOUNT},
    {"csv", v1::JOURNAL_FORMAT_CSV},
};

struct ExportFlags {
  v1::ExportJournalRequest request;
  std::optional<v1::JournalFormat> format;
  std::string file;
};

std::optional<v1::JournalFormat> FormatByName(const std::string& file) {
  const std::string extension =
      absl::AsciiStrToLower(std::filesystem::path(file).extension().string());
  if (extension == ".csv") return v1::JOURNAL_FORMAT_CSV;
  if (extension == ".beancount" || extension == ".bean") return v1::JOURNAL_FORMAT_BEANCOUNT;
  if (extension == ".journal" || extension == ".hledger" || extension == ".j") {
    return v1::JOURNAL_FORMAT_HLEDGER;
  }
  return std::nullopt;
}

// Streams the book into `out`; the number of entries in it.
absl::StatusOr<std::int64_t> Stream(Invocation& call, const v1::ExportJournalRequest& request,
                                    std::ostream& out, bool with_progress) {
  std::optional<ProgressBar> bar;
  if (with_progress) bar.emplace(call.console());
  LUMBUNG_ASSIGN_OR_RETURN(const auto context, call.session().NewContext(kExportTimeout));
  const auto reader = call.session().transfer().ExportJournal(context.get(), request);
  v1::ExportJournalResponse response;
  std::int64_t bytes = 0;
  std::int64_t entries = 0;
  while (reader->Read(&response)) {
    if (!out.write(response.data().data(), static_cast<std::streamsize>(response.data().size()))) {
      context->TryCancel();
      break;
    }
    bytes += static_cast<std::int64_t>(response.data().size());
    entries = std::max(entries, response.entry_count());
    if (bar) bar->Update(call.Text(Label::kBytesReceived), bytes, 0);
  }
  const grpc::Status status = reader->Finish();
  if (!out.flush()) return absl::InternalError("the output could not be written in full");
  LUMBUNG_RETURN_IF_ERROR(call.session().Failed(status));
  return entries;
}

// Writes beside the file and puts it in place when it is complete.
absl::StatusOr<std::int64_t> StreamToFile(Invocation& call, const v1::ExportJournalRequest& request,
                                          const std::string& file) {
  const std::string unfinished = absl::StrCat(file, ".", getpid(), ".part");
  std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
  if (!out) return UsageError("-o", absl::StrCat("cannot write ", file));
  absl::StatusOr<std::int64_t> entries = Stream(call, request, out, true);
  out.close();
  if (entries.ok() && std::rename(unfinished.c_str(), file.c_str()) != 0) {
    entries = UsageError("-o", absl::StrCat("cannot write ", file));
  }
  if (!entries.ok()) std::remove(unfinished.c_str());
  return entries;
}

absl::Status Export(Invocation& call, const ExportFlags& flags) {
  v1::ExportJournalRequest request = flags.request;
  const auto format = flags.format ? flags.format : FormatByName(flags.file);
  if (!format) return UsageError("--format", "say which format: hledger, beancount or csv");
  request.set_format(*format);
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  const bool to_file = !flags.file.empty() && flags.file != "-";
  LUMBUNG_ASSIGN_OR_RETURN(const std::int64_t entries,
                           to_file ? StreamToFile(call, request, flags.file)
                                   : Stream(call, request, call.console().out, false));
  if (to_file) {
    call.WriteNote(absl::Substitute(call.Text(Label::kExported), flags.file,
                                    ShowNumber(absl::StrCat(entries), call.output().numbers).text));
  }
  return absl::OkStatus();
}

}  // namespace

void AddExportCommand(CLI::App& app, Client& client) {
  const auto flags = std::make_shared<ExportFlags>();
  CLI::App* const command = AddCommand(
      app, client,
      {"export", "Take the book out as text", "lumbung export --format hledger -o books.journal"},
      Scope::kBook, [flags](Invocation& call) { return Export(call, *flags); });
  AddChoiceOption(command, "--format", flags->format, kExportFormats,
                  "Default: by the name of the file");
  command->add_option("-o,--file", flags->file, "Where to (default: standard output)")
      ->type_name("FILE");
  AddDateOption(command, "--from", *flags->request.mutable_from_date(), "First day");
  AddDateOption(command, "--to", *flags->request.mutable_to_date(), "Last day");
}

}  // namespace lumbung::cli
