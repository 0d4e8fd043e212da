#!/usr/bin/env bash
# Builds everything and runs every test: the fast ones, then those on a real YARN with a real Flink and the unpacked
# distribution.
#
#   scripts/test.sh [--fast | --all]
#       --fast   without YARN and Flink, and without building a Flink
#       --all    with the other versions of Flink as well; writes the table of them into the README
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

die() {
    printf 'test.sh: %s\n' "$*" >&2
    exit 2
}

# Beside the one that src/it/flink/pom.xml names.
other_versions=(1.18.1 2.1.0 2.3.0)

fast=false all=false
case "$*" in
    '') ;;
    --fast) fast=true ;;
    --all) all=true ;;
    *) die "unexpected arguments '$*'; there are --fast and --all" ;;
esac

command -v mvn >/dev/null || die "there is no mvn on the PATH; install Maven 3.8 or newer (Debian: apt-get install maven)"
# Maven decides which Java builds, so Maven is asked.
java=$(mvn -version </dev/null | sed -n 's/^Java version: \([0-9]*\).*, runtime: \(.*\)$/\1 \2/p')
((${java%% *} >= 17)) || die "Maven runs on Java ${java%% *}, and JDK 17 or newer is needed; set JAVA_HOME to one"
[[ -x ${java#* }/bin/javac ]] || die "there is no compiler in ${java#* }; install a JDK (Debian: apt-get install openjdk-17-jdk-headless) or set JAVA_HOME to one"

mode=()
if chromium=$(scripts/chromium.sh </dev/null | tail -n 1); then
    mode+=(-Dit.chromium="$chromium")
else
    printf 'test.sh: the dashboard is not tested in a browser, see above\n' >&2
fi
if $fast; then
    mode+=(-DskipITs)
else
    rig=$(scripts/flink-rig.sh </dev/null | tail -n 1)
    mode+=(-Dit.flink="$rig")
    if mysql=$(scripts/mysql-server.sh </dev/null | tail -n 1); then
        mode+=(-Dit.mysql="$mysql")
    else
        printf 'test.sh: the tests on MySQL are skipped, see above\n' >&2
    fi
fi

mkdir -p target
log=target/test.log
mvn -B -ntp verify "${mode[@]}" </dev/null 2>&1 | tee "$log"

# Of each class: missed and covered lines.
awk -F, 'NR > 1 { missed += $8; covered += $9 }
    END { if (missed + covered) printf "Lines covered: %.0f %% of %d", 100 * covered / (missed + covered), missed + covered }' \
    target/coverage/jacoco.csv
printf ' (target/coverage/index.html)\n'
# What Surefire and Failsafe summed up, once more where it is seen.
grep -E 'Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+$' "$log"

if $all; then
    for version in "${other_versions[@]}"; do
        echo "Flink $version"
        rig=$(scripts/flink-rig.sh "$version" </dev/null | tail -n 1)
        mvn -B -ntp verify -Djacoco.skip -Dit.flink="$rig" -Dtest=NoSuch -Dsurefire.failIfNoSpecifiedTests=false \
            -Dit.test=FlinkOnYarnIT,AutoscalerOnYarnIT </dev/null >"target/test-flink-$version.log" 2>&1 ||
            die "failed with Flink $version, see target/test-flink-$version.log"
    done
    rows=$(cd target/compatibility && printf '%s\n' * | sort -V | xargs cat)
    awk -v rows="$rows" '
        /<!-- compatibility -->/ { print; inside = 1
            print "| Flink | Hadoop | rescaled in place | restored after a resubmission | without the adaptive scheduler |"
            print "| --- | --- | --- | --- | --- |"
            print rows }
        /<!-- end of compatibility -->/ { inside = 0 }
        !inside' README.md >target/README.md
    cp target/README.md README.md
fi
