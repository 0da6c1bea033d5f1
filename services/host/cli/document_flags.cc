#include "services/host/cli/document_flags.h"

#include <cstdio>
#include <fstream>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/substitute.h"
#include "services/host/cli/choice.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

namespace reporting_v1 = ::lumbung::reporting::v1;

constexpr Choice<reporting_v1::DocumentFormat> kFormats[] = {
    {"pdf", reporting_v1::DOCUMENT_FORMAT_PDF, Label::kStatement},
    {"xlsx", reporting_v1::DOCUMENT_FORMAT_XLSX, Label::kStatement},
    {"csv", reporting_v1::DOCUMENT_FORMAT_CSV, Label::kStatement},
    {"json", reporting_v1::DOCUMENT_FORMAT_JSON, Label::kStatement},
    {"txt", reporting_v1::DOCUMENT_FORMAT_TEXT, Label::kStatement},
};

// "Disusun oleh:Siti Rahayu:Bendahara".
absl::Status AddSignature(const std::string& typed, reporting_v1::DocumentOptions* options) {
  const std::vector<std::string> parts = absl::StrSplit(typed, ':');
  if (parts.size() != 3) {
    return UsageError("--sign", absl::StrCat("found \"", typed,
                                             "\"; write ROLE:NAME:POSITION, such as \"Disusun "
                                             "oleh:Siti Rahayu:Bendahara\""));
  }
  reporting_v1::DocumentSignature& signature = *options->add_signatures();
  signature.set_role(parts[0]);
  signature.set_name(parts[1]);
  signature.set_position(parts[2]);
  return absl::OkStatus();
}

// By the file's ending; on the terminal as --output says; for later as that flag says.
absl::StatusOr<reporting_v1::DocumentFormat> FormatOf(const Invocation& call,
                                                      const DocumentFlags& flags) {
  const std::string& file = flags.file;
  if (!flags.later.empty()) {
    if (!file.empty()) {
      return UsageError("--file", "what is made later is fetched with `report job download`");
    }
    for (const auto& format : kFormats) {
      if (format.word == flags.later) return format.value;
    }
  }
  if (file.empty()) {
    if (call.json()) return reporting_v1::DOCUMENT_FORMAT_JSON;
    return call.csv() ? reporting_v1::DOCUMENT_FORMAT_CSV : reporting_v1::DOCUMENT_FORMAT_TEXT;
  }
  const std::string lower = absl::AsciiStrToLower(file);
  for (const auto& format : kFormats) {
    if (absl::EndsWith(lower, absl::StrCat(".", format.word))) return format.value;
  }
  return UsageError("--file", absl::StrCat("found \"", file,
                                           "\"; its ending says the format: .pdf, .xlsx, .csv, "
                                           ".json or .txt"));
}

}  // namespace

void AddDocumentFlags(CLI::App* command, DocumentFlags& flags) {
  command->add_option("--file", flags.file, "Where to write; its ending says the format")
      ->type_name("FILE");
  RestrictToWords(command->add_option("--later", flags.later,
                                      "Do not wait: make it in this format, to be fetched with "
                                      "`report job download`"),
                  {"pdf", "xlsx", "csv", "json", "txt"});
  RestrictToWords(command->add_option("--paper", flags.paper, "Of PDF (default: a4)"),
                  {"a4", "f4"});
  command->add_flag_callback(
      "--landscape", [&flags] { flags.options.set_landscape(true); },
      "Pages lie on their side; too wide statements do so anyway");
  command->add_flag_callback(
      "--minus", [&flags] { flags.options.set_negative_with_minus(true); },
      "Negative amounts with a minus sign instead of parentheses");
  command->add_option_function<std::string>(
      "--place", [&flags](const std::string& text) { flags.options.set_place_and_date(text); },
      "Place and date above the signatures: \"Jakarta, 31 Januari 2027\"");
  command
      ->add_option("--sign", flags.signatures,
                   "A signature, at most 4: \"Disusun oleh:Siti Rahayu:Bendahara\"")
      ->type_name("ROLE:NAME:POSITION");
}

absl::StatusOr<reporting_v1::DocumentOptions> OptionsFrom(const Invocation& call,
                                                          const DocumentFlags& flags) {
  reporting_v1::DocumentOptions options = flags.options;
  LUMBUNG_ASSIGN_OR_RETURN(const reporting_v1::DocumentFormat format, FormatOf(call, flags));
  options.set_format(format);
  options.set_language(call.output().language == Language::kIndonesian
                           ? reporting_v1::DOCUMENT_LANGUAGE_INDONESIAN
                           : reporting_v1::DOCUMENT_LANGUAGE_ENGLISH);
  options.set_f4(flags.paper == "f4");
  for (const std::string& signature : flags.signatures) {
    LUMBUNG_RETURN_IF_ERROR(AddSignature(signature, &options));
  }
  return options;
}

absl::Status WriteDocument(Invocation& call, const DocumentFlags& flags, Label what,
                           const std::function<absl::Status(std::ostream&)>& write) {
  if (flags.file.empty()) return write(call.console().out);
  std::ofstream file(flags.file, std::ios::binary);
  if (!file) return UsageError("--file", absl::StrCat("cannot write ", flags.file));
  const absl::Status written = write(file);
  if (!written.ok()) {
    // Half a document would look like a whole one.
    file.close();
    std::remove(flags.file.c_str());
    return written;
  }
  if (!file.flush()) return UsageError("--file", absl::StrCat("cannot write ", flags.file));
  call.WriteNote(absl::Substitute(call.Text(Label::kSavedTo), call.Text(what), flags.file));
  return absl::OkStatus();
}

}  // namespace lumbung::cli
