#!/usr/bin/env bash
# Starts, stops and asks the Flink autoscaler for YARN. `autoscaler.sh help` tells how.
#
# `run` claims the pid file and becomes the Java process itself (exec); `start` is `run` in the background. So there is
# one process, one way to start it, and a signal sent to the pid always reaches the daemon.
#
# The daemon's side of it: it gets its directories as -Dautoscaler.{conf,data,log,pid}.dir, ends on TERM, and once it
# is up keeps one text for people in <pid dir>/autoscaler.status, which `status` prints, and the same as JSON beside it.
set -u

readonly MAIN_CLASS=io.flinkyarn.autoscaler.cli.Main
readonly OLDEST_JAVA=17

# Exit codes, as ExitCode.java has them. Those of `status` are LSB's.
readonly FAILED=1 MISUSED=2 NOT_RUNNING=3

say() { printf 'autoscaler: %s\n' "$*"; }

die() {
    local code=$1
    shift
    say "$*" >&2
    exit "$code"
}

usage() {
    cat <<END
Usage: autoscaler.sh run [--key value ...]       in the foreground, logs to the console too
       autoscaler.sh start [--key value ...]     in the background
       autoscaler.sh stop                        ends it gracefully, after ${AUTOSCALER_STOP_TIMEOUT} s by force
       autoscaler.sh restart [--key value ...]
       autoscaler.sh status [--json]             exit 0: running, 3: not running
       autoscaler.sh COMMAND ...                 any other command of the program; 'autoscaler.sh --help' lists them

Every option of autoscaler.yaml can be given as --key value.

Directories and settings, from the environment or autoscaler-env.sh:
       AUTOSCALER_CONF_DIR      ${AUTOSCALER_CONF_DIR}
       AUTOSCALER_DATA_DIR      ${AUTOSCALER_DATA_DIR}
       AUTOSCALER_LOG_DIR       ${AUTOSCALER_LOG_DIR}
       AUTOSCALER_PID_DIR       ${AUTOSCALER_PID_DIR}
       AUTOSCALER_JAVA_HOME     ${AUTOSCALER_JAVA_HOME:-(not set: JAVA_HOME, then the java on the PATH)}
       AUTOSCALER_OPTS          ${AUTOSCALER_OPTS:-(not set: more flags for Java)}
       HADOOP_CONF_DIR          ${HADOOP_CONF_DIR:-(not set: where core-site.xml and yarn-site.xml are)}
END
}

# ---- where things are ----------------------------------------------------------------------------------------------

find_directories() {
    SCRIPT=$(readlink -f -- "${BASH_SOURCE[0]}")
    export AUTOSCALER_HOME=${AUTOSCALER_HOME:-$(dirname -- "$(dirname -- "$SCRIPT")")}
    export AUTOSCALER_CONF_DIR=${AUTOSCALER_CONF_DIR:-$AUTOSCALER_HOME/conf}
    if [[ ! -d $AUTOSCALER_CONF_DIR ]]; then
        die $MISUSED "there is no configuration directory '$AUTOSCALER_CONF_DIR'; set AUTOSCALER_CONF_DIR to the one to use"
    fi
    if [[ -r $AUTOSCALER_CONF_DIR/autoscaler-env.sh ]]; then
        # shellcheck source=/dev/null
        . "$AUTOSCALER_CONF_DIR/autoscaler-env.sh"
    fi
    export AUTOSCALER_DATA_DIR=${AUTOSCALER_DATA_DIR:-$AUTOSCALER_HOME/data}
    export AUTOSCALER_LOG_DIR=${AUTOSCALER_LOG_DIR:-$AUTOSCALER_HOME/logs}
    export AUTOSCALER_PID_DIR=${AUTOSCALER_PID_DIR:-$AUTOSCALER_HOME/run}
    if [[ -n ${HADOOP_CONF_DIR:-} ]]; then
        export HADOOP_CONF_DIR
    fi
    : "${AUTOSCALER_STOP_TIMEOUT:=30}" "${AUTOSCALER_START_WAIT:=5}"
    PID_FILE=$AUTOSCALER_PID_DIR/autoscaler.pid
    STATUS_FILE=$AUTOSCALER_PID_DIR/autoscaler.status
    OUT_FILE=$AUTOSCALER_LOG_DIR/autoscaler.out
    LOG_FILE=$AUTOSCALER_LOG_DIR/autoscaler.log
}

# need_writable VARIABLE: creates the directory that the variable names.
need_writable() {
    local variable=$1 directory=${!1} why
    if ! why=$(mkdir -p -- "$directory" 2>&1); then
        die $MISUSED "$variable: cannot create the directory '$directory' (${why##*: }); create it, or set $variable to another"
    fi
    if [[ ! -w $directory ]]; then
        die $MISUSED "$variable: the user '$(id -un)' may not write to '$directory'; give the permission, or set $variable to another"
    fi
}

