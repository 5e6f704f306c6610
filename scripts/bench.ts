/** `npm run bench -- union …` measures mounted unions, `npm run bench -- …` the suite itself. */
await import(process.argv[2] === 'union' ? './union-bench/main.js' : './suite-bench.js');
