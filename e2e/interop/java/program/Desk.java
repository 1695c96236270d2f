import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Two roles of one desk on the JDK's own HTTP server and client: {@code quotes} asks {@code prices}. The agent instruments both; one span is made by hand through the API.
 * Arguments: role, address of the other one, address where nothing listens. Prints {@code listening on PORT}.
 */
public final class Desk {
  private static final Logger LOG = Logger.getLogger("desk");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static void main(String[] args) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    if (args[0].equals("quotes")) {
      server.createContext("/quotes", exchange -> answer(exchange, () -> quote(args[1])));
      server.createContext("/ledger", exchange -> answer(exchange, () -> ask(args[2])));
    } else {
      server.createContext("/prices", exchange -> answer(exchange, () -> "187.25"));
    }
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private interface Handler {
    String handle() throws Exception;
  }

  private static void answer(HttpExchange exchange, Handler handler) throws IOException {
    int status = 200;
    String text;
    try {
      text = handler.handle();
    } catch (Exception error) {
      LOG.log(Level.SEVERE, "the request failed", error);
      status = 500;
      text = "failed";
    }
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String quote(String prices) throws Exception {
    Span span = GlobalOpenTelemetry.getTracer("desk", "2.4.0").spanBuilder("place quote")
        .setAttribute("operation.id", "op-java-1").setAttribute("symbol", "AAPL").setAttribute("strategy", "momentum").startSpan();
    try (Scope ignored = span.makeCurrent()) {
      LOG.log(Level.INFO, "quote requested for {0}", "AAPL");
      String price = ask(prices + "/prices");
      if (price.isEmpty()) throw new IllegalStateException("no price");
      try {
        throw new IllegalArgumentException("no such strategy: martingale");
      } catch (IllegalArgumentException error) {
        span.recordException(error);
        span.setStatus(StatusCode.ERROR, error.getMessage());
      }
      return price;
    } finally {
      span.end();
    }
  }

  private static String ask(String address) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString()).body();
  }
}
