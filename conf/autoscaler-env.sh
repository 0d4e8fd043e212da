# Read by bin/autoscaler.sh before every command. What the environment says already stays: each example sets a variable
# only if it is empty. Remove the leading '#' to use one.

# Where core-site.xml and yarn-site.xml of the cluster are.
# : "${HADOOP_CONF_DIR:=/etc/hadoop/conf}"

# A JDK 17 or newer. Without it: JAVA_HOME, then the java on the PATH.
# : "${AUTOSCALER_JAVA_HOME:=/usr/lib/jvm/java-17-openjdk-amd64}"

# More flags for Java, after the script's own (-Xms64m -Xmx512m -XX:+UseSerialGC and a few more), so that they win.
# : "${AUTOSCALER_OPTS:=-Xmx1g -Djava.security.krb5.conf=/etc/krb5.conf}"

# Where state, logs, and the pid are kept. Without them: data, logs and run beside bin.
# : "${AUTOSCALER_DATA_DIR:=/var/lib/flink-yarn-autoscaler}"
# : "${AUTOSCALER_LOG_DIR:=/var/log/flink-yarn-autoscaler}"
# : "${AUTOSCALER_PID_DIR:=/run/flink-yarn-autoscaler}"

# Seconds that `stop` waits before it ends the daemon by force, and that `start` waits to see whether it stays up.
# : "${AUTOSCALER_STOP_TIMEOUT:=30}"
# : "${AUTOSCALER_START_WAIT:=5}"

# DEBUG shows the numbers behind every decision.
# export AUTOSCALER_LOG_LEVEL=${AUTOSCALER_LOG_LEVEL:-DEBUG}

# json writes the log as JSON, one object a line, with cluster, application and job in its field mdc.
# export AUTOSCALER_LOG_FORMAT=${AUTOSCALER_LOG_FORMAT:-json}