need_hadoop_conf() {
    if [[ -n ${HADOOP_CONF_DIR:-} && ! -d $HADOOP_CONF_DIR ]]; then
        die $MISUSED "HADOOP_CONF_DIR: there is no directory '$HADOOP_CONF_DIR'; set it to the one with core-site.xml and yarn-site.xml"
    fi
}

# Sets JAVA to a Java that is new enough, before any of our classes runs: an older one would only say
# UnsupportedClassVersionError.
find_java() {
    local home=${AUTOSCALER_JAVA_HOME:-${JAVA_HOME:-}} set_it version major
    set_it="set AUTOSCALER_JAVA_HOME to a JDK $OLDEST_JAVA or newer, in the environment or in $AUTOSCALER_CONF_DIR/autoscaler-env.sh"
    JAVA=${home:+$home/bin/}java
    if ! command -v "$JAVA" >/dev/null; then
        die $MISUSED "there is no Java at '$JAVA'; $set_it"
    fi
    version=$("$JAVA" -version 2>&1 | sed -n 's/^.* version "\([^"]*\)".*$/\1/p' | head -n 1)
    major=${version#1.}
    major=${major%%[!0-9]*}
    if ((${major:-0} < OLDEST_JAVA)); then
        die $MISUSED "'$(command -v "$JAVA")' is Java ${version:-of an unknown version}, and Java $OLDEST_JAVA or newer is needed; $set_it"
    fi
}

# ---- the process ---------------------------------------------------------------------------------------------------

# exec_java FLAG ... -- ARGUMENT ...
exec_java() {
    local flags=() own=()
    while [[ $1 != -- ]]; do
        flags+=("$1")
        shift
    done
    shift
    read -r -d '' -a own <<<"${AUTOSCALER_OPTS:-}"
    exec "$JAVA" \
        -Dautoscaler.home="$AUTOSCALER_HOME" \
        -Dautoscaler.conf.dir="$AUTOSCALER_CONF_DIR" \
        -Dautoscaler.data.dir="$AUTOSCALER_DATA_DIR" \
        -Dautoscaler.log.dir="$AUTOSCALER_LOG_DIR" \
        -Dautoscaler.pid.dir="$AUTOSCALER_PID_DIR" \
        ${HADOOP_CONF_DIR:+-Dautoscaler.hadoop.conf.dir="$HADOOP_CONF_DIR"} \
        -Dfile.encoding=UTF-8 \
        "${flags[@]}" ${own[@]+"${own[@]}"} \
        -cp "$AUTOSCALER_CONF_DIR:$AUTOSCALER_HOME/lib/*" \
        "$MAIN_CLASS" "$@"
}

# Prints the pid of the running daemon of this pid directory. A pid that has ended, or that has become another program
# (after a reboot, in a new container), is none.
running_pid() {
    local pid
    [[ -r $PID_FILE ]] && read -r pid <"$PID_FILE" && [[ $pid =~ ^[0-9]+$ ]] && is_daemon "$pid" || return 1
    printf '%s\n' "$pid"
}

# is_daemon PID: whether the process is alive, and the daemon of this pid directory.
is_daemon() {
    local command
    command=$(tr '\0' '\n' 2>/dev/null <"/proc/$1/cmdline") || return 1
    grep -qxF -- "$MAIN_CLASS" <<<"$command" && grep -qxF -- "-Dautoscaler.pid.dir=$AUTOSCALER_PID_DIR" <<<"$command"
}

refuse_second() {
    local pid
    if pid=$(running_pid); then
        die $FAILED "already running with pid $pid; 'autoscaler.sh restart' starts it anew"
    fi
    # what one that died has left
    rm -f -- "$STATUS_FILE" "$STATUS_FILE.json"
}

# Writes our pid, which stays the pid through exec. The lock is inherited by the Java process and ends with it, so that
# of two starts in the same moment one is refused.
claim_pid_file() {
    refuse_second
    exec 9>"$AUTOSCALER_PID_DIR/autoscaler.lock"
    flock -n -E "$NOT_RUNNING" 9 2>/dev/null
    if (($? == NOT_RUNNING)); then
        die $FAILED "already starting; 'autoscaler.sh status' tells more"
    fi
    printf '%s\n' $$ >"$PID_FILE" || die $MISUSED "cannot write '$PID_FILE'; remove it, or set AUTOSCALER_PID_DIR to another directory"
}

check_before_start() {
    find_java
    need_writable AUTOSCALER_DATA_DIR
    need_writable AUTOSCALER_LOG_DIR
    need_writable AUTOSCALER_PID_DIR
    need_hadoop_conf
    case ${AUTOSCALER_LOG_FORMAT:=text} in
        text | json) export AUTOSCALER_LOG_FORMAT ;;
        *) die $MISUSED "AUTOSCALER_LOG_FORMAT: '$AUTOSCALER_LOG_FORMAT' is no format of the log; set it to text or json" ;;
    esac
}

