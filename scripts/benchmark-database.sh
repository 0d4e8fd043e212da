#!/usr/bin/env bash
# Measures what the store costs a database, and how full tables answer, on servers that it starts itself, as the tests do. Takes half an hour.
#
#   scripts/benchmark-database.sh load [minutes] [server …]       1,000 jobs in the steady state, minutes of their time; 10 unless told
#   scripts/benchmark-database.sh size [decisions] [server …]     2,000 jobs with so many decisions each; 1000 unless told, 10 million rows of vertices
#
# Servers: MARIADB, MARIADB_BY_THE_DRIVER_OF_MYSQL, POSTGRESQL.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

case "${1:-}" in
    load) program=StoreLoad number=${2:-10} ;;
    size) program=StoreSize number=${2:-1000} ;;
    *)
        sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
esac
servers=("${@:3}")
if [ ${#servers[@]} -eq 0 ]; then
    servers=(MARIADB POSTGRESQL)
    [ "$1" = size ] || servers+=(MARIADB_BY_THE_DRIVER_OF_MYSQL)
fi

mkdir -p target
log=target/benchmark-build.log
mvn -B -ntp test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/benchmark.classpath \
    </dev/null >"$log" 2>&1 || {
    tail -n 40 "$log" >&2
    echo "benchmark-database.sh: the build fails, see $log" >&2
    exit 1
}
# The JDK that Maven runs on, as the classes were compiled for it.
home=$(mvn -version </dev/null | sed -n 's/^Java version: .*, runtime: //p')
exec "$home/bin/java" -cp "target/test-classes:target/classes:$(cat target/benchmark.classpath)" \
    "io.flinkyarn.autoscaler.jdbc.$program" "$number" "${servers[@]}"
