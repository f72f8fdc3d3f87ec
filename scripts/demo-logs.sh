#!/bin/bash
# Shows the log server: a task's lines reach a second client while it runs, the server is killed in the middle and started again,
# and at the end every line is there exactly once and in order. Needs what `make build` makes; `make demo-logs` sees to it.
# Everything is on the loopback and below a directory of its own, and gone at the end.
set -euo pipefail

readonly lines=2000
repository=$(cd "$(dirname "$0")/.." && pwd)
readonly server=$repository/artifacts/server/flatnetd
readonly agent=$repository/artifacts/bin/flatnet-agent
readonly command=$repository/artifacts/bin/flatnet

home=$(mktemp -d /var/tmp/flatnet-demo-logs.XXXXXX)
server_pid= viewer_pid= agent_pid=

say() {
    printf '\n\033[1m%s\033[0m\n' "$*"
}

fail() {
    printf 'demo-logs: %s\n' "$*" >&2
    exit 1
}

clean_up() {
    local pid
    for pid in $agent_pid $viewer_pid $server_pid; do
        kill -KILL "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf "$home"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

for program in "$server" "$agent" "$command"; do
    [ -x "$program" ] || fail "$program is missing: make build"
done

# A port that was free a moment ago. Below the range from which the kernel takes ports for connections, so that the
# server finds it free again after it was killed.
port=20000
while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    port=$((port + 1))
done
readonly url=http://127.0.0.1:$port

export FLATNET_DATA_DIR=$home/data FLATNET_SERVER_LISTEN=127.0.0.1:$port

start_server() {
    "$server" serve 2>>"$home/server.log" &
    server_pid=$!
    local i
    for i in $(seq 300); do
        curl -sf -o "$home/ready" "$url/ready" && return
        kill -0 "$server_pid" 2>/dev/null || fail "the server ended: $(tail -n 5 "$home/server.log")"
        sleep 0.1
    done
    fail "the server is not ready after 30 s: $(tail -n 5 "$home/server.log")"
}

say "1. A log server on SQLite, on $url, and a token for everything"
mkdir -m 700 "$home/data"
token=$("$server" token create --name demo --scope admin 2>/dev/null | grep -o 'fnk_[A-Za-z0-9_-]*' | head -n 1)
[ -n "$token" ] || fail "no token was made"
echo "$(echo "$token" | cut -d _ -f 1,2)_..."
start_server

say "2. A script with $lines lines, run by the agent"
cat > "$home/build.sh" <<'SCRIPT'
#!/bin/sh
i=0
while [ "$i" -lt "$LINES_TO_WRITE" ]; do
    i=$((i + 1))
    case $((i % 100)) in
        0) echo "WARN step $i took longer than usual" >&2 ;;
        *) echo "INFO step $i done" ;;
    esac
    [ $((i % 10)) -ne 0 ] || sleep 0.02
done
SCRIPT
chmod 700 "$home/build.sh"
export FLATNET_API_URL=$url FLATNET_WEBSOCKET_URL=ws://127.0.0.1:$port/ws/tasks FLATNET_AUTH_TOKEN=$token FLATNET_SPOOL_DIR=$home/spool
export FLATNET_SERVER_URL=$url FLATNET_SERVER_TOKEN=$token
LINES_TO_WRITE=$lines "$agent" execute --task-id demo --script "$home/build.sh" --work-dir "$home" > "$home/agent.out" 2> "$home/agent.log" &
agent_pid=$!
for i in $(seq 100); do
    curl -sf -o "$home/task" -H "Authorization: Bearer $token" "$url/api/v1/tasks/demo" && break
    sleep 0.1
done

say "3. A second client sees them while the task runs: flatnet logs task:demo -f"
"$command" logs task:demo -f --tail all --timestamps > "$home/viewer.out" 2> "$home/viewer.log" &
viewer_pid=$!
for i in $(seq 300); do
    [ "$(wc -l < "$home/viewer.out")" -ge 300 ] && break
    sleep 0.1
done
kill -0 "$agent_pid" 2>/dev/null || fail "the task had ended before its lines were seen"
head -n 3 "$home/viewer.out"
echo "... $(wc -l < "$home/viewer.out") lines so far, and the task is still running"

say "4. The server is killed (SIGKILL), and is away for a second"
kill -KILL "$server_pid"
wait "$server_pid" 2>/dev/null || true
sleep 1
start_server
echo "ready again"

wait "$agent_pid" || fail "the agent ended with $?: $(tail -n 3 "$home/agent.log")"
agent_pid=
wait "$viewer_pid" || fail "the viewer ended with $?: $(tail -n 3 "$home/viewer.log")"
viewer_pid=

say "5. What is there now"
curl -sf -H "Authorization: Bearer $token" "$url/api/v1/tasks/demo/logs/export?format=txt&source=stdout,stderr" | sed 's/^.* step \([0-9]*\) .*$/\1/' > "$home/stored"
grep -o 'step [0-9]*' "$home/viewer.out" | cut -d ' ' -f 2 > "$home/seen"
seq "$lines" > "$home/expected"
cmp "$home/expected" "$home/stored" || fail "the stored lines are not 1 to $lines, each once, in order"
cmp "$home/expected" "$home/seen" || fail "the lines of the second client are not 1 to $lines, each once, in order"
echo "stored:        $(wc -l < "$home/stored") lines, 1 to $lines, each exactly once, in order"
echo "second client: $(wc -l < "$home/seen") lines, 1 to $lines, each exactly once, in order, over $(grep -c reconnecting "$home/viewer.log") lost connections"
curl -sf -H "Authorization: Bearer $token" "$url/api/v1/tasks/demo/logs/stats"
echo
