'use strict';
// oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 passes a rejection on to its error handler

/**
 * Two roles of one shop: `server.js shop STOCK_URL CLOSED_PORT` asks `server.js stock - CLOSED_PORT` with fetch, which logs with winston and asks a database that is not there.
 * Knows nothing of OpenTelemetry. Prints `listening on PORT`.
 */
const express = require('express');
const { Client } = require('pg');
const pino = require('pino');
const winston = require('winston');

const [role, stockUrl, closedPort] = process.argv.slice(2);
const app = express();

if (role === 'shop') {
  const log = pino({ name: 'shop' });

  app.get('/orders/:id', async (request, response) => {
    log.info({ orderId: request.params.id, items: 3 }, 'order requested');
    const answer = await fetch(`${stockUrl}/stock/${request.params.id}`);
    response.status(answer.status).json(await answer.json());
  });

  app.get('/broken', () => {
    throw new TypeError('the price is not a number');
  });

  app.get('/ledger', async (_request, response) => {
    const error = await fetch(`http://127.0.0.1:${closedPort}/ledger`).catch((reason) => reason);
    log.error({ err: error }, 'the ledger does not answer');
    response.sendStatus(502);
  });
} else {
  const log = winston.createLogger({ transports: [new winston.transports.Console()] });

  app.get('/stock/:id', async (request, response) => {
    const database = new Client({ host: '127.0.0.1', port: Number(closedPort), user: 'shop', database: 'stock' });
    await database.connect().catch((error) => log.warn('the database does not answer', { orderId: request.params.id, code: error.code }));
    response.json({ inStock: 7 });
  });
}

const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`listening on ${server.address().port}\n`));

process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
