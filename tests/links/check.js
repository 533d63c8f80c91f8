// Reads a JSON line `{keys, now, tokens}` and prints what the link page makes of each token.
const { openLink } = await import(`data:text/javascript;base64,${process.argv[2]}`);
let input = "";
for await (const chunk of process.stdin) input += chunk;
const { keys, now, tokens } = JSON.parse(input);
const verdicts = [];
for (const token of tokens) {
  const { refusal, link } = await openLink(token, keys, now);
  verdicts.push(refusal ?? `open ${link.booking}`);
}
console.log(JSON.stringify(verdicts));
