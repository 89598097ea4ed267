// The addresses that come with the extension: the coding plan's, and the general lane's by region.

export const codingAddress = 'https://ark.ap-southeast.bytepluses.com/api/coding/v3';

/** No coding plan is known in eu-west-1 (api-facts 2.1). */
export const generalAddresses = {
  'ap-southeast-1': 'https://ark.ap-southeast.bytepluses.com/api/v3',
  'eu-west-1': 'https://ark.eu-west.bytepluses.com/api/v3',
} as const;

export type Region = keyof typeof generalAddresses;

export const regions = Object.keys(generalAddresses) as readonly Region[];

/** Keys from the environment may go to these, and to loopback. */
export const builtInOrigins: readonly string[] = [
  ...new Set([codingAddress, ...Object.values(generalAddresses)].map((address) => new URL(address).origin)),
];
