import type { PythonError } from './python-spans.ts';

export const connectError: PythonError = {
  type: 'httpx.ConnectError',
  message: 'All connection attempts failed',
  stackTrace: `Traceback (most recent call last):
  File "/opt/ktrdr/.venv/lib/python3.12/site-packages/httpx/_transports/default.py", line 101, in map_httpcore_exceptions
    yield
  File "/opt/ktrdr/.venv/lib/python3.12/site-packages/httpx/_transports/default.py", line 394, in handle_async_request
    resp = await self._pool.handle_async_request(req)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/opt/ktrdr/.venv/lib/python3.12/site-packages/httpcore/_async/connection.py", line 124, in _connect
    stream = await self._network_backend.connect_tcp(**kwargs)
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/opt/ktrdr/.venv/lib/python3.12/site-packages/httpcore/_backends/anyio.py", line 113, in connect_tcp
    with map_exceptions(exc_map):
httpcore.ConnectError: All connection attempts failed

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/opt/ktrdr/ktrdr/data/ib_client.py", line 87, in fetch_quote
    response = await self._client.get("/data/quote", params={"symbol": symbol})
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/opt/ktrdr/.venv/lib/python3.12/site-packages/httpx/_client.py", line 1629, in send
    response = await self._send_handling_auth(
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/opt/ktrdr/.venv/lib/python3.12/site-packages/httpx/_transports/default.py", line 118, in map_httpcore_exceptions
    raise mapped_exc(message) from exc
httpx.ConnectError: All connection attempts failed
`,
};

export const shapeError: PythonError = {
  type: 'ValueError',
  message: 'Expected 24 features for strategy "trend-follow-v3", got 23: column "macd_signal" has no values before 2026-03-02',
  stackTrace: `Traceback (most recent call last):
  File "/opt/ktrdr/training_host/routes/evaluate.py", line 41, in evaluate
    report = await run_in_threadpool(evaluator.evaluate, request.model, request.symbol)
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/opt/ktrdr/training_host/evaluation/evaluator.py", line 118, in evaluate
    features = self._features.load(symbol, strategy=self._strategy)
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/opt/ktrdr/training_host/features/loader.py", line 73, in load
    matrix = self._assemble(frame, strategy.indicators)
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/opt/ktrdr/training_host/features/loader.py", line 129, in _assemble
    raise ValueError(
ValueError: Expected 24 features for strategy "trend-follow-v3", got 23: column "macd_signal" has no values before 2026-03-02
`,
};

export const badGateway: PythonError = {
  type: 'ktrdr.errors.HostServiceError',
  message: 'training-host-service answered 500 to POST /evaluate',
  stackTrace: `Traceback (most recent call last):
  File "/opt/ktrdr/ktrdr/api/routes/models.py", line 64, in evaluate_model
    report = await training_host.evaluate(model, body.symbol)
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/opt/ktrdr/ktrdr/training/host_client.py", line 52, in evaluate
    raise HostServiceError.from_response(response)
ktrdr.errors.HostServiceError: training-host-service answered 500 to POST /evaluate
`,
};
