#include "services/host/cli/command_line.h"

#include <algorithm>
#include <cstdint>
#include <memory>

#include <CLI/Config.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/date.h"
#include "services/host/cli/choice.h"

namespace lumbung::cli {
namespace {

constexpr Choice<OutputFormat> kOutputFormats[] = {
    {"table", OutputFormat::kTable}, {"csv", OutputFormat::kCsv}, {"json", OutputFormat::kJson}};
constexpr Choice<NumberLocale> kLocales[] = {{"id", NumberLocale::kIndonesian},
                                             {"en", NumberLocale::kEnglish},
                                             {"plain", NumberLocale::kPlain}};
constexpr Choice<Language> kLanguages[] = {{"id", Language::kIndonesian},
                                           {"en", Language::kEnglish}};
constexpr Choice<NegativeStyle> kNegativeStyles[] = {{"minus", NegativeStyle::kMinus},
                                                     {"parentheses", NegativeStyle::kParentheses}};

void AddCommonOptions(CLI::App* command, Scope scope, CommonOptions& options) {
  const std::string group = "Server and output";
  command
      ->add_option("--server", options.server,
                   absl::StrCat("Where the server listens (default: LUMBUNG_SERVER or ",
                                kDefaultServer, ")"))
      ->type_name("ADDRESS")
      ->group(group);
  if (scope != Scope::kServer) {
    command
        ->add_option("--organization", options.organization,
                     "Organization (default: LUMBUNG_ORGANIZATION, or the only one there is)")
        ->type_name("ID")
        ->group(group);
  }
  if (scope == Scope::kBook) {
    command
        ->add_option("--book", options.book,
                     "Book (default: LUMBUNG_BOOK, or the only one there is)")
        ->type_name("ID")
        ->group(group);
  }
  AddChoiceOption(command, "--output", options.format, kOutputFormats,
                  "How to write the answer (default: table)")
      ->group(group);
  AddChoiceOption(
      command, "--locale", options.locale, kLocales,
      "How numbers are written and read: 1.234,56 (id), 1,234.56 (en), 1234.56 (plain); "
      "default: LC_ALL, LC_NUMERIC, LANG")
      ->group(group);
  AddChoiceOption(command, "--lang", options.language, kLanguages,
                  "Language of labels and messages; default: LC_ALL, LC_MESSAGES, LANG")
      ->group(group);
  AddChoiceOption(command, "--negative", options.negative, kNegativeStyles,
                  "How tables write negative amounts (default: minus)")
      ->group(group);
  command
      ->add_option("--timeout", options.timeout_seconds,
                   "How long to wait for one answer (default: 30)")
      ->check(CLI::Range(1, 86'400))
      ->type_name("SECONDS")
      ->group(group);
}

void Run(Client& client, const CommonOptions& options, const CommandBody& body) {
  Invocation call(options, client.console);
  absl::Status status = body(call);
  client.console.out.flush();
  if (status.ok() && !client.console.out) {
    status = absl::InternalError("the output could not be written in full");
  }
  client.exit_code = ExitCodeOf(status);
  if (!status.ok()) {
    PrintFailure(status, {call.json(), call.output().language}, client.console.err);
  }
}

}  // namespace

CLI::App* AddGroup(CLI::App& parent, const std::string& name, const std::string& description) {
  CLI::App* const group = parent.add_subcommand(name, description);
  group->require_subcommand(1);
  return group;
}

CLI::App* AddCommand(CLI::App& parent, Client& client, const CommandText& text, Scope scope,
                     CommandBody body) {
  CLI::App* const command = parent.add_subcommand(text.name, text.description);
  command->footer(absl::StrCat("Example:\n  ", text.example));
  const auto options = std::make_shared<CommonOptions>();
  AddCommonOptions(command, scope, *options);
  command->callback([&client, command, options, body = std::move(body)] {
    // A command may be a group as well (`import` and `import mapping`).
    if (command->get_subcommands().empty()) Run(client, *options, body);
  });
  return command;
}

void RestrictToWords(CLI::Option* option, std::vector<std::string> words) {
  option->type_name(absl::StrJoin(words, "|"));
  option->check(CLI::Validator(
      [words = std::move(words)](std::string& word) {
        if (std::find(words.begin(), words.end(), word) != words.end()) return std::string();
        return absl::StrCat("\"", word, "\" is none of ", absl::StrJoin(words, ", "));
      },
      ""));
}

CLI::Option* AddDateOption(CLI::App* command, const std::string& flag, std::string& date,
                           const std::string& description) {
  const CLI::Validator is_date(
      [](std::string& text) {
        const absl::StatusOr<Date> parsed = Date::Parse(text);
        return parsed.ok() ? std::string() : std::string(parsed.status().message());
      },
      "");
  return command->add_option(flag, date, description)->check(is_date)->type_name("YYYY-MM-DD");
}

absl::StatusOr<std::pair<std::string, std::string>> SplitPair(absl::string_view flag,
                                                              absl::string_view text) {
  const auto equals = text.find('=');
  if (equals == absl::string_view::npos || equals == 0) {
    return UsageError(flag, absl::StrCat("\"", text, "\" is not NAME=VALUE"));
  }
  return std::make_pair(std::string(text.substr(0, equals)), std::string(text.substr(equals + 1)));
}

absl::StatusOr<google::protobuf::Timestamp> ParseInstant(absl::string_view flag,
                                                         absl::string_view text) {
  absl::Time time;
  std::string error;
  if (const absl::StatusOr<Date> date = Date::Parse(text); date.ok()) {
    const absl::CivilDay next = absl::CivilDay(date->year(), date->month(), date->day()) + 1;
    time = absl::FromCivil(next, absl::LocalTimeZone()) - absl::Microseconds(1);
  } else if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
    return UsageError(flag, absl::StrCat("\"", text,
                                         "\" is neither a date (2026-01-31) nor an instant "
                                         "(2026-01-31T17:00:00Z)"));
  }
  google::protobuf::Timestamp instant;
  const std::int64_t seconds = absl::ToUnixSeconds(time);
  instant.set_seconds(seconds);
  instant.set_nanos(
      static_cast<std::int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return instant;
}

ExitCode RunCommandLine(CLI::App& app, int argc, const char* const* argv, Client& client) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    app.exit(help, client.console.out, client.console.err);
  } catch (const CLI::ParseError& error) {
    const OutputSettings output = ResolveOutput(CommonOptions(), client.console);
    const absl::Status status = UsageError("", error.what());
    PrintFailure(status, {false, output.language}, client.console.err);
    client.exit_code = ExitCode::kUsage;
  }
  return client.exit_code;
}

}  // namespace lumbung::cli
