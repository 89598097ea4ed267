// The commands the manifest contributes, without their prefix; the manifest test compares both directions.
export const commandIds = [
  'openChat',
  'openChatInEditor',
  'newChat',
  'stop',
  'showHistory',
  'exportChat',
  'switchModel',
  'setApiKey',
  'clearApiKey',
  'refreshModels',
  'showLog',
  'ask',
  'explain',
] as const;

export type CommandId = (typeof commandIds)[number];
