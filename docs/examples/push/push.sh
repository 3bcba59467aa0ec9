#!/bin/sh
# Pushes a CSV file of counts. Usage: push.sh FILE.csv
# Ends with 0 only when every figure was taken; otherwise the answer, which names what was refused, is on standard error.
# DONDOC_URL is the address that Sở Nội vụ gave you; the token stands alone in the file DONDOC_TOKEN_FILE (chmod 600).
set -eu
: "${DONDOC_URL:?https://dondoc.example.vn:8443}" "${DONDOC_TOKEN_FILE:?the file that holds the token}"
status=0
# The header is read from a file, so that the token is not visible in the list of processes.
answer=$(printf 'Authorization: Bearer %s\n' "$(head -n 1 "$DONDOC_TOKEN_FILE")" |
    curl --fail-with-body --silent --show-error --max-time 60 --retry 5 --retry-delay 10 --retry-connrefused \
        ${DONDOC_CA_FILE:+--cacert "$DONDOC_CA_FILE"} \
        --header @- --header 'Content-Type: text/csv; charset=utf-8' --header 'Accept-Language: vi' \
        --data-binary "@$1" "$DONDOC_URL/v1/observations") || status=$?
if [ "$status" -ne 0 ]; then
    printf '%s\n' "$answer" >&2
    exit "$status"
fi
# A receipt may refuse some figures and take the others.
case $answer in
*'"refused":[]'*) printf '%s\n' "$answer" ;;
*)
    printf 'push.sh: figures were refused: %s\n' "$answer" >&2
    exit 1
    ;;
esac
