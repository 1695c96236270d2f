"""
A trading desk in small: the API asks the IB host for quotes, which asks the training host for a model. One program, three roles:

    service.py api|ib-host|training-host SERVICE_NAME NEXT_URL DEAD_URL

Prints `listening on PORT`. With OTLP_ENDPOINT it sets OpenTelemetry up by itself; without it, that is left to `opentelemetry-instrument`.
"""

import logging
import os
import socket
import sys

import httpx
import uvicorn
from fastapi import FastAPI, HTTPException
from opentelemetry import trace

role, service, next_url, dead_url = sys.argv[1:5]
logging.getLogger().setLevel(logging.INFO)
logging.getLogger("httpx").setLevel(logging.WARNING)
log = logging.getLogger(service)

endpoint = os.environ.get("OTLP_ENDPOINT")
if endpoint:
    import telemetry

    telemetry.set_up(service, endpoint, export=os.environ.get("EXPORT") != "off")

app = FastAPI()
tracer = trace.get_tracer("desk", "2.4.0")
client = httpx.AsyncClient()


def operation(symbol: str) -> dict[str, str]:
    return {"operation.id": f"op-{symbol}-1", "symbol": symbol, "strategy": "momentum"}


async def ask(url: str):
    response = await client.get(url)
    response.raise_for_status()
    return response.json()


if role == "api":

    @app.get("/quotes/{symbol}")
    async def quotes(symbol: str):
        with tracer.start_as_current_span("place quote", attributes=operation(symbol)):
            log.info("quote requested", extra={"symbol": symbol, "operation_id": f"op-{symbol}-1", "attempt": 1})
            return await ask(f"{next_url}/contracts/{symbol}")

    @app.get("/strategies/{name}")
    async def strategies(name: str):
        return await ask(f"{next_url}/strategies/{name}")

    @app.get("/positions")
    async def positions():
        try:
            return await ask(f"{dead_url}/positions")
        except httpx.ConnectError as error:
            log.exception("the ledger does not answer")
            raise HTTPException(status_code=502, detail="The ledger does not answer.") from error

elif role == "ib-host":

    @app.get("/contracts/{symbol}")
    async def contracts(symbol: str):
        with tracer.start_as_current_span("qualify contract", attributes=operation(symbol)) as span:
            span.add_event("contract qualified", {"exchange": "SMART", "con.id": 265598})
            model = await ask(f"{next_url}/models/momentum")
            return {"symbol": symbol, "price": 187.25, **model}

    @app.get("/strategies/{name}")
    async def strategy(name: str):
        return await ask(f"{next_url}/models/{name}")

else:

    @app.get("/models/{name}")
    async def models(name: str):
        log.info("model loaded: %s", name, extra={"strategy": name})
        if name != "momentum":
            raise ValueError(f"no such strategy: {name}")
        return {"model": name, "version": 7}


if endpoint:
    telemetry.instrument(app)

listener = socket.create_server(("127.0.0.1", 0))
print(f"listening on {listener.getsockname()[1]}", flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listener])
