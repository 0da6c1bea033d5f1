// `lumbung version` and `lumbung completion`.
#include <iostream>
#include <memory>
#include <vector>

#include <CLI/App.hpp>
#include <google/protobuf/stubs/common.h>
#include <grpcpp/grpcpp.h>
#include <nlohmann/json.hpp>

#include "services/host/command.h"
#include "services/host/completion.h"
#include "services/host/version.h"

namespace lumbung::host {

void AddVersionCommand(CLI::App& app, CommandContext& /*context*/) {
  CLI::App* command = app.add_subcommand("version", "Which build this is");
  command->footer("Example:\n  lumbung version --output json\n");
  auto output = std::make_shared<std::string>("table");
  command->add_option("--output", *output, "table or json")
      ->check(CLI::IsMember({"table", "json"}));
  command->callback([output] {
    const std::string protobuf =
        google::protobuf::internal::VersionString(GOOGLE_PROTOBUF_VERSION);
    if (*output == "json") {
      nlohmann::ordered_json object = {{"version", Version()},      {"commit", Commit()},
                                       {"build_type", BuildType()}, {"grpc", grpc::Version()},
                                       {"protobuf", protobuf}};
      std::cout << object.dump(2) << "\n";
      return;
    }
    std::cout << "lumbung " << Version() << " (" << Commit() << ", " << BuildType() << ")\n"
              << "gRPC " << grpc::Version() << ", Protocol Buffers " << protobuf << "\n";
  });
}

void AddCompletionCommand(CLI::App& app, CommandContext& /*context*/) {
  CLI::App* command = app.add_subcommand("completion", "Print a completion script for a shell");
  command->footer(
      "Example:\n"
      "  source <(lumbung completion bash)\n"
      "  lumbung completion fish > ~/.config/fish/completions/lumbung.fish\n");
  auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([&app, shell] { std::cout << CompletionScript(app, *shell); });
}

}  // namespace lumbung::host
