/** Where a frame of a stack trace is. `function` and `line` are empty where the runtime does not say. */
export interface StackFrame {
  function: string;
  file: string;
  line: string;
  column?: string;
  /** Not the developer's own code: an installed package, the runtime itself. */
  library: boolean;
}

/** A line of a stack trace as it was sent. The source lines that Python prints below a frame carry the same frame. */
export interface StackLine {
  text: string;
  frame?: StackFrame;
}

export interface StackTrace {
  lines: StackLine[];
  /** The developer's own frame that is nearest to the failure, with its line of source where the runtime prints one. */
  origin?: { frame: StackFrame; source: string };
}

/** Lines that are looked at; what follows is shown as plain text by whoever shows the whole. */
const maxLines = 2000;
/** Longer lines are no frames, and are not worth a regular expression's time. */
const maxFrameLength = 1000;

const libraryFile =
  /(?:^|[\\/])(?:site-packages|dist-packages|node_modules|vendor|gems|pkg\/mod|\.cargo\/registry|\.m2)[\\/]|[\\/]lib[\\/]python\d|^<(?:frozen|string|__array_function__)|^node:|^internal\/|\/go\/src\/|^\/rustc\/|^native$|^<anonymous>$/;
const libraryClass =
  /^(?:java|javax|jakarta|jdk|sun|com\.sun|kotlin|kotlinx|scala|groovy|org\.springframework|org\.apache|org\.hibernate|org\.junit|org\.eclipse|io\.netty|io\.grpc|io\.opentelemetry|reactor|System|Microsoft)\./;

