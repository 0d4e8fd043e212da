#!/usr/bin/env bash
# Measures what the code costs: time and allocation of every JMH benchmark among the tests, on a machine that has nothing else to do.
#
#   scripts/benchmark.sh [argument of JMH …]      such as: -f 1 -i 3 StepBenchmark
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

mkdir -p target
log=target/benchmark-build.log
mvn -B -ntp test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/benchmark.classpath \
    </dev/null >"$log" 2>&1 || {
    tail -n 40 "$log" >&2
    echo "benchmark.sh: the build fails, see $log" >&2
    exit 1
}
# The JDK that Maven runs on, as the classes were compiled for it.
home=$(mvn -version </dev/null | sed -n 's/^Java version: .*, runtime: //p')
exec "$home/bin/java" -cp "target/test-classes:target/classes:$(cat target/benchmark.classpath)" org.openjdk.jmh.Main -prof gc "$@"
