/** Plain HTTP, for what no SDK sends. */
export class Wire {
  constructor(endpoint, headers = {}) {
    this.endpoint = endpoint;
    this.headers = headers;
  }

  /** The same wire with further headers. */
  with(headers) {
    return new Wire(this.endpoint, { ...this.headers, ...headers });
  }

  /** Sends and parses; never throws for a status. */
  async send(method, path, body, headers = {}) {
    const answer = await fetch(this.endpoint + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.headers,
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    const json = (answer.headers.get('content-type') ?? '').includes('application/json');
    return {
      status: answer.status,
      headers: answer.headers,
      body: json && text !== '' ? JSON.parse(text) : text,
    };
  }

  /** Sends and expects a 2xx; its body. */
  async ok(method, path, body, headers) {
    const answer = await this.send(method, path, body, headers);
    if (answer.status < 200 || answer.status > 299) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }
}

/** The cookies that an answer sets, as a browser would send them back. */
export function cookies(headers) {
  return headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}
