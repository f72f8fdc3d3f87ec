# Runs the jobs that arrive as "<id> <base64 script>" lines on descriptor 3 and answers each with
# "<id> <exit status> <base64 stdout> <base64 stderr>" on descriptor 4. "work" is a directory for its files.
while read -r id job <&3; do
    printf '%s' "$job" | base64 -d >"$work/job"
    timeout -s KILL 60 /bin/sh "$work/job" >"$work/stdout" 2>"$work/stderr" </dev/null 3<&- 4>&-
    status=$?
    printf '%s %s %s %s\n' "$id" "$status" "$(base64 -w0 <"$work/stdout")" "$(base64 -w0 <"$work/stderr")" >&4
done
