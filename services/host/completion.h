// Completion scripts, made from the tree of commands itself so that they cannot fall behind it.
#ifndef LUMBUNG_SERVICES_HOST_COMPLETION_H_
#define LUMBUNG_SERVICES_HOST_COMPLETION_H_

#include <string>

namespace CLI {
class App;
}

namespace lumbung::host {

// `shell` is bash, zsh or fish.
std::string CompletionScript(const CLI::App& app, const std::string& shell);

}  // namespace lumbung::host

#endif  // LUMBUNG_SERVICES_HOST_COMPLETION_H_
