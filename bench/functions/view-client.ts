/**
 * Readers: `node view-client.ts PORT SECONDS|0 REQUESTS|0 SLUGS`. A hundred connections, each with one request at a time, from
 * 200,000 visitors of as many networks. Says in JSON how many were answered how, and how long they waited, in milliseconds.
 */
import { connect } from "node:net";

const connections = 100;
const visitors = 200_000;
const [, , port = "", seconds = "0", requests = "0", slugs = ""] = process.argv;
const names = slugs.split(",");
const waits: number[] = [];
const statuses: Record<string, number> = {};
let asked = 0;
const started = performance.now();
const until = seconds === "0" ? Infinity : started + Number(seconds) * 1000;
const most = requests === "0" ? Infinity : Number(requests);

await Promise.all(Array.from({ length: connections }, read));
const took = (performance.now() - started) / 1000;
waits.sort((a, b) => a - b);
const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))];
console.log(JSON.stringify({ perSecond: waits.length / took, p50: at(0.5), p99: at(0.99), statuses }));

/** One connection, to its end. */
function read(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), "127.0.0.1").setNoDelay(true).on("error", reject);
    let answer = "";
    let since = 0;
    const ask = () => {
      if (asked >= most || performance.now() >= until) return void socket.end(resolve);
      asked += 1;
      since = performance.now();
      socket.write(request());
    };
    socket.on("connect", ask).on("data", (chunk) => {
      answer += chunk.toString("latin1");
      const end = answer.indexOf("\r\n\r\n");
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
      if (end < 0 || answer.length < end + 4 + length) return;
      waits.push(performance.now() - since);
      const status = answer.slice(9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      answer = "";
      ask();
    });
  });
}

function request(): string {
  const visitor = Math.floor(Math.random() * visitors);
  const body = `slug=${names[Math.floor(Math.random() * names.length)]}`;
  return `POST /api/views HTTP/1.1\r\nHost: blog.example\r\nOrigin: http://blog.example\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\nAccept: */*\r\nAccept-Language: en\r\nAccept-Encoding: gzip, br\r\nReferer: http://blog.example/\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0\r\nContent-Type: application/x-www-form-urlencoded;charset=UTF-8\r\nContent-Length: ${body.length}\r\nX-Address: 10.${visitor >> 16}.${(visitor >> 8) & 255}.${visitor & 255}\r\n\r\n${body}`;
}
