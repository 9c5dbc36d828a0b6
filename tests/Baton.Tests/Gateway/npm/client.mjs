// Runs the official OpenAI package against a gateway: node client.mjs BASE_URL KEY. Prints one JSON object.
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: process.argv[2], apiKey: process.argv[3], maxRetries: 0 });
const ask = content => ({ model: 'commodity', messages: [{ role: 'user', content }] });
const tools = [{ type: 'function', function: { name: 'lookup', parameters: { type: 'object', properties: {} } } }];
const result = {};

const { data, response } = await client.chat.completions.create(ask('hello')).withResponse();
result.text = data.choices[0].message.content;
result.receipt = response.headers.get('x-baton-receipt');

result.streamed = '';
const stream = await client.chat.completions.create({
  ...ask('hello'), stream: true, stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  result.streamed += chunk.choices[0]?.delta?.content ?? '';
  if (chunk.usage) result.tokens = chunk.usage.total_tokens;
}

const called = await client.chat.completions.create({ ...ask('use the tool'), tools });
result.tool = called.choices[0].message.tool_calls[0].function;

const calls = await client.chat.completions.create({ ...ask('use the tool'), tools, stream: true });
result.streamedTool = '';
for await (const chunk of calls) {
  for (const call of chunk.choices[0]?.delta?.tool_calls ?? []) result.streamedTool += call.function.arguments;
}

const vectors = await client.embeddings.create({ model: 'vectors', input: ['a', 'b'] });
result.vectors = vectors.data.map(v => v.embedding.length);

result.models = (await client.models.list()).data.map(m => m.id);

try {
  await client.chat.completions.create({ ...ask('x'), model: 'none' });
} catch (error) {
  result.error = { status: error.status, type: error.type };
}
console.log(JSON.stringify(result));
