import type { Resolvers } from './schema.generated.ts';

/** Every resolver is one call to one service. Rules belong behind the service, not here. */
export const resolvers: Resolvers = {
  Query: {
    product: (_, { id }, { products }) => products.byId(id),
    slots: (_, { address }, { slots }) => slots.reachable(address),
  },
  Product: {
    price: (product, _, { prices }) => prices.of(product.id),
    availability: (product, _, { stock, pantry }) => stock.availability(pantry, product.id),
  },
};
