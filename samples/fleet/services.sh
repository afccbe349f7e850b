#!/usr/bin/env bash
# Starts a PostgreSQL and a RabbitMQ of Debian's packages (postgresql, rabbitmq-server) on this machine without root, for a trial of several workers:
#   samples/fleet/services.sh start FOLDER     prints the two variables that the workers need
#   samples/fleet/services.sh stop FOLDER
# All they write is in FOLDER. For more than a trial, let the distribution or an operator run them: with backups, TLS and passwords.
set -euo pipefail
usage() { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
[ $# -eq 2 ] || usage
mkdir -p "$2"
folder=$(realpath "$2")

# The highest version that is installed.
postgres=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -1)
rabbit=/usr/lib/rabbitmq/bin/rabbitmq-server
[ -n "$postgres" ] && [ -x "$rabbit" ] || { echo "Install postgresql and rabbitmq-server first." >&2; exit 2; }

# PostgreSQL refuses to run as root: in a container it runs as its own user.
as_postgres=()
if [ "$(id -u)" -eq 0 ]; then as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups); fi

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
wait_for() { for _ in $(seq 600); do (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null && return; sleep 0.1; done; echo "Nothing listens on port $1." >&2; exit 3; }

start() {
  umask 077
  local port queue_port names distribution
  port=$(free_port) queue_port=$(free_port) names=$(free_port) distribution=$(free_port)
  mkdir -p "$folder/postgres" "$folder/rabbit"
  if [ ${#as_postgres[@]} -gt 0 ]; then chmod 711 "$folder"; chown postgres "$folder/postgres"; fi
  [ -e "$folder/postgres/PG_VERSION" ] || "${as_postgres[@]}" "$postgres/initdb" -D "$folder/postgres" -A trust -U closurescan -E UTF8 --locale=C.UTF-8 > "$folder/initdb.log"
  # Each in a session of its own, so that stopping it stops all its processes.
  setsid "${as_postgres[@]}" "$postgres/postgres" -D "$folder/postgres" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= > "$folder/postgres.log" 2>&1 < /dev/null &
  echo $! > "$folder/postgres.pid"
  echo '[].' > "$folder/rabbit/plugins"
  HOME=$folder/rabbit RABBITMQ_NODENAME=closurescan@localhost RABBITMQ_NODE_PORT=$queue_port RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_DIST_PORT=$distribution \
    RABBITMQ_MNESIA_BASE=$folder/rabbit/data RABBITMQ_LOG_BASE=$folder/rabbit/log RABBITMQ_ENABLED_PLUGINS_FILE=$folder/rabbit/plugins RABBITMQ_CONFIG_FILE=$folder/rabbit/none \
    RABBITMQ_CONF_ENV_FILE=$folder/rabbit/none ERL_EPMD_PORT=$names ERL_EPMD_ADDRESS=127.0.0.1 setsid "$rabbit" > "$folder/rabbit.log" 2>&1 < /dev/null &
  echo $! > "$folder/rabbit.pid"
  echo "$names" > "$folder/names.port"
  wait_for "$port"
  wait_for "$queue_port"
  echo "export CLOSURESCAN_LEDGER=postgres://closurescan@127.0.0.1:$port/postgres"
  echo "export CLOSURESCAN_QUEUE=amqp://guest:guest@127.0.0.1:$queue_port/"
}

stop() {
  local pid
  for name in rabbit postgres; do
    [ -e "$folder/$name.pid" ] || continue
    pid=$(cat "$folder/$name.pid")
    kill -TERM -- "-$pid" 2> /dev/null || true
    for _ in $(seq 300); do kill -0 -- "-$pid" 2> /dev/null || break; sleep 0.1; done
    kill -KILL -- "-$pid" 2> /dev/null || true
    rm "$folder/$name.pid"
  done
  if [ -e "$folder/names.port" ]; then
    epmd=$(command -v epmd || ls /usr/lib/erlang/erts-*/bin/epmd | head -1)
    "$epmd" -port "$(cat "$folder/names.port")" -kill > /dev/null 2>&1 || true
    rm "$folder/names.port"
  fi
}

case $1 in start) start ;; stop) stop ;; *) usage ;; esac
