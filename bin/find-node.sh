# Sourced by bin/setup and bin/standpipe. Expects $root, the folder of package.json.

# Prints the path of a Node that runs TypeScript as it is: the local one, else the one on PATH.
find_node() {
  for candidate in "$root/.tools/node_modules/node/bin/node" "$(command -v node || true)"; do
    if [ -x "$candidate" ] && is_new_enough "$("$candidate" --version 2>/dev/null)"; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  return 1
}

# `import.meta.main` came with 24.2, type stripping without a warning with 24.3.
is_new_enough() {
  version=${1#v}
  major=${version%%.*}
  rest=${version#*.}
  minor=${rest%%.*}
  case $major$minor in '' | *[!0-9]*) return 1 ;; esac
  [ "$major" -gt 24 ] || { [ "$major" -eq 24 ] && [ "$minor" -ge 3 ]; }
}

# Halves the time that the program, and every process that it starts, takes to come up. Goes with node_modules.
use_compile_cache() {
  NODE_COMPILE_CACHE=${NODE_COMPILE_CACHE:-$root/node_modules/.cache/standpipe}
  export NODE_COMPILE_CACHE
}
