#!/usr/bin/env bash
# Builds the Flink that demo and integration tests submit to YARN (src/it/flink), and prints its folder as the last line.
#
#   scripts/flink-rig.sh [flink version]
#
# The result lies outside of target/, so that it survives `mvn clean`, under a name that changes with every input: it is
# built once per version, and again only when src/it/flink changes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source="$root/src/it/flink"
version=${1:-$(sed -n 's:.*<flink.version>\(.*\)</flink.version>.*:\1:p' "$source/pom.xml")}

# flink-yarn is not published for every patch release; the patch releases of one minor version go together.
case "$version" in
  1.18.* | 1.20.*) yarn="${version%.*}.1" ;;
  *) yarn="${version%.*}.0" ;;
esac

cache="${XDG_CACHE_HOME:-$HOME/.cache}/flink-yarn-autoscaler"

inputs=$(cd "$source" && find pom.xml src -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12)
rig="$cache/flink-$version-$inputs"

if [[ ! -d "$rig" ]]; then
  echo "Building Flink $version for YARN into $rig" >&2
  mkdir -p "$cache"
  work=$(mktemp -d "$cache/building.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  # Offline first: it is faster, and works without a network once everything is in the local repository.
  build=(mvn -B -q -f "$source/pom.xml" package -Dflink.version="$version" -Dflink-yarn.version="$yarn" -Dwork.directory="$work")
  "${build[@]}" -o > "$work/maven.log" 2>&1 || "${build[@]}" > "$work/maven.log" 2>&1 || {
    cat "$work/maven.log" >&2
    echo "flink-rig.sh: building Flink $version for YARN failed, see above" >&2
    exit 1
  }
  mv -T "$work/rig" "$rig" 2>/dev/null || [[ -d "$rig" ]] # another build of the same inputs was faster
fi

echo "$rig"
