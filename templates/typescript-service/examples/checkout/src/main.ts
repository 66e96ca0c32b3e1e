import { makeServer } from './server.ts';

const port = Number(process.env['PORT'] ?? 8080);
const server = makeServer();

server.listen(port, () => console.log(`checkout listens on ${port}`));

// A rollout ends the old process: answer what is under way, take nothing new.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => server.close(() => process.exit(0)));
}
