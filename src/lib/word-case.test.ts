import { describe, expect, it } from 'vitest';
import { kebabCase, snakeCase, titleCase } from './word-case.ts';

describe('word case', () => {
  it.each([
    ['Order Completed', 'order_completed', 'order-completed', 'Order Completed'],
    ['orderCompleted', 'order_completed', 'order-completed', 'Order Completed'],
    ['order_completed', 'order_completed', 'order-completed', 'Order Completed'],
    ['HTTPServer2Ready', 'http_server2_ready', 'http-server2-ready', 'HTTP Server2 Ready'],
    ['ORDER', 'order', 'order', 'ORDER'],
    ['  a--b..c ', 'a_b_c', 'a-b-c', 'A B C'],
    ['Größe ändern', 'größe_ändern', 'größe-ändern', 'Größe Ändern'],
    ['注文 完了', '注文_完了', '注文-完了', '注文 完了'],
    ['A1', 'a1', 'a1', 'A1'],
    ['', '', '', ''],
    ['!?', '', '', ''],
  ])('writes %j as %j, %j and %j', (text, snake, kebab, title) => {
    expect([snakeCase(text), kebabCase(text), titleCase(text)]).toEqual([snake, kebab, title]);
  });
});
