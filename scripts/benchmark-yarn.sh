#!/usr/bin/env bash
# Measures what the daemon costs a ResourceManager: a YARN in one process, many applications whose containers only sleep, and the packaged daemon with its
# default settings beside them. Takes some minutes.
#
#   scripts/benchmark-yarn.sh [applications [seconds]]      by default 200, measured for 60 s without and with the daemon
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

mkdir -p target
log=target/benchmark-build.log
mvn -B -ntp package -DskipTests dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/benchmark.classpath \
    </dev/null >"$log" 2>&1 || {
    tail -n 40 "$log" >&2
    echo "benchmark-yarn.sh: the build fails, see $log" >&2
    exit 1
}
distribution=$(ls "$PWD"/target/flink-yarn-autoscaler-*-bin.tar.gz)
# The JDK that Maven runs on, as the classes were compiled for it.
home=$(mvn -version </dev/null | sed -n 's/^Java version: .*, runtime: //p')
exec "$home/bin/java" -Dit.distribution="$distribution" \
    -cp "target/test-classes:target/classes:$(cat target/benchmark.classpath)" \
    io.flinkyarn.autoscaler.it.ManyApplications "target/benchmark-yarn/$(date +%Y%m%d-%H%M%S)" "${1:-200}" "${2:-60}"
