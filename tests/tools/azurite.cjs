// Loaded before Azurite when tests start it: it ends with them, however they end.
process.stdin.resume().on("end", () => process.exit(0));

// A changed row may have 1 MiB, as Azure counts it. Azurite counts its JSON, with bytes in base64, and so refuses rows above 3/4 of that.
require("azurite/dist/src/table/utils/constants").ENTITY_SIZE_MAX = 2 * 1024 * 1024;