/** Python: `  File "/app/main.py", line 12, in charge`; most recent call last. */
const python = /^\s*File "([^"]+)", line (\d+)(?:, in (.+))?$/;
/** JavaScript: `    at charge (file:///app/main.js:12:5)` and `    at /app/main.js:12:5`. */
const javascript = /^\s*at (?:(.+?) \()?((?:file:\/\/|node:|https?:\/\/)?[^()\s][^()]*?):(\d+):(\d+)\)?$/;
/** JavaScript in Firefox and Safari: `charge@http://localhost/app.js:12:5`. */
const javascriptAt = /^([^@\s]*)@(.+?):(\d+):(\d+)$/;
/** Java: `\tat shop.Billing.charge(Billing.java:12)`. */
const java = /^\s*at ([\w$.<>/@-]+)\(([^():]+)(?::(\d+))?\)$/;
/** .NET: `   at Shop.Billing.Charge(Order order) in /app/Billing.cs:line 12`. */
const dotnet = /^\s*at ([^\s()]+\([^()]*\))(?: in (.+):line (\d+))?$/;
/** Go: `\t/app/main.go:12 +0x1d`, below a line with the function. */
const go = /^\t(\S+\.go):(\d+)(?: \+0x[0-9a-f]+)?$/;
/** Ruby: `\tfrom /app/main.rb:12:in 'charge'`. */
const ruby = /^\s*(?:from )?(\S+\.rb):(\d+):in [`'](.+)'/;

/** Rust: `             at ./src/billing.rs:12:9`, below a line with the function; a panic names its place without `at`. */
const rust = /^\s+at (\S.*\.rs):(\d+)(?::(\d+))?$/;
/** PHP: `#0 /app/src/Billing.php(12): Billing->charge()`. */
const php = /^#\d+ (\S.*\.php)\((\d+)\): (.+?)\(/;

/** Reads the frames of a stack trace of Python, JavaScript, Java, .NET, Go, Ruby, Rust or PHP. Every line survives as it was sent, understood or not. */
export function parseStackTrace(text: string): StackTrace {
  const lines: StackLine[] = [];
  for (const line of text.trimEnd().split(/\r?\n/, maxLines)) {
    const frame = parseFrame(line, lines.at(-1)?.text ?? '') ?? sourceOwner(line, lines);
    lines.push(frame === undefined ? { text: line } : { text: line, frame });
  }
  const origin = originOf(lines);
  return origin === undefined ? { lines } : { lines, origin };
}

function parseFrame(line: string, lineBefore: string): StackFrame | undefined {
  if (line.length > maxFrameLength) return undefined;
  const match = python.exec(line);
  if (match) return fileFrame(match[3], match[1], match[2]);
  const inRust = rust.exec(line);
  if (inRust) return fileFrame(lineBefore.replace(/^\s*\d+: +/, '').trim(), inRust[1], inRust[2], inRust[3]);
  const inPhp = php.exec(line);
  if (inPhp) return fileFrame(inPhp[3], inPhp[1], inPhp[2]);
  const inJavascript = javascript.exec(line) ?? javascriptAt.exec(line);
  if (inJavascript) return fileFrame(inJavascript[1], inJavascript[2]?.replace('file://', ''), inJavascript[3], inJavascript[4]);
  const inJava = java.exec(line);
  if (inJava) return classFrame(inJava[1], inJava[2], inJava[3]);
  const inDotnet = dotnet.exec(line);
  if (inDotnet) return classFrame(inDotnet[1], inDotnet[2], inDotnet[3]);
  const inGo = go.exec(line);
  if (inGo) return fileFrame(lineBefore.replace(/\([^()]*\)$/, '').trim(), inGo[1], inGo[2]);
  const inRuby = ruby.exec(line);
  return inRuby ? fileFrame(inRuby[3], inRuby[1], inRuby[2]) : undefined;
}

function fileFrame(name = '', file = '', line = '', column?: string): StackFrame {
  return { function: name, file, line, ...(column === undefined ? {} : { column }), library: libraryFile.test(file) };
}

/** Java and .NET name the class, often no path; Java may put `module/` or `loader//module/` before the class. */
function classFrame(name = '', file = '', line = ''): StackFrame {
  const plainName = name.slice(name.lastIndexOf('/') + 1);
  return { function: plainName, file, line, library: libraryClass.test(plainName) };
}

/** Python prints the source of a frame below it, indented deeper, with carets under the place. */
function sourceOwner(line: string, before: readonly StackLine[]): StackFrame | undefined {
  const previous = before.at(-1);
  const isSource = previous?.frame !== undefined && /^\s{4,}\S/.test(line) && python.test(frameLine(before, previous.frame));
  return isSource ? previous?.frame : undefined;
}

function frameLine(before: readonly StackLine[], frame: StackFrame): string {
  return before.find((line) => line.frame === frame)?.text ?? '';
}

/** Python lists the most recent call last, everyone else first. */
function originOf(lines: readonly StackLine[]): StackTrace['origin'] {
  const isOwn = ({ frame }: StackLine): boolean => frame !== undefined && !frame.library;
  const recentLast = lines.some((line) => python.test(line.text.slice(0, maxFrameLength)));
  const frame = (recentLast ? lines.findLast(isOwn) : lines.find(isOwn))?.frame;
  if (frame === undefined) return undefined;
  const own = lines.filter((line) => line.frame === frame);
  return { frame, source: own[1]?.text.trim() ?? '' };
}

/** A run of lines that are shown or folded together. */
export interface StackRun {
  library: boolean;
  lines: StackLine[];
  /** Frames in the run, of which Python prints two lines or more. */
  frameCount: number;
}

/** Neighbouring lines of libraries, and of everything else, in order: so that forty frames of a web framework can be folded into one line. */
export function stackRuns(lines: readonly StackLine[]): StackRun[] {
  const runs: StackRun[] = [];
  let frame: StackFrame | undefined;
  for (const line of lines) {
    const library = line.frame?.library ?? false;
    let run = runs.at(-1);
    if (run === undefined || run.library !== library) runs.push((run = { library, lines: [], frameCount: 0 }));
    run.lines.push(line);
    if (line.frame !== undefined && line.frame !== frame) run.frameCount += 1;
    frame = line.frame;
  }
  return runs;
}
