// Loaded before a server that tests start: it ends with them, however they end.
process.stdin.resume().on("end", () => process.exit(0));
