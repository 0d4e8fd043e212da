#!/usr/bin/env bash
# Runs the demo: a real Flink job on a real YARN, rescaled by the packaged daemon. Builds what it needs first.
#
#   scripts/demo.sh [--keep]      --keep: leave everything running until Ctrl-C, and print the addresses
#
# The last line is 'demo: OK …' (exit code 0) or 'demo: FAILED …' (1).
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

case "$*" in
    '' | --keep) ;;
    *)
        echo "demo.sh: unexpected arguments '$*'; the only one there is is --keep" >&2
        exit 2
        ;;
esac

failed() {
    echo "demo: FAILED $*"
    exit 1
}

mkdir -p target
log=target/demo-build.log
echo "Building (the log is $log) …"
rig=$(scripts/flink-rig.sh </dev/null | tail -n 1) || failed "cannot build the Flink of the demo, see above"
build=(mvn -B -ntp package -DskipTests -Dspotless.check.skip=true
    dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/demo.classpath)
# Offline first: it is faster, and works without a network once everything is in the local repository.
"${build[@]}" -o </dev/null >"$log" 2>&1 || "${build[@]}" </dev/null >"$log" 2>&1 || {
    tail -n 40 "$log" >&2
    failed "the build fails, see $log"
}
distribution=$(ls "$PWD"/target/flink-yarn-autoscaler-*-bin.tar.gz)

# Each run keeps some 100 MB, for looking into it afterwards.
mkdir -p target/demo
find target/demo -mindepth 1 -maxdepth 1 -mtime +0 -exec rm -rf {} +

# The JDK that Maven runs on, as the classes were compiled for it.
home=$(mvn -version </dev/null | sed -n 's/^Java version: .*, runtime: //p')
# One process, so that Ctrl-C reaches what cleans up.
exec "$home/bin/java" -XX:TieredStopAtLevel=1 -Dit.flink="$rig" -Dit.distribution="$distribution" \
    -cp "target/test-classes:target/classes:$(cat target/demo.classpath)" \
    io.flinkyarn.autoscaler.it.demo.Demo "target/demo/$(date +%Y%m%d-%H%M%S)" "$@"
