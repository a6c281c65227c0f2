// Reads messages (one line of base64 each) from standard input and prints how postal-mime understands them, one line of JSON each.
import { createInterface } from 'node:readline';
import PostalMime from 'postal-mime';

for await (const line of createInterface({ input: process.stdin })) {
  const mail = await PostalMime.parse(Buffer.from(line, 'base64'));
  console.log(JSON.stringify({
    ...mail,
    attachments: mail.attachments.map(file => ({ ...file, content: Buffer.from(file.content).toString('base64') })),
  }));
}
