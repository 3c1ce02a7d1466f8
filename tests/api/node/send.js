// Sends events of every call with the Segment SDK for Node, as it is published; prints how many it could not deliver.
// node send.js PORT KEY COUNT PAUSE_MS

import { Analytics } from '@segment/analytics-node'

const [port, writeKey, count, pause] = process.argv.slice(2)
const analytics = new Analytics({
  writeKey,
  host: `http://127.0.0.1:${port}`,
  flushAt: 50,
  flushInterval: 200,
  maxRetries: 20,
})
let failed = 0
analytics.on('error', () => (failed += 1))

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

for (let number = 0; number < Number(count); number++) {
  const messageId = `js-${number}`
  const userId = `js-user-${number % 97}`
  const properties = { order_id: `js-order-${number}`, revenue: 1200, currency: 'JPY', note: 'ご注文ありがとうございます' }
  const calls = [
    () => analytics.track({ messageId, userId, event: 'Order Completed', properties }),
    () => analytics.track({ messageId, userId, event: 'Product Viewed', properties: { product_id: 'coat' } }),
    () => analytics.identify({ messageId, userId, traits: { plan: 'pro' } }),
    () => analytics.page({ messageId, userId, name: 'Top', properties: { path: '/' } }),
    () => analytics.screen({ messageId, anonymousId: `js-browser-${number % 97}`, name: 'Start' }),
    () => analytics.group({ messageId, userId, groupId: 'acme', traits: { industry: 'food' } }),
    () => analytics.alias({ messageId, userId, previousId: `js-browser-${number % 97}` }),
  ]
  calls[number % calls.length]()
  if (number % 50 === 49) await sleep(Number(pause))
}
await analytics.closeAndFlush({ timeout: 120_000 })
console.log(JSON.stringify({ failed }))
