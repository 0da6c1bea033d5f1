// `lumbung version` and `lumbung completion`.
#include <memory>
#include <string>
#include <vector>

#include <CLI/App.hpp>
#include <boost/version.hpp>
#include <google/protobuf/stubs/common.h>
#include <grpcpp/grpcpp.h>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/host/cli/choice.h"
#include "services/host/commands.h"
#include "services/host/completion.h"
#include "services/host/version.h"

namespace lumbung::host {
namespace {

using Facts = std::vector<std::pair<std::string, std::string>>;

Facts Libraries() {
  return {{"grpc", grpc::Version()},
          {"protobuf", google::protobuf::internal::VersionString(GOOGLE_PROTOBUF_VERSION)},
          {"boost", absl::StrReplaceAll(BOOST_LIB_VERSION, {{"_", "."}})}};
}

void PrintVersionAsJson(std::ostream& out) {
  nlohmann::ordered_json object = {
      {"version", Version()}, {"commit", Commit()}, {"build_type", BuildType()}};
  for (const auto& [name, version] : Libraries()) object["libraries"][name] = version;
  out << object.dump(2) << "\n";
}

void PrintVersion(std::ostream& out) {
  out << "lumbung " << Version() << " (commit " << Commit() << ", " << BuildType() << " build)\n";
  for (const auto& [name, version] : Libraries()) out << "  " << name << " " << version << "\n";
}

}  // namespace

void AddVersionCommand(CLI::App& app, cli::Client& client) {
  const auto output = std::make_shared<std::string>("table");
  CLI::App* const command = AddServerCommand(app, client,
                                             {.name = "version",
                                              .description = "Tell which build this is",
                                              .example = "lumbung version --output json"},
                                             [&client, output] {
                                               *output == "json"
                                                   ? PrintVersionAsJson(client.console.out)
                                                   : PrintVersion(client.console.out);
                                               return absl::OkStatus();
                                             });
  cli::RestrictToWords(
      command->add_option("--output", *output, "How to write the answer (default: table)"),
      {"table", "json"});
}

void AddCompletionCommand(CLI::App& app, cli::Client& client) {
  const auto shell = std::make_shared<std::string>();
  CLI::App* const command = AddServerCommand(
      app, client,
      {.name = "completion",
       .description = "Print a completion script for a shell",
       .example = "source <(lumbung completion bash)\n"
                  "  lumbung completion zsh > ~/.zfunc/_lumbung\n"
                  "  lumbung completion fish > ~/.config/fish/completions/lumbung.fish"},
      [&app, &client, shell] {
        client.console.out << CompletionScript(app, *shell);
        return absl::OkStatus();
      });
  cli::RestrictToWords(command->add_option("shell", *shell, "Which shell")->required(),
                       {"bash", "zsh", "fish"});
}

}  // namespace lumbung::host
