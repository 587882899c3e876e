// Shops: looking around, promotions, ordering, coupons, wishlists, sharing, reviews.
import { group, integer, listOf, number, text } from './semantic-event.ts';
import type { Properties, SemanticEvent } from './semantic-event.ts';

/** A product, alone or in a list of products. */
const productProperties: Properties = {
  product_id: text,
  sku: text,
  name: text,
  brand: text,
  category: text,
  variant: text,
  coupon: text,
  url: text,
  image_url: text,
  price: number,
  quantity: integer,
  position: number,
};
const products = listOf(productProperties);
const promotion: Properties = { promotion_id: text, name: text, creative: text, position: text };
const order: Properties = {
  order_id: text,
  affiliation: text,
  coupon: text,
  currency: text,
  discount: number,
  revenue: number,
  shipping: number,
  tax: number,
  products,
};
const wholeOrder: Properties = { ...order, checkout_id: text, subtotal: number, total: number };
const checkoutStep: Properties = { checkout_id: text, step: integer, shipping_method: text, payment_method: text };
const choice = listOf({ type: text, value: text });
const coupon: Properties = { order_id: text, cart_id: text, coupon_id: text };
const wishlist: Properties = { ...productProperties, wishlist_id: text, wishlist_name: text };
const share: Properties = { share_via: text, share_message: text, recipient: text };

const browsing = group(
  'browsing',
  {
    'Products Searched': { query: text },
    'Product List Viewed': { list_id: text, category: text, products },
    'Product List Filtered': { list_id: text, category: text, products, filters: choice, sorts: choice },
    'Product Clicked': { ...productProperties, currency: text, value: number },
    'Product Viewed': { ...productProperties, currency: text, value: number },
  },
  {
    'Products Searched': ['Searched Products'],
    'Product List Viewed': ['Viewed Product Category', 'Viewed Product List'],
    'Product Clicked': ['Clicked Product'],
    'Product Viewed': ['Viewed Product'],
  },
);

const promotions = group(
  'promotions',
  { 'Promotion Viewed': promotion, 'Promotion Clicked': promotion },
  { 'Promotion Viewed': ['Viewed Promotion'], 'Promotion Clicked': ['Clicked Promotion'] },
);

const ordering = group(
  'ordering',
  {
    'Product Added': { ...productProperties, cart_id: text },
    'Product Removed': { ...productProperties, cart_id: text },
    'Cart Viewed': { cart_id: text, products },
    'Checkout Started': { ...order, value: number },
    'Checkout Step Viewed': checkoutStep,
    'Checkout Step Completed': checkoutStep,
    'Payment Info Entered': { ...checkoutStep, order_id: text },
    'Order Updated': { ...order, total: number },
    'Order Completed': wholeOrder,
    'Order Refunded': wholeOrder,
    'Order Cancelled': { ...order, total: number },
  },
  {
    'Product Added': ['Added Product'],
    'Product Removed': ['Removed Product'],
    'Cart Viewed': ['Viewed Cart'],
    'Checkout Started': ['Started Order', 'Started Checkout'],
    'Checkout Step Viewed': ['Viewed Checkout Step'],
    'Checkout Step Completed': ['Completed Checkout Step'],
    'Payment Info Entered': ['Payment Info Updated'],
    'Order Updated': ['Updated Order'],
    'Order Completed': ['Completed Order'],
    'Order Refunded': ['Refunded Order'],
    'Order Cancelled': ['Cancelled Order', 'Order Canceled'],
  },
);

const coupons = group('coupons', {
  'Coupon Entered': coupon,
  'Coupon Applied': { ...coupon, coupon_name: text, discount: number },
  'Coupon Denied': { ...coupon, coupon_name: text, reason: text },
  'Coupon Removed': { ...coupon, coupon_name: text, discount: number },
});

const wishlists = group(
  'wishlists',
  {
    'Product Added to Wishlist': wishlist,
    'Product Removed from Wishlist': wishlist,
    'Wishlist Product Added to Cart': { ...wishlist, cart_id: text },
  },
  { 'Wishlist Product Added to Cart': ['Wishlisted Item Added to Cart', 'Wishlisted Product Added to Cart'] },
);

const sharing = group('sharing', {
  'Product Shared': {
    ...share,
    product_id: text,
    sku: text,
    category: text,
    name: text,
    brand: text,
    variant: text,
    price: number,
    url: text,
    image_url: text,
  },
  'Cart Shared': { ...share, cart_id: text, products: listOf({ product_id: text }) },
});

const reviews = group('reviews', {
  'Product Reviewed': { product_id: text, review_id: text, review_body: text, rating: integer },
});

export const commerceEvents: readonly SemanticEvent[] = [
  ...browsing,
  ...promotions,
  ...ordering,
  ...coupons,
  ...wishlists,
  ...sharing,
  ...reviews,
];