# ---- the commands --------------------------------------------------------------------------------------------------

run() {
    check_before_start
    claim_pid_file
    # Without -Xms the heap would begin at a 64th of the machine's memory, and stay there: 80 MB more under a small load.
    exec_java \
        -Xms64m -Xmx512m -XX:+UseSerialGC \
        -XX:+ExitOnOutOfMemoryError -XX:+HeapDumpOnOutOfMemoryError -XX:HeapDumpPath="$AUTOSCALER_LOG_DIR" \
        -Dsun.net.httpserver.nodelay=true \
        -- run "$@"
}

start() {
    local pid code waited=0
    check_before_start
    refuse_second
    AUTOSCALER_CONSOLE_LEVEL=OFF nohup setsid "$SCRIPT" run "$@" >"$OUT_FILE" 2>&1 </dev/null &
    pid=$!
    # The daemon writes its status when it is up; one that is only slow is given the benefit of the doubt.
    while kill -0 "$pid" 2>/dev/null; do
        if [[ -e $STATUS_FILE ]] || ((waited >= AUTOSCALER_START_WAIT * 10)); then
            say "started with pid $pid; the log is $LOG_FILE"
            return 0
        fi
        sleep 0.1
        waited=$((waited + 1))
    done
    wait "$pid"
    code=$?
    rm -f -- "$PID_FILE"
    say "did not start (exit code $code):" >&2
    last_words >&2
    return $((code == 0 ? FAILED : code))
}

# What a daemon that did not come up said last: on its console, or else in its log.
last_words() {
    local file
    for file in "$OUT_FILE" "$LOG_FILE"; do
        if [[ -s $file ]]; then
            tail -n 5 -- "$file"
            return
        fi
    done
}

stop() {
    local pid waited=0
    if ! pid=$(running_pid); then
        rm -f -- "$PID_FILE" "$STATUS_FILE" "$STATUS_FILE.json"
        say "not running"
        return 0
    fi
    kill -TERM "$pid" || die $FAILED "the user '$(id -un)' may not end process $pid"
    # Not until the pid file is gone: the daemon removes it before it ends, and holds the lock until then.
    while is_daemon "$pid"; do
        if ((waited >= AUTOSCALER_STOP_TIMEOUT * 10)); then
            say "pid $pid did not end within $AUTOSCALER_STOP_TIMEOUT s (AUTOSCALER_STOP_TIMEOUT); ending it by force" >&2
            kill -KILL "$pid"
            while is_daemon "$pid"; do sleep 0.1; done
            break
        fi
        sleep 0.1
        waited=$((waited + 1))
    done
    rm -f -- "$PID_FILE" "$STATUS_FILE" "$STATUS_FILE.json"
    say "stopped"
}

status() {
    local pid started
    if ! pid=$(running_pid); then
        if [[ -e $PID_FILE ]]; then
            say "not running; it died without being stopped (it had pid $(<"$PID_FILE"))"
        else
            say "not running"
        fi
        return $NOT_RUNNING
    fi
    started=$(stat -c %Y -- "$PID_FILE")
    say "running with pid $pid since $(date -d "@$started" '+%F %T %Z') (up $(($(date +%s) - started)) s)"
    if [[ -r $STATUS_FILE ]]; then
        cat -- "$STATUS_FILE"
    fi
}

# For programs.
status_json() {
    local pid
    if ! pid=$(running_pid); then
        printf '{ "running" : false }\n'
        return $NOT_RUNNING
    fi
    cat -- "$STATUS_FILE.json" 2>/dev/null || printf '{ "running" : true, "pid" : %s }\n' "$pid"
}

# A command of the program other than the daemon: it leaves the daemon's files and log alone.
other() {
    find_java
    need_hadoop_conf
    exec_java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlogback.configurationFile=logback-command.xml -- "$@"
}

# wants_help ARGUMENT ...: whether one of them asks for help. What belongs to the script has its help in the program.
wants_help() {
    local argument
    for argument in "$@"; do
        [[ $argument == --help || $argument == -h ]] && return 0
    done
    return 1
}

find_directories
case ${1:-} in
    run | start | restart | stop | status)
        if wants_help "$@"; then
            other "$1" --help
        fi
        ;;
esac
case ${1:-} in
    run | start)
        "$@"
        ;;
    restart)
        shift
        check_before_start
        stop && start "$@"
        ;;
    status)
        if [[ $# == 2 && $2 == --json ]]; then
            status_json
        elif (($# > 1)); then
            die $MISUSED "'status' takes no argument but --json, and got '$2'"
        else
            status
        fi
        ;;
    stop)
        if (($# > 1)); then
            die $MISUSED "'stop' takes no arguments, and got '$2'"
        fi
        stop
        ;;
    help)
        usage
        ;;
    '')
        usage >&2
        exit $MISUSED
        ;;
    *)
        other "$@"
        ;;
esac
