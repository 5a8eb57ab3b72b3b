# What the walks of the examples share: real nodes as processes of this shell, steps that say what they do, and checks
# that end the walk. A walk sets `home` to the root of the project and sources this file.
#
#   MUSTER  the command to start nodes with; the launcher of this project if it is not set
set -eu

muster=${MUSTER:-$home/muster}
for tool in curl jq; do
    command -v $tool >/dev/null || { echo "this walk needs $tool: apt-get install $tool" >&2; exit 2; }
done
folder=$(mktemp -d)
MUSTER_HEAP=${MUSTER_HEAP:-256m}
export MUSTER_HEAP
step=0

# Whatever ends the walk ends its nodes and takes their files along.
ended() {
    code=$?
    trap - EXIT
    for file in "$folder"/*.pid; do
        [ -f "$file" ] && kill -9 "$(cat "$file")" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    [ $code -eq 0 ] || tail -n 5 "$folder"/*.log >&2 || true
    rm -rf "$folder"
    exit $code
}
trap ended EXIT
trap 'exit 130' INT TERM

# step TITLE: begins the next part of the walk.
step() {
    step=$((step + 1))
    printf '\n%d. %s\n' $step "$1"
}

say() {
    printf '   %s\n' "$*"
}

fail() {
    printf '   NOT SO: %s\n' "$*" >&2
    exit 1
}

# check PROMISE EXPECTED ACTUAL: says that a promise was kept, or ends the walk.
check() {
    [ "$2" = "$3" ] || fail "$1: expected $2, got $3"
    say "ok: $1"
}

# await SECONDS WHAT COMMAND...: tries COMMAND until it is true; what does not come in time ends the walk.
await() {
    tries=$(($1 * 5))
    what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "$what did not happen in time"
        sleep 0.2
    done
}

# lay_out COUNT FIRST_PORT LINE...: writes the configuration of a cluster on loopback; each LINE is added to it.
lay_out() {
    count=$1
    first=$2
    shift 2
    {
        for line in "$@"; do
            echo "$line"
        done
        echo "cluster:"
        echo "  name: walk"
        echo "  nodes:"
        n=1
        while [ $n -le "$count" ]; do
            node_port=$((first + 2 * n - 2))
            echo "    - {id: node-$n, node: \"127.0.0.1:$node_port\", api: \"127.0.0.1:$((node_port + 1))\"}"
            n=$((n + 1))
        done
        echo "node:"
        echo "  adminKeyFile: admin.key"
        echo "  minFreeMebibytes: 0"
    } >"$folder/muster.yaml"
}

# start N...: starts those nodes.
start() {
    for n in "$@"; do
        "$muster" node --config "$folder/muster.yaml" --id "node-$n" >>"$folder/node-$n.log" 2>&1 &
        echo $! >"$folder/node-$n.pid"
    done
}

# join N TOKEN: starts node N on an empty folder, with an invitation.
join() {
    "$muster" node --join "$2" --data "$folder/data/node-$1" --node-address "127.0.0.1:$((first + 2 * $1 - 2))" \
        --api "127.0.0.1:$((first + 2 * $1 - 1))" >>"$folder/node-$1.log" 2>&1 &
    echo $! >"$folder/node-$1.pid"
}

# command_line WORD...: a command of Muster, asked of node 1.
command_line() {
    "$muster" "$@" --server "$(address 1)" --key-file "$folder/admin.key"
}

# signal NAME N...: sends a signal to those nodes.
signal() {
    name=$1
    shift
    for n in "$@"; do
        kill "-$name" "$(cat "$folder/node-$n.pid")"
    done
}

# kill_node N...: what a power failure does.
kill_node() {
    signal KILL "$@"
    for n in "$@"; do
        wait "$(cat "$folder/node-$n.pid")" 2>/dev/null || true
        rm "$folder/node-$n.pid"
    done
}

# address N: where the API of node N listens.
address() {
    echo "http://127.0.0.1:$((first + 2 * $1 - 1))"
}

# get N PATH and post N PATH BODY: ask node N; the answer, or nothing and a failure where the node refuses.
get() {
    curl -sS --fail-with-body --max-time 10 -H "Authorization: Bearer $(cat "$folder/admin.key")" "$(address "$1")$2"
}

post() {
    curl -sS --fail-with-body --max-time 10 -H "Authorization: Bearer $(cat "$folder/admin.key")" \
        -H 'Content-Type: application/json' --data "$3" "$(address "$1")$2"
}

# status_of N PATH BODY: the HTTP status with which node N answers a post.
status_of() {
    curl -s -o "$folder/answer" -w '%{http_code}' --max-time 15 -H "Authorization: Bearer $(cat "$folder/admin.key")" \
        -H 'Content-Type: application/json' --data "$3" "$(address "$1")$2"
}
