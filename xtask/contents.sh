#!/bin/sh
# Trunk runs this after each build: the instruments and the examples of every question type, as files of the site.
set -eu
site=$TRUNK_STAGING_DIR
mkdir -p "$site/instruments" "$site/examples"

for survey in src/instruments/*/survey.json; do
  [ -e "$survey" ] || continue
  folder=${survey%/survey.json}
  cp "$survey" "$site/instruments/${folder##*/}.json"
done

names=
for examples in src/questions/*/examples.json; do
  folder=${examples%/examples.json}
  name=$(printf %s "${folder##*/}" | tr _ -)
  cp "$examples" "$site/examples/$name.json"
  names="$names${names:+, }\"$name\""
done
printf '[%s]\n' "$names" > "$site/examples/index.json"
