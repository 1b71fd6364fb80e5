#!/usr/bin/env bash
# A throw-away PostgreSQL cluster on a Unix socket, no network.
#   ./postgres.sh start   creates it if need be, and starts it
#   ./postgres.sh stop    stops it and deletes it
# PostgreSQL refuses to run as root: root runs it as the user "postgres".
set -euo pipefail
home=${PGBENCH_HOME:-/tmp/trades-pg}
bin=${PGBIN:-/usr/lib/postgresql/15/bin}
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

case ${1:-} in
  start)
    if [ ! -d "$home/data" ]; then
      mkdir -p "$home"
      if [ "$(id -u)" = 0 ]; then chown postgres "$home"; fi
      as "$bin/initdb" -D "$home/data" -U bench -A trust -E UTF8 --locale=C >/dev/null
      as tee -a "$home/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$home'
shared_buffers = 8GB                    # a third of the memory
effective_cache_size = 16GB
work_mem = 1GB                          # one user at a time
hash_mem_multiplier = 2
maintenance_work_mem = 2GB
max_parallel_workers = 2
max_parallel_workers_per_gather = 1     # and the leader: two processors
max_parallel_maintenance_workers = 2
random_page_cost = 1.1                  # solid-state disk
effective_io_concurrency = 200
wal_level = minimal                     # COPY into a new table skips the log
max_wal_senders = 0
max_wal_size = 16GB
checkpoint_timeout = 30min
CONF
    fi
    as "$bin/pg_ctl" -D "$home/data" -l "$home/log" -w start >/dev/null
    ;;
  stop)
    as "$bin/pg_ctl" -D "$home/data" -m fast -w stop >/dev/null || true
    rm -rf "$home"
    ;;
  *) echo "usage: $0 start|stop" >&2; exit 2 ;;
esac
